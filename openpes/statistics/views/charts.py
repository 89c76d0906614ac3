"""The charts beside table 1: places and job seekers of the last quarters, or of its rows, as bars drawn as SVG."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from openpes.engine.calendars import Period
from openpes.statistics.choices import Origin
from openpes.statistics.queries import Compared, PrintedTable
from openpes.statistics.queries.papers import cell_text
from openpes.statistics.rules import quarter_title

WIDTH, HEIGHT, LEFT, FOOT, HEAD = 560, 210, 44, 34, 22
STEPS = 4


@dataclass(frozen=True)
class Pair:
    """What two bars show: of what, its short name, two counts (nothing for what is hidden), their ratio as printed."""

    title: str
    short: str
    demand: int | None
    seekers: int | None
    ratio: str
    address: str = ""


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands, how high it is, what it counts; nothing where that is hidden."""

    x: float
    y: float
    width: float
    height: float
    count: int | None

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Group:
    """A quarter or a row: its name, its two bars, its ratio as it is printed, and where the middle of it is."""

    title: str
    short: str
    demand: Bar
    seekers: Bar
    ratio: str
    middle: float
    address: str


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


def chart_of(quarters: list[Compared], address: Callable[[Period], str]) -> Chart:
    """Bars for every quarter on one scale, which begins at nothing and ends at a round number.

    `address` tells where a quarter is asked for, so that its figures open to their rows.
    """
    pairs = [
        Pair(
            quarter_title(one.period),
            f"{one.period.from_on.year % 100:02d}/{(one.period.from_on.month + 2) // 3}",
            one.valid.demand or 0,
            one.valid.seekers or 0,
            "–" if one.valid.ratio is None else str(one.valid.ratio),
            address(one.period),
        )
        for one in quarters
    ]
    return _drawn(pairs)


def public_chart(overall: PrintedTable) -> Chart | None:
    """Bars for every row of table 1 as the public reads it, a mark for what is hidden; nothing where all of it is."""
    pairs = []
    for line in overall.rows:
        of = dict(zip(overall.columns, line.cells, strict=True))
        name, ratio = str(Origin(line.origin).label), cell_text(of["ratio"], is_public=True)
        pairs.append(Pair(name, name, _count(of["demand"]), _count(of["seekers"]), ratio))
    known = any(count is not None for one in pairs for count in (one.demand, one.seekers))
    return _drawn(pairs) if known else None


def _count(cell: object) -> int | None:
    return cell if isinstance(cell, int) else None


def _drawn(pairs: Sequence[Pair]) -> Chart:
    top = _round_up(max((count or 0 for one in pairs for count in (one.demand, one.seekers)), default=0))
    tall, room = HEIGHT - HEAD - FOOT, (WIDTH - LEFT - 4) / max(len(pairs), 1)
    groups = []
    for place, one in enumerate(pairs):
        x, wide = LEFT + place * room, room * 0.38
        demand = _bar(x + room * 0.1, wide, one.demand, top, tall)
        seekers = _bar(x + room * 0.52, wide, one.seekers, top, tall)
        middle = round(x + room / 2, 1)
        groups.append(Group(one.title, one.short, demand, seekers, one.ratio, middle, one.address))
    lines = tuple((round(HEAD + tall * (1 - step / STEPS), 1), top * step // STEPS) for step in range(STEPS + 1))
    return Chart(tuple(groups), lines)


def _bar(x: float, width: float, count: int | None, top: int, tall: int) -> Bar:
    height = tall * (count or 0) / top
    return Bar(round(x, 1), round(HEAD + tall - height, 1), round(width, 1), round(height, 1), count)


def _round_up(most: int) -> int:
    """The next number of the form 4, 8, 12, 20, 40 … that divides into four whole steps."""
    unit = 4
    while True:
        for factor in (1, 2, 3, 5):
            if unit * factor >= most:
                return unit * factor
        unit *= 10
