"""Columns out of the binary form in which PostgreSQL copies rows, without an object for each value; compiled.

The form: a header of 19 bytes, then for each row the number of its fields and for each field its length (-1: null) and
its bytes, the highest first (PostgreSQL documentation, “COPY”, binary format; arrays as `array_send` writes them).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from openpes.engine.compiled import compiled

HEADER, FIRST_LISTED = 19, 3
STRETCH = 1 << 22  # bytes read while the next are still on their way
NUMBER, CODE, CODES, MARKS = 0, 1, 2, 3
COLUMNS = {NUMBER: 1, CODE: 1, CODES: FIRST_LISTED, MARKS: 2}
FNV, PRIME = -3750763034362895579, 1099511628211  # FNV-1a, 64 bits (RFC 9923)
ENDED, ODD = 1, 2  # how a stretch can end besides in the middle of a row
UNKNOWN = -1  # of a word

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Field:
    """What a copied field is: a number, a code of digits, up to three such codes of an array, or words of an array."""

    kind: int
    width: int = 0
    numbers: Mapping[str, int] = field(default_factory=dict)


def number() -> Field:
    """A whole number, a truth, or a day; null is 0."""
    return Field(NUMBER)


def code(width: int = 0) -> Field:
    """A text of digits (dashes are dropped) as a number, padded with zeros to a width; empty and null are 0."""
    return Field(CODE, width)


def codes(width: int = 0) -> Field:
    """The first three codes of an array of texts; three columns."""
    return Field(CODES, width)


def marks(numbers: Mapping[str, int]) -> Field:
    """The words of an array of texts as bits, by their numbers 0..127; two columns. Unknown words are left out."""
    return Field(MARKS, 0, numbers)


def columns(messages: Iterable[Any], fields: Sequence[Field]) -> Ints:
    """The copied rows as columns (columns, rows), in the order of the fields.

    `messages` are what the server sends, header included, cut anywhere. They are read on a thread of their own while
    the next ones come. One mapping of words serves all fields with marks.

    :raises ValueError: the bytes end too soon, or a row has another number of fields
    """
    reader = _Reader(fields)
    with ThreadPoolExecutor(1) as thread:
        reading = [thread.submit(reader.read, stretch) for stretch in _stretches(messages)]
        for one in reading:
            one.result()
    return reader.whole()


def _stretches(messages: Iterable[Any]) -> Iterator[bytearray]:
    """The messages in pieces of some length: each kept as an object would be looked through by every collection."""
    gathered = bytearray()
    for message in messages:
        gathered += message
        if len(gathered) >= STRETCH:
            yield gathered
            gathered = bytearray()
    yield gathered


class _Words(NamedTuple):
    """Known words by their hashes, in a table with gaps: at each place the hash, and the bit or UNKNOWN."""

    hashes: Ints
    bits: Ints


class _Reader:
    """Columns of the rows that came in so far, stretch by stretch, and the bytes of a row that is still coming."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self.kinds = np.array([(one.kind, one.width) for one in fields], np.int64)
        self.words = _table_of(next((one.numbers for one in fields if one.kind == MARKS), {}))
        self.made = [np.zeros((sum(COLUMNS[one.kind] for one in fields), 0), np.int64)]
        self.left, self.begin, self.end = b"", HEADER, 0

    def read(self, stretch: bytearray) -> None:
        """Read the rows that end in a stretch; what comes behind the end is left."""
        if self.end:
            return
        octets = np.frombuffer(self.left + stretch if self.left else stretch, np.uint8)
        rows, last, self.end = _extent(octets, self.begin, len(self.kinds))
        made = np.zeros((len(self.made[0]), rows), np.int64)
        _read(octets, self.begin, self.kinds, self.words, made)
        self.made.append(made)
        self.left, self.begin = octets[last:].tobytes(), max(last - len(octets), 0)

    def whole(self) -> Ints:
        """The columns of all rows.

        :raises ValueError: no end has come, or a row has another number of fields
        """
        if self.end != ENDED:
            raise ValueError("The copied rows are cut off, or have another number of fields.")
        return np.concatenate(self.made, axis=1)


