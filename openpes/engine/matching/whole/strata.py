"""Which ranges of the orders are equally near to somebody, by occupation and by place, and how many points that earns.

A range may hold rows that are nearer: these stand in a range with more points as well, which is visited before.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from openpes.engine.compiled import compiled
from openpes.engine.matching.arrays import NO_WISH
from openpes.engine.matching.score import points_of
from openpes.engine.matching.weights import WHOLE, Weights

MOST = 16  # ranges by one occupation, or by one place
LEAVES, DEPTH_FOUR = 4, 4

Points = npt.NDArray[np.int64]


class Ladders(NamedTuple):
    """The points of occupation and place by how deep a class or area is shared, as `score` gives them."""

    shared: Points
    within: Points
    no_wish: Points
    near: Points
    whole: Points


def ladders(w: Weights) -> Ladders:
    """The points of every step of the two ladders."""
    within = np.maximum(w.occupation_within, [*w.occupation_shared[1:4], WHOLE])
    near = [w.place_shared[max(level - 1, 0)] for level in range(6)]
    return Ladders(
        points_of(w.occupation, w.occupation_shared),
        points_of(w.occupation, within),
        np.array([points_of(w.occupation, w.occupation_no_wish)]),
        points_of(w.place, near),
        np.array([points_of(w.place, WHOLE)]),
    )


class Near(NamedTuple):
    """By code: ranges (n, most, 4) as (points, group or first place, last place, inside), the most points first."""

    ranges: Points
    counts: Points


@compiled
def near_by_work(codes: Any, orders: Any, ladder: Any, forward: bool) -> Any:
    """The groups of each code that anybody is in, with the bonus of the group among its points."""
    many, found = len(orders.bonuses), np.zeros((MOST, 4), np.int64)
    ranges, counts = np.zeros((len(codes), MOST * many, 4), np.int64), np.zeros(len(codes), np.int64)
    for n in range(len(codes)):
        if forward:
            classes = of_occupation(codes[n], orders, ladder, found, 0)
        else:
            classes = of_wish(codes[n], orders, ladder, found, 0) if codes[n] != 0 else 0
        for at in range(classes):
            for bonus in range(many):
                group = found[at, 1] * many + bonus
                if group < len(orders.starts) and orders.starts[group, 0] < orders.starts[group, -1]:
                    points = found[at, 0] + orders.bonuses[bonus]
                    counts[n] = _put(ranges[n], counts[n], points, group, 0, False)
    return Near(ranges, counts)


@compiled
def near_by_place(places: Any, orders: Any, ladder: Any, forward: bool) -> Any:
    """The ranges of places near each place (coded as in `Orders`; none near -1)."""
    ranges, counts = np.zeros((len(places), MOST, 4), np.int64), np.zeros(len(places), np.int64)
    near = np.zeros((MOST, 4), np.int64)
    for n in range(len(places)):
        if forward:
            found = of_area(places[n] // 2, orders, ladder, near, 0)
        else:
            found = of_place(places[n], orders, ladder, near, 0) if places[n] >= 0 else 0
        for at in range(found):
            if at == 0 or (near[at, 1:] != near[at - 1, 1:]).any():  # a town may be all that its county has
                counts[n] = _put(ranges[n], counts[n], near[at, 0], near[at, 1], near[at, 2], near[at, 3])
    return Near(ranges, counts)


@compiled(borrows=True)
def merged(near: Any, numbers: Any, into: Any) -> int:
    """Put together the ranges of some codes, the most points first; one that is there already earns no less."""
    n = 0
    for number in numbers:
        others = n  # of codes before this one; what comes in between moves them on
        for at in range(near.counts[number]):
            points, one = near.ranges[number, at, 0], near.ranges[number, at, 1]
            other, inside = near.ranges[number, at, 2], near.ranges[number, at, 3]
            known = False
            for before in range(others):
                same = into[before, 1] == one and into[before, 2] == other and into[before, 3] == inside
                known |= same and into[before, 0] >= points
            if not known:
                n = _put(into, n, points, one, other, inside)
                others += number != numbers[0]
    return n


@compiled(borrows=True)
def _at(codes: Any, code: int) -> int:
    """The first of ascending codes that is not smaller."""
    low, high = 0, len(codes)
    while low < high:
        middle = (low + high) >> 1
        if codes[middle] < code:
            low = middle + 1
        else:
            high = middle
    return low


@compiled(borrows=True)
def _put(ranges: Any, n: int, points: int, one: int, other: int, inside: bool) -> int:
    """Insert a range by its points, highest first; how many there are now."""
    at = n
    while at > 0 and ranges[at - 1, 0] < points:
        for field in range(4):
            ranges[at, field] = ranges[at - 1, field]
        at -= 1
    ranges[at, 0], ranges[at, 1], ranges[at, 2], ranges[at, 3] = points, one, other, inside
    return n + 1


@compiled(borrows=True)
def _deep_occupation(code: int) -> int:
    deep, divisor = 1, 1_000_000
    for _step in range(3):
        deep += code % divisor != 0
        divisor //= 100
    return deep


@compiled(borrows=True)
def _cut_occupation(level: int) -> int:
    return 100 ** (LEAVES - level)


@compiled(borrows=True)
def _deep_area(code: int) -> int:
    return 1 + (code % 10**10 != 0) + (code % 10**8 != 0) + (code % 10**6 != 0) + (code % 10**3 != 0)


@compiled(borrows=True)
def _cut_area(level: int) -> int:
    if level == 1:
        return 10**10
    if level == 2:
        return 10**8
    if level == 3:
        return 10**6
    return 10**3 if level == 4 else 1


@compiled(borrows=True)
def _leaf(ranges: Any, n: int, points: int, code: int, orders: Any) -> int:
    """The rows with exactly this code."""
    at = _at(orders.keys, code)
    if at == len(orders.keys) or orders.keys[at] != code:
        return n
    return _put(ranges, n, points, orders.first[LEAVES] + at, 0, False)


@compiled(borrows=True)
def _class(ranges: Any, n: int, points: int, code: int, level: int, orders: Any) -> int:
    """The rows of the class of a code at a depth."""
    low, high = orders.first[4 + level], orders.first[5 + level]
    wanted = code // _cut_occupation(level)
    at = _at(orders.classes[low:high], wanted)
    if at == high - low or orders.classes[low + at] != wanted:
        return n
    return _put(ranges, n, points, orders.first[level] + at, 0, False)


@compiled(borrows=True)
def of_occupation(code: int, orders: Any, ladder: Any, ranges: Any, n: int) -> int:
    """Add the ranges of wishes by how near they are to the occupation of a vacancy."""
    n = _leaf(ranges, n, ladder.no_wish[0], NO_WISH, orders)
    if code > 0:
        deep, last = _deep_occupation(code), code
        n = _leaf(ranges, n, ladder.within[DEPTH_FOUR - 1], code, orders)
        for level in range(3, 0, -1):
            wide = code // _cut_occupation(level) * _cut_occupation(level)
            if wide != last:
                n = _leaf(ranges, n, ladder.within[_deep_occupation(wide) - 1], wide, orders)
                last = wide
        for level in range(min(3, deep), 0, -1):
            n = _class(ranges, n, ladder.shared[level], code, level, orders)
    return _put(ranges, n, ladder.shared[0], 0, 0, False)


@compiled(borrows=True)
def of_wish(code: int, orders: Any, ladder: Any, ranges: Any, n: int) -> int:
    """Add the ranges of vacancies by how near they are to a wish."""
    if code == NO_WISH:
        return _put(ranges, n, ladder.no_wish[0], 0, 0, False)
    deep = _deep_occupation(code)
    n = _leaf(ranges, n, ladder.within[DEPTH_FOUR - 1], code, orders)
    if deep < DEPTH_FOUR:
        n = _class(ranges, n, ladder.within[deep - 1], code, deep, orders)
    for level in range(deep - 1, 0, -1):
        n = _class(ranges, n, ladder.shared[level], code, level, orders)
    return _put(ranges, n, ladder.shared[0], 0, 0, False)


@compiled(borrows=True)
def _around(code: int, orders: Any, ladder: Any, ranges: Any, n: int) -> int:
    """Add the ranges of places that share a city, county, town or village with a place."""
    if code > 0:
        for level in range(_deep_area(code), 1, -1):
            low = code // _cut_area(level) * _cut_area(level)
            begin = low + (_deep_area(low) < level)  # the wider area itself shares less
            first = _at(orders.places, 2 * begin)
            last = _at(orders.places, 2 * (low + _cut_area(level)))
            if first < last:
                n = _put(ranges, n, ladder.near[level], first, last, False)
    return _put(ranges, n, ladder.near[0], 0, len(orders.places), False)


@compiled(borrows=True)
def of_area(code: int, orders: Any, ladder: Any, ranges: Any, n: int) -> int:
    """Add the ranges of places of seekers by how near they are to the work place of a vacancy."""
    last = -1
    for level in range(5, 0, -1):
        wide = code // _cut_area(level) * _cut_area(level)
        if wide > 0 and wide != last:
            last = wide
            at = _at(orders.places, 2 * wide + 1)
            if at < len(orders.places) and orders.places[at] == 2 * wide + 1:
                n = _put(ranges, n, ladder.whole[0], at, at + 1, True)
    return _around(code, orders, ladder, ranges, n)


@compiled(borrows=True)
def of_place(place: int, orders: Any, ladder: Any, ranges: Any, n: int) -> int:
    """Add the ranges of work places by how near they are to a place of a seeker (coded as in `Orders`)."""
    code = place // 2
    if place % 2 and code > 0:
        first = _at(orders.places, 2 * code)
        last = _at(orders.places, 2 * (code + _cut_area(_deep_area(code))))
        if first < last:
            n = _put(ranges, n, ladder.whole[0], first, last, True)
    return _around(code, orders, ladder, ranges, n)
