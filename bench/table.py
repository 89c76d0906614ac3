"""One line a measurement, and all lines as a table for the terminal or for a document."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bench.timing import Times

HEADINGS = ("measurement", "OpenPES", "plain alternative", "OpenPES is", "what the alternative is", "answers")


@dataclass(frozen=True)
class Line:
    """What was measured: two figures of the same unit, the named alternative, and how the answers were compared."""

    what: str
    unit: str
    ours: float
    plain: float
    peer: str
    answers: str
    ours_p99: float | None = None
    plain_p99: float | None = None

    @property
    def factor(self) -> float:
        """How many times as fast as the alternative, or as much of a share; below 1 is slower, or less."""
        return self.ours / self.plain if self.unit.endswith(("/s", "%")) else self.plain / self.ours

    def cells(self) -> tuple[str, ...]:
        """The line as the texts of a table."""
        ours, plain = _figure(self.ours, self.ours_p99, self.unit), _figure(self.plain, self.plain_p99, self.unit)
        factor = _told(self.factor, "good" if self.unit == "%" else "fast")
        return self.what, ours, plain, factor, self.peer, self.answers


def timed(what: str, times: tuple[Times, Times], peer: str, answers: str, unit: str = "ms") -> Line:
    """A line of two durations (unit `ms` or `s`)."""
    scale = {"ms": 1000.0, "s": 1.0}[unit]
    ours, plain = times
    return Line(
        what, unit, ours.median * scale, plain.median * scale, peer, answers,
        None if ours.p99 is None else ours.p99 * scale, None if plain.p99 is None else plain.p99 * scale,
    )  # fmt: skip


def rated(what: str, amount: int, times: tuple[Times, Times], peer: str, answers: str, unit: str = "rows/s") -> Line:
    """A line of two rates: how much of `amount` a second, from the median duration."""
    return Line(what, unit, amount / times[0].median, amount / times[1].median, peer, answers)


def as_text(lines: Sequence[Line]) -> str:
    """The table for a terminal."""
    rows = [HEADINGS, *(line.cells() for line in lines)]
    widths = [max(_width(row[at]) for row in rows) for at in range(len(HEADINGS))]
    told = ["  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([told[0], "  ".join("-" * width for width in widths), *told[1:]])


def as_markdown(lines: Sequence[Line]) -> str:
    """The table for a document."""
    rows = [HEADINGS, ("---", "---:", "---:", "---:", "---", "---"), *(line.cells() for line in lines)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _figure(value: float, p99: float | None, unit: str) -> str:
    tail = "" if p99 is None else f" (p99 {_number(p99)})"
    return f"{_number(value)}{tail} {unit}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _told(factor: float, how: str) -> str:
    return f"{_number(factor)} × as {how}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
