"""Filings of employers: the own staff, a hire, an end; and at the office those that came late."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.registration import queries
from openpes.registration.actions import file_end, file_hire
from openpes.registration.choices import Filed
from openpes.registration.forms import EmploymentEndForm, HireFilingForm
from openpes.registration.models import Filing, StatusPeriod
from openpes.registration.permissions import EMPLOYER_FILES, VIEW_REGISTRATIONS

PAGE = 25


@permitted(EMPLOYER_FILES)
@require_safe
def filings(request: HttpRequest) -> HttpResponse:
    """The own staff as registered, and what was filed."""
    page = Paginator(queries.filings(actor=request.actor), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.filings_in_words([*page]),
        "hiring_days": queries.filing_days(Filed.HIRE, on=request.on),
        "staff": queries.own_staff(actor=request.actor, on=request.on),
    }
    return render(request, "registration/filings.html", context)


@permitted(EMPLOYER_FILES)
@require_http_methods(["GET", "POST"])
def filing_hire(request: HttpRequest) -> HttpResponse:
    """File a hire."""
    form = HireFilingForm(request.POST or None, initial={"from_on": request.on, "category": "010"})
    if form.is_valid():
        try:
            filing = file_hire(**form.person(), facts=form.facts(), by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            _thank(request, filing)
            return redirect("registration:filings")
    context = {"form": form, "hiring_days": queries.filing_days(Filed.HIRE, on=request.on)}
    return render(request, "registration/filing_hire.html", context, status=422 if form.errors else 200)


@permitted(EMPLOYER_FILES)
@require_http_methods(["GET", "POST"])
def filing_end(request: HttpRequest, pk: int) -> HttpResponse:
    """File that an employment ended."""
    with absent_is_404(StatusPeriod.DoesNotExist):
        row = queries.own_employment(actor=request.actor, pk=pk)
    form = EmploymentEndForm(request.POST or None, initial={"on": request.on})
    if form.is_valid():
        try:
            filing = file_end(period=pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            _thank(request, filing)
            return redirect("registration:filings")
    context = {"form": form, "row": row, "ending_days": queries.filing_days(Filed.END, on=request.on)}
    return render(request, "registration/filing_end.html", context, status=422 if form.errors else 200)


@permitted(VIEW_REGISTRATIONS)
@require_safe
def filing_list(request: HttpRequest) -> HttpResponse:
    """The filings of the area that came late."""
    page = Paginator(queries.filings(actor=request.actor, late=True), PAGE).get_page(request.GET.get("page"))
    labels = (_("Employer"), _("Name"), _("Filed"), _("Happened on"), _("Due on"), _("Filed on"), _("Days late"))
    columns = [{"label": label, "number": label == _("Days late")} for label in labels]
    context = {"page": page, "rows": queries.filings_in_words([*page]), "columns": columns}
    return render(request, "registration/filing_list.html", context)


def _thank(request: HttpRequest, filing: Filing) -> None:
    if filing.late_days:
        messages.warning(request, _("Filed, %(days)s days late. Late filings are marked.") % {"days": filing.late_days})
    else:
        messages.success(request, _("Filed in time. Thank you."))
