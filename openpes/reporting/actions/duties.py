"""Who has to report: set by the office, or by the staff of an employer as the city's parameter says."""

from datetime import date, datetime

from openpes.employers.models import Employer
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, action, publish, refuse_if, within
from openpes.kernel.clock import day_of
from openpes.kernel.publishing import publish_all
from openpes.kernel.scope import CITY
from openpes.reporting import rules
from openpes.reporting.choices import DutyGround, Rhythm
from openpes.reporting.events import DutyEnded, DutySet
from openpes.reporting.models import Call, Duty, Reminder, Report, ReportLine, Visit
from openpes.reporting.queries import employers_without_duty


@action
def set_duty(*, employer: int, rhythm: str, words: str, by: Actor, at: datetime) -> Duty | None:
    """Set how often an employer reports from today on; without a rhythm it reports no longer.

    :raises Employer.DoesNotExist: there is none of that id in the area
    :raises Refused: it is so already, or the words are missing
    """
    row = Employer.objects.visible_to(by.scope).select_for_update().get(pk=employer)
    on = day_of(at)
    held = Duty.objects.in_force_on(on).filter(employer=row).select_for_update().first()
    refuse_if(rules.why_not_set(rhythm=rhythm, words=words.strip(), same=(held.rhythm if held else "") == rhythm))
    if held:
        _end(held, on, by, at)
    if not rhythm:
        return None
    return _begin(row, Rhythm(rhythm), DutyGround.OFFICE, words.strip(), by, at)


@action
def settle_duties(*, by: Actor, at: datetime) -> int:
    """Give every employer with enough people the duty of the city's parameter, where it has none; how many got one.

    What the office set stays as it is, also when it ended a duty: then somebody said why.
    """
    on = day_of(at)
    least = parameters().value("reporting_rhythm_staff", on)
    ended = Duty.objects.filter(ground=DutyGround.OFFICE).order_by().values_list("employer_id", flat=True)
    looked_after = set(ended)
    found = [
        (row, rhythm)
        for row in employers_without_duty(scope=by.scope, on=on, least=min(least.values()))
        if row.pk not in looked_after and (rhythm := rules.rhythm_for(row.staff_count, least))
    ]
    made = Duty.objects.bulk_create(_new(row, rhythm, DutyGround.STAFF, "", by, at) for row, rhythm in found)
    publish_all(_told(one, by, at) for one in made)
    return len(made)


@action
def move_with_employer(*, employer: int, by: Actor, at: datetime) -> None:
    """Put what is kept of an employer into the area where it stands now."""
    with within(CITY):
        area = Employer.objects.get(pk=employer).area
        for kind in (Duty, Report, ReportLine, Reminder, Call, Visit):
            kind.objects.filter(employer_id=employer).order_by().update(area=area)


def _begin(row: Employer, rhythm: Rhythm, ground: DutyGround, words: str, by: Actor, at: datetime) -> Duty:
    duty = _new(row, rhythm, ground, words, by, at)
    duty.save()
    publish(_told(duty, by, at))
    return duty


def _new(row: Employer, rhythm: Rhythm, ground: DutyGround, words: str, by: Actor, at: datetime) -> Duty:
    return Duty(
        area=row.area, employer=row, rhythm=rhythm, ground=ground, words=words, from_on=day_of(at), set_at=at,
        set_by=by.id,
    )  # fmt: skip


def _told(duty: Duty, by: Actor, at: datetime) -> DutySet:
    rhythm = str(duty.rhythm)
    return DutySet(employer=duty.employer_id, area=duty.area, rhythm=rhythm, from_on=duty.from_on, by=by.id, at=at)


def _end(duty: Duty, on: date, by: Actor, at: datetime) -> None:
    duty.until_on = on
    duty.save(update_fields=["until_on"])
    publish(DutyEnded(employer=duty.employer_id, area=duty.area, until_on=on, by=by.id, at=at))
