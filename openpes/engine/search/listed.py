"""Compiled loops over rows in a list, from the newest to the oldest: what few rows need, without looking at all others.

`cards` hold what every row is asked for in two words beside each other, so that a row costs one look into memory: its
codes as numbers and what its occupation counts as; its benefits, what its place counts as, its places left. `lists` are
(postings, spans), a span for each term: where its postings begin and end, what it weighs in the title and elsewhere.
`maps` are (bitmaps, heavy) of terms that many rows have: the number of its bitmap, behind which that of titles stands,
and the same two weights.
"""

from typing import Any

import numpy as np

from openpes.engine.compiled import compiled
from openpes.engine.search.kernels import (
    CLASS,
    COUNTY,
    LEFT,
    NARROW,
    ONE,
    ZERO,
    Array,
    Arrays,
    _has,
    _insert,
    _lowest,
    _unpacked,
)

BLOCK = 512  # rows of which the cards are fetched together
ALL_FIT: tuple[Any, ...] = (1, 1, 1, 1, 1, 1)
JUMPED = 24  # a list so many times as long as the rows is jumped through, not read


@compiled
def numbers_of(letters: Array, starts: Array, asked: Array, ends: Array, out: Array) -> None:
    """The numbers of terms, each from one end to the next in `asked`, byte by byte; -1 of one that is not there."""
    for nth in range(out.shape[0]):
        begin, size = ends[nth], ends[nth + 1] - ends[nth]
        low, high = 0, starts.shape[0] - 1
        out[nth] = -1
        while low < high:
            middle = (low + high) >> 1
            other, length = starts[middle], starts[middle + 1] - starts[middle]
            same = 0
            while same < size and same < length and letters[other + same] == asked[begin + same]:
                same += 1
            if same == size == length:
                out[nth] = middle
                break
            if same < size and (same == length or letters[other + same] < asked[begin + same]):
                low = middle + 1
            else:
                high = middle


@compiled
def rows_of(bits: Array, out: Array) -> None:
    """The rows of a bitmap."""
    found = 0
    for at in range(bits.shape[0]):
        word = bits[at]
        while word != ZERO:
            out[found] = np.uint32((at << 6) + np.int64(_lowest(word)))
            word &= word - ONE
            found += 1


@compiled
def rows_having(among: Array, lists: Arrays, maps: Arrays, rows: Array, parts: Array) -> int:
    """The rows of a bitmap that all lists and all maps have, the shortest list first, and the sum of what they weigh.

    `parts` may be empty; then nothing is summed. Returns how many rows there are.
    """
    (postings, spans), (bitmaps, heavy) = lists, maps
    weighed: Any = parts.shape[0] > 0
    found: Any = 0
    title, elsewhere = spans[0, 2], spans[0, 3]
    for place in range(spans[0, 0], spans[0, 1]):
        row = np.int64(postings[place] >> np.uint32(1))
        has = _has(among, row)
        for one in range(heavy.shape[0]):
            has &= _has(bitmaps[heavy[one, 0]], row)
        rows[found] = np.uint32(row)
        if weighed:
            parts[found] = title if postings[place] & np.uint32(1) else elsewhere
        found += np.int64(has)
    for one in range(1, spans.shape[0]):
        found = _narrowed(postings, spans[one], rows, parts, found)
    if weighed:
        _add_mapped(bitmaps, heavy, rows, parts, found)
    return found


@compiled(inline="always")
def _reached(postings: Array, begin: int, end: int, row: Array) -> int:
    """The first place of a list from `begin` on whose row is not before `row`: steps that double, then halves."""
    step, high = 1, begin
    while high < end and postings[high] >> np.uint32(1) < row:
        begin = high + 1
        high += step
        step += step
    high = min(high, end)
    while begin < high:
        middle = (begin + high) >> 1
        if postings[middle] >> np.uint32(1) < row:
            begin = middle + 1
        else:
            high = middle
    return begin


@compiled
def _narrowed(postings: Array, span: Array, rows: Array, parts: Array, count: int) -> int:
    """Keep the rows that a list has, in their place."""
    place, end, found, weighed = span[0], span[1], 0, parts.shape[0] > 0
    jumps = end - place > count * JUMPED
    for at in range(count):
        row = rows[at]
        if jumps:
            place = _reached(postings, place, end, row)
        else:
            while place < end and postings[place] >> np.uint32(1) < row:
                place += 1
        if place == end:
            break
        if postings[place] >> np.uint32(1) == row:
            rows[found] = row
            if weighed:
                parts[found] = parts[at] + (span[2] if postings[place] & np.uint32(1) else span[3])
            found += 1
    return found


@compiled
def _add_mapped(bitmaps: Array, heavy: Array, rows: Array, parts: Array, count: int) -> None:
    for one in range(heavy.shape[0]):
        having, titled = bitmaps[heavy[one, 0]], bitmaps[heavy[one, 0] + 1]
        for at in range(count):
            row = np.int64(rows[at])
            if _has(having, row):
                parts[at] += heavy[one, 1] if _has(titled, row) else heavy[one, 2]


