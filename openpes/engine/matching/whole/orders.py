"""The rows that are sought, put into orders by class of occupation and place, and by their skills inside these.

An order holds a row once for each pair of its class of occupation (at one of five depths of the code tree) and its
place, sorted by both, ascending by row inside a pair. So whoever stands equally near to somebody by occupation and
place fills one closed range, whose ends are looked up. Postings are the same for each skill.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from openpes.engine.compiled import compiled
from openpes.engine.matching.tree import OCCUPATION_LEVELS, depth

LEAF = 4  # the order by codes as they are; 3, 2, 1 by their minor, middle and major class, 0 by place alone
NOTHING_MARK = 128  # one posting beside the 128 of the skills: rows that want none
FREE = -(2**62)
NARROW = 1 << 16  # places of fewer are numbered by two bytes
TWICE, HALVES = np.uint64(1), np.uint64(2)
ODD, PAIRS, NIBBLES = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333), np.uint64(0x0F0F0F0F0F0F0F0F)
OCTETS, FOUR, TOP = np.uint64(0x0101010101010101), np.uint64(4), np.uint64(56)

Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]
Octets = npt.NDArray[np.uint8]


class Orders(NamedTuple):
    """Where the entries stand: `starts[group, place]` in `entries`, `posted[group, skill]` in `posted_entries`.

    An entry is a row at one of its codes and one of its places; entries are numbered by code, place and row, so that
    neighbours lie beside each other, and `row_of` gives the row of each. `keys` are the codes of occupation, ascending;
    `classes` those of the major, middle and minor classes. `first` says where the classes of each depth begin among all
    (five numbers), and in `classes` (four). `places` are twice the area codes, plus one for a place that is wanted.
    Each class is as many groups as there are `bonuses`, so that a range holds rows of one bonus. The packed rows stand
    along the entries and along the postings, so that both are read as they lie in memory.
    """

    keys: Ints
    classes: Ints
    first: Ints
    places: Ints
    bonuses: Ints
    starts: Numbers
    entries: Numbers
    packed: Ints
    posted: Ints
    posted_entries: Numbers
    posted_places: Numbers | npt.NDArray[np.uint16]
    posted_packed: Ints
    row_of: Numbers


class _Rows(NamedTuple):
    """The rows that are put into orders: numbers of their codes (n, a), places (n, b; negative for none) and bonus."""

    of_key: Numbers
    of_place: Numbers
    of_bonus: Numbers
    bonuses: int


class _Leaves(NamedTuple):
    """The entries by code, bonus and place: where each of these begins, and of each entry the row, the place, at which
    depths it stands for its row (bits), what the row is, of which the last two are words of skills, and the packed row.
    """

    begins: Numbers
    row_of: Numbers
    spot_of: Numbers
    depths: Octets
    people: Ints
    packed: Ints


def ordered(keys: Ints, places: Ints, bonus: Ints, along: tuple[Ints, Ints], threads: int) -> tuple[Orders, Ints]:
    """Put rows into the five orders; what each entry is comes back beside them.

    `keys` (n, a) are codes of occupation, NO_WISH, or 0 for none; `places` (n, b) as in `Orders`, or -1 for none;
    `bonus` what each has on top; `along` what each is: (n, …, 2), with two words of skills at the end, and the packed
    rows.
    """
    with ThreadPoolExecutor(threads) as pool:
        (codes, of_key), (spots, of_place) = pool.map(numbered, (keys.ravel(), places.ravel()))
        bonuses, of_bonus = numbered(bonus)
        unused = int(np.searchsorted(spots, 0))  # -1, where somebody has less than three places
        of_place -= np.int32(unused)
        rows = _Rows(of_key.reshape(keys.shape), of_place.reshape(places.shape), of_bonus, len(bonuses))
        classes, first, class_of = _classes(codes)
        leaves = _leaves(class_of, rows, len(spots) - unused, along)
        named = codes, classes, first, spots[unused:], bonuses
        return _levels(named, class_of, leaves, pool), leaves.people


def _leaves(class_of: Numbers, rows: _Rows, used: int, along: tuple[Ints, Ints]) -> _Leaves:
    begins = np.zeros((class_of.shape[1] * rows.bonuses, used + 1), np.int32)
    _count(class_of[LEAF], rows, begins)
    total = _begin(begins)
    row_of, spot_of, depths = np.empty(total, np.int32), np.empty(total, np.int32), np.empty(total, np.uint8)
    stands = ((class_of >= 0) << np.arange(LEAF + 1)[:, None]).sum(axis=0).astype(np.uint8)
    _fill(class_of, stands, rows, begins, (row_of, spot_of, depths))
    _moved_back(begins)
    people, packed = along
    return _Leaves(begins, row_of, spot_of, depths, people[row_of], packed[row_of])


def _levels(named: tuple[Ints, Ints, Ints, Ints, Ints], class_of: Numbers, leaves: _Leaves, pool: Any) -> Orders:
    """The five orders one after the other, under one numbering of classes: counted, then filled, on some threads."""
    first, many = named[2], len(named[4])
    ends = [*first[1 : LEAF + 1].tolist(), int(first[LEAF]) + class_of.shape[1]]
    stretches = [slice(int(begin) * many, end * many) for begin, end in zip(first, ends, strict=False)]
    starts = np.zeros((ends[-1] * many, leaves.begins.shape[1]), np.int32)
    posted = np.zeros((ends[-1] * many, NOTHING_MARK + 2), np.int64)

    def on_all(do: Any, *into: Any) -> None:
        list(pool.map(lambda deep: do(deep, stretches[deep], *into), reversed(range(LEAF + 1))))

    on_all(lambda deep, part: _count_level(class_of[deep], deep, leaves, many, (starts[part], posted[part])))
    entries, posts = _begin(starts), _begin(posted)
    order, packed = np.empty(entries, np.int32), np.empty(entries, np.int64)
    on_all(lambda deep, part: _fill_level(class_of[deep], deep, leaves, many, (starts[part], order, packed)))
    _moved_back(starts)
    spots = np.uint16 if starts.shape[1] <= NARROW else np.int32
    into = np.empty(posts, np.int32), np.empty(posts, spots), np.empty(posts, np.int64)
    on_all(lambda _deep, part: _fill_posted(starts[part], (order, packed), leaves.people, posted[part], into))
    _moved_back(posted)
    return Orders(*named, starts, order, packed, posted, *into, leaves.row_of)


def _classes(codes: Ints) -> tuple[Ints, Ints, Numbers]:
    """The classes of the codes at depths 1, 2, 3 in a row, where each depth and the leaves begin among all classes,
    and for each depth from 0 to 4 the class of each code inside it (-1: none).
    """
    deep = np.where(codes > 0, depth(np.maximum(codes, 1), OCCUPATION_LEVELS), 0)
    class_of = np.full((LEAF + 1, len(codes)), -1, np.int32)
    named = codes != 0
    class_of[0, named], class_of[LEAF, named] = 0, np.flatnonzero(named)
    found: list[Any] = []
    sizes = [int(named.any())]
    for level in (1, 2, 3):
        inside = deep >= level
        classes, class_of[level, inside] = np.unique(codes[inside] // OCCUPATION_LEVELS[level - 1], return_inverse=True)
        found.append(classes)
        sizes.append(len(classes))
    lengths = np.cumsum([0, *(len(classes) for classes in found)])
    first = np.concatenate([np.cumsum([0, *sizes]), lengths]).astype(np.int64)
    return np.concatenate(found).astype(np.int64), first, class_of


def numbered(values: Ints) -> tuple[Ints, Numbers]:
    """The different values, ascending, and for each value which of them it is."""
    seen, numbers = _by_appearance(np.ascontiguousarray(values, np.int64))
    order = np.argsort(seen)
    rank = np.empty(len(seen), np.int32)
    rank[order] = np.arange(len(seen), dtype=np.int32)
    _renumber(numbers, rank)
    return seen[order], numbers


@compiled
def _by_appearance(values):  # type: ignore[no-untyped-def]
    size = 1 << 12
    keys, places = np.full(size, FREE, np.int64), np.zeros(size, np.int32)
    seen = np.empty(size, np.int64)
    numbers = np.empty(len(values), np.int32)
    count = 0
    for i in range(len(values)):
        if 2 * count >= size:
            size *= 2
            keys, places = np.full(size, FREE, np.int64), np.zeros(size, np.int32)
            for n in range(count):
                at = _slot(keys, seen[n])
                keys[at], places[at] = seen[n], n
            larger = np.empty(size, np.int64)
            larger[:count] = seen[:count]
            seen = larger
        at = _slot(keys, values[i])
        if keys[at] == FREE:
            keys[at], places[at], seen[count] = values[i], count, values[i]
            count += 1
        numbers[i] = places[at]
    return seen[:count].copy(), numbers


@compiled(borrows=True)
def _slot(keys, value):  # type: ignore[no-untyped-def]
    mask = len(keys) - 1
    at = ((value * -7046029254386353131) >> 40) & mask
    while keys[at] != FREE and keys[at] != value:
        at = (at + 1) & mask
    return at


@compiled(borrows=True)
def _renumber(numbers, rank):  # type: ignore[no-untyped-def]
    for i in range(len(numbers)):
        numbers[i] = rank[numbers[i]]


@compiled(borrows=True)
def _begin(counts):  # type: ignore[no-untyped-def]
    """Turn the counts of cells into where each begins; how many there are in all.

    The last cell of a row counts nothing, so that it tells where its row ends.
    """
    total = 0
    for row in range(counts.shape[0]):
        for cell in range(counts.shape[1]):
            count = counts[row, cell]
            counts[row, cell] = total
            total += count
    return total


@compiled(borrows=True)
def _moved_back(cursor):  # type: ignore[no-untyped-def]
    """After a filling every cell says where it ends, which is where the next one begins: say where it begins again."""
    last = 0
    for row in range(cursor.shape[0]):
        for cell in range(cursor.shape[1]):
            begin, last = last, cursor[row, cell]
            cursor[row, cell] = begin


@compiled(borrows=True)
def _stands_before(row, j):  # type: ignore[no-untyped-def]
    found = False
    for before in range(j):
        found |= row[before] == row[j]
    return found


@compiled(borrows=True)
def _count(class_of, rows, counts):  # type: ignore[no-untyped-def]
    for i in range(len(rows.of_key)):
        places = rows.of_place[i]
        for j in range(rows.of_key.shape[1]):
            group = class_of[rows.of_key[i, j]]
            if group < 0 or _stands_before(rows.of_key[i], j):
                continue
            group = group * rows.bonuses + rows.of_bonus[i]
            for p in range(len(places)):
                if places[p] >= 0 and not _stands_before(places, p):
                    counts[group, places[p]] += 1


@compiled(borrows=True)
def _fill(class_of, stands, rows, cursor, into):  # type: ignore[no-untyped-def]
    row_of, spot_of, depths = into
    for i in range(len(rows.of_key)):
        keys, places = rows.of_key[i], rows.of_place[i]
        for j in range(len(keys)):
            group = class_of[LEAF, keys[j]]
            if group < 0 or _stands_before(keys, j):
                continue
            group = group * rows.bonuses + rows.of_bonus[i]
            deep = stands[keys[j]]
            for other in keys:
                if other < keys[j] and stands[other]:
                    deep &= ~_shared(class_of, other, keys[j])
            for p in range(len(places)):
                if places[p] >= 0 and not _stands_before(places, p):
                    at = cursor[group, places[p]]
                    row_of[at], spot_of[at], depths[at] = i, places[p], deep
                    cursor[group, places[p]] += 1


@compiled(borrows=True)
def _shared(class_of, other, key):  # type: ignore[no-untyped-def]
    """At which depths two codes are of one class: there the smaller stands for the row."""
    found = 0
    for deep in range(class_of.shape[0]):
        found |= (class_of[deep, other] == class_of[deep, key]) << deep
    return found


@compiled(borrows=True)
def _count_level(class_of, deep, leaves, many, counts):  # type: ignore[no-untyped-def]
    by_place, by_skill = counts
    for leaf in range(len(leaves.begins)):
        group = class_of[leaf // many] * many + leaf % many
        if group < 0:
            continue
        for entry in range(leaves.begins[leaf, 0], leaves.begins[leaf, -1]):
            if (leaves.depths[entry] >> deep) & 1:
                by_place[group, leaves.spot_of[entry]] += 1
                _count_skills(leaves.people[entry], by_skill[group])


@compiled(borrows=True)
def _count_skills(row, counts):  # type: ignore[no-untyped-def]
    for word in range(2):
        left = row[len(row) - 2 + word]
        while left != 0:
            counts[64 * word + bits((left & -left) - 1)] += 1
            left &= left - 1
    counts[NOTHING_MARK] += row[-2] | row[-1] == 0


@compiled(borrows=True)
def _fill_level(class_of, deep, leaves, many, into):  # type: ignore[no-untyped-def]
    cursor, order, packed = into
    for leaf in range(len(leaves.begins)):
        group = class_of[leaf // many] * many + leaf % many
        if group < 0:
            continue
        for entry in range(leaves.begins[leaf, 0], leaves.begins[leaf, -1]):
            if (leaves.depths[entry] >> deep) & 1:
                spot = leaves.spot_of[entry]
                at = cursor[group, spot]
                order[at], packed[at] = entry, leaves.packed[entry]
                cursor[group, spot] += 1


@compiled(borrows=True)
def _fill_posted(starts, along, people, cursor, into):  # type: ignore[no-untyped-def]
    order, packed = along
    for group in range(len(starts)):
        for spot in range(starts.shape[1] - 1):
            for at in range(starts[group, spot], starts[group, spot + 1]):
                row, one = people[order[at]], (order[at], spot, packed[at])
                for word in range(2):
                    left = row[len(row) - 2 + word]
                    while left != 0:
                        _post(one, cursor[group], 64 * word + bits((left & -left) - 1), into)
                        left &= left - 1
                if row[-2] | row[-1] == 0:
                    _post(one, cursor[group], NOTHING_MARK, into)


@compiled(borrows=True)
def _post(one, cursor, skill, into):  # type: ignore[no-untyped-def]
    entries, places, packed = into
    post = cursor[skill]
    entries[post], places[post], packed[post] = one
    cursor[skill] += 1


@compiled(borrows=True)
def bits(word):  # type: ignore[no-untyped-def]
    """How many bits of a word are set (Wilkes, Wheeler and Gill 1957; compiled to one instruction)."""
    n = np.uint64(word)
    n -= (n >> TWICE) & ODD
    n = (n & PAIRS) + ((n >> HALVES) & PAIRS)
    n = (n + (n >> FOUR)) & NIBBLES
    return np.int64((n * OCTETS) >> TOP)
