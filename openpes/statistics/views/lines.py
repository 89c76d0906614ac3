"""Time series drawn as SVG: lines over months on one scale that begins at nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT, LEFT, RIGHT, HEAD, FOOT = 640, 220, 56, 10, 14, 26
STEPS = 4


@dataclass(frozen=True)
class Line:
    """One series: its name, the letter of its colour, and a value for each place; nothing where there is none."""

    name: str
    tone: str
    values: Sequence[Decimal | int | None]


@dataclass(frozen=True)
class Drawn:
    """A line in units of the view box: its points joined, and each with its value."""

    name: str
    tone: str
    path: str
    dots: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True)
class LineChart:
    """The lines with the scale behind them and the names below."""

    lines: tuple[Drawn, ...]
    scale: tuple[tuple[float, str], ...]
    names: tuple[tuple[float, str], ...]
    table: tuple[tuple[str, tuple[Decimal | int | None, ...]], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    foot: int = HEIGHT - 8


def line_chart(lines: Sequence[Line], *, names: Sequence[str]) -> LineChart:
    """The series over the places that the names name; every second name is left out where there are many."""
    known = [float(value) for line in lines for value in line.values if value is not None]
    top = round_up(max(known, default=0.0))
    wide = (WIDTH - LEFT - RIGHT) / max(len(names) - 1, 1)
    tall = HEIGHT - HEAD - FOOT

    def place(n: int, value: float) -> tuple[float, float]:
        return round(LEFT + n * wide, 1), round(HEAD + tall * (1 - value / top), 1)

    drawn = []
    for line in lines:
        dots = tuple(
            (*place(n, float(value)), f"{value:,}") for n, value in enumerate(line.values) if value is not None
        )
        path = " ".join(f"{'L' if n else 'M'}{x} {y}" for n, (x, y, _told) in enumerate(dots))
        drawn.append(Drawn(line.name, line.tone, path, dots))
    scale = tuple((place(0, top * step / STEPS)[1], f"{top * step / STEPS:,g}") for step in range(STEPS + 1))
    every = 1 if len(names) <= 7 else 2
    below = tuple((place(n, 0)[0], name) for n, name in enumerate(names) if n % every == 0)
    table = tuple((name, tuple(line.values[n] for line in lines)) for n, name in enumerate(names))
    return LineChart(tuple(drawn), scale, below, table)


def round_up(most: float) -> float:
    """The next of 4, 8, 12, 20, 40, 80, 100, 120 … that the highest value does not pass: its quarters are whole."""
    unit = 4.0
    while True:
        for factor in (1, 2, 2.5, 3, 5):
            top = unit * factor
            if top >= most and top % STEPS == 0:
                return top
        unit *= 10
