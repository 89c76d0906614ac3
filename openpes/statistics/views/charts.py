"""The chart beside table 1: places and job seekers of the last quarters as bars, drawn here as SVG."""

from dataclasses import dataclass

from openpes.statistics.queries import Compared
from openpes.statistics.rules import quarter_title

WIDTH, HEIGHT, LEFT, FOOT, HEAD = 560, 210, 44, 34, 22
STEPS = 4


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands, how high it is, what it counts."""

    x: float
    y: float
    width: float
    height: float
    count: int


@dataclass(frozen=True)
class Group:
    """A quarter: its name, its two bars, its ratio as it is printed, and where the middle of it is."""

    title: str
    short: str
    demand: Bar
    seekers: Bar
    ratio: str
    middle: float


@dataclass(frozen=True)
class Chart:
    """The bars with the lines behind them, in units of the view box."""

    groups: tuple[Group, ...]
    lines: tuple[tuple[float, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - 4
    foot: int = HEIGHT - FOOT + 14
    ratio_line: int = HEIGHT - 4


def chart_of(quarters: list[Compared]) -> Chart:
    """Bars for every quarter on one scale, which begins at nothing and ends at a round number."""
    most = max((count or 0 for one in quarters for count in (one.valid.demand, one.valid.seekers)), default=0)
    top = _round_up(most)
    tall, room = HEIGHT - HEAD - FOOT, (WIDTH - LEFT - 4) / max(len(quarters), 1)
    groups = []
    for place, one in enumerate(quarters):
        x, wide = LEFT + place * room, room * 0.38
        demand = _bar(x + room * 0.1, wide, one.valid.demand or 0, top, tall)
        seekers = _bar(x + room * 0.52, wide, one.valid.seekers or 0, top, tall)
        short = f"{one.period.from_on.year % 100:02d}/{(one.period.from_on.month + 2) // 3}"
        ratio = "–" if one.valid.ratio is None else str(one.valid.ratio)
        groups.append(Group(quarter_title(one.period), short, demand, seekers, ratio, round(x + room / 2, 1)))
    lines = tuple((round(HEAD + tall * (1 - step / STEPS), 1), top * step // STEPS) for step in range(STEPS + 1))
    return Chart(tuple(groups), lines)


def _bar(x: float, width: float, count: int, top: int, tall: int) -> Bar:
    height = tall * count / top
    return Bar(round(x, 1), round(HEAD + tall - height, 1), round(width, 1), round(height, 1), count)


def _round_up(most: int) -> int:
    """The next number of the form 4, 8, 12, 20, 40 … that divides into four whole steps."""
    unit = 4
    while True:
        for factor in (1, 2, 3, 5):
            if unit * factor >= most:
                return unit * factor
        unit *= 10
