"""What informants in villages tell: told, taken up, answered, counted."""

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.engine.calendars import quarter
from openpes.kernel import Refused
from openpes.kernel.deadlines import Clock, clock_of
from openpes.kernel.paging import BoundedPaginator
from openpes.network.queries import area_full_name, area_name
from openpes.reporting import actions, queries
from openpes.reporting.forms import AnswerForm, LeadForm, TakeForm
from openpes.reporting.models import Lead
from openpes.reporting.permissions import INFORM, KEEP_REPORTING, VIEW_REPORTING
from openpes.vacancies.models import Vacancy

PAGE = 30


@permitted(VIEW_REPORTING)
@require_safe
def lead_list(request: HttpRequest) -> HttpResponse:
    """What informants of the area told, what waits first; and what each village brought in this quarter."""
    scope, period = request.actor.scope, quarter(request.on)
    page = BoundedPaginator(queries.leads(scope=scope), PAGE).get_page(request.GET.get("page"))
    counted = queries.leads_counted(scope=scope, from_on=period.from_on, until_on=period.until_on)
    context = {
        "page": page,
        "rows": [(one, area_name(one.area), _clock(one, request.on)) for one in page],
        "counted": [(area_full_name(area), told, taken, won) for area, told, taken, won in counted[:200]],
        "columns": [{"label": label} for label in (_("Firm or household"), _("Village"), _("Told on"), _("State"))],
        "heads": [{"label": _("Village")}, *({"label": text, "number": True}
                  for text in (_("Told"), _("Taken up"), _("Vacancies won")))],
        "may_inform": INFORM.code in request.rights,
    }  # fmt: skip
    return render(request, "reporting/leads.html", context)


@permitted(INFORM)
def lead_new(request: HttpRequest) -> HttpResponseBase:
    """Tell the office of a firm or a vacancy in the own village."""
    form = LeadForm(request.POST or None)
    if form.is_valid():
        try:
            actions.tell_lead(facts=form.facts(), by=request.actor, at=request.at)
            return redirect("reporting:lead_list")
        except Refused as refused:
            form.refuse(refused)
    return render(request, "reporting/lead_new.html", {"form": form}, status=422 if form.errors else 200)


@permitted(VIEW_REPORTING)
def lead(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One report of an informant: who looks after it, which firm it is, what came of it, the vacancies it won."""
    row = get_object_or_404(Lead.objects.visible_to(request.actor.scope).select_related("employer"), pk=pk)
    take_form, answer_form = TakeForm(), AnswerForm()
    if request.method == "POST":
        take_form, answer_form, done = _acted(request, row)
        if done:
            return redirect("reporting:lead", pk=pk)
    won = queries.won_by(lead=pk)
    context = {
        "row": row,
        "place": area_full_name(row.area),
        "clock": _clock(row, request.on),
        "take_form": take_form,
        "answer_form": answer_form,
        "won": won,
        "fresh": _fresh(row, [one.vacancy_id for one in won]),
        "may_keep": KEEP_REPORTING.code in request.rights,
        "mine": row.taken_by in (None, request.actor.id),
    }
    return render(
        request, "reporting/lead.html", context, status=422 if take_form.errors or answer_form.errors else 200
    )


def _clock(row: Lead, on: date) -> Clock | None:
    """Until when somebody takes it up; nothing once somebody has."""
    return None if row.taken_at else clock_of(row.due_on, on)


def _acted(request: HttpRequest, row: Lead) -> tuple[TakeForm, AnswerForm, bool]:
    if KEEP_REPORTING.code not in request.rights:
        raise Refused(_("Your role does not take reports."))
    act, told = request.POST.get("act", ""), {"lead": row.pk, "by": request.actor, "at": request.at}
    take_form, answer_form = TakeForm(), AnswerForm()
    if act == "won":
        number = request.POST.get("vacancy", "")
        actions.note_won(vacancy=int(number) if number.isdigit() else 0, **told)
        return take_form, answer_form, True
    form: TakeForm | AnswerForm = AnswerForm(request.POST) if act == "answer" else TakeForm(request.POST)
    done = form.is_valid()
    try:
        if done and act == "answer":
            actions.answer_lead(**form.cleaned_data, **told)
        elif done:
            actions.take_lead(**form.cleaned_data, **told)
    except Refused as refused:
        form.refuse(refused)
        done = False
    return (take_form, form, done) if isinstance(form, AnswerForm) else (form, answer_form, done)


def _fresh(row: Lead, counted: list[int]) -> list[Vacancy]:
    """Vacancies of the linked employer that were written down since it was told and do not count yet."""
    if row.employer_id is None or row.taken_at is None:
        return []
    found = Vacancy.objects.filter(employer_id=row.employer_id, drafted_on__gte=row.told_at.date())
    return list(found.exclude(pk__in=counted).order_by("pk")[:20])
