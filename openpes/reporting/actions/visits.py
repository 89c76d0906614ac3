"""Visits to employers: planned for a day, made or given up, told with what was learnt, and the vacancies won."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.employers.models import Employer
from openpes.kernel import Actor, Refused, action, publish, refuse_if, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.reporting import rules
from openpes.reporting.events import VacancyWon, VisitCancelled, VisitMade, VisitPlanned
from openpes.reporting.models import Lead, Visit, WonVacancy
from openpes.vacancies.models import Vacancy


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """What a visit brought: when it was, whom one met, what was learnt, how many people the employer may need."""

    made_on: date
    learnt: str
    met: str = ""
    expects: int | None = None


@action
def plan_visit(*, employer: int, planned_on: date, why: str, site: int | None = None, by: Actor, at: datetime) -> Visit:
    """Plan that one visits an employer on a day.

    :raises Employer.DoesNotExist: there is none of that id in the area
    :raises Refused: the day is past, the reason is missing, or a visit is ahead already
    """
    row = Employer.objects.visible_to(by.scope).get(pk=employer)
    refuse_if(rules.why_not_plan(planned_on=planned_on, why=why.strip(), on=day_of(at)))
    visit = Visit(
        employer=row, area=row.area, site_id=site, officer=by.id, why=why.strip()[:300], planned_on=planned_on,
        planned_by=by.id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            visit.save()
    except IntegrityError as error:
        if "one_visit_ahead" not in str(error):
            raise
        raise Refused(
            _("A visit to %(name)s is planned already.") % {"name": row.name}, next_step=_("Tell or give up that one.")
        ) from None
    publish(VisitPlanned(employer=row.pk, area=row.area, on=planned_on, by=by.id, at=at))
    return visit


@action
def tell_visit(*, visit: int, learnt: Learnt, by: Actor, at: datetime) -> Visit:
    """Write down what was learnt on a visit.

    :raises Visit.DoesNotExist: there is none of that id in the area
    :raises Refused: it is over, of a later day, or nothing was learnt
    """
    row = Visit.objects.visible_to(by.scope).select_for_update().get(pk=visit)
    over = row.made_on is not None or row.cancelled_on is not None
    told = learnt.learnt.strip()
    refuse_if(rules.why_not_tell(over=over, made_on=learnt.made_on, learnt=told, on=day_of(at)))
    row.made_on, row.learnt, row.met = learnt.made_on, told, learnt.met.strip()
    row.expects, row.told_at = learnt.expects, at
    row.save()
    publish(VisitMade(employer=row.employer_id, area=row.area, on=learnt.made_on, by=by.id, at=at))
    return row


@action
def cancel_visit(*, visit: int, words: str, by: Actor, at: datetime) -> Visit:
    """Give a planned visit up, and say why.

    :raises Visit.DoesNotExist: there is none of that id in the area that is still ahead
    :raises Refused: the words are missing
    """
    row = Visit.objects.visible_to(by.scope).planned().select_for_update().get(pk=visit)
    if not words.strip():
        raise Refused(_("Say why the visit is not made."), field="words")
    row.cancelled_on, row.cancel_words = day_of(at), words.strip()
    row.save(update_fields=["cancelled_on", "cancel_words"])
    publish(VisitCancelled(employer=row.employer_id, area=row.area, on=row.planned_on, by=by.id, at=at))
    return row


@action
def note_won(*, vacancy: int, visit: int | None = None, lead: int | None = None, by: Actor, at: datetime) -> WonVacancy:
    """Count a vacancy as won by a visit, or by what an informant told: one of the two.

    :raises Visit.DoesNotExist, Lead.DoesNotExist, Vacancy.DoesNotExist: there is none of that id
    :raises Refused: it is of another employer, was there before, or counts already
    """
    source, since_on = _source(visit, lead, by)
    with within(CITY):
        found = Vacancy.objects.get(pk=vacancy)
        taken = WonVacancy.objects.filter(vacancy=found).exists()
    refuse_if(
        rules.why_not_win(
            same_employer=found.employer_id == source.employer_id, drafted_on=found.drafted_on, since_on=since_on,
            taken=taken,
        )
    )  # fmt: skip
    won = WonVacancy(area=source.area, vacancy=found, visit_id=visit, lead_id=lead, won_on=day_of(at), noted_by=by.id)
    try:
        with transaction.atomic():
            won.save()
    except IntegrityError:
        raise Refused(_("This vacancy counts already."), field="vacancy") from None
    publish(VacancyWon(vacancy=found.pk, area=source.area, employer=found.employer_id, by=by.id, at=at))
    return won


def _source(visit: int | None, lead: int | None, by: Actor) -> tuple[Any, date]:
    """The visit that was made, or the lead that was taken up, locked; and since when it may have won something."""
    if visit is not None:
        made = Visit.objects.visible_to(by.scope).select_for_update().get(pk=visit, made_on__isnull=False)
        return made, made.made_on or made.planned_on
    taken = Lead.objects.visible_to(by.scope).select_for_update().get(pk=lead, taken_at__isnull=False)
    return taken, day_of(taken.told_at)
