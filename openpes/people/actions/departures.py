"""Death, settling abroad, leaving the city for good: recorded, taken back, ended by a return."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpes.kernel import Actor, Event, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people.actions.names import Paper
from openpes.people.choices import DepartureKind, MemberEnd, Relation
from openpes.people.events import DeathTakenBack, DepartureTakenBack, PersonDeparted, PersonDied, PersonReturned
from openpes.people.models import Departure, HouseholdMember, Person, Residence
from openpes.people.rules import lives


@dataclass(frozen=True, kw_only=True)
class DepartureFacts:
    """What is reported: a code of `DepartureKind`, the day, the paper, and who reported it (a code of `Reporter`)."""

    kind: str
    on: date
    paper: Paper
    reporter: str
    reporter_name: str = ""
    note: str = ""


@action
def record_departure(*, person: int, facts: DepartureFacts, by: Actor, at: datetime) -> Departure:
    """Record that a person died or left for good; home and household end with the day, and whoever listens ends more.

    Source: 户口登记条例 art. 8 (death), art. 10 (leaving).

    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: it stands already, the day is wrong, or the paper or the reporter is missing
    """
    found = Person.objects.held_by(by).select_for_update().get(pk=person)
    with within(CITY):  # homes and memberships keep the area in which they were written
        refuse_if(lives.why_not_depart(_case(found, facts, at)))
        row = Departure.objects.create(
            area=found.area,
            person=found,
            kind=facts.kind,
            on=facts.on,
            **facts.paper.columns(),
            reporter=facts.reporter,
            reporter_name=facts.reporter_name.strip(),
            note=facts.note.strip(),
            closed=_close(found, DepartureKind(facts.kind), facts.on),
            recorded_at=at,
            recorded_by=by.id,
        )
        _touch(found)
    publish(_told(row, by, at))
    return row


@action
def take_departure_back(*, person: int, why: str, by: Actor, at: datetime) -> Departure:
    """Take a report of death or departure back that was a mistake: home, household and what listens are as before.

    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: none stands, or nothing says by what the mistake is known
    """
    found = Person.objects.held_by(by).select_for_update().get(pk=person)
    with within(CITY):
        row = Departure.objects.standing().filter(person=found).first()
        refuse_if(lives.why_not_take_back(standing=row is not None, why=why))
        assert row is not None
        row.taken_back_at, row.taken_back_by, row.taken_back_why = at, by.id, why.strip()
        row.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
        _reopen(found, row)
        _touch(found)
    kind = DeathTakenBack if row.kind == DepartureKind.DIED else DepartureTakenBack
    publish(
        kind(
            person=found.pk,
            area=found.area,
            departure=row.pk,
            on=row.on,
            recorded_at=row.recorded_at,
            by=by.id,
            at=at,
        )
    )
    return row


@action
def record_return(*, person: int, on: date, address: str, by: Actor, at: datetime) -> Departure:
    """Record that a person who had left for good came back; a home in the area of the file begins with the day.

    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: nobody left, the person died, or the day is wrong
    """
    found = Person.objects.held_by(by).select_for_update().get(pk=person)
    with within(CITY):
        row = Departure.objects.standing().filter(person=found).first()
        standing = (row.kind, row.on) if row else None
        refuse_if(lives.why_not_return(standing=standing, on=on, today=clock.day_of(at)))
        assert row is not None
        row.returned_on = on
        row.save(update_fields=["returned_on"])
        Residence.objects.create(area=found.area, person=found, address=address.strip(), from_on=on)
        _touch(found)
    publish(PersonReturned(person=found.pk, area=found.area, departure=row.pk, on=on, by=by.id, at=at))
    return row


def _case(found: Person, facts: DepartureFacts, at: datetime) -> lives.DepartureCase:
    standing = Departure.objects.standing().filter(person=found).values_list("kind", "on").first()
    return lives.DepartureCase(
        kind=facts.kind,
        on=facts.on,
        today=clock.day_of(at),
        born_on=found.born_on,
        evidence=facts.paper.evidence,
        reporter=facts.reporter,
        standing=standing,
    )


def _close(found: Person, kind: DepartureKind, on: date) -> dict[str, Any]:
    """End the home and the place in a household with the day; what began on it or later never was."""
    reason = MemberEnd.DIED if kind == DepartureKind.DIED else MemberEnd.DEPARTED
    home = _end(Residence.objects.filter(person=found), on, {})
    place = _end(HouseholdMember.objects.filter(person=found), on, {"end_reason": reason})
    return {"homes": home, "places": place}


def _end(rows: Any, on: date, more: dict[str, str]) -> list[dict[str, Any]]:
    """Cut rows short at a day; gives what each was, so that it can be again."""
    kept = []
    for row in rows.not_ended_by(on).order_by("from_on", "id").select_for_update():
        kept.append(_kept(row))
        if row.from_on >= on:
            row.delete()
            continue
        row.until_on = on
        for name, value in more.items():
            setattr(row, name, value)
        row.save(update_fields=["until_on", *more])
    return kept


def _kept(row: Residence | HouseholdMember) -> dict[str, Any]:
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in kept.items()}


def _reopen(found: Person, row: Departure) -> None:
    """Give back the home and the place in the household, unless another one begins in their time by now."""
    for was in row.closed.get("homes", []):
        if _free(Residence, found, was):
            _put_back(Residence, was)
    for was in row.closed.get("places", []):
        if not _free(HouseholdMember, found, was):
            continue
        if was["is_head"] and _led_by_another(was):
            _come_back_under_another(was, row.on)
        else:
            _put_back(HouseholdMember, was)


def _free(kind: Any, found: Person, was: dict[str, Any]) -> bool:
    others = kind.objects.filter(person=found).exclude(pk=was["id"])
    return not others.not_ended_by(date.fromisoformat(was["from_on"])).exists()


def _put_back(kind: Any, was: dict[str, Any]) -> None:
    if not kind.objects.filter(pk=was["id"]).update(**was):
        kind(**was).save(force_insert=True)


def _led_by_another(was: dict[str, Any]) -> bool:
    heads = HouseholdMember.objects.filter(household=was["household_id"], is_head=True).exclude(pk=was["id"])
    return bool(heads.not_ended_by(date.fromisoformat(was["from_on"])).exists())


def _come_back_under_another(was: dict[str, Any], on: date) -> None:
    """Who led the household before the report goes on as a member of it; the days as its head stay as they were."""
    since = max(on, date.fromisoformat(was["from_on"]))
    told = {name: value for name, value in was.items() if name != "id"}
    told |= {"is_head": False, "relation": Relation.OTHER, "from_on": since}
    HouseholdMember(**told).save(force_insert=True)


def _touch(found: Person) -> None:
    found.version += 1
    found.save(update_fields=["version"])


def _told(row: Departure, by: Actor, at: datetime) -> Event:
    if row.kind == DepartureKind.DIED:
        return PersonDied(person=row.person_id, area=row.area, departure=row.pk, on=row.on, by=by.id, at=at)
    return PersonDeparted(
        person=row.person_id, area=row.area, departure=row.pk, kind=row.kind, on=row.on, by=by.id, at=at
    )
