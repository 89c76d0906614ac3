"""The best k for everybody at once, seekers for vacancies and vacancies for seekers, exactly as `rank` gives them.

Pure functions of columnar parts: a part of those sought is made into an index, a part of those who ask is carried
from index to index with what was found so far, so that the lists are the same however a city is cut.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from openpes.engine.matching.arrays import Seekers, Vacancies, place_keys, wish_keys
from openpes.engine.matching.kinds import Kinds
from openpes.engine.matching.rank import Ranked
from openpes.engine.matching.score import priority_points
from openpes.engine.matching.skills import as_words, skills_counted
from openpes.engine.matching.weights import Weights
from openpes.engine.matching.whole import scan, visit
from openpes.engine.matching.whole.orders import numbered, ordered
from openpes.engine.matching.whole.scan import Layout
from openpes.engine.matching.whole.strata import ladders, near_by_place, near_by_work
from openpes.engine.matching.whole.tables import Sides, seeker_sides, tables, vacancy_sides

THREADS = 2
MARKS = 63  # at most, of one kind, in a row
PIECE = 2_000  # of those who ask, at a time on a thread
TABLE_AT_MOST = 1 << 24  # entries of a table by pay; more, and those who ask are taken in smaller parts

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Lists:
    """The best k of everybody who asks, row by row in the order of the ids of those who ask.

    `ids` (n, k) are 0 and `scores` (n, k) are -1 where there are fewer; `judged` counts the pairs that were scored.
    """

    ids: Ints
    scores: Ints
    judged: int = 0

    @classmethod
    def empty(cls, count: int, k: int) -> Self:
        """Lists of nobody yet.

        :raises ValueError: k is not positive
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, not {k}")
        return cls(np.zeros((count, k), np.int64), np.full((count, k), -1, np.int64))

    def __add__(self, other: Self) -> Self:
        """The best of both, for the same rows: lists of two parts of those sought."""
        ids, scores = np.hstack([self.ids, other.ids]), np.hstack([self.scores, other.scores])
        order = np.lexsort((ids, -scores))[:, : self.ids.shape[1]]
        best = np.take_along_axis(ids, order, 1), np.take_along_axis(scores, order, 1)
        return type(self)(*best, self.judged + other.judged)

    def ranked(self, at: int) -> Ranked:
        """The list of one row."""
        found = self.scores[at] >= 0
        return Ranked(self.ids[at][found], self.scores[at][found])


@dataclass(frozen=True, eq=False)
class CityIndex:
    """Seekers or vacancies in an order in which the best for somebody are found at once."""

    sought: visit.Sought
    sides: Sides
    weights: Weights
    forward: bool

    @classmethod
    def of_seekers(cls, seekers: Seekers, weights: Weights, *, threads: int = THREADS) -> Self:
        """The index of seekers, whom vacancies ask for."""
        return cls._made(seekers, seeker_sides(seekers), weights, threads, True)

    @classmethod
    def of_vacancies(cls, vacancies: Vacancies, weights: Weights, *, threads: int = THREADS) -> Self:
        """The index of vacancies, which seekers ask for."""
        return cls._made(vacancies, vacancy_sides(vacancies), weights, threads, False)

    @classmethod
    def _made(cls, table: Any, sides: Sides, w: Weights, threads: int, forward: bool) -> Self:
        columns = _columns(table, sides, w)
        layout, dense = _dense(table, sides, columns[2], forward)
        kinds = Sides(*(Kinds(side.values, np.zeros(0, np.intp)) for side in sides))  # whose row is whose is known now
        return cls(_sought(table.id, columns, dense, layout, threads), kinds, w, forward)

    def lists(self, asking: Any, k: int = 20, *, found: Lists | None = None, threads: int = THREADS) -> Lists:
        """The best k of the index for each row of a table of the other side, ties by id.

        `found` are the lists of the same rows from other parts of those sought; they are carried on.

        :raises ValueError: k is not positive
        """
        lists = Lists.empty(len(asking), k)
        if found is not None:
            lists.ids[:], lists.scores[:] = found.ids, found.scores
        judged = self.carry(asking, lists, threads=threads)
        return Lists(lists.ids, lists.scores, judged + (found.judged if found else 0))

    def carry(self, asking: Any, lists: Lists, *, threads: int = THREADS) -> int:
        """Carry lists on where they stand; how many pairs were scored."""
        if not len(asking) or not len(self.sought.people):
            return 0
        return _gone_through(self._task(asking), lists, threads)

    def _task(self, asking: Any) -> visit.Task:
        sides = vacancy_sides(asking) if self.forward else seeker_sides(asking)
        pair = (self.sides, sides) if self.forward else (sides, self.sides)
        made = tables(*pair, self.weights, seekers_ask=not self.forward)
        keys, places, rows = _columns(asking, sides, self.weights)
        judged = (made.asked, made.age, made.pay)
        most = sum(table.max(axis=1)[side.of_row] for table, side in zip(judged, sides, strict=True))
        order = np.lexsort((places[:, 0], keys[:, 0]))
        steps, orders = ladders(self.weights), self.sought.orders
        (codes, of_key), (spots, of_place) = numbered(keys.ravel()), numbered(places.ravel())
        near = near_by_work(codes, orders, steps, self.forward), near_by_place(spots, orders, steps, self.forward)
        numbers = of_key.reshape(keys.shape), of_place.reshape(places.shape)
        row = visit.Asking(*numbers, rows, np.asarray(most, np.int64), order.astype(np.int64))
        return visit.Task(row, self.sought, made, *near, self.forward)


