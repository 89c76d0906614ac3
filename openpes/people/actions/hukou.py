"""Household registration: its kind and its place, dated; the file shows the present one."""

from dataclasses import dataclass
from datetime import date, datetime

from openpes.codes.queries import code_exists
from openpes.kernel import Actor, action, clock, publish, refuse_if
from openpes.people.actions.names import Paper
from openpes.people.events import HukouChanged
from openpes.people.models import HukouPeriod, Person
from openpes.people.queries.lives import why_not_living
from openpes.people.queries.persons import county_name
from openpes.people.rules import lives


@dataclass(frozen=True, kw_only=True)
class HukouFacts:
    """How and where a household is registered: a code of `hukou`, six digits of a county, and the address there."""

    kind: str
    place: str = ""
    address: str = ""


@action
def change_hukou(*, person: int, facts: HukouFacts, on: date, paper: Paper, by: Actor, at: datetime) -> HukouPeriod:
    """Enter another household registration from a day on; a change on the first day of the present one corrects it.

    Source: 户口登记条例 art. 13, 17, 19.

    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: with everything that is wrong with it, or the person died or left for good
    """
    found = Person.objects.held_by(by).select_for_update().get(pk=person)
    present = HukouPeriod.objects.filter(person=found, until_on=None).first()
    case = lives.HukouCase(
        kind=facts.kind,
        place=facts.place,
        on=on,
        today=clock.day_of(at),
        evidence=paper.evidence,
        present=(present.kind, present.place, present.from_on) if present else None,
        known_kind=bool(facts.kind) and code_exists("hukou", facts.kind),
        known_place=bool(county_name(facts.place)),
    )
    refuse_if([*why_not_living(person=found.pk), *lives.why_not_register_household(case)])
    period = _next(found, present, facts, on, paper, by, at)
    found.hukou, found.version = facts.kind, found.version + 1
    found.save(update_fields=["hukou", "version"])
    publish(HukouChanged(person=found.pk, area=found.area, on=on, by=by.id, at=at))
    return period


def correct_present_hukou(person: Person) -> None:
    """Let the present period say what the file says, when the code in the file was corrected."""
    HukouPeriod.objects.filter(person=person, until_on=None).exclude(kind=person.hukou).update(kind=person.hukou)


def _next(
    person: Person, present: HukouPeriod | None, facts: HukouFacts, on: date, paper: Paper, by: Actor, at: datetime
) -> HukouPeriod:
    recorded_on = clock.day_of(person.created_at)  # before the first dated change it counts from the first record
    if present is None and person.hukou and recorded_on < on:
        present = HukouPeriod.objects.create(
            area=person.area,
            person=person,
            kind=person.hukou,
            from_on=recorded_on,
            recorded_at=person.created_at,
            recorded_by=0,
        )
    if present and present.from_on < on:
        present.until_on = on
        present.save(update_fields=["until_on"])
    elif present:
        present.delete()
    return HukouPeriod.objects.create(
        area=person.area,
        person=person,
        kind=facts.kind,
        place=facts.place,
        address=facts.address.strip(),
        from_on=on,
        **paper.columns(),
        recorded_at=at,
        recorded_by=by.id,
    )
