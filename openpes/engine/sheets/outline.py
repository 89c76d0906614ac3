"""What a table looks like before its columns are known: its headings, its first rows, the words of each column."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from openpes.engine.sheets.checking import HEADINGS_WITHIN
from openpes.engine.sheets.columns import ERRORS_EN, ERRORS_ZH, heading
from openpes.engine.sheets.grid import Cell, Grid
from openpes.engine.sheets.parsers import plain_text

FIRST_ROWS = 40
MOST_WORDS, LONGEST_WORD = 60, 40
NUMBER = re.compile(r"[\d\s.,:%/\-]+")
LONG_NUMBER = re.compile(r"\d{7,}")


@dataclass(frozen=True)
class Outline:
    """The row of the headings (from 0), the headings as typed, the rows below it, and the words of each column.

    `words` are for each column its texts with how often they stand there, the most frequent first; none for a column
    with more than a few dozens of them, or with long numbers.
    """

    heading_row: int
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    words: tuple[tuple[tuple[str, int], ...], ...]

    @property
    def signature(self) -> tuple[str, ...]:
        """The headings in a form that is equal for files with the same columns, in whatever order."""
        return signature_of(self.headings)

    def samples(self, place: int) -> list[Cell]:
        """The different cells of a column among the first rows, without blank ones."""
        cells = (row[place] for row in self.rows if place < len(row))
        return list({plain_text(cell): cell for cell in cells if plain_text(cell)}.values())


def signature_of(headings: Sequence[str]) -> tuple[str, ...]:
    """The headings in a form that is equal for files with the same columns, in whatever order."""
    ours = {"", heading(ERRORS_ZH), heading(ERRORS_EN)}
    return tuple(sorted({heading(name) for name in headings} - ours))


def headings_in(grid: Grid) -> tuple[int, tuple[str, ...]]:
    """The row that looks most like headings, from 0, and what stands in it: the first with the most words."""
    top = grid.rows[:HEADINGS_WITHIN]
    if not top:
        return 0, ()
    counts = [sum(_is_word(cell) for cell in row) for row in top]
    at = counts.index(max(counts))
    return at, tuple(plain_text(cell) for cell in top[at])


def outline_of(grid: Grid) -> Outline:
    """What the table looks like."""
    at, headings = headings_in(grid)
    below = grid.rows[at + 1 :]
    width = len(headings)
    first = [tuple(row[:width]) for row in below if any(plain_text(cell) for cell in row)][:FIRST_ROWS]
    return Outline(at, headings, tuple(first), tuple(_words(below, place) for place in range(width)))


def _is_word(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(plain_text(cell)) and not NUMBER.fullmatch(plain_text(cell))


def _words(rows: Sequence[Sequence[Cell]], place: int) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    for row in rows:
        text = plain_text(row[place]) if place < len(row) else ""
        if not text:
            continue
        if len(text) > LONGEST_WORD or LONG_NUMBER.search(text):
            return ()
        counts[text] += 1
        if len(counts) > MOST_WORDS:
            return ()
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
