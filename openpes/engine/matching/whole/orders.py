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
TWICE, HALVES = np.uint64(1), np.uint64(2)
ODD, PAIRS, NIBBLES = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333), np.uint64(0x0F0F0F0F0F0F0F0F)
OCTETS, FOUR, TOP = np.uint64(0x0101010101010101), np.uint64(4), np.uint64(56)

Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]


class Orders(NamedTuple):
    """Where the entries stand: `starts[group, place]` in `entries`, `posted[group, skill]` in `posted_entries`.

    An entry is a row at one of its codes and one of its places; entries are numbered by code, place and row, so that
    neighbours lie beside each other, and `row_of` gives the row of each. `keys` are the codes of occupation, ascending;
    `classes` those of the major, middle and minor classes. `first` says where the classes of each depth begin among all
    (five numbers), and in `classes` (four). `places` are twice the area codes, plus one for a place that is wanted.
    Each class is as many groups as there are `bonuses`, so that a range holds rows of one bonus.
    """

    keys: Ints
    classes: Ints
    first: Ints
    places: Ints
    bonuses: Ints
    starts: Numbers
    entries: Numbers
    posted: Ints
    posted_entries: Numbers
    posted_places: Numbers
    row_of: Numbers


class _Level(NamedTuple):
    starts: Ints
    entries: Numbers
    posted: Ints
    posted_entries: Numbers
    posted_places: Numbers


def ordered(keys: Ints, places: Ints, skills: Ints, bonus: Ints, threads: int) -> Orders:
    """Put rows into the five orders.

    `keys` (n, a) are codes of occupation, NO_WISH, or 0 for none; `places` (n, b) as in `Orders`, or -1 for none;
    `skills` (n, 3) the two words of skills and one that says who wants none; `bonus` what each has on top.
    """
    with ThreadPoolExecutor(threads) as pool:
        sides = list(pool.map(numbered, (keys.ravel(), places.ravel())))
        (codes, of_key), (spots, of_place) = sides
        bonuses, of_bonus = numbered(bonus)
        like = (of_bonus, len(bonuses))
        of_key, of_place = of_key.reshape(keys.shape), of_place.reshape(places.shape)
        unused = int(np.searchsorted(spots, 0))  # -1, where somebody has less than three places
        classes, first, class_of = _classes(codes)
        starts, row_of = _leaves(class_of[LEAF], of_key, of_place, (unused, len(spots) - unused), like)
        own = skills[row_of]

        def level(deep: int) -> _Level:
            return _posted(*_level(class_of[deep], of_key, (starts, row_of), deep, like[1]), own)

        made = list(pool.map(level, range(LEAF + 1)))
    named = codes, classes, first, spots[unused:], bonuses
    return _joined(named, made, row_of)


def _joined(named: tuple[Ints, Ints, Ints, Ints, Ints], made: list[_Level], row_of: Numbers) -> Orders:
    """The five orders one after the other, under one numbering of classes."""
    entries = np.cumsum([0, *(len(level.entries) for level in made)])
    posts = np.cumsum([0, *(len(level.posted_entries) for level in made)])
    return Orders(
        *named,
        np.concatenate([level.starts + at for level, at in zip(made, entries, strict=False)]).astype(np.int32),
        np.concatenate([level.entries for level in made]),
        np.concatenate([level.posted + at for level, at in zip(made, posts, strict=False)]),
        np.concatenate([level.posted_entries for level in made]),
        np.concatenate([level.posted_places for level in made]),
        row_of,
    )  # fmt: skip


def _leaves(
    class_of: Numbers, of_key: Numbers, of_place: Numbers, spots: tuple[int, int], like: tuple[Numbers, int]
) -> tuple[Ints, Numbers]:
    """The entries by code, bonus and place: where each of these begins, and the row of each entry."""
    unused, used = spots
    counts = np.zeros((len(class_of) * like[1], used + 1), np.int64)
    _count(class_of, of_key, of_place - np.int32(unused), like, counts)
    begins = _begins(counts)
    row_of = np.empty(int(counts.sum()), np.int32)
    _fill(class_of, of_key, of_place - np.int32(unused), like, begins.copy(), row_of)
    return begins, row_of


def _level(
    class_of: Numbers, of_key: Numbers, leaves: tuple[Ints, Numbers], deep: int, many: int
) -> tuple[Ints, Numbers]:
    """The entries by class at a depth and place; of a row with several codes in a class the first stands for it."""
    starts, row_of = leaves
    if deep == LEAF:
        return starts, np.arange(len(row_of), dtype=np.int32)
    counts = np.zeros(((int(class_of.max(initial=-1)) + 1) * many, starts.shape[1]), np.int64)
    _count_wide(class_of, of_key, leaves, many, counts)
    begins = _begins(counts)
    entries = np.empty(int(counts.sum()), np.int32)
    _fill_wide(class_of, of_key, leaves, many, begins.copy(), entries)
    return begins, entries


