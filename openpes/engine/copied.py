"""Columns out of the binary form in which PostgreSQL copies rows, without an object for each value; compiled.

The form: a header of 19 bytes, then for each row the number of its fields and for each field its length (-1: null) and
its bytes, the highest first (PostgreSQL documentation, “COPY”, binary format; arrays as `array_send` writes them).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from openpes.engine.compiled import compiled

HEADER, FIRST_LISTED = 19, 3
NUMBER, CODE, CODES, MARKS = 0, 1, 2, 3
COLUMNS = {NUMBER: 1, CODE: 1, CODES: FIRST_LISTED, MARKS: 2}
FNV, PRIME = -3750763034362895579, 1099511628211  # FNV-1a, 64 bits (RFC 9923)

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

    `messages` are what the server sends, header included. One mapping of words serves all fields with marks.

    :raises ValueError: the bytes end too soon, or a row has another number of fields
    """
    sent, count = bytearray(), 0
    for message in messages:  # kept as objects, a million messages would be looked through again by every collection
        sent += message
        count += 1
    whole = np.frombuffer(sent, np.uint8)
    numbers = next((one.numbers for one in fields if one.kind == MARKS), {})
    known = sorted((_told(word.encode()), bit) for word, bit in numbers.items())
    hashes, bits = np.array([pair[0] for pair in known], np.int64), np.array([pair[1] for pair in known], np.int64)
    kinds = np.array([(one.kind, one.width) for one in fields], np.int64)
    made = np.zeros((sum(COLUMNS[one.kind] for one in fields), count), np.int64)
    rows = int(_read(whole, kinds, hashes, bits, made))
    if rows < 0:
        raise ValueError("The copied rows are cut off, or have another number of fields.")
    return made[:, :rows]


def _told(word: bytes) -> int:
    return int(_hash(np.frombuffer(word, np.uint8), 0, len(word)))


@compiled(borrows=True)
def _hash(octets, begin, end):  # type: ignore[no-untyped-def]
    told = np.int64(FNV)
    for at in range(begin, end):
        told = (told ^ np.int64(octets[at])) * np.int64(PRIME)
    return told


@compiled(borrows=True)
def _signed(octets, at, length):  # type: ignore[no-untyped-def]
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
def _read(octets, kinds, hashes, bits, made):  # type: ignore[no-untyped-def]
    at, row = HEADER, 0
    while at + 2 <= len(octets):
        count = _signed(octets, at, 2)
        at += 2
        if count == -1:
            return row
        if count != len(kinds):
            return -1
        column = 0
        for f in range(count):
            if at + 4 > len(octets):
                return -1
            length = _signed(octets, at, 4)
            at += 4
            if at + max(length, 0) > len(octets):
                return -1
            if length > 0:
                _put(octets, (at, length), kinds[f], (hashes, bits), made[column:, row])
                at += length
            column += 1 if kinds[f, 0] < CODES else (FIRST_LISTED if kinds[f, 0] == CODES else 2)
        row += 1
    return -1


@compiled(borrows=True)
def _put(octets, where, kind, known, into):  # type: ignore[no-untyped-def]
    at, length = where
    if kind[0] == NUMBER:
        into[0] = _signed(octets, at, length)
    elif kind[0] == CODE:
        into[0] = _digits(octets, at, length, kind[1])
    elif _signed(octets, at, 4) > 0:  # an empty array has no dimension
        hashes, bits = known
        count = _signed(octets, at + 12, 4)
        at += 20
        for n in range(count):
            size = _signed(octets, at, 4)
            at += 4
            if size < 0:
                continue
            if kind[0] == CODES:
                if n < FIRST_LISTED:
                    into[n] = _digits(octets, at, size, kind[1])
            else:
                told = _hash(octets, at, at + size)
                found = np.searchsorted(hashes, told)
                if found < len(hashes) and hashes[found] == told:
                    into[bits[found] // 64] |= np.int64(1) << (bits[found] % 64)
            at += size
