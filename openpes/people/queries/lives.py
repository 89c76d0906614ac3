"""What life brought to a person: whether they live and are here, the household registration, and the whole history."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from openpes.codes.queries import code_label
from openpes.kernel import Reason, clock, within
from openpes.kernel.composed import Composed
from openpes.kernel.days import spoken_day
from openpes.kernel.rows import any_of, array_text
from openpes.kernel.scope import CITY
from openpes.network.queries import area_full_name
from openpes.people.choices import Evidence, HandoverAnswer, NameKind, NumberAnswer, NumberKind, Reporter
from openpes.people.models import (
    Departure,
    FileHandover,
    FormerName,
    FormerNumber,
    HouseholdMember,
    HukouPeriod,
    NumberChange,
    Person,
    Residence,
)
from openpes.people.queries.households import relation_label
from openpes.people.queries.persons import county_name
from openpes.people.rules import lives


@dataclass(frozen=True)
class LifeLine:
    """One line of a life as its page tells it: the day, what happened, and more about it."""

    on: date
    text: str
    more: str = ""
    url: str = ""


@dataclass(frozen=True)
class Life:
    """A person's life as the file knows it: what stands now, what waits, and every line, the latest first."""

    departure: Departure | None
    hukou: HukouPeriod | None
    former_names: list[FormerName]
    former_numbers: list[FormerNumber]
    waiting_number: NumberChange | None
    waiting_file: FileHandover | None
    lines: list[LifeLine]

    @property
    def died(self) -> bool:
        """Whether the file says that the person died."""
        return self.departure is not None and self.departure.kind == "died"


def why_not_living(*, person: int) -> list[Reason]:
    """Why nothing new is registered for a person: who died or left for good is served no more (one query).

    The caller holds the person's row, so that nothing is recorded meanwhile, and may act for the person.
    """
    with within(CITY):
        standing = Departure.objects.standing().filter(person=person).values_list("kind", "on").first()
    return lives.why_not_act(*standing) if standing else []


def whose_not_living(*, persons: list[int]) -> dict[int, list[Reason]]:
    """As `why_not_living` for many persons at once, by person; who lives and is here is not named."""
    with within(CITY):
        rows = Departure.objects.standing().filter(person__in=persons).order_by("id")
        return {person: lives.why_not_act(kind, on) for person, kind, on in rows.values_list("person_id", "kind", "on")}


def departures_of(*, scope: str, persons: list[int]) -> dict[int, Departure]:
    """The deaths and departures that stand in files of the area, by person, in one query."""
    rows = _DEPARTED(scope=scope, persons=array_text(persons)) if scope else []
    return {row.person_id: row for row in rows}


_DEPARTED = Composed(
    lambda scope, persons: Departure.objects.visible_to(scope).standing()
    .filter(any_of(Departure, "person", persons)).order_by("person_id"),
    {"scope": "123", "persons": "{-1}"},
)  # fmt: skip


def departure_words(row: Departure) -> str:
    """A death or departure in few words, as a badge shows it."""
    return _("%(what)s on %(on)s") % {"what": row.get_kind_display(), "on": spoken_day(row.on)}