@compiled
def add_parts(lists: Arrays, maps: Arrays, rows: Array, parts: Array) -> None:
    """Add to every row what the terms that it has weigh."""
    postings, spans = lists
    for one in range(spans.shape[0]):
        place, end = spans[one, 0], spans[one, 1]
        jumps = end - place > rows.shape[0] * JUMPED
        for at in range(rows.shape[0]):
            if jumps:
                place = _reached(postings, place, end, rows[at])
            else:
                while place < end and postings[place] >> np.uint32(1) < rows[at]:
                    place += 1
            if place == end:
                break
            if postings[place] >> np.uint32(1) == rows[at]:
                parts[at] += spans[one, 2] if postings[place] & np.uint32(1) else spans[one, 3]
    _add_mapped(maps[0], maps[1], rows, parts, rows.shape[0])


@compiled
def keep_rows(rows: Array, parts: Array, bits: Array) -> int:
    """Keep the rows that a bitmap has, in their place."""
    kept: Any = 0
    for at in range(rows.shape[0]):
        rows[kept] = rows[at]
        if parts.shape[0] > 0:
            parts[kept] = parts[at]
        kept += np.int64(_has(bits, np.int64(rows[at])))
    return kept


@compiled
def keep_phrase(rows: Array, parts: Array, titles: Arrays, phrase: Array) -> int:
    """Keep the rows whose title has the phrase, both as bytes of UTF-8; `titles` are (letters, where each begins)."""
    (letters, starts), size, kept = titles, phrase.shape[0], 0
    for at in range(rows.shape[0]):
        row = np.int64(rows[at])
        for begin in range(starts[row], starts[row + 1] - size + 1):
            same = 0
            while same < size and letters[begin + same] == phrase[same]:
                same += 1
            if same == size:
                rows[kept] = rows[at]
                if parts.shape[0] > 0:
                    parts[kept] = parts[at]
                kept += 1
                break
    return kept


@compiled(inline="always")
def _gathered(cards: Array, rows: Array, begin: int, block: Array) -> int:
    """The cards of the next rows, and how many these are.

    Nothing else is done between two of them, so that many are on their way from memory at a time.
    """
    count = min(rows.shape[0] - begin, BLOCK)
    for at in range(count):
        row = rows[begin + at]
        block[at, 0], block[at, 1] = cards[row, 0], cards[row, 1]
    return count


@compiled
def walk_rows(rows: Array, parts: Array, cards: Array, choices: Arrays, counted: Arrays) -> tuple[int, int]:
    """One pass over candidates: which pass all choices, kept in their place; what each facet counts without its own.

    `choices` are (narrows, fits): whether anything is chosen, and whether a code passes the choice of facet f (place,
    occupation, band, education, term). `counted` are the counts, a row for each of these facets and one for benefits,
    and zeros for each set of eight benefits. Returns how many pass and their places.
    """
    (narrows, fits), (counts, offered) = choices, counted
    block, total = np.empty((BLOCK, 2), np.uint64), 0
    openings: Any = 0
    for begin in range(0, rows.shape[0], BLOCK):
        for at in range(_gathered(cards, rows, begin, block)):
            card, other = block[at, 0], block[at, 1]
            place, occupation, band, education, term = _unpacked(card)
            a, b, c, d, e, whole = ALL_FIT
            if narrows:
                a, b, c = np.int64(fits[0, place]), np.int64(fits[1, occupation]), np.int64(fits[2, band])
                d, e = np.int64(fits[3, education]), np.int64(fits[4, term])
                if a + b + c + d + e < 4:
                    continue
                whole = (a + b + c + d + e) // 5  # who fails one choice alone is counted by that facet, and no other
            counts[0, (other >> np.uint64(COUNTY)) & NARROW] += whole + 1 - a
            counts[1, card >> np.uint64(CLASS)] += whole + 1 - b
            counts[2, band] += whole + 1 - c
            counts[3, education] += whole + 1 - d
            counts[4, term] += whole + 1 - e
            if whole:
                rows[total] = rows[begin + at]
                if parts.shape[0] > 0:
                    parts[total] = parts[begin + at]
                total += 1
                openings += np.int64(other >> np.uint64(LEFT))
                for part in range(offered.shape[0]):
                    offered[part, (other >> np.uint64(8 * part)) & NARROW] += 1
    _count_offers(offered, counts[5])
    return total, openings


@compiled
def _count_offers(offered: Array, counts: Array) -> None:
    """How many rows offer each benefit, from how many offer each set of eight."""
    for part in range(offered.shape[0]):
        for some in range(256):
            number = offered[part, some]
            if number:
                for bit in range(min(8, counts.shape[0] - 8 * part)):
                    counts[8 * part + bit] += number * (some >> bit & 1)


@compiled
def best_of_rows(rows: Array, parts: Array, letters: Array, scale: Array, key: tuple[int, int], best_of: Arrays) -> int:
    """The rows of the highest score, the newest first, from behind a key; `scale` is (factor, shortest, per letter).

    `best_of` are (keys, rows, how many of them there are already); of those that score the same the newer ones stay.
    """
    (after, behind), (keys, out, found) = key, best_of
    size = out.shape[0]
    for at in range(rows.shape[0]):
        length = scale[1] + scale[2] * np.int64(letters[rows[at]])
        told = parts[at] * scale[0]
        if found == size and told < keys[size - 1] * length:
            continue
        score, row = told // length, np.int64(rows[at])
        if score > after or (score == after and row < behind):
            continue
        if found < size or score > keys[size - 1] or row < out[size - 1]:
            found = _insert(keys, out, found, score, row)
    return found
