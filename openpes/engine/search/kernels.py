"""Compiled loops over bitmaps of rows, postings and packed attributes; every array is given, nothing is kept.

A bitmap is an array of 64-bit words, one bit a row; a posting is the row number times two, plus one when the term
stands in the title. Row numbers go from the newest to the oldest. What is compiled is kept in `NUMBA_CACHE_DIR`.
"""

from typing import Any

import numpy as np

from openpes.engine.compiled import compiled

Array = Any
Arrays = tuple[Any, ...]
PLACE, OCCUPATION, BAND, EDUCATION, TERM = 0, 16, 32, 40, 48  # where an attribute stands in the packed word
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
    place, occupation = np.int64(coded & WIDE), np.int64((coded >> np.uint64(OCCUPATION)) & WIDE)
    band, education = np.int64((coded >> np.uint64(BAND)) & NARROW), np.int64((coded >> np.uint64(EDUCATION)) & NARROW)
    return place, occupation, band, education, np.int64((coded >> np.uint64(TERM)) & NARROW)


@compiled
def walk_facets(base: Array, columns: Arrays, facets: Arrays, result: Array) -> tuple[int, int]:
    """One pass over the candidates: which pass all choices, and what each facet counts without its own.

    `columns` are the packed attributes, the benefits and the places left. `facets` are (fits, groups, counts): whether
    a code passes the choice of facet f (place, occupation, band, education, term), the value under which it is counted,
    and what is counted, in the last row by benefit. Returns how many pass and their places.
    """
    packed, benefits, left = columns
    fits, groups, counts = facets
    total, openings = 0, 0
    for at in range(base.shape[0]):
        word = base[at]
        while word != ZERO:
            row = (at << 6) + np.int64(_lowest(word))
            word &= word - ONE
            place, occupation, band, education, term = _unpacked(packed[row])
            a, b, c = np.int64(fits[0, place]), np.int64(fits[1, occupation]), np.int64(fits[2, band])
            d, e = np.int64(fits[3, education]), np.int64(fits[4, term])
            passed = a + b + c + d + e
            if passed < 4:
                continue
            if passed == 5:
                total += 1
                openings += left[row]
                result[at] |= ONE << np.uint64(row & 63)
                offered = benefits[row]
                while offered != ZERO:
                    counts[5, np.int64(_lowest(offered))] += 1
                    offered &= offered - ONE
            whole = passed // 5  # who fails one choice alone is counted by that facet, and by no other
            counts[0, groups[0, place]] += whole + 1 - a
            counts[1, groups[1, occupation]] += whole + 1 - b
            counts[2, groups[2, band]] += whole + 1 - c
            counts[3, groups[3, education]] += whole + 1 - d
            counts[4, groups[4, term]] += whole + 1 - e
    return total, openings


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
    while at > 0 and keys[at - 1] < key:
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
def best_by_nearness(bits: Array, packed: Array, near: Array, key: tuple[int, int], best_of: Arrays) -> int:
    """The rows of the nearest places (`near[place]` is negative metres), the newest first, from behind a key."""
    (after, behind), (keys, out) = key, best_of
    found, size, best = 0, out.shape[0], min(np.int64(near.max()), after)
    for at in range(bits.shape[0]):
        word = bits[at]
        while word != ZERO:
            row = (at << 6) + np.int64(_lowest(word))
            word &= word - ONE
            metres = near[np.int64(packed[row] & WIDE)]
            if found == size and metres <= keys[size - 1]:
                continue
            if metres > after or (metres == after and row < behind):
                continue
            found = _insert(keys, out, found, metres, row)
            if found == size and keys[size - 1] >= best:
                return found
    return found


@compiled
def add_weights(bits: Array, postings: Array, title: int, elsewhere: int, parts: Array) -> int:
    """Add what a term weighs to every row of the bitmap that has it; returns the most that any of them got.

    `parts` holds one sum for each row of the bitmap, in their order, so that everything is read one after the other.
    """
    most: Any = 0
    before: Any = 0
    at = 0
    for posting in postings:
        row = np.int64(posting >> np.uint32(1))
        while at < row >> 6:
            before += np.int64(_ones(bits[at]))
            at += 1
        bit = ONE << np.uint64(row & 63)
        if bits[at] & bit:
            weight = title if posting & np.uint32(1) else elsewhere
            parts[before + np.int64(_ones(bits[at] & (bit - ONE)))] += weight
            most = max(most, weight)
    return most


@compiled
def best_by_score(
    bits: Array, texts: Arrays, common: Arrays, scale: Array, key: tuple[int, int], best_of: Arrays
) -> int:
    """The rows of the highest score, the newest first, from behind a key.

    `texts` are the sums of `add_weights`, none when no term has any, and the letters of titles. `common` are the maps
    of terms that have some, and a row for each: (its map, weight in the title, weight elsewhere); the map behind is
    that of titles. `scale` is (factor, shortest, per letter, most parts).
    """
    (parts, letters), (maps, heavy) = texts, common
    (after, behind), (keys, out) = key, best_of
    found, size, best, nth = 0, out.shape[0], after, -1
    for at in range(bits.shape[0]):
        word = bits[at]
        while word != ZERO:
            row = (at << 6) + np.int64(_lowest(word))
            word &= word - ONE
            nth += 1
            length = scale[1] + scale[2] * np.int64(letters[row])
            if found == size and scale[3] * scale[0] <= keys[size - 1] * length:
                continue
            sum_of = np.int64(parts[nth]) if parts.shape[0] else 0
            for j in range(heavy.shape[0]):
                if _has(maps[heavy[j, 0]], row):
                    sum_of += heavy[j, 1] if _has(maps[heavy[j, 0] + 1], row) else heavy[j, 2]
            score = sum_of * scale[0] // length
            if score > after or (score == after and row < behind):
                continue
            if found < size or score > keys[size - 1]:
                found = _insert(keys, out, found, score, row)
                if found == size and keys[size - 1] >= best:
                    return found
    return found


@compiled
def keep_phrase(bits: Array, titles: Array, starts: Array, phrase: Array) -> None:
    """Take from a bitmap the rows whose title does not have the phrase, both as bytes of UTF-8."""
    size = phrase.shape[0]
    for at in range(bits.shape[0]):
        word = bits[at]
        while word != ZERO:
            bit = _lowest(word)
            row = (at << 6) + np.int64(bit)
            word &= word - ONE
            found = False
            for begin in range(starts[row], starts[row + 1] - size + 1):
                same = 0
                while same < size and titles[begin + same] == phrase[same]:
                    same += 1
                if same == size:
                    found = True
                    break
            if not found:
                bits[at] &= ~(ONE << bit)


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
