"""Preference certificates: applied for, reviewed, decided, used, checked, revoked; and the public notice."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openpes.access.permissions import permitted, public_check
from openpes.kernel import Refused, has_hand_in
from openpes.kernel.absent import absent_is_404
from openpes.kernel.days import spoken_day
from openpes.registration import queries
from openpes.registration.actions import (
    CertificateFacts,
    answer_objection,
    apply_certificate,
    check_certificate,
    decide_certificate,
    note_objection,
    review_certificate,
    revoke_certificate,
    use_certificate,
)
from openpes.registration.forms import (
    CertificateForm,
    CheckForm,
    DecideForm,
    ObjectionAnswerForm,
    ObjectionForm,
    ReviewForm,
    RevokeForm,
    UseForm,
)
from openpes.registration.models import CertificateObjection, PreferenceCertificate
from openpes.registration.permissions import ISSUE, KEEP_CERTIFICATES, VIEW_REGISTRATIONS
from openpes.registration.views.pane import page, person_or_404

PAGE = 25


@permitted(VIEW_REGISTRATIONS)
@require_safe
def certificate_list(request: HttpRequest) -> HttpResponse:
    """Applications on their way with their clocks, and certificates whose yearly check is due."""
    scope = request.actor.scope
    found = Paginator(queries.open_certificates(scope=scope), PAGE).get_page(request.GET.get("page"))
    due = Paginator(queries.certificates_to_check(scope=scope, on=request.on), PAGE).get_page(request.GET.get("check"))
    context = {
        "page": found,
        "rows": queries.certificates_in_words(found, on=request.on),
        "due": due,
        "to_check": queries.certificates_in_words(due, on=request.on),
    }
    return render(request, "registration/certificate_list.html", context)


@permitted(KEEP_CERTIFICATES)
@require_http_methods(["GET", "POST"])
def certificate_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an application; the conditions are shown as they stand."""
    person = person_or_404(request, pk)
    form = CertificateForm(request.POST or None)
    facts: CertificateFacts | None = None
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        try:
            made = apply_certificate(person=pk, facts=facts, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The application is taken; it is decided by %(day)s.")
                             % {"day": spoken_day(made.decide_due_on)})  # fmt: skip
            return redirect("registration:certificate", made.pk)
    rules = queries.certificate_eligibility(person=pk, on=request.on, facts=facts)
    context = {"form": form, "rules": rules, "others": queries.certificates_of(scope=request.actor.scope, person=pk)}
    return page(request, "registration/certificate_new.html", person, context, form.errors)


@permitted(VIEW_REGISTRATIONS)
@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """One certificate: where it stands, what may be done next, what was drawn on it."""
    return _page(request, _certificate_or_404(request, pk))


@permitted(KEEP_CERTIFICATES)
@require_POST
def certificate_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the documents in order and begin the public notice."""
    return _take(request, pk, "review", ReviewForm(request.POST), review_certificate)


@permitted(KEEP_CERTIFICATES)
@require_POST
def certificate_objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what somebody said against the application."""
    return _take(request, pk, "objection", ObjectionForm(request.POST), note_objection)


@permitted(KEEP_CERTIFICATES)
@require_POST
def objection_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was found about one objection."""
    certificate = CertificateObjection.objects.filter(pk=pk).values_list("certificate", flat=True).first() or 0
    row = _certificate_or_404(request, certificate)
    form = ObjectionAnswerForm(request.POST, auto_id=_names_of(pk))
    if form.is_valid():
        try:
            answer_objection(
                certificate=certificate, objection=pk, **form.cleaned_data, by=request.actor, at=request.at
            )
        except CertificateObjection.DoesNotExist:
            raise Http404 from None
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The objection is answered."))
            return redirect("registration:certificate", certificate)
    return _page(request, row, answer=form, answered=pk)


@permitted(ISSUE)
@require_POST
def certificate_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue or refuse, by another officer."""
    return _take(request, pk, "decide", DecideForm(request.POST), decide_certificate)


@permitted(KEEP_CERTIFICATES)
@require_POST
def certificate_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a policy in."""
    form = UseForm(request.POST)
    row = _certificate_or_404(request, pk)
    if form.is_valid():
        try:
            use_certificate(certificate=pk, facts=form.facts(), by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("It is written in."))
            return redirect("registration:certificate", pk)
    return _page(request, row, use=form)


@permitted(KEEP_CERTIFICATES)
@require_POST
def certificate_check(request: HttpRequest, pk: int) -> HttpResponse:
    """The yearly check."""
    return _take(request, pk, "check", CheckForm(request.POST), check_certificate)


@permitted(ISSUE)
@require_POST
def certificate_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a certificate."""
    return _take(request, pk, "revoke", RevokeForm(request.POST), revoke_certificate)


@public_check("notices")
@never_cache
@require_safe
def certificate_notices(request: HttpRequest) -> HttpResponse:
    """The public notice: masked names, groups, places, days, and whom to tell an objection."""
    return render(request, "registration/certificate_notices.html", {"rows": queries.public_notices(on=request.on)})


def _take(request: HttpRequest, pk: int, name: str, form: Any, act: Any) -> HttpResponse:
    """One step of a certificate by its form."""
    row = _certificate_or_404(request, pk)
    if form.is_valid():
        try:
            act(certificate=pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("registration:certificate", pk)
    return _page(request, row, **{name: form})


def _names_of(objection: int) -> str:
    return f"answer_{objection}_%s"


def _page(request: HttpRequest, row: PreferenceCertificate, answered: int = 0, **forms: Any) -> HttpResponse:
    keeps, issues = KEEP_CERTIFICATES.code in request.rights, ISSUE.code in request.rights
    view = queries.certificate_view(row, on=request.on)
    prepared = has_hand_in(request.actor, row.applied_hands, row.reviewed_hands)
    context: dict[str, Any] = {
        "view": view,
        "review": ReviewForm(),
        "objection": ObjectionForm(),
        "objections": [
            (one, forms["answer"] if one.pk == answered else ObjectionAnswerForm(auto_id=_names_of(one.pk)))
            for one in view.objections
        ],
        "decide": DecideForm(),
        "use": UseForm(initial={"from_on": request.on}),
        "check": CheckForm(),
        "revoke": RevokeForm(),
        "may_keep": keeps,
        "may_decide": issues and not prepared and row.reviewed_by is not None and not row.outcome,
        "may_revoke": issues,
        "prepared": prepared,
    }
    wrong = next((form.errors for form in forms.values() if form.errors), None)
    return page(request, "registration/certificate.html", row.person, context | forms, wrong)


def _certificate_or_404(request: HttpRequest, pk: int) -> PreferenceCertificate:
    with absent_is_404(PreferenceCertificate.DoesNotExist):
        return queries.certificate(scope=request.actor.scope, pk=pk)
