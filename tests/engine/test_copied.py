"""Rows of binary copies come out as columns, rows made of columns go in, and broken bytes are refused."""

import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openpes.engine.copied import code, codes, columns, marks, number
from openpes.engine.copying import END, HEADER, NumberLists, Numbers, copied_rows

SKILLS = {"weld": 0, "cook": 63, "drive": 64, "焊工": 127}


def field(value: bytes | None) -> bytes:
    return struct.pack(">i", -1) if value is None else struct.pack(">i", len(value)) + value


def texts(words: list[str | None]) -> bytes:
    if not words:
        return struct.pack(">iii", 0, 0, 25)
    told = b"".join(field(None if word is None else word.encode()) for word in words)
    return struct.pack(">iiiii", 1, 0, 25, len(words), 1) + told


def copy(*rows: list[bytes | None]) -> list[bytes]:
    return [HEADER, *(struct.pack(">h", len(row)) + b"".join(map(field, row)) for row in rows), END]


FIELDS = [number(), number(), code(12), code(), codes(7), marks(SKILLS)]


def test_every_kind_of_field_is_read() -> None:
    wanted, skills = texts(["6-31-01-03", "2", "1-01", "4"]), texts(["焊工", "sing"])
    row = [struct.pack(">q", -7), b"\x01", b"450102", b"30", wanted, skills]
    empty = [struct.pack(">i", 9), struct.pack(">h", -2), None, b"", texts([]), texts([None, "weld", "drive"])]
    told = columns(copy(row, empty), FIELDS)
    assert told[:, 0].tolist() == [-7, 1, 450102000000, 30, 6310103, 2000000, 1010000, 0, -(2**63)]
    assert told[:, 1].tolist() == [9, -2, 0, 0, 0, 0, 0, 1, 1]


@pytest.mark.parametrize("cut", [1, 2, 3, 9, 30])
def test_bytes_that_end_too_soon_are_refused(cut: int) -> None:
    whole = b"".join(copy([struct.pack(">q", 5), b"\x01", b"450102", b"30", texts(["2"]), texts(["weld"])]))
    with pytest.raises(ValueError, match="cut off"):
        columns([whole[:-cut]], FIELDS)


def test_a_row_with_another_number_of_fields_is_refused() -> None:
    with pytest.raises(ValueError, match="another number of fields"):
        columns(copy([b"\x01"]), FIELDS)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(-(2**31), 2**31 - 1), max_size=4), max_size=6))
def test_lists_of_numbers_are_written_as_the_server_reads_them(lists: list[list[int]]) -> None:
    table = np.array([[*row, *[0] * (4 - len(row))] for row in lists], np.int64).reshape(len(lists), 4)
    counts = np.array([len(row) for row in lists], np.int64)
    ids = np.arange(len(lists))
    told = b"".join(copied_rows([Numbers(ids), NumberLists(table, counts)]))
    assert told.startswith(HEADER) and told.endswith(END)
    read = dict(_rows(told[len(HEADER) : -len(END)]))
    assert read == dict(enumerate(lists))


def _rows(told: bytes):  # type: ignore[no-untyped-def]
    at = 0
    while at < len(told):
        count, size, id, _length, dimensions = struct.unpack_from(">hiqii", told, at)
        assert (count, size) == (2, 8)
        at += struct.calcsize(">hiqi")
        dimensions, _nulls, kind = struct.unpack_from(">iii", told, at)
        assert kind == 23
        at += 12
        values = []
        if dimensions:
            length, first = struct.unpack_from(">ii", told, at)
            assert first == 1
            at += 8
            for _n in range(length):
                values.append(struct.unpack_from(">ii", told, at)[1])
                at += 8
        yield id, values
