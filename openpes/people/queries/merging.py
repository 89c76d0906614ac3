"""What a merge of two files would do and what stands against it, where merged numbers lead, what was added since."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Q

from openpes.engine.areas import contains
from openpes.kernel import Reason, within
from openpes.kernel.scope import CITY
from openpes.people.choices import Clash, Whose
from openpes.people.models import Merge, MergedPerson, Person, Tie, ties
from openpes.people.rules import merging as rules
from openpes.people.rules.persons import asked_office

# Columns of a file that say one thing together; every other column is a fact of its own.
TOGETHER: dict[str, tuple[str, ...]] = {
    "id_number": ("id_number_sealed", "id_number_index", "id_tail_index", "id_mask", "sex", "born_on"),
    "name": ("name", "initials"),
    "phone": ("phone_sealed", "phone_index", "phone_mask"),
}
# The area is where the kept homes lie; the others belong to the row, not to the person.
NO_FACTS = frozenset({"id", "version", "created_at", "area"})
HOMES = "people_residence"
TOLD = ("number", "letter_no", "booklet_no", "address", "on", "from_on", "until_on", "surveyed_on")


@dataclass(frozen=True)
class Held:
    """A row of one of two persons: by which tie it hangs, its key, and what it says in short."""

    tie: Tie
    key: str
    whose: Whose
    told: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """The row as a form names it."""
        return f"{self.tie.name}:{self.key}"


@dataclass(frozen=True)
class Plan:
    """What a merge would do: `moves` rows of the one who goes, lay `aside` rows of either, unless `reasons` say no.

    `hanging` are the keys of rows that go aside with one, by table. `choices` are the tables where somebody must say
    whose rows are kept. `own` are the rows of the one who stays.
    """

    stays: Person
    goes: Person
    kept: dict[str, str]
    moves: list[Held] = field(default_factory=list)
    aside: list[Held] = field(default_factory=list)
    hanging: dict[str, list[str]] = field(default_factory=dict)
    own: dict[str, list[str]] = field(default_factory=dict)
    choices: list[Tie] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    @property
    def content_hash(self) -> str:
        """What two officers agree on: both files as they are, whose values are kept, every row by its key."""
        content = [
            [(one.pk, one.version) for one in (self.stays, self.goes)],
            sorted(self.kept.items()),
            sorted(held.mark for held in self.moves),
            sorted(held.mark for held in self.aside),
            sorted(self.hanging.items()),
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def facts_of_files() -> dict[str, tuple[str, ...]]:
    """The facts of a file between which a merge chooses, each with its columns."""
    joined = {column for columns in TOGETHER.values() for column in columns}
    plain = [f.attname for f in Person._meta.concrete_fields if f.attname not in joined | NO_FACTS]
    return TOGETHER | {name: (name,) for name in plain}


def differing_facts(stays: Person, goes: Person) -> list[str]:
    """Facts that two files tell otherwise; one that only one of them tells is among them.

    A sealed value differs from file to file even when it is the same; its blind index tells.
    """
    return [
        name
        for name, columns in facts_of_files().items()
        if any(_plain(getattr(stays, c)) != _plain(getattr(goes, c)) for c in columns if not c.endswith("_sealed"))
    ]


def suggested(stays: Person, goes: Person) -> dict[str, str]:
    """Whose values are kept when nobody says otherwise: those of the one who stays, unless it has none."""
    return {
        name: Whose.GOES if _is_empty(stays, columns) and not _is_empty(goes, columns) else Whose.STAYS
        for name, columns in facts_of_files().items()
        if name in differing_facts(stays, goes)
    }


def merge_plan(
    *, scope: str, stays: int, goes: int, kept: Mapping[str, str], on: date, besides: int = 0
) -> Plan:
    """What merging two files of the area on a day would do, with every reason against it but the merge `besides`.

    :raises Person.DoesNotExist: one of them is not of the area
    """
    mine = Person.objects.visible_to(scope)
    one, other = mine.get(pk=stays), mine.get(pk=goes)
    wanted = suggested(one, other) | {name: whose for name, whose in kept.items() if whose in Whose.values}
    plan = Plan(one, other, wanted)
    with within(CITY):  # rows of a person may lie wherever the person was before
        for tie in ties():
            _weigh(plan, tie, on)
        _hang(plan)
        pending = Merge.objects.waiting().filter(_touching(stays, goes)).exclude(pk=besides).exists()
    if pending:
        plan.reasons.append(rules.another_merge_waits())
    return plan


def merged_into(*, person: int) -> MergedPerson | None:
    """Where the number of a merged file leads in the whole city: to the one who stays after all merges since."""
    with within(CITY):
        found = MergedPerson.objects.filter(pk=person).first()
        seen = {person}
        while found and found.stays not in seen:
            seen.add(found.stays)
            further = MergedPerson.objects.filter(pk=found.stays).first()
            if further is None:
                return found
            found = further
        return found


def numbers_of(*, person: int) -> list[int]:
    """The numbers under which the past of a person stands in the journal: its own and those merged into it."""
    with within(CITY):
        known, fresh = [person], [person]
        while fresh:
            fresh = list(MergedPerson.objects.filter(stays__in=fresh).order_by("pk").values_list("pk", flat=True))
            known += [number for number in fresh if number not in known]
        return known


def _touching(*persons: int) -> Q:
    return Q(stays__in=persons) | Q(goes__in=persons)


def _hang(plan: Plan) -> None:
    """Find what hangs on the rows that go aside: it goes with them, and moves no more."""
    for held in plan.aside:
        for part in held.tie.parts:
            table, key = part.model._meta.db_table, part.model._meta.pk.column
            of_row = f'"{part.column}" = %s::{kind_of(held.tie)}'
            statement = f"SELECT {key}::text FROM {table} WHERE {of_row} ORDER BY {key}"
            with connection.cursor() as cursor:
                cursor.execute(statement, [held.key])
                plan.hanging.setdefault(table, []).extend(row[0] for row in cursor.fetchall())
    plan.moves[:] = [held for held in plan.moves if held.key not in plan.hanging.get(held.tie.table, ())]


def kind_of(tie: Tie) -> str:
    """The type of the keys of a tie's table, so that rows are found by their index."""
    return str(tie.model._meta.pk.rel_db_type(connection))


