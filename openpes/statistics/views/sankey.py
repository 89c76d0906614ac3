"""The flows from status to status as bands between two columns, in units of their view box."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import pgettext

from openpes.statistics.queries.flows import OUTSIDE, REGISTERED, STATES, Flows

WIDTH, BAR, LEFT, RIGHT = 760, 14, 190, 570
HEAD, TALL, SPACE, STAYED = 40, 210, 30, 12
LEAST = 3.0  # a band is never thinner, or nobody could point at it


@dataclass(frozen=True)
class Column:
    """A status on one side: its bar, its words, and how many."""

    tone: str
    y: float
    height: float
    words: str
    number: int | None
    at: int
    beside: int
    side: str

    @property
    def middle(self) -> float:
        return round(self.y + self.height / 2, 1)


@dataclass(frozen=True)
class Ribbon:
    """A flow: its outline, where it leads, and its words."""

    tone: str
    path: str
    words: str
    number: int
    address: str
    stayed: bool


@dataclass(frozen=True)
class Sankey:
    """Bars on both sides and the bands between them; bands of who stayed are drawn in one thickness."""

    columns: tuple[Column, ...]
    ribbons: tuple[Ribbon, ...]
    width: int
    height: int


def state_words(state: str) -> str:
    """A status as the chart calls it."""
    return {
        "unemployed": pgettext("flow", "Unemployed"), "employed": pgettext("flow", "Employed"),
        OUTSIDE: pgettext("flow", "Not registered here"),
    }[state]  # fmt: skip


def flow_words(origin: str, to: str) -> str:
    """A flow as lists and charts call it."""
    if origin == to:
        return pgettext("flow", "%(state)s on both days") % {"state": state_words(origin)}
    return pgettext("flow", "%(origin)s → %(to)s") % {"origin": state_words(origin), "to": state_words(to)}


def sankey(made: Flows, address: Callable[[str, str], str]) -> Sankey:
    """Who moved, to one scale; beside them who stayed, in one thickness, for they would hide everybody else."""
    moved = {flow: number for flow, number in made.numbers.items() if flow[0] != flow[1] and number}
    scale = TALL / max(sum(moved.values()), 1)
    thick = {flow: max(number * scale, LEAST) for flow, number in moved.items()}
    thick |= {(one, one): float(STAYED) for one in REGISTERED if made.stayed(one)}
    order = {state: n for n, state in enumerate(STATES)}
    left, right = _stacked(thick, order, 0), _stacked(thick, order, 1)
    ribbons = [
        Ribbon(
            flow[0] or "none", _outline(left[flow], right[flow], height), flow_words(*flow), made.numbers[flow],
            address(*flow), flow[0] == flow[1],
        )
        for flow, height in sorted(thick.items(), key=lambda one: (order[one[0][0]], order[one[0][1]]))
    ]  # fmt: skip
    columns = [*_columns(thick, left, made, 0), *_columns(thick, right, made, 1)]
    foot = max((column.y + column.height for column in columns), default=HEAD)
    return Sankey(tuple(columns), tuple(ribbons), WIDTH, round(foot + 14))


def _stacked(thick: dict[tuple[str, str], float], order: dict[str, int], side: int) -> dict[tuple[str, str], float]:
    """Where each band begins on a side: status by status, those on the other side in the same order."""
    y, found = float(HEAD), {}
    for state in STATES:
        bands = sorted((flow for flow in thick if flow[side] == state), key=lambda flow: order[flow[1 - side]])
        for flow in bands:
            found[flow] = y
            y += thick[flow]
        y += SPACE if bands else 0
    return found


def _columns(
    thick: dict[tuple[str, str], float], begins: dict[tuple[str, str], float], made: Flows, side: int
) -> list[Column]:
    columns = []
    for state in STATES:
        bands = [flow for flow in thick if flow[side] == state]
        if not bands:
            continue
        y, height = min(begins[flow] for flow in bands), sum(thick[flow] for flow in bands)
        number = (made.opening(state), made.closing(state))[side] if state else None
        at, beside = ((LEFT - BAR, LEFT - BAR - 8), (RIGHT, RIGHT + BAR + 8))[side]
        columns.append(
            Column(state or "none", round(y, 1), round(height, 1), state_words(state), number, at, beside,
                   ("end", "start")[side])
        )  # fmt: skip
    return columns


def _outline(left: float, right: float, height: float) -> str:
    middle = (LEFT + RIGHT) // 2
    a, b, c, d = (round(y, 1) for y in (left, right, right + height, left + height))
    return f"M{LEFT} {a}C{middle} {a} {middle} {b} {RIGHT} {b}V{c}C{middle} {c} {middle} {d} {LEFT} {d}Z"