def _sought(ids: Ints, columns: tuple[Ints, Ints, Ints], dense: Ints, layout: Layout, threads: int) -> Any:
    """Rows put into their orders."""
    keys, places, packed = columns
    people = packed.copy()
    people[:, 0] = ids
    orders, people = ordered(keys, places, packed[:, 0] >> visit.BONUS, (people, dense), threads)
    return visit.Sought(people, orders, layout)


def best_seekers(
    vacancies: Vacancies, parts: Iterable[Seekers], weights: Weights, k: int = 20, *, threads: int = THREADS
) -> Lists:
    """The k best seekers of all parts for each vacancy, exactly as `top_seekers` gives them for one.

    :raises ValueError: k is not positive
    """
    return _through(vacancies, parts, lambda part: CityIndex.of_seekers(part, weights, threads=threads), k, threads)


@dataclass(frozen=True, eq=False)
class BestSeekers:
    """The best seekers of one part for each vacancy: a kernel for `map_partitions`, whose lists are added."""

    vacancies: Vacancies
    weights: Weights
    k: int = 20

    def __call__(self, part: Seekers) -> Lists:
        """The lists of a part, on one thread, since parts are taken beside each other."""
        return best_seekers(self.vacancies, [part], self.weights, self.k, threads=1)


def best_vacancies(
    seekers: Seekers, parts: Iterable[Vacancies], weights: Weights, k: int = 20, *, threads: int = THREADS
) -> Lists:
    """The k best vacancies of all parts for each seeker, exactly as `top_vacancies` gives them for one.

    :raises ValueError: k is not positive
    """
    return _through(seekers, parts, lambda part: CityIndex.of_vacancies(part, weights, threads=threads), k, threads)


def _through(asking: Any, parts: Iterable[Any], made: Callable[[Any], CityIndex], k: int, threads: int) -> Lists:
    """The lists, carried through one part after the other, of which there is one in memory at a time."""
    lists, judged = Lists.empty(len(asking), k), 0
    for part in parts:
        index = made(part)
        del part
        judged += index.carry(asking, lists, threads=threads)
        del index
    return Lists(lists.ids, lists.scores, judged)


def _gone_through(task: visit.Task, lists: Lists, threads: int) -> int:
    """Visit for everybody who asks, in pieces that are neighbours by occupation and place."""
    count = len(task.asking.order)

    def visited(first: int) -> int:
        return int(visit.visit_all(task, first, min(first + PIECE, count), lists.ids, lists.scores))

    pieces = range(0, count, PIECE)
    if len(pieces) == 1 or threads == 1:
        return sum(map(visited, pieces))
    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(visited, pieces))


def _columns(table: Any, sides: Sides, w: Weights) -> tuple[Ints, Ints, Ints]:
    """Codes of occupation, places (twice the code, plus one for a wanted one; -1 for none) and packed rows."""
    if isinstance(table, Vacancies):
        keys, places = table.occupation[:, None], 2 * table.area[:, None]
        words = [as_words(table.skills_required), as_words(table.skills_wanted)]
        only, bonus = np.zeros(len(table), np.int64), np.zeros(len(table), np.int64)
    else:
        keys, wanted = wish_keys(table), place_keys(table)
        named = wanted > 0
        places = 2 * np.abs(wanted) + named
        places[:, 1:] -= wanted[:, 1:] == 0  # none
        words = [as_words(table.skills)]
        only = (table.places_only & (named[:, 0] | named[:, 1] | named[:, 2])).astype(np.int64)
        bonus = priority_points(table, w)
    packed = _packed(sides, only, bonus)
    rows = np.concatenate([packed[:, None], *(word.view(np.int64) for word in words)], axis=1)
    return np.ascontiguousarray(keys), np.ascontiguousarray(places), np.ascontiguousarray(rows)


def _dense(table: Any, sides: Sides, rows: Ints, forward: bool) -> tuple[Layout, Ints]:
    """Rows packed as narrow as their values allow, with marks of the skills in what is left."""
    sizes = [(len(next(iter(side.values.values()))) - 1).bit_length() for side in sides]
    age, pay, only = np.cumsum(sizes).tolist()
    asked = only + forward
    marks = asked + (0 if forward else scan.ASKED.bit_length())
    width = min((63 - marks) // (1 if forward else 2), MARKS)
    masks = [(1 << size) - 1 for size in sizes]
    layout = Layout(
        masks[0], age, masks[1], pay, masks[2], only, asked, marks, width,
    )  # fmt: skip
    kinds = [side.of_row.astype(np.int64) for side in sides]
    packed = kinds[0] | kinds[1] << age | kinds[2] << pay
    packed |= scan.all_marked(rows[:, 1:3], width) << marks
    if forward:
        packed |= ((rows[:, 0] >> visit.ONLY) & 1) << only
    else:
        count = skills_counted(as_words(table.skills_wanted))
        few = np.where(count < scan.ASKED, -1, 0)
        packed |= (count & few) << asked | (scan.all_marked(rows[:, 3:5], width) & few) << (marks + width)
    return layout, packed


def _packed(sides: Sides, only: Ints, bonus: Ints) -> Ints:
    limits = (visit.ASKS, visit.AGES, visit.PAYS)
    for name, side, limit in zip(Sides._fields, sides, limits, strict=True):
        if (count := len(next(iter(side.values.values())))) > limit:
            raise ValueError(f"{count:,} different values of {name}: a row has room for {limit:,}")
    asked, age, pay = (side.of_row.astype(np.int64) for side in sides)
    return asked | age << visit.AGE | only << visit.ONLY | pay << visit.PAY | bonus << visit.BONUS