def _table_of(numbers: Mapping[str, int]) -> _Words:
    size = 1 << (4 * len(numbers) + 1).bit_length()
    words = _Words(np.zeros(size, np.int64), np.full(size, UNKNOWN, np.int64))
    for word, bit in numbers.items():
        octets = np.frombuffer(word.encode(), np.uint8)
        told = int(_hash(octets, 0, len(octets)))
        at = told % size
        while words.bits[at] != UNKNOWN:
            at = (at + 1) % size
        words.hashes[at], words.bits[at] = told, bit
    return words


@compiled(borrows=True)
def _hash(octets, begin, end):  # type: ignore[no-untyped-def]
    told = np.int64(FNV)
    for at in range(begin, end):
        told = (told ^ np.int64(octets[at])) * np.int64(PRIME)
    return told


@compiled(borrows=True)
def _bit_of(words, told):  # type: ignore[no-untyped-def]
    mask = len(words.bits) - 1
    at = told & mask
    while words.bits[at] != UNKNOWN and words.hashes[at] != told:
        at = (at + 1) & mask
    return words.bits[at]


@compiled(borrows=True)
def _four(octets, at):  # type: ignore[no-untyped-def]
    """A number of four bytes."""
    high = np.uint32(octets[at]) << np.uint32(24) | np.uint32(octets[at + 1]) << np.uint32(16)
    return np.int64(np.int32(high | np.uint32(octets[at + 2]) << np.uint32(8) | np.uint32(octets[at + 3])))


@compiled(borrows=True)
def _signed(octets, at, length):  # type: ignore[no-untyped-def]
    if length == 4:
        return _four(octets, at)
    if length == 8:
        return _four(octets, at) << 32 | (_four(octets, at + 4) & 0xFFFFFFFF)
    value = np.int64(0)
    for n in range(length):
        value = (value << 8) | np.int64(octets[at + n])
    if 1 < length < 8 and value >> (8 * length - 1):
        value -= np.int64(1) << (8 * length)
    return value


@compiled(borrows=True)
def _digits(octets, at, length, width):  # type: ignore[no-untyped-def]
    value, count = np.int64(0), 0
    for n in range(at, at + length):
        if 48 <= octets[n] <= 57:
            value = value * 10 + np.int64(octets[n]) - 48
            count += 1
    while 0 < count < width:
        value *= 10
        count += 1
    return value


@compiled(borrows=True)
def _extent(octets, at, wanted):  # type: ignore[no-untyped-def]
    """How many whole rows there are, where the last of them ends, and whether the copy ends there or a row is odd."""
    rows = 0
    while at + 2 <= len(octets):
        count = _signed(octets, at, 2)
        if count != wanted:
            return rows, at, ENDED if count == -1 else ODD
        next_one = at + 2
        for _field in range(count):
            if next_one + 4 > len(octets):
                return rows, at, 0
            next_one += 4 + max(_four(octets, next_one), 0)
        if next_one > len(octets):
            return rows, at, 0
        at, rows = next_one, rows + 1
    return rows, at, 0


@compiled(borrows=True)
def _read(octets, at, kinds, words, made):  # type: ignore[no-untyped-def]
    for row in range(made.shape[1]):
        at += 2
        column = 0
        for f in range(len(kinds)):
            length = _four(octets, at)
            at += 4
            kind = kinds[f, 0]
            if length > 0:
                _put(octets, (at, length), (kind, kinds[f, 1]), words, (made, column, row))
                at += length
            column += 1 if kind < CODES else (FIRST_LISTED if kind == CODES else 2)


@compiled(borrows=True)
def _put(octets, where, kind, words, into):  # type: ignore[no-untyped-def]
    at, length = where
    made, column, row = into
    if kind[0] == NUMBER:
        made[column, row] = _signed(octets, at, length)
    elif kind[0] == CODE:
        made[column, row] = _digits(octets, at, length, kind[1])
    elif _four(octets, at) > 0:  # an empty array has no dimension
        count = _four(octets, at + 12)
        at += 20
        for n in range(count):
            size = _four(octets, at)
            at += 4
            if size < 0:
                continue
            if kind[0] == CODES:
                if n < FIRST_LISTED:
                    made[column + n, row] = _digits(octets, at, size, kind[1])
            else:
                bit = _bit_of(words, _hash(octets, at, at + size))
                if bit != UNKNOWN:
                    made[column + bit // 64, row] |= np.int64(1) << (bit % 64)
            at += size
