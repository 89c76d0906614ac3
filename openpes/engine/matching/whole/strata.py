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

MOST = 40  # ranges by occupation, and by place, of somebody with three wishes and three places
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


@compiled
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


@compiled
def _put(ranges: Any, n: int, points: int, one: int, other: int, inside: bool) -> int:
    """Insert a range by its points, highest first; how many there are now."""
    at = n
    while at > 0 and ranges[at - 1, 0] < points:
        ranges[at] = ranges[at - 1]
        at -= 1
    ranges[at, 0], ranges[at, 1], ranges[at, 2], ranges[at, 3] = points, one, other, inside
    return n + 1


@compiled
def _deep_occupation(code: int) -> int:
    deep, divisor = 1, 1_000_000
    for _step in range(3):
        deep += code % divisor != 0
        divisor //= 100
    return deep


@compiled
def _cut_occupation(level: int) -> int:
    return 100 ** (LEAVES - level)


@compiled
def _deep_area(code: int) -> int:
    return 1 + (code % 10**10 != 0) + (code % 10**8 != 0) + (code % 10**6 != 0) + (code % 10**3 != 0)


@compiled
def _cut_area(level: int) -> int:
    if level == 1:
        return 10**10
    if level == 2:
        return 10**8
    if level == 3:
        return 10**6
    return 10**3 if level == 4 else 1


@compiled
def _leaf(ranges: Any, n: int, points: int, code: int, orders: Any) -> int:
    """The rows with exactly this code."""
    at = _at(orders.keys, code)
    if at == len(orders.keys) or orders.keys[at] != code:
        return n
    return _put(ranges, n, points, orders.first[LEAVES] + at, 0, False)


@compiled
def _class(ranges: Any, n: int, points: int, code: int, level: int, orders: Any) -> int:
    """The rows of the class of a code at a depth."""
    low, high = orders.first[4 + level], orders.first[5 + level]
    wanted = code // _cut_occupation(level)
    at = _at(orders.classes[low:high], wanted)
    if at == high - low or orders.classes[low + at] != wanted:
        return n
    return _put(ranges, n, points, orders.first[level] + at, 0, False)


@compiled
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


@compiled
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


@compiled
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


@compiled
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


@compiled
def of_place(place: int, orders: Any, ladder: Any, ranges: Any, n: int) -> int:
    """Add the ranges of work places by how near they are to a place of a seeker (coded as in `Orders`)."""
    code = place // 2
    if place % 2 and code > 0:
        first = _at(orders.places, 2 * code)
        last = _at(orders.places, 2 * (code + _cut_area(_deep_area(code))))
        if first < last:
            n = _put(ranges, n, ladder.whole[0], first, last, True)
    return _around(code, orders, ladder, ranges, n)
