"""What everybody may do with a public vacancy: report it, without an account."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from openpes.access.permissions import public, public_check
from openpes.kernel import Refused
from openpes.kernel.action import PLATFORM
from openpes.kernel.rates import asker_of
from openpes.vacancies import actions, queries
from openpes.vacancies.actions import ReportFacts
from openpes.vacancies.forms import ReportForm


@public
@require_safe
@never_cache
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The form with which a reader reports an advertisement; one that is not public is no longer there."""
    return _page(request, pk, ReportForm(prefix="report"))


@public_check("reports")
@require_http_methods(["POST"])
@never_cache
def send_report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a report; one address sends so many in a while, and then it waits."""
    form = ReportForm(request.POST, prefix="report")
    if queries.public_vacancy(pk=_possible(pk)) is not None and form.is_valid():
        try:
            facts = ReportFacts(vacancy=pk, asker=bytes.fromhex(asker_of(request)), **form.cleaned_data)
            made = actions.report_advert(facts=facts, by=PLATFORM, at=request.at)
            return render(request, "vacancies/report_sent.html", {"report": made})
        except Refused as refused:
            form.refuse(refused)
    return _page(request, pk, form)


def _page(request: HttpRequest, pk: int, form: ReportForm) -> HttpResponse:
    row = queries.public_vacancy(pk=_possible(pk))
    status = 404 if row is None else 422 if form.is_bound and form.errors else 200
    return render(request, "vacancies/report.html", {"vacancy": row, "form": form}, status=status)


def _possible(pk: int) -> int:
    """The number, when the table can hold it."""
    return pk if pk < 2**63 else 0