def _posted(starts: Ints, entries: Numbers, skills: Ints) -> _Level:
    """The postings of each skill, by class and place."""
    counts = np.zeros((len(starts), NOTHING_MARK + 2), np.int64)
    _count_posted(starts, entries, skills, counts)
    begins, total = _begins(counts), int(counts.sum())
    posted, places = np.empty(total, np.int32), np.empty(total, np.int32)
    _fill_posted(starts, entries, skills, begins.copy(), (posted, places))
    return _Level(starts, entries, begins, posted, places)


def _begins(counts: Ints) -> Ints:
    """Where each cell begins; the last column counts nothing, so that it tells where its class ends."""
    return np.cumsum(counts.ravel()).reshape(counts.shape) - counts


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
def _stands_before(row, j):  # type: ignore[no-untyped-def]
    found = False
    for before in range(j):
        found |= row[before] == row[j]
    return found


@compiled(borrows=True)
def _count(class_of, of_key, of_place, like, counts):  # type: ignore[no-untyped-def]
    of_bonus, many = like
    for i in range(len(of_key)):
        for j in range(of_key.shape[1]):
            group = class_of[of_key[i, j]]
            if group < 0 or _stands_before(of_key[i], j):
                continue
            group = group * many + of_bonus[i]
            for p in range(of_place.shape[1]):
                if of_place[i, p] >= 0 and not _stands_before(of_place[i], p):
                    counts[group, of_place[i, p]] += 1


@compiled(borrows=True)
def _fill(class_of, of_key, of_place, like, cursor, row_of):  # type: ignore[no-untyped-def]
    of_bonus, many = like
    for i in range(len(of_key)):
        for j in range(of_key.shape[1]):
            group = class_of[of_key[i, j]]
            if group < 0 or _stands_before(of_key[i], j):
                continue
            group = group * many + of_bonus[i]
            for p in range(of_place.shape[1]):
                spot = of_place[i, p]
                if spot >= 0 and not _stands_before(of_place[i], p):
                    row_of[cursor[group, spot]] = i
                    cursor[group, spot] += 1


@compiled(borrows=True)
def _another_stands(class_of, row, key):  # type: ignore[no-untyped-def]
    """Whether a smaller code of the row, of the same class, stands for the row already."""
    found = False
    for other in row:
        found |= other < key and class_of[other] == class_of[key]
    return found


@compiled(borrows=True)
def _count_wide(class_of, of_key, leaves, many, counts):  # type: ignore[no-untyped-def]
    starts, row_of = leaves
    for leaf in range(len(starts)):
        key = leaf // many
        group = class_of[key] * many + leaf % many
        if group < 0:
            continue
        for spot in range(starts.shape[1] - 1):
            for entry in range(starts[leaf, spot], starts[leaf, spot + 1]):
                if of_key.shape[1] == 1 or not _another_stands(class_of, of_key[row_of[entry]], key):
                    counts[group, spot] += 1


@compiled(borrows=True)
def _fill_wide(class_of, of_key, leaves, many, cursor, entries):  # type: ignore[no-untyped-def]
    starts, row_of = leaves
    for leaf in range(len(starts)):
        key = leaf // many
        group = class_of[key] * many + leaf % many
        if group < 0:
            continue
        for spot in range(starts.shape[1] - 1):
            for entry in range(starts[leaf, spot], starts[leaf, spot + 1]):
                if of_key.shape[1] == 1 or not _another_stands(class_of, of_key[row_of[entry]], key):
                    entries[cursor[group, spot]] = entry
                    cursor[group, spot] += 1


@compiled(borrows=True)
def _count_posted(starts, entries, skills, counts):  # type: ignore[no-untyped-def]
    for group in range(len(starts)):
        for at in range(starts[group, 0], starts[group, -1]):
            for word in range(skills.shape[1]):
                left = skills[entries[at], word]
                while left != 0:
                    counts[group, 64 * word + bits((left & -left) - 1)] += 1
                    left &= left - 1


@compiled(borrows=True)
def _fill_posted(starts, entries, skills, cursor, posted):  # type: ignore[no-untyped-def]
    for group in range(len(starts)):
        for spot in range(starts.shape[1] - 1):
            for at in range(starts[group, spot], starts[group, spot + 1]):
                for word in range(skills.shape[1]):
                    left = skills[entries[at], word]
                    while left != 0:
                        skill = 64 * word + bits((left & -left) - 1)
                        posted[0][cursor[group, skill]] = entries[at]
                        posted[1][cursor[group, skill]] = spot
                        cursor[group, skill] += 1
                        left &= left - 1


@compiled(borrows=True)
def bits(word):  # type: ignore[no-untyped-def]
    """How many bits of a word are set (Wilkes, Wheeler and Gill 1957; compiled to one instruction)."""
    n = np.uint64(word)
    n -= (n >> TWICE) & ODD
    n = (n & PAIRS) + ((n >> HALVES) & PAIRS)
    n = (n + (n >> FOUR)) & NIBBLES
    return np.int64((n * OCTETS) >> TOP)
