"""Many rows of a hiring roster at once: each does what the single acts would do, by a few statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import connection

from openpes.employers.models import Employer
from openpes.engine.areas import county_of
from openpes.engine.identifiers import normalise_name
from openpes.kernel import Actor, Event, Reason, Refused, action, clock, refuse_if, within
from openpes.kernel.publishing import publish_all
from openpes.kernel.rows import array_text
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import blind_index_each
from openpes.people.models import Person
from openpes.people.queries import whose_not_living
from openpes.registration import rules
from openpes.registration.actions.decisions import decision_of_end
from openpes.registration.actions.endings import send_handbook_home
from openpes.registration.actions.filed import filing_of
from openpes.registration.actions.periods import known_on
from openpes.registration.choices import FOUND_WORK, EmploymentEnd, Filed, Status
from openpes.registration.events import (
    ContractSuspended,
    EmploymentChanged,
    EmploymentEnded,
    EmploymentRegistered,
    UnemploymentEnded,
)
from openpes.registration.models import Decision, Filing, RosterEntry, StatusPeriod
from openpes.registration.queries import spell_of
from openpes.registration.rules import EmploymentFacts
from openpes.registration.rules.filings import unknown_person
from openpes.registration.rules.rosters import (
    CHANGED,
    ENDED,
    NEW,
    RENEWED,
    SUSPENDED,
    TERMS,
    ContractFacts,
    new_terms,
    not_employed_here,
    other_terms,
    why_not_renew,
)

Reference = tuple[str, int]
Outcome = tuple[Reference, ...] | Refused
PERIOD, ENTRY = StatusPeriod._meta.label_lower, RosterEntry._meta.label_lower
KEPT = ("contract_state", "contract_type", "from_on", "contract_until_on", "pay_fen", "occupation", "skill_level",
        "former_group", "end_reason")  # fmt: skip
# What the rules of ending call these columns.
COLUMN_OF = {"on": "contract_until_on", "reason": "end_reason"}
DRAW_SERIALS = "SELECT nextval('registration_serial') FROM generate_series(1, %s)"
END_PERIODS = """
UPDATE registration_statusperiod AS row SET until_on = x.until_on, end_reason = x.reason, ended_at = %s
FROM unnest(%s::bigint[], %s::date[], %s::text[]) AS x(id, until_on, reason) WHERE row.id = x.id
"""
CHANGE_TERMS = """
UPDATE registration_statusperiod AS row
SET contract_until_on = x.until_on, pay_fen = x.pay_fen, occupation = x.occupation
FROM unnest(%s::bigint[], %s::date[], %s::bigint[], %s::text[]) AS x(id, until_on, pay_fen, occupation)
WHERE row.id = x.id
"""


@dataclass(frozen=True, kw_only=True)
class RosterRow:
    """One row of a hiring roster: who it is about, by number and name, and what it says of the contract.

    The identity number is a normalised one of 18 characters, as `engine.identifiers` reads it.
    """

    id_number: str
    name: str
    facts: ContractFacts


@action
def enter_roster(*, employer: int, rows: Sequence[RosterRow], by: Actor, at: datetime) -> list[Outcome]:
    """Take in a hiring roster of an employer (就业服务与就业管理规定 art. 62).

    A new contract registers an employment and ends an open unemployment, a renewed or changed one changes the terms,
    a suspended one is noted, an ended one ends the employment; hires and ends are filings of the employer. The rows
    take effect one after the other, each whole or not at all. What is registered so already becomes nothing.
    Gives for each row what it became, newest last, or the refusal.

    :raises Employer.DoesNotExist: the employer is not of the actor's area
    :raises IntegrityError: somebody else registered one of these persons in the same moment; nothing was written
    """
    firm = Employer.objects.seen_by(by).get(pk=employer)
    with within(CITY):  # the staff of an employer live anywhere in the city
        desk = _Desk(firm, rows, by, at)
        made = [desk.take(row) for row in rows]
        desk.store()
    return [one if isinstance(one, Refused) else one.became() for one in made]


@dataclass(frozen=True)
class Would:
    """What a row of a roster would do: nothing because it is registered so already, or end an unemployment."""

    is_nothing: bool
    ends_unemployment: bool


@action
def preview_roster(
    *, employer: int, rows: Sequence[RosterRow], by: Actor, at: datetime
) -> list[Would | Refused]:
    """What each row would do if the roster were taken in now, or why it would be refused; nothing is written.

    :raises Employer.DoesNotExist: the employer is not of the actor's area
    """
    firm = Employer.objects.seen_by(by).get(pk=employer)
    with within(CITY):  # the staff of an employer live anywhere in the city
        desk = _Desk(firm, rows, by, at, looks_only=True)
        made = [desk.take(row) for row in rows]
    return [
        one if isinstance(one, Refused) else Would(one.period is None, one.unemployment is not None) for one in made
    ]


@dataclass(eq=False)
class _Done:
    """What one row does: a period begun, changed or ended, the unemployment that it ends, its entry; or nothing."""

    period: StatusPeriod | None = None
    facts: ContractFacts | None = None
    unemployment: StatusPeriod | None = None
    before: dict[str, Any] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    entry: RosterEntry | None = None

    def became(self) -> tuple[Reference, ...]:
        """The records of the row, newest last; to be asked when they are stored."""
        if self.period is None or self.entry is None or self.facts is None:
            return ()
        begun = ((PERIOD, self.period.pk),) if self.facts.contract_state == NEW else ()
        return (*begun, (ENTRY, self.entry.pk))


class _Desk:
    """Where the rows of one chunk are judged one after the other, and then stored together."""

    def __init__(
        self, firm: Employer, rows: Sequence[RosterRow], by: Actor, at: datetime, *, looks_only: bool = False
    ) -> None:
        self.firm, self.by, self.at, self.today = firm, by, at, clock.day_of(at)
        numbers = [row.id_number for row in rows]
        indexes = blind_index_each(numbers, context="person.id_number")
        found = Person.objects.filter(id_number_index__in=indexes).order_by("pk")
        whole = found if looks_only else found.select_for_update()
        by_index = {bytes(person.id_number_index): person for person in whole}
        self.persons = {number: by_index.get(index) for number, index in zip(numbers, indexes, strict=True)}
        self.periods: dict[int, list[StatusPeriod]] = defaultdict(list)
        known = [person.pk for person in by_index.values()]
        for period in StatusPeriod.objects.filter(person__in=known).order_by("from_on", "id"):
            self.periods[period.person_id].append(period)
        self.gone = whose_not_living(persons=known)
        self.done: list[_Done] = []

    def take(self, row: RosterRow) -> _Done | Refused:
        """Judge a row, and note what it does; a refused one does nothing."""
        person = self.persons[row.id_number]
        try:
            if person is None or normalise_name(person.name) != normalise_name(row.name):
                raise Refused(*unknown_person())
            done = self._judge(person, row.facts)
        except Refused as refused:
            return refused
        if done.period is not None:
            self.done.append(done)
        return done

    def _judge(self, person: Person, facts: ContractFacts) -> _Done:
        here = self._open_here(person)
        if facts.contract_state == NEW:
            return self._hire(person, facts, here)
        if here is None:
            if facts.contract_state == ENDED and self._ended_so(person, facts):
                return _Done()
            raise Refused(not_employed_here(facts))
        if facts.contract_state in (RENEWED, CHANGED):
            return self._renew(here, facts)
        return self._suspend(here, facts) if facts.contract_state == SUSPENDED else self._end(here, facts)

    def _hire(self, person: Person, facts: ContractFacts, here: StatusPeriod | None) -> _Done:
        if here is not None and here.from_on == facts.from_on:
            if not new_terms(facts, _terms(here)):
                return _Done()
            raise Refused(other_terms(here.from_on))
        assert facts.from_on is not None
        told = EmploymentFacts(
            from_on=facts.from_on,
            category=facts.category,
            employer=self.firm.pk,
            occupation=facts.occupation,
            pay_fen=facts.pay_fen,
            contract_until_on=facts.contract_until_on,
        )
        spells = tuple(spell_of(period) for period in self.periods[person.pk])
        wrong = rules.why_not_employ(
            told, spells=spells, today=self.today, born_on=person.born_on, known=known_on(self.today)
        )
        refuse_if([*self.gone.get(person.pk, []), *wrong])
        period = self._employment(person, told)
        unemployment = self._end_unemployment(person, told.from_on)
        self.periods[person.pk].append(period)
        return _Done(period, facts, unemployment)

    def _renew(self, here: StatusPeriod, facts: ContractFacts) -> _Done:
        refuse_if(why_not_renew(facts, here.from_on))
        before, changed = _terms(here), new_terms(facts, _terms(here))
        if not changed:
            return _Done()
        for name, value in changed.items():
            setattr(here, name, value)
        return _Done(here, facts, before=_plain(before), changed=tuple(changed))

    def _suspend(self, here: StatusPeriod, facts: ContractFacts) -> _Done:
        latest = RosterEntry.objects.filter(period=here).order_by("-id").first()
        if latest and latest.contract_state == SUSPENDED and latest.end_reason == facts.end_reason:
            return _Done()
        return _Done(here, facts)

    def _end(self, here: StatusPeriod, facts: ContractFacts) -> _Done:
        on = facts.contract_until_on or self.today
        known = facts.end_reason in EmploymentEnd.values
        faults = rules.why_not_end(spell_of(here), reason=facts.end_reason, on=on, today=self.today, known=known)
        refuse_if([_at_its_column(fault) for fault in faults])
        here.until_on, here.end_reason, here.ended_at = on, facts.end_reason, self.at
        return _Done(here, facts)

    def _open_here(self, person: Person) -> StatusPeriod | None:
        found = (
            period
            for period in self.periods[person.pk]
            if period.status == Status.EMPLOYED and period.employer_id == self.firm.pk and period.until_on is None
        )
        return next(found, None)

    def _ended_so(self, person: Person, facts: ContractFacts) -> bool:
        """Whether the employment ended already as the row says; without a day, for the same reason."""
        return any(
            period.employer_id == self.firm.pk
            and period.end_reason == facts.end_reason
            and facts.contract_until_on in (None, period.until_on)
            for period in self.periods[person.pk]
            if period.status == Status.EMPLOYED
        )

    def _employment(self, person: Person, told: EmploymentFacts) -> StatusPeriod:
        return StatusPeriod(
            area=person.area,
            person=person,
            status=Status.EMPLOYED,
            from_on=told.from_on,
            category=told.category,
            employer=self.firm,
            workplace=self.firm.name,
            occupation=told.occupation,
            pay_fen=told.pay_fen,
            contract_until_on=told.contract_until_on,
            registered_at=self.at,
            registered_by=self.by.id,
        )

    def _end_unemployment(self, person: Person, on: date) -> StatusPeriod | None:
        """The rules were asked: an open unemployment of the person ends on the first day of work."""
        for period in self.periods[person.pk]:
            if period.status == Status.UNEMPLOYED and period.until_on is None:
                period.until_on, period.end_reason, period.ended_at = on, FOUND_WORK, self.at
                return period
        return None

    def store(self) -> None:
        """Write everything that the rows do, and tell it in their order."""
        hired = [done for done in self.done if done.facts and done.facts.contract_state == NEW]
        ended = [done.unemployment for done in hired if done.unemployment]
        left = [done.period for done in self.done if done.period and done.facts and done.facts.contract_state == ENDED]
        _write_ends([*ended, *left], self.at)
        _write_terms([done.period for done in self.done if done.period and done.changed])
        Decision.objects.bulk_create(decision_of_end(row, _day(row.until_on), self.by, self.at) for row in ended)
        begun = [done.period for done in hired if done.period]
        _number(begun, self.today)
        StatusPeriod.objects.bulk_create(begun)
        filed = [(period, Filed.HIRE, period.from_on) for period in begun]
        filed += [(period, Filed.END, _day(period.until_on)) for period in left]
        Filing.objects.bulk_create(filing_of(*parts, self.by, self.at) for parts in filed)
        self._store_entries()
        publish_all(event for done in self.done for event in self._events(done))
        for period in left:
            if not period.area.startswith(self.by.scope):
                send_handbook_home(period.person_id)

    def _store_entries(self) -> None:
        for done in self.done:
            assert done.period is not None and done.facts is not None
            done.entry = RosterEntry(
                area=done.period.area,
                person_id=done.period.person_id,
                employer=self.firm,
                period=done.period,
                before=done.before,
                recorded_on=self.today,
                recorded_at=self.at,
                recorded_by=self.by.id,
                **{name: getattr(done.facts, name) for name in KEPT},
            )
        RosterEntry.objects.bulk_create(done.entry for done in self.done if done.entry)

    def _events(self, done: _Done) -> Iterable[Event]:
        period, facts = done.period, done.facts
        assert period is not None and facts is not None
        told = _named(period)
        who: dict[str, Any] = {"by": self.by.id, "at": self.at}
        if facts.contract_state == NEW:
            if row := done.unemployment:
                yield UnemploymentEnded(**_named(row), until_on=_day(row.until_on), reason=FOUND_WORK, **who)
            begun: dict[str, Any] = {"from_on": period.from_on, "category": period.category, "employer": self.firm.pk}
            yield EmploymentRegistered(**told, **begun, **who)
        elif facts.contract_state == ENDED:
            yield EmploymentEnded(**told, until_on=_day(period.until_on), reason=period.end_reason, **who)
        elif facts.contract_state == SUSPENDED:
            yield ContractSuspended(**told, reason=facts.end_reason, **who)
        else:
            yield EmploymentChanged(**told, changed=done.changed, **who)


def _at_its_column(fault: Reason) -> Reason:
    return replace(fault, field=COLUMN_OF.get(fault.field, fault.field))


def _named(period: StatusPeriod) -> dict[str, Any]:
    """What every event about a registration names."""
    return {"person": period.person_id, "area": period.area, "period": period.pk, "number": period.number}


def _terms(period: StatusPeriod) -> dict[str, Any]:
    return {name: getattr(period, name) for name in TERMS}


def _plain(terms: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in terms.items()}


def _day(day: date | None) -> date:
    assert day is not None
    return day


def _number(begun: Sequence[StatusPeriod], today: date) -> None:
    """Give every registration its number, as `next_number` would one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(DRAW_SERIALS, [len(begun)])
        for period, (serial,) in zip(begun, cursor.fetchall(), strict=True):
            period.number = f"{county_of(period.area)}{today.year}{serial:07d}"


def _write_ends(ended: Sequence[StatusPeriod], at: datetime) -> None:
    if ended:
        columns = ([row.pk for row in ended], [row.until_on for row in ended], [row.end_reason for row in ended])
        with connection.cursor() as cursor:
            cursor.execute(END_PERIODS, [at, *map(array_text, columns)])


def _write_terms(changed: Sequence[StatusPeriod]) -> None:
    if changed:
        columns = ([row.pk for row in changed], *([getattr(row, name) for row in changed] for name in TERMS))
        with connection.cursor() as cursor:
            cursor.execute(CHANGE_TERMS, [array_text(column) for column in columns])
