"""Everything that happened in the city, in the order of time."""

from enum import IntEnum

import numpy as np

from openpes.demo.rules.careers import EMPLOYED, ENDED, FOUND_WORK, HIRED, LEFT, UNEMPLOYED, Spells
from openpes.demo.rules.chance import Flags, Ints
from openpes.demo.rules.city import City
from openpes.demo.rules.days import MINUTES, NEVER
from openpes.demo.rules.meetings import ALL_FILLED, CLOSED, EXPIRED, HIRED_ANSWER
from openpes.demo.rules.people import HEAD


class Act(IntEnum):
    """Kinds of acts; of two at one moment the smaller comes first."""

    REGISTER_EMPLOYER = 0
    REGISTER_PERSON = 1
    FORM_HOUSEHOLD = 2
    JOIN_HOUSEHOLD = 3
    REGISTER_STATUS = 4
    REGISTER_WISH = 5
    DRAFT = 6
    PUBLISH = 7
    EXPIRE = 8
    REFER = 9
    ANSWER = 10
    HIRE = 11
    FILL_FROM_OUTSIDE = 12
    END_STATUS = 13
    END_WISH = 14
    CLOSE = 15


def agenda(city: City) -> Ints:
    """Every act as a row of minute, kind and number (of the person, spell, vacancy …), shape (n, 3), in order."""
    parts = [_rows(kind, minutes, numbers) for kind, minutes, numbers in _acts(city)]
    rows = np.concatenate(parts)
    return rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]


def joins(city: City) -> Ints:
    """When each person came into the household: with the registration, or with the head's when that was later."""
    people = city.people
    heads = np.flatnonzero(people.role == HEAD)
    head_minute = np.zeros(len(city.homes.place), dtype=np.int64)
    head_minute[people.home[heads]] = people.minute[heads]
    return np.maximum(people.minute, head_minute[people.home])


def hired_into(spells: Spells) -> Flags:
    """The spells of employment that a hire began, which no registration of its own begins."""
    after_hire = np.r_[False, (spells.outcome == HIRED)[:-1]] if spells.count else np.zeros(0, dtype=bool)
    return after_hire & (spells.status == EMPLOYED)


def ended_by_staff(spells: Spells) -> Flags:
    """The spells that somebody ended with a reason; the others go on or ended by new work."""
    return (spells.outcome == LEFT) | (spells.outcome == ENDED)


def found_work(spells: Spells) -> Flags:
    """The spells of unemployment that ended by work, found alone or through the service."""
    return (spells.status == UNEMPLOYED) & ((spells.outcome == HIRED) | (spells.outcome == FOUND_WORK))


def expired(city: City) -> Ints:
    """The vacancies that were ended by the first clock of the day after their last."""
    return np.flatnonzero(city.meetings.end_reason == EXPIRED)


def _acts(city: City) -> list[tuple[Act, Ints, Ints]]:
    people, spells, wishes, meetings = city.people, city.spells, city.wishes, city.meetings
    head = people.role == HEAD
    by_hand = ~hired_into(spells)
    ended = ended_by_staff(spells)
    alone = (wishes.end_minute != NEVER) & (spells.outcome[wishes.spell] != HIRED)
    public = city.openings.publish != NEVER
    outside = np.array([fill[2] == NEVER for fill in meetings.fills], dtype=bool)
    answered = [row[4] not in ("", HIRED_ANSWER, ALL_FILLED) for row in meetings.referrals]
    closed = meetings.end_reason == CLOSED
    days = np.unique(meetings.ended[expired(city)])
    return [
        (Act.REGISTER_EMPLOYER, city.firms.minute, _all(city.firms.minute)),
        (Act.REGISTER_PERSON, people.minute, _all(people.minute)),
        (Act.FORM_HOUSEHOLD, people.minute[head], np.flatnonzero(head)),
        (Act.JOIN_HOUSEHOLD, joins(city)[~head], np.flatnonzero(~head)),
        (Act.REGISTER_STATUS, spells.minute[by_hand], np.flatnonzero(by_hand)),
        (Act.REGISTER_WISH, wishes.minute, _all(wishes.minute)),
        (Act.DRAFT, city.openings.draft, _all(city.openings.draft)),
        (Act.PUBLISH, city.openings.publish[public], np.flatnonzero(public)),
        (Act.EXPIRE, days, days // MINUTES),
        (Act.REFER, _column(meetings.referrals, 2), _all(meetings.referrals)),
        (Act.ANSWER, _column(meetings.referrals, 5)[answered], np.flatnonzero(answered)),
        (Act.HIRE, _column(meetings.hires, 3), _all(meetings.hires)),
        (Act.FILL_FROM_OUTSIDE, _column(meetings.fills, 4)[outside], np.flatnonzero(outside)),
        (Act.END_STATUS, spells.end_minute[ended], np.flatnonzero(ended)),
        (Act.END_WISH, wishes.end_minute[alone], np.flatnonzero(alone)),
        (Act.CLOSE, meetings.ended[closed], np.flatnonzero(closed)),
    ]


def _rows(kind: Act, minutes: Ints, numbers: Ints) -> Ints:
    return np.column_stack([minutes, np.full(len(minutes), int(kind)), numbers]).astype(np.int64)


def _all(values: object) -> Ints:
    return np.arange(len(values), dtype=np.int64)  # type: ignore[arg-type]


def _column(rows: list, place: int) -> Ints:
    return np.array([row[place] for row in rows], dtype=np.int64)
