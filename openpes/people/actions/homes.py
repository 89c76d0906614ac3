"""Where a person lives: one home at a time, and the file goes with the person; another county accepts or returns it."""

from datetime import date, datetime
from typing import Any

from openpes.engine.areas import county_of
from openpes.kernel import Actor, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people import rules
from openpes.people.choices import HandoverAnswer
from openpes.people.events import FileAnswered, FileHandedOver, MovedHome
from openpes.people.models import (
    Departure,
    FileHandover,
    FormerName,
    FormerNumber,
    HukouPeriod,
    NumberChange,
    Person,
    Residence,
)
from openpes.people.queries.lives import why_not_living
from openpes.people.rules import lives

# What belongs to the office that keeps the file; homes and memberships keep the area in which they were written.
OF_THE_FILE = (FormerName, FormerNumber, NumberChange, HukouPeriod, Departure)


@action
def move_residence(*, person: int, area: str, address: str, on: date, by: Actor, at: datetime) -> Residence:
    """Record that a person lives at another address from a day on, anywhere in the city.

    The office that keeps the file hands it over by this: when the new area is not its own, it no longer sees the
    person, and the office of another county accepts or returns the file. A move on the first day of the present home
    corrects that home.

    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: the area is unknown, the day lies in the future or before the present home, or the person died
        or left the city for good
    """
    found = Person.objects.held_by(by).select_for_update().get(pk=person)
    with within(CITY):  # the new home may belong to another office
        present = Residence.objects.select_for_update().filter(person=found, until_on=None).first()
        since = present.from_on if present else None
        wrong = rules.why_not_move(area=area, on=on, today=clock.day_of(at), lives_there_from_on=since)
        refuse_if([*why_not_living(person=found.pk), *wrong])
        before = _place(present) if present else {}
        home = _next_home(found, present, area, address, on)
        left = found.area
        _carry(found, area)
        publish(MovedHome(person=found.pk, area=area, from_area=left, on=on, by=by.id, at=at))
        _hand_over(found, left, home, before, by, at)
    return home


@action
def answer_file(*, handover: int, accepts: bool, note: str = "", by: Actor, at: datetime) -> FileHandover:
    """Accept a file that came from another county, or return it: then the move never was.

    :raises FileHandover.DoesNotExist: it did not come to the actor's area
    :raises Refused: it was answered already, is returned without a reason, or the home was changed since
    """
    seen = FileHandover.objects.visible_to(by.scope).only("person_id").get(pk=handover)
    with within(CITY):  # a file that a colleague has returned in the same moment is another office's by now
        found = Person.objects.select_for_update().get(pk=seen.person_id)
    row = FileHandover.objects.visible_to(by.scope).select_for_update().get(pk=handover)
    with within(CITY):
        home = Residence.objects.select_for_update().filter(person=found, until_on=None).first()
        moved_since = home is None or home.pk != row.home or home.from_on != row.moved_on
        refuse_if(
            lives.why_not_answer_file(answered=bool(row.answer), accepts=accepts, note=note, moved_since=moved_since)
        )
        _answer(row, HandoverAnswer.ACCEPTED if accepts else HandoverAnswer.RETURNED, note, by, at)
        if not accepts and home is not None:
            _undo_move(found, row, home, by, at)
    return row


def _place(home: Residence) -> dict[str, Any]:
    return {"id": home.pk, "area": home.area, "address": home.address}


def _next_home(person: Person, present: Residence | None, area: str, address: str, on: date) -> Residence:
    if present and present.from_on == on:
        present.area, present.address = area, address
        present.save(update_fields=["area", "address"])
        return present
    if present:
        present.until_on = on
        present.save(update_fields=["until_on"])
    return Residence.objects.create(area=area, person=person, address=address, from_on=on)


def _carry(found: Person, area: str) -> None:
    """Let the file and what is kept with it belong to an area."""
    if found.area != area:
        for table in OF_THE_FILE:
            table.objects.filter(person=found).update(area=area)
    found.area = area
    found.version += 1
    found.save(update_fields=["area", "version"])


def _hand_over(found: Person, left: str, home: Residence, before: dict[str, Any], by: Actor, at: datetime) -> None:
    """Ask the office of another county to accept the file; a question that waits is overtaken by the new move."""
    waiting = FileHandover.objects.waiting().select_for_update().filter(person=found).first()
    origin = waiting.from_area if waiting else left
    if waiting:
        before = waiting.former_home
        _answer(waiting, HandoverAnswer.OVERTAKEN, "", by, at)
    if county_of(origin) == county_of(found.area):
        return
    today = clock.day_of(at)
    row = FileHandover.objects.create(
        area=found.area,
        from_area=origin,
        person=found,
        home=home.pk,
        former_home=before,
        moved_on=home.from_on,
        due_on=lives.file_due_on(today),
        offered_at=at,
        offered_by=by.id,
    )
    publish(FileHandedOver(person=found.pk, area=row.area, from_area=origin, handover=row.pk, by=by.id, at=at))


def _answer(row: FileHandover, answer: HandoverAnswer, note: str, by: Actor, at: datetime) -> None:
    row.answer, row.note, row.answered_at, row.answered_by = answer, note.strip(), at, by.id
    row.save(update_fields=["answer", "note", "answered_at", "answered_by"])
    publish(
        FileAnswered(
            person=row.person_id,
            area=row.area,
            from_area=row.from_area,
            handover=row.pk,
            answer=answer,
            by=by.id,
            at=at,
        )
    )


def _undo_move(found: Person, row: FileHandover, home: Residence, by: Actor, at: datetime) -> None:
    """The home before the move is the present one again, and the file is with its office."""
    before = row.former_home
    if before.get("id") == home.pk:
        home.area, home.address = before["area"], before["address"]
        home.save(update_fields=["area", "address"])
    else:
        former = Residence.objects.filter(person=found, pk=before.get("id")).first()
        begun = former.until_on if former and former.until_on else row.moved_on
        Residence.objects.filter(person=found, from_on__gte=begun).exclude(pk=before.get("id")).delete()
        Residence.objects.filter(person=found, pk=before.get("id")).update(until_on=None)
    _carry(found, row.from_area)
    publish(MovedHome(person=found.pk, area=row.from_area, from_area=row.area, on=row.moved_on, by=by.id, at=at))
