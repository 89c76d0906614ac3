"""The records of a person: groups, education, skill grades and licences, with what may be done about each."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused, has_hand_in
from openpes.kernel.absent import absent_is_404
from openpes.kernel.forms import HouseForm
from openpes.people.actions import (
    EducationFacts,
    GroupFacts,
    QualificationFacts,
    end_group,
    enter_group,
    recognise_group,
    record_education,
    record_qualification,
    refuse_group,
    withdraw_education,
    withdraw_qualification,
)
from openpes.people.forms.records import EducationForm, GroupEndForm, GroupForm, QualificationForm, ReasonForm
from openpes.people.models import EducationRecord, GroupMembership, Person, Qualification
from openpes.people.permissions import RECOGNISE_GROUPS, RECORD_PAPERS, VIEW_PERSONS
from openpes.people.queries.corrections import corrections_of
from openpes.people.queries.dossier import dossier, group_line
from openpes.people.queries.records import (
    education_title,
    group_title,
    membership,
    memberships_waiting,
    qualification_title,
    runs_out,
)
from openpes.people.queries.steps import Step
from openpes.people.views.files import page, person_or_404

BOTH = require_http_methods(["GET", "POST"])
PAGE = 25


@permitted(VIEW_PERSONS)
@require_safe
def records(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that was recorded of a person from papers, and the requests for correction."""
    person = person_or_404(request, pk)
    scope, on = request.actor.scope, request.on
    context = {
        "records": dossier(scope=scope, person=pk, on=on),
        "corrections": corrections_of(scope=scope, person=pk, on=on),
    }
    return page(request, "people/records.html", person, context)


@permitted(VIEW_PERSONS)
@require_safe
def ending(request: HttpRequest) -> HttpResponse:
    """Certificates and groups of the area that run out soon or have just run out, and memberships that wait."""
    scope, after = request.actor.scope, Step.read(request.GET.get("after", ""))
    found = runs_out(scope=scope, on=request.on, after=after, limit=PAGE + 1)
    undecided = Paginator(memberships_waiting(scope=scope).select_related("person"), PAGE)
    waiting = undecided.get_page(request.GET.get("waiting"))
    context = {
        "rows": found[:PAGE],
        "next": found[PAGE - 1].step if len(found) > PAGE else None,
        "after": after,
        "waiting": waiting,
        "titled": [(row, group_title(row.group)) for row in waiting],
        "columns": [{"label": label} for label in (_("Name"), _("Record"), _("Last day"))],
    }
    return render(request, "people/ending.html", context)


@permitted(RECORD_PAPERS)
@BOTH
def group_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the evidence of a membership of a group."""
    person = person_or_404(request, pk)
    form = GroupForm(request.POST or None, initial={"from_on": request.on})

    def act(told: dict[str, Any]) -> str:
        made = enter_group(person=pk, facts=GroupFacts(**told), by=request.actor, at=request.at)
        return _("The group is recognised.") if made.outcome else _("Entered; a colleague recognises it.")

    return _answer(request, person, "people/group_new.html", {"form": form}, form, act)


@permitted(RECORD_PAPERS)
@BOTH
def education_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an education from its papers."""
    person = person_or_404(request, pk)
    form = EducationForm(request.POST or None)

    def act(told: dict[str, Any]) -> str:
        record_education(person=pk, facts=EducationFacts(**told), by=request.actor, at=request.at)
        return _("The education is recorded.")

    return _answer(request, person, "people/education_new.html", {"form": form}, form, act)


@permitted(RECORD_PAPERS)
@BOTH
def qualification_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a skill grade or a licence from its certificate."""
    person = person_or_404(request, pk)
    form = QualificationForm(request.POST or None)

    def act(told: dict[str, Any]) -> str:
        record_qualification(person=pk, facts=QualificationFacts(**told), by=request.actor, at=request.at)
        return _("The certificate is recorded.")

    return _answer(request, person, "people/qualification_new.html", {"form": form}, form, act)


@permitted(RECOGNISE_GROUPS)
@BOTH
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """Recognise a membership that a colleague entered, or refuse it with a reason."""
    row = _membership_or_404(request, pk)
    refuses = request.POST.get("decision") == "refuse"
    form = ReasonForm(request.POST if refuses else None)

    def refuse(told: dict[str, Any]) -> str:
        refuse_group(membership=pk, **told, by=request.actor, at=request.at)
        return _("The group is not recognised; the person reads why.")

    def recognise(_told: dict[str, Any]) -> str:
        recognise_group(membership=pk, by=request.actor, at=request.at)
        return _("The group is recognised.")

    own_entry = has_hand_in(request.actor, row.entered_hands)
    context = {"form": form, "line": group_line(row, request.on), "own_entry": own_entry}
    plain = HouseForm(request.POST or None)
    used, act = (form, refuse) if refuses else (plain, recognise)
    context["wrong"] = used if request.method == "POST" else None
    return _answer(request, row.person, "people/group.html", context, used, act)


@permitted(RECORD_PAPERS)
@BOTH
def group_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End or revoke a recognised membership."""
    row = _membership_or_404(request, pk)
    form = GroupEndForm(request.POST or None, initial={"on": request.on})

    def act(told: dict[str, Any]) -> str:
        end_group(membership=pk, **told, by=request.actor, at=request.at)
        return _("The membership is ended.")

    context = {"form": form, "line": group_line(row, request.on)}
    return _answer(request, row.person, "people/group_end.html", context, form, act)


@permitted(RECORD_PAPERS)
@BOTH
def education_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw the record of an education."""
    row = EducationRecord.objects.visible_to(request.actor.scope).select_related("person").filter(pk=pk).first()
    return _withdraw(request, row, education_title, withdraw_education)


@permitted(RECORD_PAPERS)
@BOTH
def qualification_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw the record of a skill grade or a licence."""
    row = Qualification.objects.visible_to(request.actor.scope).select_related("person").filter(pk=pk).first()
    return _withdraw(request, row, qualification_title, withdraw_qualification)


def _withdraw(
    request: HttpRequest, row: Any, title: Callable[[Any], str], withdraw: Callable[..., Any]
) -> HttpResponse:
    if row is None:
        raise Http404
    form = ReasonForm(request.POST or None)

    def act(told: dict[str, Any]) -> str:
        withdraw(record=row.pk, **told, by=request.actor, at=request.at)
        return _("The record is withdrawn.")

    return _answer(request, row.person, "people/withdraw.html", {"form": form, "title": title(row)}, form, act)


def _membership_or_404(request: HttpRequest, pk: int) -> GroupMembership:
    with absent_is_404(GroupMembership.DoesNotExist):
        return membership(scope=request.actor.scope, pk=pk)


def _answer(
    request: HttpRequest,
    person: Person,
    template: str,
    context: dict[str, Any],
    form: HouseForm,
    act: Callable[[dict[str, Any]], str],
) -> HttpResponse:
    """Show the form, or do the act and go back to the records; what is refused lands at its field."""
    if request.method == "POST" and form.is_valid():
        try:
            words = act(form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, words)
            return redirect("people:records", person.pk)
    return page(request, template, person, context, form.errors)
