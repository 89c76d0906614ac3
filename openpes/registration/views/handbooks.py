"""Handbooks: of a person, to be issued, printed, handed over, held by an employer, checked by anybody."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused, has_hand_in
from openpes.kernel.absent import absent_is_404
from openpes.kernel.days import spoken_day
from openpes.kernel.deadlines import clock_of
from openpes.registration import queries
from openpes.registration.actions import hand_over_handbook, issue_handbook, replace_handbook, request_handbook
from openpes.registration.choices import Holder
from openpes.registration.forms import HandbookReplaceForm, HandOverForm
from openpes.registration.models import Handbook, HandbookCopy
from openpes.registration.permissions import EMPLOYER_FILES, ISSUE, KEEP_HANDBOOKS, VIEW_REGISTRATIONS
from openpes.registration.views.pane import page, person_or_404

PAGE = 25


@permitted(VIEW_REGISTRATIONS)
@require_safe
def handbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The handbook of a person: its booklet and clock, its lines, in whose hands it was."""
    return _page(request, pk)


@permitted(KEEP_HANDBOOKS)
@require_POST
def handbook_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the first booklet of a person."""
    person = person_or_404(request, pk)
    copy = request_handbook(person=person.pk, by=request.actor, at=request.at)
    messages.success(request, _("The handbook is asked for; it is due on %(day)s.") % {"day": spoken_day(copy.due_on)})
    return redirect("registration:handbook", pk)


@permitted(KEEP_HANDBOOKS)
@require_POST
def handbook_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a booklet lost, damaged or full."""
    copy = _copy_or_404(request, pk)
    form = HandbookReplaceForm(request.POST)
    if form.is_valid():
        replace_handbook(copy=pk, **form.cleaned_data, by=request.actor, at=request.at)
        messages.success(request, _("The old booklet is dead from now on; a new one is asked for."))
        return redirect("registration:handbook", copy.person_id)
    return _page(request, copy.person_id, replace=form)


@permitted(KEEP_HANDBOOKS)
@require_POST
def handbook_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down in whose hands the handbook goes."""
    person = person_or_404(request, pk)
    view = queries.handbook_of(scope=request.actor.scope, person=person.pk)
    if view is None:
        raise Http404
    form = HandOverForm(request.POST)
    if form.is_valid():
        told = dict(form.cleaned_data)
        employer = told.pop("credit_code")
        try:
            hand_over_handbook(handbook=view.handbook.pk, employer=employer, **told, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The hand-over is written down."))
            return redirect("registration:handbook", pk)
    return _page(request, pk, hand_over=form)


@permitted(VIEW_REGISTRATIONS)
@require_safe
def handbook_list(request: HttpRequest) -> HttpResponse:
    """The booklets that wait to be issued, each with its clock."""
    found = Paginator(queries.awaited_copies(scope=request.actor.scope), PAGE).get_page(request.GET.get("page"))
    rows = queries.awaited_in_words([*found], on=request.on)
    context = {
        "page": found,
        "rows": rows,
        "columns": [{"label": label} for label in (_("Name"), _("No."), _("Why"), _("Asked for on"), _("Due on"), "")],
        "may_issue": ISSUE.code in request.rights,
        "own": {row.copy.pk for row in rows if has_hand_in(request.actor, row.copy.applied_hands)},
    }
    return render(request, "registration/handbook_list.html", context)


@permitted(ISSUE)
@require_POST
def handbook_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a booklet that a colleague asked for."""
    copy = _copy_or_404(request, pk)
    issue_handbook(copy=pk, by=request.actor, at=request.at)
    messages.success(request, _("The booklet is issued; print its pages and give it to the person."))
    return redirect("registration:handbook", copy.person_id)


@permitted(VIEW_REGISTRATIONS)
@never_cache
@require_safe
def handbook_pages(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages of a valid booklet as a PDF."""
    copy = _copy_or_404(request, pk)
    if copy.token is None or copy.ended_at is not None:
        raise Http404
    check_url = request.build_absolute_uri(reverse("registration:paper_scan", args=[copy.token]))
    response = HttpResponse(
        queries.booklet(copy=copy, check_url=check_url, at=request.at), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="handbook-{copy.pk}.pdf"'
    return response


@permitted(EMPLOYER_FILES)
@require_safe
def handbooks_held(request: HttpRequest) -> HttpResponse:
    """The handbooks that the own unit holds, those to be given back first."""
    rows = queries.held_handbooks(actor=request.actor)
    return render(request, "registration/handbooks_held.html", {"rows": rows})


@permitted(EMPLOYER_FILES)
@require_POST
def handbook_give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The own unit gave a handbook back to the person."""
    with absent_is_404(Handbook.DoesNotExist):
        hand_over_handbook(handbook=pk, holder=Holder.PERSON, by=request.actor, at=request.at)
    messages.success(request, _("It is written down that the handbook was given back."))
    return redirect("registration:handbooks_held")


def _copy_or_404(request: HttpRequest, pk: int) -> HandbookCopy:
    with absent_is_404(HandbookCopy.DoesNotExist):
        return queries.handbook_copy(scope=request.actor.scope, pk=pk)


def _page(request: HttpRequest, pk: int, **forms: Any) -> HttpResponse:
    person = person_or_404(request, pk)
    view = queries.handbook_of(scope=request.actor.scope, person=pk)
    context: dict[str, Any] = {
        "view": view,
        "replace": HandbookReplaceForm(),
        "hand_over": HandOverForm(),
        "issue_days": queries.issue_days(on=request.on),
        "may_keep": KEEP_HANDBOOKS.code in request.rights,
        "may_issue": ISSUE.code in request.rights,
    }
    if view and view.living and not view.is_issued:
        context["clock"] = clock_of(view.living.due_on, request.on)
        context["may_issue"] = context["may_issue"] and not has_hand_in(request.actor, view.living.applied_hands)
    wrong = next((form.errors for form in forms.values() if form.errors), None)
    return page(request, "registration/handbook.html", person, context | forms, wrong)
