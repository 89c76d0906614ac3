"""Many rows of a rural ledger at once: each becomes what the single acts would make of it, by a few statements."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from openpes.kernel import Actor, Event, Reason, Refused, action, clock, refuse_if, within
from openpes.kernel.publishing import publish_all
from openpes.kernel.rows import any_of, insert_rows
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import blind_index
from openpes.people import rules
from openpes.people.actions.households import HouseholdFacts
from openpes.people.actions.ledger import LedgerFacts
from openpes.people.actions.persons import PersonFacts, person_columns, read_facts
from openpes.people.choices import Relation
from openpes.people.events import HouseholdFormed, HouseholdJoined, LedgerRecorded, PersonRegistered
from openpes.people.models import Household, HouseholdMember, LedgerEntry, Person, Residence
from openpes.people.queries.former import former_owners

Reference = tuple[str, int]
Outcome = tuple[Reference, ...] | Refused
PERSON, HOME = Person._meta.label_lower, Residence._meta.label_lower
HOUSEHOLD, MEMBER = Household._meta.label_lower, HouseholdMember._meta.label_lower
ENTRY = LedgerEntry._meta.label_lower
TOLD = tuple(LedgerFacts.__dataclass_fields__)


@dataclass(frozen=True, kw_only=True)
class LedgerRow:
    """One row of a rural ledger: who it is, the household by its booklet, the relation to its head, what is told.

    The identity number is a normalised one of 18 characters, as `engine.identifiers` reads it.
    """

    person: PersonFacts
    household: HouseholdFacts
    relation: str
    told: LedgerFacts


@action
def enter_ledger(*, rows: Sequence[LedgerRow], by: Actor, at: datetime) -> list[Outcome]:
    """Register or recognise the person of each row, form or join the household, record what the ledger says.

    The rows take effect one after the other, each whole or not at all, as `register_person`, `form_household`,
    `join_household` and `record_ledger` would do it: a household must be formed by an earlier row or be there already.
    Gives for each row what it became, newest last, or the refusal.

    :raises IntegrityError: somebody else registered one of these persons or households in the same moment;
        then nothing was written and the rows can be entered again
    """
    desk = _Desk(rows, by, at)
    outcomes = [desk.take(row) for row in rows]
    desk.store()
    return [outcome if isinstance(outcome, Refused) else outcome.became() for outcome in outcomes]


@dataclass(eq=False)
class _One:
    """A person of the chunk: known by its id, or new with its columns, in the order in which they are stored."""

    area: str
    id: int = 0
    columns: dict[str, Any] = field(default_factory=dict)
    address: str = ""
    since: date | None = None
    home: int = 0
    member_of: "_House | None" = None
    is_head: bool = False
    held_by: int = 0
    held_since: date | None = None
    is_held_elsewhere: bool = False
    latest: tuple[Any, ...] | None = None


@dataclass(eq=False)
class _House:
    """A household of the chunk: known by its id, or new with its facts."""

    area: str
    id: int = 0
    facts: HouseholdFacts | None = None


@dataclass(eq=False)
class _Done:
    """What one row makes: a new person, a new household, a membership, an entry, as far as it makes them."""

    one: _One
    house: _House
    row: LedgerRow
    registers: bool
    forms: bool = False
    joins: bool = False
    tells: bool = False
    member: int = 0
    entry: int = 0

    def became(self) -> tuple[Reference, ...]:
        """The records of the row, newest last; to be asked when they are stored."""
        made = ((PERSON, self.one.id), (HOME, self.one.home)) if self.registers else ()
        formed = ((HOUSEHOLD, self.house.id),) if self.forms else ()
        joined = ((MEMBER, self.member),) if self.joins else ()
        return made + formed + joined + (((ENTRY, self.entry),) if self.tells else ())


class _Desk:
    """Where the rows of one chunk are judged one after the other, and then stored together."""

    def __init__(self, rows: Sequence[LedgerRow], by: Actor, at: datetime) -> None:
        self.by, self.at, self.today = by, at, clock.day_of(at)
        self.indexes = {row.person.id_number: _index(row.person.id_number) for row in rows}
        self.houses = _known_houses(rows, by.scope)
        self.persons = _known_persons(self.indexes.values(), by)
        _read_memberships(self.persons.values(), self.houses.values(), self.today, by.scope)
        _read_latest(self.persons.values())
        self.done: list[_Done] = []

    def take(self, row: LedgerRow) -> _Done | Refused:
        """Judge a row, and note what it makes; a refused one makes nothing."""
        index = self.indexes[row.person.id_number]
        try:
            one = self.persons.get(index)
            done = self._judge(row, one or self._newcomer(row.person), registers=one is None)
        except Refused as refused:
            return refused
        self.persons[index] = done.one
        self.houses[done.house.area, row.household.booklet_no] = done.house
        self._settle(done)
        self.done.append(done)
        return done

    def _newcomer(self, facts: PersonFacts) -> _One:
        reading = read_facts(facts, self.by, self.today)
        columns = person_columns(facts, reading, self.at)
        return _One(facts.area, columns=columns, address=facts.address, since=facts.resides_from_on or self.today)

    def _judge(self, row: LedgerRow, one: _One, *, registers: bool) -> _Done:
        if not registers and not one.id and not one.columns:
            raise Refused(rules.known_already(one.area, self.by.scope))
        house = self.houses.get((row.household.area, row.household.booklet_no))
        leads = row.relation == Relation.HEAD
        forms = house is None
        if house is None:
            refuse_if([] if leads else [rules.household_not_formed()])
            refuse_if([*rules.why_not_in_area(row.household.area, self.by.scope), *self._why_not_join(one, None)])
            house = _House(row.household.area, facts=row.household)
        elif leads and not (one.member_of is house and one.is_head):
            raise Refused(rules.another_head())
        joins = one.member_of is not house
        if joins and not forms:
            refuse_if(self._why_not_join(one, house))
        return _Done(one, house, row, registers, forms, joins)

    def _why_not_join(self, one: _One, house: _House | None) -> list[Reason]:
        if one.is_held_elsewhere and not one.held_since:
            return [rules.member_elsewhere()]
        own = house is not None and house.id == one.held_by != 0
        return rules.why_not_join(from_on=self.today, today=self.today, is_member_since_on=one.held_since, own=own)

    def _settle(self, done: _Done) -> None:
        """Let the rows that follow see what this one makes."""
        one, told = done.one, tuple(getattr(done.row.told, name) for name in TOLD)
        if done.joins:
            one.member_of, one.is_head, one.held_since = done.house, done.forms, self.today
        says = (done.house.id or done.house, *told)
        done.tells, one.latest = one.latest != says, says

    def store(self) -> None:
        """Write everything that the rows make, and tell it in their order."""
        _insert_persons([done.one for done in self.done if done.registers])
        _insert_houses([done.house for done in self.done if done.forms], self.at)
        _insert_members([done for done in self.done if done.joins], self.today)
        _insert_entries([done for done in self.done if done.tells], self.today, self.at)
        publish_all(event for done in self.done for event in self._events(done))

    def _events(self, done: _Done) -> Iterable[Event]:
        by, at, person, area = self.by.id, self.at, done.one.id, done.house.area
        if done.registers:
            yield PersonRegistered(person=person, area=done.one.area, by=by, at=at)
        if done.forms:
            yield HouseholdFormed(household=done.house.id, person=person, area=area, by=by, at=at)
        elif done.joins:
            yield HouseholdJoined(household=done.house.id, person=person, area=area, from_on=self.today, by=by, at=at)
        if done.tells:
            yield LedgerRecorded(person=person, area=done.one.area, surveyed_on=self.today, by=by, at=at)


def _index(number: str) -> bytes:
    return blind_index(number, context="person.id_number")


def _known_persons(indexes: Iterable[bytes], by: Actor) -> dict[bytes, _One]:
    """Who is registered already, those of the actor locked; of the others only that they are."""
    wanted = list(indexes)
    meant = any_of(Person, "id_number_index", wanted)
    names = ("id_number_index", "pk", "area")
    mine = Person.objects.held_by(by).filter(meant).order_by("pk").select_for_update()
    found = {bytes(index): _One(area, id=pk) for index, pk, area in mine.values_list(*names)}
    with within(CITY):  # an identity number is unique in the city, so its holder may stand outside the actor's area
        rows = list(Person.objects.filter(meant).order_by("pk").values_list(*names))
        before = former_owners(wanted)
        owners = Person.objects.filter(pk__in=before.values()).order_by("pk") if before else Person.objects.none()
        areas = dict(owners.values_list("pk", "area"))
    # A number of before is not registered again, and its row waits until somebody has looked at the person's card.
    rows += [(index, pk, areas[pk]) for index, pk in before.items()]
    return {bytes(index): found.get(bytes(index)) or _One(area) for index, _pk, area in rows}


def _known_houses(rows: Sequence[LedgerRow], scope: str) -> dict[tuple[str, str], _House]:
    booklets = {row.household.booklet_no for row in rows}
    found = Household.objects.visible_to(scope).filter(booklet_no__in=booklets).order_by("-id")
    return {(area, booklet): _House(area, pk) for pk, area, booklet in found.values_list("pk", "area", "booklet_no")}


def _read_memberships(persons: Iterable[_One], houses: Iterable[_House], today: date, scope: str) -> None:
    """Note which household each known person belongs to, also where the actor cannot see it."""
    known = {one.id: one for one in persons if one.id}
    by_id = {house.id: house for house in houses}
    names = ("person_id", "household_id", "is_head", "from_on", "until_on", "area")
    with within(CITY):
        rows = HouseholdMember.objects.filter(person__in=known).not_ended_by(today).order_by("-household")
        found = list(rows.values_list(*names)) if known else []
    for person, household, is_head, from_on, until_on, area in found:
        one = known[person]
        if not area.startswith(scope):
            one.is_held_elsewhere = True
            continue
        one.held_by, one.held_since = household, from_on
        if until_on is None:
            one.member_of, one.is_head = by_id.setdefault(household, _House(area, household)), is_head


def _read_latest(persons: Iterable[_One]) -> None:
    """Note what the latest ledger said about each known person."""
    known = {one.id: one for one in persons if one.id}
    rows = LedgerEntry.objects.filter(person__in=known).order_by("person_id", "-surveyed_on", "-id")
    found = rows.distinct("person_id").values_list("person_id", "household_id", *TOLD)
    for person, household, *told in found if known else ():
        known[person].latest = (household, *told)


def _insert_persons(new: Sequence[_One]) -> None:
    if not new:
        return
    columns: dict[str, Any] = {name: [one.columns[name] for one in new] for name in new[0].columns}
    columns["skills"] = ["{" + ",".join(skills) + "}" for skills in columns["skills"]]
    for one, pk in zip(new, insert_rows(Person, columns | {"version": 1}, count=len(new)), strict=True):
        one.id = pk
    homes = {
        "area": [one.area for one in new],
        "person_id": [one.id for one in new],
        "address": [one.address for one in new],
        "from_on": [one.since for one in new],
    }
    for one, pk in zip(new, insert_rows(Residence, homes, count=len(new)), strict=True):
        one.home = pk


def _insert_houses(new: Sequence[_House], at: datetime) -> None:
    facts = [asdict(house.facts) for house in new if house.facts]
    columns = {name: [fact[name] for fact in facts] for name in HouseholdFacts.__dataclass_fields__}
    for house, pk in zip(new, insert_rows(Household, columns | {"created_at": at}, count=len(new)), strict=True):
        house.id = pk


def _insert_members(new: Sequence[_Done], today: date) -> None:
    columns = {
        "area": [done.house.area for done in new],
        "household_id": [done.house.id for done in new],
        "person_id": [done.one.id for done in new],
        "relation": [Relation.HEAD.value if done.forms else done.row.relation for done in new],
        "is_head": [done.forms for done in new],
        "from_on": today,
    }
    for done, pk in zip(new, insert_rows(HouseholdMember, columns, count=len(new)), strict=True):
        done.member = pk


def _insert_entries(new: Sequence[_Done], today: date, at: datetime) -> None:
    columns = {name: [getattr(done.row.told, name) for done in new] for name in TOLD}
    columns |= {
        "area": [done.one.area for done in new],
        "person_id": [done.one.id for done in new],
        "household_id": [done.house.id for done in new],
    }
    dates = {"surveyed_on": today, "recorded_at": at}
    for done, pk in zip(new, insert_rows(LedgerEntry, columns | dates, count=len(new)), strict=True):
        done.entry = pk