def life_of(*, scope: str, person: int) -> Life:
    """The life of a person of the area, wherever in the city its parts were written.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    holder = Person.objects.visible_to(scope).get(pk=person)
    with within(CITY):  # the file goes with the person
        names = list(FormerName.objects.filter(person=holder))
        numbers = list(FormerNumber.objects.filter(person=holder))
        asked = list(NumberChange.objects.filter(person=holder))
        hukou = list(HukouPeriod.objects.filter(person=holder))
        departures = list(Departure.objects.filter(person=holder))
        files = list(FileHandover.objects.filter(person=holder))
        homes = list(Residence.objects.filter(person=holder))
        places = list(HouseholdMember.objects.filter(person=holder).select_related("household"))
    begun = {(row.household_id, row.from_on) for row in places}
    lines = [LifeLine(clock.day_of(holder.created_at), _("Person registered"))]
    for rows, told in (
        (names, _name_lines), (numbers, _number_lines), (asked, _asked_lines), (hukou, _hukou_lines),
        (departures, _departure_lines), (files, _file_lines), (homes, _home_lines),
        (places, partial(_place_lines, begun)),
    ):  # fmt: skip
        lines += _lines(rows, told)
    return Life(
        departure=next((row for row in departures if not row.taken_back_at and not row.returned_on), None),
        hukou=next((row for row in hukou if row.until_on is None), None),
        former_names=names,
        former_numbers=numbers,
        waiting_number=next((row for row in asked if not row.answer), None),
        waiting_file=next((row for row in files if not row.answer), None),
        lines=sorted(lines, key=lambda line: line.on, reverse=True),
    )


def file_handover(*, scope: str, pk: int) -> FileHandover:
    """A file that came to the area from another county.

    :raises FileHandover.DoesNotExist: there is none of that id for the area
    """
    return FileHandover.objects.visible_to(scope).select_related("person").get(pk=pk)


def waiting_files(*, scope: str, limit: int = 200) -> list[FileHandover]:
    """Files that came to the area and are neither accepted nor returned, the first due before the others."""
    return list(FileHandover.objects.visible_to(scope).waiting().select_related("person")[:limit])


def sent_files(*, scope: str, limit: int = 50) -> list[FileHandover]:
    """Files that left the area, the latest first; of the person only what the old office may still know."""
    return list(FileHandover.objects.sent_from(scope).exclude(area__startswith=scope).order_by("-id")[:limit])


def _lines(rows: list, told: Callable) -> list[LifeLine]:
    return [line for row in rows for line in told(row)]


def _paper(evidence: str, number: str) -> str:
    label = str(Evidence(evidence).label) if evidence in Evidence.values else ""
    return " ".join(filter(None, [label, number]))


def _join(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)


def _name_lines(row: FormerName) -> list[LifeLine]:
    text = _("Name changed; formerly %(name)s") % {"name": row.name}
    return [LifeLine(row.until_on, text, _join(NameKind(row.kind).label, _paper(row.evidence, row.evidence_mask)))]


def _number_lines(row: FormerNumber) -> list[LifeLine]:
    text = _("Identity number changed; formerly %(mask)s") % {"mask": row.mask}
    return [LifeLine(row.until_on, text, _join(NumberKind(row.kind).label, _paper(row.evidence, row.evidence_mask)))]


def _asked_lines(row: NumberChange) -> list[LifeLine]:
    """A confirmed number stands among the former ones; what waits or was declined is told here."""
    if row.answer == NumberAnswer.CONFIRMED:
        return []
    state = _("declined: %(note)s") % {"note": row.answer_note} if row.answer else _("waits for a second officer")
    text = _("Identity number %(mask)s written in") % {"mask": row.mask}
    return [LifeLine(clock.day_of(row.asked_at), text, state)]


def _hukou_lines(row: HukouPeriod) -> list[LifeLine]:
    more = _join(county_name(row.place), row.address, _paper(row.evidence, row.evidence_mask))
    return [
        LifeLine(row.from_on, _("Household registration: %(kind)s") % {"kind": code_label("hukou", row.kind)}, more)
    ]


def _departure_lines(row: Departure) -> list[LifeLine]:
    reporter = _("reported by: %(who)s") % {"who": _join(Reporter(row.reporter).label, row.reporter_name)}
    more = _join(_paper(row.evidence, row.evidence_mask), reporter, row.note)
    lines = [LifeLine(row.on, str(row.get_kind_display()), more)]
    if row.returned_on:
        lines.append(LifeLine(row.returned_on, _("Came back to the city")))
    if row.taken_back_at:
        text = _("Taken back: %(what)s") % {"what": row.get_kind_display()}
        lines.append(LifeLine(clock.day_of(row.taken_back_at), text, row.taken_back_why))
    return lines


def _file_lines(row: FileHandover) -> list[LifeLine]:
    way = _("from %(old)s to %(new)s") % {"old": area_full_name(row.from_area), "new": area_full_name(row.area)}
    lines = [LifeLine(clock.day_of(row.offered_at), _("File handed over to another county"), way)]
    if row.answered_at:
        text = _("Hand-over of the file: %(answer)s") % {"answer": HandoverAnswer(row.answer).label}
        lines.append(LifeLine(clock.day_of(row.answered_at), text, row.note))
    return lines


def _home_lines(row: Residence) -> list[LifeLine]:
    return [LifeLine(row.from_on, _("New home"), _join(area_full_name(row.area), row.address))]


def _place_lines(begun: set[tuple[int, date]], row: HouseholdMember) -> list[LifeLine]:
    """A place in a household; `begun` are the places that began, so that one which went on is not told as left."""
    booklet = _("booklet %(number)s") % {"number": row.household.booklet_no} if row.household.booklet_no else ""
    lines = [LifeLine(row.from_on, _("In a household"), _join(relation_label(row.relation), booklet))]
    went_on = not row.end_reason and (row.household_id, row.until_on) in begun
    if row.until_on and row.end_reason != "head" and not went_on:
        why = row.get_end_reason_display() if row.end_reason else ""
        lines.append(LifeLine(row.until_on, _("Left the household"), _join(why, booklet)))
    return lines

