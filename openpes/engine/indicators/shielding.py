"""Which cells of a public table are not shown: the small ones, and as many others as keep them from being computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

Row = tuple[int | None, ...]
UNBOUNDED = 1 << 60


@dataclass(frozen=True)
class ShieldedTable:
    """A table as the public sees it: nothing (None) stands for a hidden number; totals are hidden like cells."""

    cells: tuple[Row, ...]
    row_totals: Row
    column_totals: Row
    total: int | None


@dataclass(frozen=True)
class ShieldedLine:
    """Parts of one total as the public sees them."""

    values: Row
    total: int | None


@dataclass
class _Cell:
    """A number between two sums: raising it moves a unit from `tail` to `head`, lowering it one back."""

    tail: int
    head: int
    value: int
    is_hidden: bool = False


def shielded_table(cells: Sequence[Sequence[int]], *, least: int) -> ShieldedTable:
    """A two-way table with its totals in which no number below `least` is shown or can be told from the others.

    Every number below `least` is hidden, zero and totals as well. Then so many others are hidden, the smallest that do,
    that whoever knows all shown numbers cannot exclude for any hidden small one that it is `least` or more. The table
    with its margins is a network of rows and columns; a hidden cell is protected when so much can flow around it, and
    what has to be opened for the flow is found along shortest paths (Gusfield 1988, A graph theoretic approach to
    statistical data security; Castro 2007, A shortest-paths heuristic for statistical data protection in positive
    tables). It does not protect against differences between tables that overlap otherwise.

    :raises ValueError: a number is negative, or the rows are not equally long
    """
    rows, columns = len(cells), len(cells[0]) if cells else 0
    if any(len(row) != columns for row in cells):
        raise ValueError("The rows of the table are not equally long.")
    sums = [*(sum(row) for row in cells)], [*(sum(row[n] for row in cells) for n in range(columns))]
    whole = [*([*row, total] for row, total in zip(cells, sums[0], strict=True)), [*sums[1], sum(sums[1])]]
    net = [
        # Counted with their sign, the numbers of each row and of each column come to nothing: a margin flows back.
        _Cell(*((row, rows + 1 + column) if (row < rows) == (column < columns) else (rows + 1 + column, row)), value)
        for row, line in enumerate(whole)
        for column, value in enumerate(line)
    ]
    _shield(net, least)
    shown = [None if cell.is_hidden else cell.value for cell in net]
    lines = [tuple(shown[n : n + columns + 1]) for n in range(0, len(shown), columns + 1)]
    inner, last = lines[:-1], lines[-1]
    return ShieldedTable(tuple(line[:-1] for line in inner), tuple(line[-1] for line in inner), last[:-1], last[-1])


def shielded_line(values: Sequence[int], *, least: int) -> ShieldedLine:
    """The parts of one total, shielded as a table is.

    :raises ValueError: a number is negative
    """
    net = [*(_Cell(0, 1, value) for value in values), _Cell(1, 0, sum(values))]
    _shield(net, least)
    *parts, total = (None if cell.is_hidden else cell.value for cell in net)
    return ShieldedLine(tuple(parts), total)


def _shield(net: list[_Cell], least: int) -> None:
    if any(cell.value < 0 for cell in net):
        raise ValueError("A table of counts has no negative numbers.")
    small = [n for n, cell in enumerate(net) if cell.value < least]
    for n in small:
        net[n].is_hidden = True
    for n in small:
        _make_room(net, n, least - net[n].value)


def _make_room(net: list[_Cell], guarded: int, wanted: int) -> None:
    """Hide what has to be hidden so that the guarded cell could be higher by so much."""
    moved = [0] * len(net)
    while wanted > 0:
        path = _cheapest(net, guarded, moved)
        if path is None:  # only a table of one number has no other way round
            return
        step = min(wanted, *(_room(net[n], moved[n], way) for n, way in path))
        for n, way in path:
            net[n].is_hidden = True
            moved[n] += way * step
        wanted -= step


def _room(cell: _Cell, moved: int, way: int) -> int:
    return UNBOUNDED if way > 0 else cell.value + moved


def _cheapest(net: list[_Cell], guarded: int, moved: list[int]) -> list[tuple[int, int]] | None:
    """The way from the head of the guarded cell back to its tail over cells that hide the least."""
    start, goal = net[guarded].head, net[guarded].tail
    best, order = {start: 0}, count()
    queue: list[tuple[int, int, int, list[tuple[int, int]]]] = [(0, next(order), start, [])]
    while queue:
        cost, _tie, node, path = heappop(queue)
        if node == goal:
            return path
        if cost > best[node]:
            continue
        for n, cell in enumerate(net):
            way = 1 if cell.tail == node else -1 if cell.head == node else 0
            if not way or n == guarded or _room(cell, moved[n], way) <= 0:
                continue
            there = cell.head if way > 0 else cell.tail
            price = cost + (0 if cell.is_hidden else cell.value + 1)
            if price < best.get(there, UNBOUNDED):
                best[there] = price
                heappush(queue, (price, next(order), there, [*path, (n, way)]))
    return None
