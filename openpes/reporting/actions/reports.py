"""Reporting: what an employer says of its vacancies, in whichever way it says it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from openpes.employers.models import Employer
from openpes.kernel import Actor, Reason, action, publish, refuse_if, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.reporting.choices import Still
from openpes.reporting.events import ChangeSettled, ChangeTold, VacanciesReported
from openpes.reporting.models import Report, ReportLine
from openpes.reporting.queries import duty_of, owed_by, running_vacancies
from openpes.vacancies.actions import close_vacancy, confirm_vacancy
from openpes.vacancies.choices import SignWay
from openpes.vacancies.models import Vacancy


@dataclass(frozen=True)
class Said:
    """What an employer says of one of its vacancies; of a changed one, what changed."""

    vacancy: int
    still: Still
    words: str = ""


@action
def report_vacancies(
    *, employer: int, said: Sequence[Said], none_open: bool = False, way: SignWay, by: Actor, at: datetime
) -> Report | None:
    """Take what an employer says of its vacancies; it is the report of the period that it owes, if it has a duty.

    An open one gets its sign of life, which ends a hold for want of one; a filled one is closed; a changed one gets its
    sign of life and waits for the office. Later answers of the same period belong to the same report.

    :raises Employer.DoesNotExist: there is none of that id that the actor may see
    :raises Refused: nothing was said, a vacancy is not the employer's or not open, or “none” while some are open
    """
    row = Employer.objects.seen_by(by).select_for_update().get(pk=employer)
    open_ones = {one.vacancy.pk for one in running_vacancies(employer=row.pk, on=day_of(at))}
    refuse_if(_why_not_report(said, open_ones, none_open))
    report = _report(row, none_open, way, by, at)
    for one in sorted(said, key=lambda one: one.vacancy):
        _take(row, report, one, way, by, at)
    return report


@action
def settle_change(*, line: int, by: Actor, at: datetime) -> ReportLine:
    """Note that the office has seen to a change that an employer told.

    :raises ReportLine.DoesNotExist: there is none in the area that waits
    """
    row = ReportLine.objects.visible_to(by.scope).select_for_update().get(pk=line, said="changed", settled_at=None)
    row.settled_at, row.settled_by = at, by.id
    row.save(update_fields=["settled_at", "settled_by"])
    publish(ChangeSettled(employer=row.employer_id, area=row.area, vacancy=row.vacancy_id, by=by.id, at=at))
    return row


@action
def note_list(*, vacancies: Collection[int], by: Actor, at: datetime) -> int:
    """Count a vacancy list that came in as the report of the employers on it that have a duty; how many."""
    noted = 0
    with within(CITY):
        firms = Employer.objects.filter(pk__in=Vacancy.objects.filter(pk__in=vacancies).order_by().values("employer"))
        for row in firms.select_for_update().order_by("pk"):
            duty = duty_of(employer=row.pk, on=day_of(at))
            if duty:
                noted += _report(row, False, SignWay.EXCEL, by, at) is not None
    return noted


def _why_not_report(said: Sequence[Said], open_ones: Collection[int], none_open: bool) -> list[Reason]:
    found = []
    if not said and not none_open:
        text = _("Say of at least one vacancy whether it is still open, or that there is none.")
        found.append(Reason(text, next_step=_("Choose “Still open”, “Filled” or “Changed”.")))
    if any(one.vacancy not in open_ones for one in said):
        text = _("A vacancy of this report is not open any more.")
        found.append(Reason(text, next_step=_("Load the page again; it shows what is open now.")))
    left = set(open_ones) - {one.vacancy for one in said if one.still == Still.FILLED}
    if none_open and left:
        text = _("Some vacancies are still open here, so “none” cannot be right.")
        found.append(Reason(text, field="none_open", next_step=_("Say of each whether it is filled.")))
    if any(one.still == Still.CHANGED and not one.words.strip() for one in said):
        found.append(Reason(_("Say what changed, in a few words."), field="words"))
    return found


def _report(row: Employer, none_open: bool, way: SignWay, by: Actor, at: datetime) -> Report | None:
    """The report of the period that is owed, new or the one that is there; nothing without a duty."""
    duty = duty_of(employer=row.pk, on=day_of(at))
    if duty is None:
        return None
    period = owed_by(duty=duty, on=day_of(at)).period
    report, is_new = Report.objects.get_or_create(
        employer=row, period_from_on=period.from_on,
        defaults={
            "area": row.area, "period_until_on": period.until_on, "due_on": period.due_on, "way": way,
            "none_open": none_open, "made_at": at, "made_by": by.id,
        },
    )  # fmt: skip
    if is_new:
        told = {"employer": row.pk, "area": row.area, "way": str(way), "from_on": period.from_on}
        publish(VacanciesReported(**told, by=by.id, at=at))
    return report


def _take(row: Employer, report: Report | None, one: Said, way: SignWay, by: Actor, at: datetime) -> None:
    """Write one answer down and do what follows from it; the vacancy may stand anywhere in the city."""
    anywhere = by if by.employer else replace(by, scope=CITY)
    if one.still == Still.FILLED:
        close_vacancy(vacancy=one.vacancy, reason=_("The employer says that it is filled."), by=anywhere, at=at)
    else:
        confirm_vacancy(vacancy=one.vacancy, way=way, by=anywhere, at=at)
    line = ReportLine.objects.create(
        area=row.area, employer=row, report=report, vacancy_id=one.vacancy, said=one.still, words=one.words.strip(),
        said_at=at, said_by=by.id,
    )  # fmt: skip
    if one.still == Still.CHANGED:
        publish(ChangeTold(employer=row.pk, area=row.area, vacancy=line.vacancy_id, by=by.id, at=at))
