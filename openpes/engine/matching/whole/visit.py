"""The visit: from the nearest ranges down, until nobody left can enter the best k; compiled."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from openpes.engine.compiled import compiled
from openpes.engine.matching.whole.orders import NOTHING_MARK, Orders, bits
from openpes.engine.matching.whole.scan import ASKED, BLOCK, Layout, fill_gains, marked, scan
from openpes.engine.matching.whole.strata import Near, merged
from openpes.engine.matching.whole.tables import Tables

# What somebody is, packed into one number: kinds of education and experience, age and pay, who works only in places
# named, and the bonus. The words of skills stand beside it.
AGE, ONLY, PAY, BONUS = 18, 26, 27, 49
ASKS, AGES, PAYS, BONUSES = 1 << 18, 1 << 8, 1 << 22, 1 << 14
SKILLS_TRIED = 16  # of somebody with more the postings are not compared
FIRST_SCAN = 64  # rows looked at before asking anew whether postings are shorter

Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]


class Sought(NamedTuple):
    """Who is sought, entry by entry of the orders: ids with words of skills (n, 3 or 5)."""

    people: Ints
    orders: Orders
    layout: Layout


class Asking(NamedTuple):
    """Who asks: numbers (n, 1 or 3) of codes of occupation and place among `Near`, packed rows with words of skills
    (n, 3 or 5), the most that the tables give each, and the order to go through.
    """

    keys: Numbers
    places: Numbers
    rows: Ints
    most: Ints
    order: Ints


class Task(NamedTuple):
    """Everything that a visit needs. `forward`: vacancies ask for seekers."""

    asking: Asking
    sought: Sought
    tables: Tables
    works: Near
    spots: Near
    forward: bool


class _One(NamedTuple):
    """Who asks now: the points by kind, the words of skills (own or required, and wanted), and what is on top."""

    asks: npt.NDArray[np.int32]
    age: npt.NDArray[np.int32]
    pay: npt.NDArray[np.int32]
    own: tuple[int, int]
    wanted: tuple[int, int]
    asked: int
    most: int
    bonus: int
    forward: bool
    own_marks: int
    wanted_marks: int


class _Shelf(NamedTuple):
    """What a look through a range needs of the task, and no more: this is handed on for every range."""

    people: Ints
    packed: Ints
    posted_packed: Ints
    in_order: npt.NDArray[np.int32]
    posted: Ints
    posted_entries: npt.NDArray[np.int32]
    posted_places: npt.NDArray[Any]
    skills: npt.NDArray[np.int32]
    gains: npt.NDArray[np.int32]
    tried: Ints
    block: Ints
    leaves: int
    layout: Layout


@compiled
def visit_all(task: Any, first: int, last: int, ids: Any, totals: Any) -> int:
    """Fill the lists (n, k) of those who ask, from `first` to `last` of their order; how many rows were judged.

    A list holds what was found before in other parts of those sought: ids (0: none) with totals (-1), the best first.
    """
    by_work = np.zeros((task.asking.keys.shape[1] * task.works.ranges.shape[1], 4), np.int64)
    by_place = np.zeros((task.asking.places.shape[1] * task.spots.ranges.shape[1], 4), np.int64)
    cursor, judged = np.zeros(len(by_work), np.int64), 0
    orders = task.sought.orders
    sought, tried, block = task.sought, np.zeros((3, SKILLS_TRIED), np.int64), np.zeros((3, BLOCK + 1), np.int64)
    gains = np.zeros((ASKED + 1) ** 2, np.int32)
    fill_gains(task.tables.skills, gains)
    shelf = _Shelf(
        sought.people, orders.packed, orders.posted_packed, orders.entries, orders.posted, orders.posted_entries,
        orders.posted_places, task.tables.skills, gains, tried, block, orders.first[4] * len(orders.bonuses),
        sought.layout,
    )  # fmt: skip
    for at in range(first, last):
        row = task.asking.order[at]
        judged += _visit(task, shelf, row, (ids[row], totals[row]), (by_work, by_place, cursor))
    return judged


@compiled(borrows=True)
def _one(task: Any, row: int) -> Any:
    asking, tables = task.asking, task.tables
    packed = asking.rows[row, 0]
    layout = task.sought.layout
    own_marks = marked(asking.rows[row, 1], asking.rows[row, 2], layout.width)
    if task.forward:
        wanted = (asking.rows[row, 3], asking.rows[row, 4])
        wanted_marks = marked(wanted[0], wanted[1], layout.width)
    else:
        lacked = (1 << layout.width) - 1 & ~own_marks
        wanted, own_marks, wanted_marks = (0, 0), lacked << layout.marks, lacked << layout.marks + layout.width
    return _One(
        tables.asked[packed & (ASKS - 1)],
        tables.age[(packed >> AGE) & (AGES - 1)],
        tables.pay[(packed >> PAY) & (PAYS - 1)],
        (asking.rows[row, 1], asking.rows[row, 2]),
        wanted,
        bits(wanted[0]) + bits(wanted[1]),
        asking.most[row],
        packed >> BONUS,
        task.forward,
        own_marks,
        wanted_marks,
    )


@compiled(borrows=True)
def _visit(task: Any, shelf: Any, row: int, found: Any, scratch: Any) -> int:
    one = _one(task, row)
    by_work, by_place, cursor = scratch
    works = merged(task.works, task.asking.keys[row], by_work)
    spots = merged(task.spots, task.asking.places[row], by_place)
    cursor[:works] = 0
    only = not task.forward and (task.asking.rows[row, 0] >> ONLY) & 1
    most = one.bonus + one.most + shelf.skills[0, 0]
    starts, judged = task.sought.orders.starts, 0
    while True:
        best, at = -1, -1
        for i in range(works):
            if cursor[i] < spots and by_work[i, 0] + by_place[cursor[i], 0] > best:
                best, at = by_work[i, 0] + by_place[cursor[i], 0], i
        if at < 0 or best + most < found[1][-1]:
            break
        spot, group = cursor[at], by_work[at, 1]
        cursor[at] += 1
        first, last, inside = by_place[spot, 1], by_place[spot, 2], by_place[spot, 3]
        low, high = starts[group, first], starts[group, last]
        begins, whole = starts[group, 0], starts[group, -1] - starts[group, 0]
        if low < high and (inside or not only):
            where = (best + one.bonus, inside, group, first, last, low, high, begins, whole)
            judged += _range(shelf, one, found, where)
    return judged


@compiled(borrows=True)
def _range(shelf: Any, one: Any, found: Any, where: Any) -> int:
    """Look through a range, by postings of skills as soon as these are shorter."""
    base, inside, group, first, last, low, high, begins, whole = where
    stretch = (first, last, low - begins, high - low, whole)
    judged, step = 0, FIRST_SCAN
    while low < high:
        # In a pair of code and place entries stand by id: behind the last of the best an equal total does not enter.
        in_order = group >= shelf.leaves and last - first == 1 and shelf.people[shelf.in_order[low], 0] > found[0][-1]
        needed = found[1][-1] + in_order - base - one.most
        if needed > shelf.skills[0, 0]:
            return judged
        if high - low >= FIRST_SCAN:
            asks = (one.own, one.wanted, one.asked, one.forward)
            where_of = (group, high - low, whole)
            count, mark = _postings(shelf.posted, shelf.skills, shelf.tried, asks, needed, where_of)
            if count >= 0:
                for n in range(count + (mark > 0)):
                    skill = shelf.tried[0, n] if n < count else mark
                    begin, end = _posting(shelf.posted, shelf.posted_places, group, skill, stretch)
                    scan(shelf, one, found, (begin, end, base, inside), True)
                    judged += end - begin
                return judged
        end = min(high, low + step)
        scan(shelf, one, found, (low, end, base, inside), False)
        judged += end - low
        low, step = end, 4 * step
    return judged


@compiled(borrows=True)
def _posting(posted: Any, places: Any, group: int, skill: int, stretch: Any) -> Any:
    """Where the entries of a class with a skill and a place in the range stand among the postings.

    Skills are spread over places much as everybody is, so that the search begins where they would stand if evenly.
    """
    first, last, before, length, whole = stretch
    low, high = posted[group, skill], posted[group, skill + 1]
    share = high - low
    if length == whole:
        return low, high
    begin = _before(places, (low, high), first, low + share * before // whole)
    return begin, _before(places, (begin, high), last, begin + share * length // whole)


@compiled(borrows=True)
def _before(places: Any, stretch: Any, place: int, guess: int) -> int:
    """The first posting of a stretch that does not stand before a place, sought from a guess in growing steps."""
    low, high = stretch
    step = 8
    if guess < high and places[guess] < place:
        low = guess + 1
        while low + step < high and places[low + step] < place:
            low += step + 1
            step *= 2
        high = min(high, low + step)
    else:
        high = min(high, guess)
        while high - step > low and places[high - step] >= place:
            high -= step
            step *= 2
        low = max(low, high - step)
    while low < high:
        middle = (low + high) >> 1
        if places[middle] < place:
            low = middle + 1
        else:
            high = middle
    return low


@compiled(borrows=True)
def _postings(posted: Any, skills: Any, tried: Any, asks: Any, needed: int, where: Any) -> Any:
    """Which postings hold everybody of a range who can still enter: how many skills tried (-1: no shorter way), a mark.

    How long the postings of a skill are in a range is guessed from their length in the whole class. (What is handed on
    from here is little: a compiled function copies all that it is given, at every call.)
    """
    own, wanted, asked, forward = asks
    if not forward:
        return _held(posted, tried, own, needed, where)
    cost = _required(posted, tried, own, where)
    count = 1 if cost < where[1] else -1
    shared = 0  # how many wanted skills must be shared to earn what is needed; more than there are: it cannot be
    while shared <= asked and skills[asked, shared] < needed:
        shared += 1
    if shared == 0 or asked > SKILLS_TRIED:
        return count, 0
    _by_length(posted, tried, wanted, where)
    kept, length = max(asked - shared + 1, 0), 0  # whoever shares so many is in one of these, however the others stand
    for n in range(kept):
        length += tried[2, n]
    if length < cost:
        count = kept
        for n in range(kept):
            tried[0, n] = tried[1, n]
    return count, 0


@compiled(borrows=True)
def _length(posted: Any, where: Any, skill: int) -> int:
    group, length, whole = where
    return (posted[group, skill + 1] - posted[group, skill]) * length // whole


@compiled(borrows=True)
def _required(posted: Any, tried: Any, own: Any, where: Any) -> int:
    """Every required skill must be there, so that the shortest of their postings will do."""
    cost = where[1]
    for word in range(2):
        left = own[word]
        while left != 0:
            skill = 64 * word + bits((left & -left) - 1)
            if _length(posted, where, skill) < cost:
                cost, tried[0, 0] = _length(posted, where, skill), skill
            left &= left - 1
    return cost


@compiled(borrows=True)
def _by_length(posted: Any, tried: Any, wanted: Any, where: Any) -> None:
    """The postings of the wanted skills, the shortest first."""
    n = 0
    for word in range(2):
        left = wanted[word]
        while left != 0:
            skill = 64 * word + bits((left & -left) - 1)
            length, at = _length(posted, where, skill), n
            while at > 0 and tried[2, at - 1] > length:
                tried[1, at], tried[2, at] = tried[1, at - 1], tried[2, at - 1]
                at -= 1
            tried[1, at], tried[2, at] = skill, length
            n += 1
            left &= left - 1


@compiled(borrows=True)
def _held(posted: Any, tried: Any, own: Any, needed: int, where: Any) -> Any:
    """For a seeker: whoever earns points of skills wants a skill that is held, or none at all."""
    if needed <= 0 or bits(own[0]) + bits(own[1]) > SKILLS_TRIED:
        return -1, 0
    cost, count = _length(posted, where, NOTHING_MARK), 0
    for word in range(2):
        left = own[word]
        while left != 0:
            skill = 64 * word + bits((left & -left) - 1)
            cost, tried[0, count] = cost + _length(posted, where, skill), skill
            count += 1
            left &= left - 1
    return (count, NOTHING_MARK) if cost < where[1] else (-1, 0)