def _weigh(plan: Plan, tie: Tie, on: date) -> None:
    """Add to a plan what one tie brings: rows that move, rows that go aside, reasons."""
    theirs, mine = dict(rows_of(tie, plan.goes.pk)), dict(rows_of(tie, plan.stays.pk))
    if mine:
        plan.own[tie.name] = list(mine)
    aside: dict[tuple[Whose, str], bool] = {}
    for key, other, living, other_living in _clashes(tie, plan, on) if tie.apart and mine and theirs else ():
        if tie.clash == Clash.REFUSE or (tie.clash == Clash.PAST and living and other_living):
            plan.reasons.append(rules.cannot_stand_beside(tie.title, mine[key], theirs[other], tie.next_step))
            continue
        if tie not in plan.choices and (tie.clash == Clash.CHOOSE or living == other_living):
            plan.choices.append(tie)
        loser = _loser(tie, plan, living, other_living)
        aside[(loser, key if loser == Whose.STAYS else other)] = True
    for whose, key in aside:
        plan.aside.append(Held(tie, key, whose, (mine if whose == Whose.STAYS else theirs)[key]))
    if aside and tie.table in HEADS:
        plan.reasons.extend(rules.house_without_head() for _head in _needed_heads(tie, plan, [k for _w, k in aside]))
    plan.moves.extend(
        Held(tie, key, Whose.GOES, told) for key, told in theirs.items() if (Whose.GOES, key) not in aside
    )


HEADS = frozenset({"people_householdmember"})


def _needed_heads(tie: Tie, plan: Plan, keys: list[str]) -> list[str]:
    statement = (
        "SELECT h.id FROM people_householdmember h WHERE h.id = ANY(%s::bigint[]) AND h.is_head AND h.until_on IS NULL"
        " AND EXISTS (SELECT FROM people_householdmember o WHERE o.household_id = h.household_id"
        " AND o.until_on IS NULL AND o.id <> ALL(%s::bigint[]))"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [keys, keys])
        return [row[0] for row in cursor.fetchall()]


def _loser(tie: Tie, plan: Plan, living: bool, other_living: bool) -> Whose:
    if tie.clash == Clash.PAST and living != other_living:
        return Whose.GOES if living else Whose.STAYS
    return Whose.STAYS if plan.kept.setdefault(tie.table, Whose.STAYS) == Whose.GOES else Whose.GOES


def rows_of(tie: Tie, person: int) -> list[tuple[str, tuple[str, ...]]]:
    """The rows by which a tie holds a person, in the order of their keys, each with what it says in short."""
    told = _told_columns(tie)
    columns = "".join(f", t.{name}::text" for name in told)
    statement = (
        f'SELECT t.{tie.key}::text{columns} FROM {tie.table} t WHERE t."{tie.column}" = %s ORDER BY t.{tie.key}'
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [person])
        return [(row[0], tuple(value for value in row[1:] if value)) for row in cursor.fetchall()]


def _clashes(tie: Tie, plan: Plan, on: date) -> list[tuple[str, str, bool, bool]]:
    living = [tie.living.format(row=alias, on=on.isoformat()) for alias in "ab"]
    statement = (
        f"SELECT a.{tie.key}::text, b.{tie.key}::text, {living[0]}, {living[1]} FROM {tie.table} a, {tie.table} b"
        f' WHERE a."{tie.column}" = %s AND b."{tie.column}" = %s AND ({tie.apart}) ORDER BY a.{tie.key}, b.{tie.key}'
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [plan.stays.pk, plan.goes.pk])
        return cursor.fetchall()


@cache
def _told_columns(tie: Tie) -> tuple[str, ...]:
    known = {f.column for f in tie.model._meta.concrete_fields}
    return tuple(name for name in TOLD if name in known)


def _is_empty(person: Person, columns: tuple[str, ...]) -> bool:
    return not any(_plain(getattr(person, column)) for column in columns)


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


@dataclass(frozen=True)
class WayOn:
    """Where the number of a merged file leads for somebody: to the file, or to the office that holds it."""

    merged: MergedPerson
    person: Person | None
    office: str


def way_on(*, scope: str, person: int) -> WayOn | None:
    """Where a merged number of the area, or one that leads into it, goes on; None for all others."""
    last = merged_into(person=person)
    if last is None:
        return None
    with within(CITY):
        merged, stays = MergedPerson.objects.get(pk=person), Person.objects.filter(pk=last.stays).first()
    if stays and contains(scope, stays.area):
        return WayOn(merged, stays, "")
    if not contains(scope, merged.area):
        return None
    return WayOn(merged, None, asked_office(stays.area if stays else "", scope))
