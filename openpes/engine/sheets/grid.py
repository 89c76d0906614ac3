"""What was read from a file: cells by row as they stand in Excel, and how much may be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from openpes.engine.message import Message

Cell = str | int | float | bool | date | datetime | time | None
MIB = 1024 * 1024


class SheetRefused(ValueError):
    """The file as a whole cannot be used; the message says why and what to do."""

    def __init__(self, text: str, **params: Any) -> None:
        self.message = Message(text, params)
        super().__init__(str(self.message))


class HeadingsMissing(SheetRefused):
    """The table has not the headings that are asked for, under whatever names they stand."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much of a file is read, and what that may cost; memory and time bind the reading process."""

    file_bytes: int = 20 * MIB
    unpacked_bytes: int = 400 * MIB
    rows: int = 200_100
    columns: int = 200
    memory_bytes: int = 768 * MIB
    seconds: int = 60


@dataclass(frozen=True)
class Grid:
    """The cells of one worksheet from its first row and column; `rows[0]` is row 1 of Excel."""

    sheet: str
    rows: Sequence[Sequence[Cell]]


def column_letters(index: int) -> str:
    """Return the letters of a column by its position from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
