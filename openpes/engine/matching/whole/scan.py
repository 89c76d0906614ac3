"""The look through a range: whoever may come near enough is put aside block by block, and judged exactly; compiled.

What numbers an element has no sign here, since compiled code asks of any other number whether it is below zero.
"""

from typing import Any, NamedTuple

import numpy as np

from openpes.engine.compiled import compiled
from openpes.engine.matching.skills import SKILLS_AT_MOST
from openpes.engine.matching.whole.orders import bits
from openpes.engine.matching.whole.tables import FAILS

BLOCK = 256  # entries judged at a time
ASKED = 15  # skills wanted by a vacancy that a row has room for; of one that wants as many or more marks say nothing
NOTHING = np.uint64(0)


class Layout(NamedTuple):
    """Where the fields of a packed row begin, and how large their values can be.

    Skills are marks of `width` bits, a skill at its number modulo that: of seekers what they hold; of vacancies what
    they require, then what they want. Who lacks a mark lacks a skill; who has all of them may still lack one.
    """

    asks: int
    age: int
    ages: int
    pay: int
    pays: int
    only: int
    asked: int
    marks: int
    width: int


@compiled(borrows=True)
def marked(low: int, high: int, width: int) -> Any:
    """The marks of two words of skills."""
    first, other, marks = np.uint64(low), np.uint64(high), np.uint64(0)
    for _step in range((SKILLS_AT_MOST + width - 1) // width):
        marks |= first
        first = first >> np.uint64(width) | other << np.uint64(64 - width)
        other >>= np.uint64(width)
    return np.int64(marks & (np.uint64(1) << np.uint64(width)) - np.uint64(1))


@compiled
def all_marked(words: Any, width: int) -> Any:
    """The marks of many (n, 2)."""
    marks = np.empty(len(words), np.int64)
    for n in range(len(words)):
        marks[n] = marked(words[n, 0], words[n, 1], width)
    return marks


@compiled(borrows=True)
def scan(shelf: Any, one: Any, found: Any, where: Any, posted: bool) -> None:
    """Judge entries of an order, or of the postings, block by block, and put those among the best that are."""
    low, high, base, inside = where
    order, rows = (shelf.posted_entries, shelf.posted_packed) if posted else (shelf.in_order, shelf.packed)
    tables, marks = (one.asks, one.age, one.pay), (one.own_marks, one.wanted_marks, one.asked, inside)
    ids, totals = found
    for begin in range(low, high, BLOCK):
        least = max(totals[-1], 0) - base
        stretch = (begin, min(begin + BLOCK, high), least - one.most)
        if one.forward:
            hopeful = _skilled_seekers(rows, shelf.skills[one.asked], marks, shelf.layout, stretch, shelf.block)
        else:
            hopeful = _skilled_vacancies(rows, shelf.gains, marks, shelf.layout, stretch, shelf.block)
        hopeful = _hopeful(rows, tables, shelf.layout, least, (hopeful, shelf.block))
        for n in range(np.uint64(hopeful)):
            if base + shelf.block[1, n] + shelf.block[2, n] >= totals[-1]:
                row = shelf.people[order[np.uint64(shelf.block[0, n])]]
                total = base + shelf.block[1, n] + _skill_points(row, one, shelf.skills)
                if total >= totals[-1]:
                    _enter(ids, totals, row[0], total)


@compiled(borrows=True)
def _skilled_seekers(rows: Any, gains: Any, marks: Any, layout: Any, where: Any, block: Any) -> Any:
    """Put aside who may have the skills for what is needed; no branch depends on what is read."""
    begin, end, least = where
    required, wanted, most, inside = np.uint64(marks[0]), np.uint64(marks[1]), np.uint64(marks[2]), marks[3]
    outside = np.uint64(1 - inside)
    held, only = np.uint64(layout.marks), np.uint64(layout.only)
    places, gained, count = block[0], block[2], np.uint64(0)
    for n in range(np.uint64(begin), np.uint64(end)):
        packed = np.uint64(rows[n])
        lacks = ~(packed >> held)
        gain = gains[most - np.uint64(bits(wanted & lacks))]
        places[count], gained[count] = n, gain
        barred = required & lacks | outside & (packed >> only)
        count += np.uint64((gain >= least) & (barred == NOTHING))
    return np.int64(count)


@compiled(borrows=True)
def _skilled_vacancies(rows: Any, gains: Any, marks: Any, layout: Any, where: Any, block: Any) -> Any:
    """The same of vacancies, by the marks of what they require and want that the seeker lacks."""
    begin, end, least = where
    lacked, also, many = np.uint64(marks[0]), np.uint64(marks[1]), np.uint64(layout.asked)
    places, gained, count = block[0], block[2], np.uint64(0)
    for n in range(np.uint64(begin), np.uint64(end)):
        packed = np.uint64(rows[n])
        asked = (packed >> many) & np.uint64(ASKED)
        gain = gains[asked * np.uint64(ASKED + 1) + np.uint64(bits(packed & also))]
        places[count], gained[count] = n, gain
        count += np.uint64((gain >= least) & (packed & lacked == NOTHING))
    return np.int64(count)


@compiled(borrows=True)
def fill_gains(skills: Any, gains: Any) -> None:
    """The points of a vacancy that wants so many skills, so many of which are lacking, as one short row."""
    for asked in range(ASKED + 1):
        for lacking in range(asked + 1):
            gains[asked * (ASKED + 1) + lacking] = skills[asked, asked - lacking]


@compiled(borrows=True)
def _hopeful(rows: Any, tables: Any, layout: Any, least: int, among: Any) -> Any:
    """Of those put aside, keep whose points, with those of skills at best, come near enough."""
    asks, age, pay = tables
    among_first, block = among
    places, totals, gained, count = block[0], block[1], block[2], np.uint64(0)
    first, second, third = np.uint64(layout.asks), np.uint64(layout.ages), np.uint64(layout.pays)
    to_age, to_pay = np.uint64(layout.age), np.uint64(layout.pay)
    for n in range(np.uint64(among_first)):
        at, gain = places[n], gained[n]
        packed = np.uint64(rows[at])
        total = asks[packed & first] + age[(packed >> to_age) & second] + pay[(packed >> to_pay) & third]
        places[count], totals[count], gained[count] = at, total, gain
        count += np.uint64(total + gain >= least)
    return np.int64(count)


@compiled(borrows=True)
def _skill_points(row: Any, one: Any, skills: Any) -> Any:
    """The points of skills that somebody earns; far below zero where a required one is missing."""
    if one.forward:
        had = bits(one.wanted[0] & row[1]) + bits(one.wanted[1] & row[2])
        lacks = one.own[0] & ~row[1] | one.own[1] & ~row[2]
        points = skills[one.asked, had]
    else:
        had = bits(row[3] & one.own[0]) + bits(row[4] & one.own[1])
        lacks = row[1] & ~one.own[0] | row[2] & ~one.own[1]
        points = skills[bits(row[3]) + bits(row[4]), had]
    return np.int64(points) if lacks == 0 else np.int64(FAILS)


@compiled(borrows=True)
def _enter(ids: Any, totals: Any, id: int, total: int) -> None:
    """Put somebody among the best, unless there already, or of equal total with a larger id than the last.

    (A loop without a way out is faster here than one that ends as soon as somebody is known.)
    """
    known, at, one = False, np.uint64(len(ids) - 1), np.uint64(1)
    for n in range(np.uint64(len(ids))):
        known |= (ids[n] == id) & (totals[n] >= 0)
    if known or totals[at] > total or (totals[at] == total and ids[at] < id):
        return
    while at > 0 and (totals[at - one] < total or (totals[at - one] == total and ids[at - one] > id)):
        ids[at], totals[at] = ids[at - one], totals[at - one]
        at -= one
    ids[at], totals[at] = id, total
