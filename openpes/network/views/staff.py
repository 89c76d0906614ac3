"""Staff of an area: who is posted where with which certificates, one file, and the subsidies of a month."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.models import Account
from openpes.access.permissions import permitted, roles
from openpes.engine.qualifications import Requirement, requirements
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.network import actions, queries
from openpes.network.forms import CertificateForm, MonthForm, RevokeForm, YearForm
from openpes.network.models import StaffCertificate
from openpes.network.permissions import KEEP_STAFF, VIEW_NETWORK
from openpes.network.rules import month_before
from openpes.network.views.places import columns, inside

PAGE = 50


@permitted(VIEW_NETWORK)
@require_safe
def staff_list(request: HttpRequest) -> HttpResponse:
    """Who works inside an area today, with which certificates, and which acts will need one."""
    place = inside(request, request.GET.get("area", ""))
    rows = queries.staff_rows(scope=request.actor.scope, inside=place, on=request.on)
    if request.GET.get("certificates") == "none":
        rows = [row for row in rows if not row.valid]
    elif request.GET.get("certificates") == "lapsing":
        rows = [row for row in rows if row.lapsing]
    context = {
        "area": queries.area(place),
        "chosen": request.GET.get("certificates", ""),
        "notice_days": queries.notice_days(request.on),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "columns": columns(_("Name"), _("Point"), _("Since"), _("Certificates")),
        "requirements": _requirements(request),
        "requirement_columns": columns(_("Act"), _("Certificate"), _("In force from"), _("Source")),
        "may_keep": KEEP_STAFF.code in request.rights,
    }
    return render(request, "network/staff_list.html", context)


@permitted(VIEW_NETWORK)
@require_safe
def staff_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Postings, certificates, judged years and subsidies of one member of staff."""
    return _file_page(request, pk)


@permitted(KEEP_STAFF)
@require_POST
def record_certificate(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Record a certificate after its examination."""
    form = CertificateForm(request.POST)
    if form.is_valid():
        try:
            actions.record_certificate(account=pk, facts=form.facts(), by=request.actor, at=request.at)
            return redirect("network:staff_file", pk=pk)
        except Account.DoesNotExist as absent:
            raise Http404 from absent
        except Refused as refused:
            form.refuse(refused)
    return _file_page(request, pk, form=form)


@permitted(KEEP_STAFF)
@require_POST
def revoke_certificate(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Revoke a certificate from today on."""
    form = RevokeForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else _("No reason was given")
    with absent_is_404(StaffCertificate.DoesNotExist):
        row = actions.revoke_certificate(certificate=pk, reason=reason, by=request.actor, at=request.at)
    return redirect("network:staff_file", pk=row.account_id)


@permitted(KEEP_STAFF)
@require_POST
def assess_year(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Judge a year of a member of staff."""
    form = YearForm(request.POST)
    if form.is_valid():
        try:
            actions.assess_year(account=pk, **form.cleaned_data, by=request.actor, at=request.at)
            return redirect("network:staff_file", pk=pk)
        except Account.DoesNotExist as absent:
            raise Http404 from absent
        except Refused as refused:
            form.refuse(refused)
    return _file_page(request, pk, year_form=form)


@permitted(KEEP_STAFF)
def subsidies(request: HttpRequest) -> HttpResponseBase:
    """The village officers who are due the subsidy of a month; a POST entitles those who are not yet."""
    form = MonthForm(request.POST or None, initial={"month_on": month_before(request.on)})
    month_on = form.initial["month_on"]
    if form.is_valid():
        month_on = form.cleaned_data["month_on"].replace(day=1)
        try:
            actions.entitle_month(month_on=month_on, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
    scope = request.actor.scope
    found = queries.entitlements(scope=scope, inside=scope, month_on=month_on)
    context = {
        "form": form,
        "month_on": month_on,
        "total_fen": sum(row.amount_fen for row in found),
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "columns": columns(
            _("Name"), _("Point"), _("Days posted"), _("Subsidy (yuan)"),
            numbers=(_("Days posted"), _("Subsidy (yuan)")),
        ),
    }
    return render(request, "network/subsidies.html", context, status=422 if form.errors else 200)


def _requirements(request: HttpRequest) -> list[tuple[Requirement, Any, str]]:
    """Every act that needs a certificate, in the words of its right, with the title of the certificate."""
    words = {right.code: right.description for role in roles() for right in role.permissions}
    titles = dict(queries.certificate_titles(request.LANGUAGE_CODE))
    return [(one, words.get(one.act, one.act), titles[one.certificate]) for one in requirements()]


def _file_page(request: HttpRequest, pk: int, **given: Any) -> HttpResponse:
    with absent_is_404(Account.DoesNotExist):
        file = queries.staff_file(scope=request.actor.scope, account=pk, on=request.on)
    may_keep = KEEP_STAFF.code in request.rights and pk != request.actor.id
    forms = {"form": CertificateForm(), "year_form": YearForm(initial={"year": request.on.year - 1})} | given
    language = request.LANGUAGE_CODE
    titles = dict(queries.certificate_titles(language))
    context = {
        "file": file,
        "certificates": [(row, titles.get(row.kind, row.kind)) for row in file.certificates],
        "posting_columns": columns(_("Point"), _("Window"), _("Since"), _("Until")),
        "certificate_columns": columns(_("Certificate"), _("Number"), _("Examination"), _("Valid"), _("What to do")),
        "year_columns": columns(_("Year"), _("Grade of the year"), _("Remark")),
        **(forms if may_keep else {}),
    }
    wrong = any(form.errors for form in given.values())
    return render(request, "network/staff_file.html", context, status=422 if wrong else 200)
