"""Compiled loops over bitmaps of rows and postings; every array is given, nothing is kept.

A bitmap is an array of 64-bit words, one bit a row; a posting is the row number times two, plus one when the term
stands in the title. Row numbers go from the newest to the oldest. What is compiled is kept in `NUMBA_CACHE_DIR`.
"""

from typing import Any

import numpy as np

from openpes.engine.compiled import compiled

Array = Any
Arrays = tuple[Any, ...]
PLACE, OCCUPATION, BAND, EDUCATION, TERM, CLASS = 0, 16, 32, 40, 48, 56  # where each stands in the first word of a card
COUNTY, LEFT = 32, 40  # and in the second, above the benefits
WIDE, NARROW = np.uint64(0xFFFF), np.uint64(0xFF)
ONE, ZERO = np.uint64(1), np.uint64(0)


@compiled(inline="always")
def _ones(word: Any) -> Any:
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (word * np.uint64(0x0101010101010101)) >> np.uint64(56)


@compiled(inline="always")
def _lowest(word: Any) -> Any:
    """The number of the lowest bit of a word that has one."""
    return _ones((word & (~word + np.uint64(1))) - np.uint64(1))


@compiled(inline="always")
def _has(bits: Array, row: Any) -> Any:
    return (bits[row >> 6] >> np.uint64(row & 63)) & np.uint64(1)


@compiled
def set_postings(bits: Array, postings: Array) -> None:
    """Set the bit of every posting."""
    for posting in postings:
        row = posting >> np.uint32(1)
        bits[row >> np.uint32(6)] |= np.uint64(1) << np.uint64(row & np.uint32(63))


@compiled
def set_rows(bits: Array, rows: Array) -> None:
    """Set the bit of every row number."""
    for row in rows:
        bits[row >> np.uint32(6)] |= np.uint64(1) << np.uint64(row & np.uint32(63))


@compiled
def count_ones(bits: Array) -> Any:
    """How many rows a bitmap has."""
    found = np.uint64(0)
    for at in range(bits.shape[0]):
        found += _ones(bits[at])
    return np.int64(found)


@compiled
def count_common(bits: Array, maps: Array, out: Array) -> None:
    """How many rows a bitmap has in common with each row of a matrix of bitmaps."""
    for number in range(maps.shape[0]):
        found = np.uint64(0)
        for at in range(bits.shape[0]):
            found += _ones(bits[at] & maps[number, at])
        out[number] = np.int64(found)


@compiled
def count_rows(bits: Array, rows: Array, starts: Array, low: int, high: int, out: Array) -> None:
    """For the groups of rows from `low` to below `high` (`starts` into `rows`): how many stand in the bitmap."""
    for group in range(low, high):
        found = 0
        for at in range(starts[group], starts[group + 1]):
            found += _has(bits, np.int64(rows[at]))
        out[group - low] = found


@compiled(inline="always")
def _unpacked(coded: Any) -> Any:
    band, education = (coded >> np.uint64(BAND)) & NARROW, (coded >> np.uint64(EDUCATION)) & NARROW
    return coded & WIDE, (coded >> np.uint64(OCCUPATION)) & WIDE, band, education, (coded >> np.uint64(TERM)) & NARROW


@compiled
def first_rows(bits: Array, start: int, out: Array) -> int:
    """The first rows of a bitmap from row `start` on; returns how many were found."""
    found = 0
    for at in range(start >> 6, bits.shape[0]):
        word = bits[at]
        if at == start >> 6:
            word &= ~np.uint64(0) << np.uint64(start & 63)
        while word != ZERO:
            out[found] = (at << 6) + np.int64(_lowest(word))
            word &= word - ONE
            found += 1
            if found == out.shape[0]:
                return found
    return found


@compiled
def first_in_order(bits: Array, order: Array, start: int, steps: int, out: Array) -> int:
    """The first rows of a bitmap along another order; -1 when that takes more than `steps`."""
    found = 0
    for at in range(start, order.shape[0]):
        if at - start >= steps:
            return -1
        row = np.int64(order[at])
        if _has(bits, row):
            out[found] = row
            found += 1
            if found == out.shape[0]:
                break
    return found


@compiled(inline="always")
def _insert(keys: Array, rows: Array, found: int, key: Any, row: Any) -> int:
    """Put a row among the best (largest keys first, earlier rows before later ones of the same key)."""
    size = keys.shape[0]
    at = found if found < size else size - 1
    while at > 0 and (keys[at - 1] < key or (keys[at - 1] == key and rows[at - 1] > row)):
        if at < size:
            keys[at], rows[at] = keys[at - 1], rows[at - 1]
        at -= 1
    keys[at], rows[at] = key, row
    return min(found + 1, size)


@compiled
def best_by_rank(bits: Array, rank: Array, start: int, keys: Array, out: Array) -> int:
    """The rows of a bitmap with the smallest ranks from `start` on, which differ from row to row."""
    found, size = 0, out.shape[0]
    for at in range(bits.shape[0]):
        word = bits[at]
        while word != ZERO:
            row = (at << 6) + np.int64(_lowest(word))
            word &= word - ONE
            place = np.int64(rank[row])
            if place >= start and (found < size or -place > keys[size - 1]):
                found = _insert(keys, out, found, -place, row)
    return found


@compiled
def best_by_nearness(bits: Array, cards: Array, near: Array, key: tuple[int, int], best_of: Arrays) -> int:
    """The rows of the nearest places (`near[place]` is negative metres), the newest first, from behind a key."""
    (after, behind), (keys, out) = key, best_of
    found, size, best = 0, out.shape[0], min(np.int64(near.max()), after)
    for at in range(bits.shape[0]):
        word = bits[at]
        while word != ZERO:
            row = (at << 6) + np.int64(_lowest(word))
            word &= word - ONE
            metres = near[cards[row, 0] & WIDE]
            if found == size and metres <= keys[size - 1]:
                continue
            if metres > after or (metres == after and row < behind):
                continue
            found = _insert(keys, out, found, metres, row)
            if found == size and keys[size - 1] >= best:
                return found
    return found


@compiled
def lower_bound(letters: Array, starts: Array, wanted: Array) -> int:
    """The number of the first term that does not stand before `wanted`, byte by byte."""
    low, high = 0, starts.shape[0] - 1
    while low < high:
        middle = (low + high) >> 1
        begin, size = np.int64(starts[middle]), np.int64(starts[middle + 1] - starts[middle])
        same = 0
        while same < size and same < wanted.shape[0] and letters[begin + same] == wanted[same]:
            same += 1
        if same < wanted.shape[0] and (same == size or letters[begin + same] < wanted[same]):
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def invert(order: Array, starts: Array, flat: Array, places: Array, begins: Array, out: Array) -> None:
    """Postings by term, each in the order of rows: `flat` holds term number times two plus title, document by document.

    `order[row]` is the document of a row, `places[number]` where a term stands in the dictionary, `begins` where its
    postings begin (used up as a counter).
    """
    for row in range(order.shape[0]):
        document = order[row]
        for at in range(starts[document], starts[document + 1]):
            term = places[flat[at] >> np.uint32(1)]
            out[begins[term]] = (np.uint32(row) << np.uint32(1)) | (flat[at] & np.uint32(1))
            begins[term] += 1


@compiled
def reorder(order: Array, starts: Array, letters: Array, begins: Array, out: Array) -> None:
    """Texts written one behind the other, in another order."""
    at = 0
    for row in range(order.shape[0]):
        begins[row] = at
        for source in range(starts[order[row]], starts[order[row] + 1]):
            out[at] = letters[source]
            at += 1
    begins[order.shape[0]] = at
