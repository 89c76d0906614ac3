"""The journal of a city that was written in bulk: the same line for every act, in the order of time."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from openpes.audit.queries import journal_form
from openpes.demo.actions import columns as c
from openpes.demo.actions.ids import JOURNAL, Ids
from openpes.demo.actions.loading import CHUNK, Table
from openpes.demo.actions.market_rows import answer_code, letter_numbers, person_ids
from openpes.demo.actions.registration_rows import firm_ids
from openpes.demo.rules import City
from openpes.demo.rules.agenda import ended_by_staff, found_work, joins
from openpes.demo.rules.careers import EMPLOYED, UNEMPLOYED
from openpes.demo.rules.chance import Ints, Texts
from openpes.demo.rules.days import MINUTES, NEVER
from openpes.demo.rules.meetings import ALL_FILLED, EXPIRED
from openpes.demo.rules.people import HEAD
from openpes.demo.rules.work import titles
from openpes.employers.events import EmployerRegistered
from openpes.kernel import Event
from openpes.kernel.action import PLATFORM
from openpes.people.events import HouseholdFormed, HouseholdJoined, PersonRegistered
from openpes.referrals.events import Hired, PersonReferred, ReferralAnswered
from openpes.registration.events import (
    EmploymentEnded,
    EmploymentRegistered,
    JobWishEnded,
    JobWishRegistered,
    UnemploymentEnded,
    UnemploymentRegistered,
)
from openpes.vacancies.events import PlaceFilled, VacancyDrafted, VacancyEnded, VacancyPublished

OWN_COLUMNS = frozenset({"by", "at", "area", "person"})
Payload = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Lines:
    """The lines of one kind of event. `payload` gives the JSON of each field for some of them, by place.

    `rank` orders the lines of one moment; `by` is the account, the platform's 0 where a room acts by itself.
    """

    kind: type[Event]
    rank: int
    minute: Ints
    area: Texts
    by: Ints
    payload: Callable[[Ints], Payload]
    person: Ints | None = None


def journal(city: City, ids: Ids) -> Table:
    """Every line; a transaction holds few enough that the sealer takes them in its usual batches."""
    kinds = [*_people(city, ids), *_registration(city, ids), *_market(city, ids), *_referrals(city, ids)]
    return Table(
        JOURNAL, ("id", "at", "by", "event", "area", "person", "payload"), lambda: _pieces(kinds, ids), commits=1
    )


def _pieces(kinds: list[Lines], ids: Ids) -> Iterator[Sequence[Sequence[str]]]:
    minute = np.concatenate([lines.minute for lines in kinds])
    rank = np.concatenate([np.full(len(lines.minute), lines.rank) for lines in kinds])
    kind = np.concatenate([np.full(len(lines.minute), k) for k, lines in enumerate(kinds)])
    place = np.concatenate([np.arange(len(lines.minute)) for lines in kinds])
    order = np.lexsort((place, rank, minute))
    first = ids.before.last[JOURNAL] + 1
    for start in range(0, len(order), CHUNK // 2):
        some = order[start : start + CHUNK // 2]
        rows = _rows(kinds, kind[some], place[some])
        yield [[str(first + start + k) for k in range(len(some))], *rows]


def _rows(kinds: list[Lines], kind: Ints, place: Ints) -> list[list[str]]:
    columns = [np.empty(len(kind), dtype=object) for _ in range(6)]
    for number, lines in enumerate(kinds):
        here = np.flatnonzero(kind == number)
        if not len(here):
            continue
        own = place[here]
        columns[0][here] = c.moment(lines.minute[own])
        columns[1][here] = c.whole(lines.by[own])
        columns[2][here] = lines.kind.name()
        columns[3][here] = lines.area[own]
        columns[4][here] = c.NULL if lines.person is None else c.whole(lines.person[own])
        columns[5][here] = _payloads(lines.kind, lines.payload(own), len(own))
    return [column.tolist() for column in columns]


def _payloads(kind: type[Event], payload: Payload, count: int) -> list[str]:
    wanted = [field.name for field in fields(kind) if field.name not in OWN_COLUMNS]
    if set(wanted) != set(payload):
        raise TypeError(f"{kind.name()} has the fields {wanted}, the demo city writes {sorted(payload)}.")
    if not wanted:
        return ["{}"] * count
    shape = "{" + ", ".join(f'"{name}": %s' for name in wanted) + "}"
    return [shape % values for values in zip(*(payload[name] for name in wanted), strict=True)]


def _people(city: City, ids: Ids) -> list[Lines]:
    people, firms, paths = city.people, city.firms, city.places.paths
    heads, others = np.flatnonzero(people.role == HEAD), np.flatnonzero(people.role != HEAD)
    area, by = paths[people.place], ids.served_by
    return [
        Lines(
            EmployerRegistered, 0, firms.minute, paths[firms.place], ids.before.by.firms[firms.place],
            lambda k: {"employer": _number(ids.firm[k])},
        ),
        Lines(PersonRegistered, 1, people.minute, area, by, lambda k: {}, ids.person),
        Lines(
            HouseholdFormed, 2, people.minute[heads], area[heads], by[heads],
            lambda k: {"household": _number(ids.home[people.home[heads[k]]])}, ids.person[heads],
        ),
        Lines(
            HouseholdJoined, 3, joins(city)[others], area[others], by[others],
            lambda k: {
                "household": _number(ids.home[people.home[others[k]]]), "from_on": _day(people.resides_from[others[k]]),
            },
            ids.person[others],
        ),
    ]  # fmt: skip


def _registration(city: City, ids: Ids) -> list[Lines]:
    spells = city.spells
    jobless, works = spells.status == UNEMPLOYED, spells.status == EMPLOYED
    by_work, by_staff = found_work(spells), ended_by_staff(spells)
    return [
        _begun(UnemploymentRegistered, city, ids, np.flatnonzero(jobless)),
        _begun(EmploymentRegistered, city, ids, np.flatnonzero(works)),
        _over(UnemploymentEnded, city, ids, np.flatnonzero(by_work)),
        _over(UnemploymentEnded, city, ids, np.flatnonzero(jobless & by_staff)),
        _over(EmploymentEnded, city, ids, np.flatnonzero(works & by_staff)),
        *_wishes(city, ids),
    ]


def _begun(kind: type[Event], city: City, ids: Ids, places: Ints) -> Lines:
    spells = city.spells

    def payload(k: Ints) -> Payload:
        own = places[k]
        shared = {
            "period": _number(ids.period[own]),
            "number": _word(ids.number[own]),
            "from_on": _day(spells.from_day[own]),
        }
        if kind is UnemploymentRegistered:
            return shared | {"reason": _word(spells.reason[own])}
        firm = firm_ids(ids, spells.firm[own])
        return shared | {"category": _word(spells.category[own]), "employer": _number(firm)}

    person = spells.person[places]
    return Lines(
        kind, 12, spells.minute[places], _homes(city, person), ids.served_by[person], payload, ids.person[person]
    )


def _over(kind: type[Event], city: City, ids: Ids, places: Ints) -> Lines:
    spells = city.spells

    def payload(k: Ints) -> Payload:
        own = places[k]
        return {
            "period": _number(ids.period[own]),
            "number": _word(ids.number[own]),
            "until_on": _day(spells.until_day[own]),
            "reason": _word(spells.end_reason[own]),
        }

    person = spells.person[places]
    return Lines(
        kind, 11, spells.end_minute[places], _homes(city, person), ids.served_by[person], payload, ids.person[person]
    )


def _wishes(city: City, ids: Ids) -> list[Lines]:
    found = city.wishes
    person = city.spells.person[found.spell]
    ended = np.flatnonzero(found.end_minute != NEVER)

    def registered(k: Ints) -> Payload:
        return {
            "wish": _number(ids.wish[k]),
            "occupations": [json.dumps(list(codes)) for codes in found.occupations[k]],
            "from_on": _day(found.minute[k] // MINUTES),
            "until_on": _day(found.until_day[k]),
        }

    def over(k: Ints) -> Payload:
        return {"wish": _number(ids.wish[ended[k]]), "until_on": _day(found.end_minute[ended[k]] // MINUTES)}

    area, by = _homes(city, person), ids.served_by[person]
    return [
        Lines(JobWishRegistered, 13, found.minute, area, by, registered, ids.person[person]),
        Lines(JobWishEnded, 21, found.end_minute[ended], area[ended], by[ended], over, ids.person[person[ended]]),
    ]


def _homes(city: City, person: Ints) -> Texts:
    found: Texts = city.places.paths[city.people.place[person]]
    return found


def _market(city: City, ids: Ids) -> list[Lines]:
    o, m = city.openings, city.meetings
    area, by = city.places.paths[o.place], ids.before.by.firms[o.place]
    public, over = np.flatnonzero(o.publish != NEVER), np.flatnonzero(m.ended != NEVER)
    vacancy, place, taker, _, minute = (np.array([row[k] for row in m.fills], dtype=np.int64) for k in range(5))
    filled_by = np.where(taker == NEVER, by[vacancy], ids.served_by[np.maximum(taker, 0)])
    ended_by = np.where(m.end_reason == EXPIRED, ids.before.by.clock, by)
    last = place == o.openings[vacancy]
    ended_by[vacancy[last]] = filled_by[last]
    return [
        Lines(
            VacancyDrafted, 5, o.draft, area, by,
            lambda k: {"vacancy": _number(ids.vacancy[k]), "employer": _number(ids.firm[o.firm[k]])},
        ),
        Lines(
            VacancyPublished, 6, o.publish[public], area[public], by[public],
            lambda k: {
                "vacancy": _number(ids.vacancy[public[k]]), "employer": _number(ids.firm[o.firm[public[k]]]),
                "occupation": _word(titles().occupation[o.title[public[k]]]),
                "openings": _number(o.openings[public[k]]), "closes_on": _day(o.closes[public[k]]),
            },
        ),
        Lines(
            PlaceFilled, 9, minute, area[vacancy], filled_by,
            lambda k: {
                "vacancy": _number(ids.vacancy[vacancy[k]]), "place_no": _number(place[k]),
                "places_left": _number(o.openings[vacancy[k]] - place[k]),
            },
            person_ids(ids, taker),
        ),
        Lines(
            VacancyEnded, 10, m.ended[over], area[over], ended_by[over],
            lambda k: {
                "vacancy": _number(ids.vacancy[over[k]]), "employer": _number(ids.firm[o.firm[over[k]]]),
                "reason": _word(m.end_reason[over[k]]), "note": ['""'] * len(k),
            },
        ),
    ]  # fmt: skip


def _referrals(city: City, ids: Ids) -> list[Lines]:
    found, o = city.meetings.referrals, city.openings
    person, vacancy, minute, answered = (np.array([row[k] for row in found], dtype=np.int64) for k in (0, 1, 2, 5))
    answer = [row[4] for row in found]
    done = np.flatnonzero(answered != NEVER)
    numbers = np.array([journal_form({"no": number})["no"] for number in letter_numbers(city, ids)], dtype=object)
    area = city.places.paths[city.people.place]
    spell, hired_for, letter, hired_at = (
        np.array([row[k] for row in city.meetings.hires], dtype=np.int64) for k in range(4)
    )
    hired, firm = city.spells.person[spell], ids.firm[o.firm[vacancy]]
    answered_by = np.where([said == ALL_FILLED for said in answer], PLATFORM.id, ids.served_by[person])

    def both(k: Ints) -> dict[str, Sequence[str]]:
        numbers_of = {"referral": ids.referral[k], "vacancy": ids.vacancy[vacancy[k]], "employer": firm[k]}
        return {name: _number(values) for name, values in numbers_of.items()}

    return [
        Lines(
            PersonReferred, 7, minute, area[person], ids.served_by[person],
            lambda k: both(k) | {"letter_no": _word(numbers[k])}, ids.person[person],
        ),
        Lines(
            ReferralAnswered, 8, answered[done], area[person[done]], answered_by[done],
            lambda k: both(done[k]) | {"answer": _word([answer_code(answer[n]) for n in done[k].tolist()])},
            ids.person[person[done]],
        ),
        Lines(
            Hired, 30, hired_at, area[hired], ids.served_by[hired],
            lambda k: {
                "hire": _number(ids.hire[k]), "vacancy": _number(ids.vacancy[hired_for[k]]),
                "employer": _number(ids.firm[o.firm[hired_for[k]]]),
                "occupation": _word(titles().occupation[o.title[hired_for[k]]]),
                "begins_on": _day(city.spells.from_day[spell[k] + 1]),
                "referral": ["null" if n == NEVER else str(ids.referral[n]) for n in letter[k].tolist()],
            },
            ids.person[hired],
        ),
    ]  # fmt: skip


def _number(values: Any) -> list[str]:
    return ["null" if value == NEVER else str(value) for value in np.asarray(values).tolist()]


def _word(values: Sequence[str] | Texts) -> list[str]:
    return [f'"{value}"' for value in values]


def _day(days: Ints) -> list[str]:
    return [f'"{day}"' for day in c.day(days)]
