"""The exact best k of a city for one vacancy, or for one seeker; ties go to the smaller id.

Occupation and place are judged once for each different code and give every row a base. Rows are then
visited from the highest base down, and the visit stops when the base plus all other points could no
longer beat the k-th score found (upper-bound pruning as in Fagin's threshold algorithm, PODS 2001).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from openpes.engine.matching.arrays import (
    Part,
    Seeker,
    Seekers,
    Table,
    Vacancies,
    Vacancy,
    place_keys,
    wish_keys,
)
from openpes.engine.matching.conditions import CONDITIONS
from openpes.engine.matching.score import place_points, priority_points, rest_at_most, rest_points, wish_points
from openpes.engine.matching.weights import WHOLE, Weights

FIRST_VISIT = 4096  # rows of the first visit; each further one doubles

Rows = npt.NDArray[np.intp]
Judge = Callable[[Part], tuple[Any, Any]]


@dataclass(frozen=True, eq=False)
class Ranked:
    """The best first: ids and their scores (fit and priority), both int64 and of the same length (at most k)."""

    ids: npt.NDArray[np.int64]
    scores: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)

    def pairs(self) -> list[tuple[int, int]]:
        """Return (id, score) as Python numbers."""
        return list(zip(self.ids.tolist(), self.scores.tolist(), strict=True))


def top_seekers(
    vacancy: Vacancy, seekers: Seekers, weights: Weights, k: int = 20, without: Collection[int] = ()
) -> Ranked:
    """Return the k best seekers for a vacancy, exactly as scoring everybody would give them.

    `without` are ids to leave out, such as seekers who were already referred.

    :raises ValueError: k is not positive
    """
    base = seekers_base(vacancy, seekers, weights)
    return _ranked(base, Side(seekers, lambda part: (part, vacancy), weights), k, without)


def top_vacancies(
    seeker: Seeker, vacancies: Vacancies, weights: Weights, k: int = 20, without: Collection[int] = ()
) -> Ranked:
    """Return the k best vacancies for a seeker, exactly as scoring every vacancy would give them.

    :raises ValueError: k is not positive
    """
    base = vacancies_base(seeker, vacancies, weights)
    return _ranked(base, Side(vacancies, lambda part: (seeker, part), weights), k, without)


def seekers_base(vacancy: Vacancy, seekers: Seekers, w: Weights) -> npt.NDArray[np.int16]:
    """Return the points of occupation and place of every seeker, shape (n,)."""
    wishes, places = seekers.wish_index, seekers.place_index
    by_wish = wish_points(wishes.codes, vacancy.occupation, w).astype(np.int16)
    by_place = place_points(places.codes, vacancy.area, w).astype(np.int16)
    base: npt.NDArray[np.int16] = wishes.best(by_wish) + places.best(by_place)
    return base


def vacancies_base(seeker: Seeker, vacancies: Vacancies, w: Weights) -> npt.NDArray[np.int16]:
    """Return the points of occupation and place of every vacancy, shape (m,)."""
    occupations, areas = vacancies.occupation_kinds, vacancies.area_kinds
    by_code = wish_points(wish_keys(seeker)[:, None], occupations.occupation, w).max(axis=0).astype(np.int16)
    by_area = place_points(place_keys(seeker)[:, None], areas.area, w).max(axis=0).astype(np.int16)
    base: npt.NDArray[np.int16] = occupations.spread(by_code) + areas.spread(by_area)
    return base


def passing(side: "Side", rows: Rows) -> Rows:
    """Return those of the rows that fail no hard condition."""
    for fails in CONDITIONS:
        if not len(rows):
            break
        rows = rows[~np.broadcast_to(fails(*side.judge(Part(side.table, rows)), side.weights), rows.shape)]
    return rows


@dataclass(frozen=True)
class Side:
    """The many rows of a ranking, and how a part of them meets the one on the other side."""

    table: Table
    judge: Judge
    weights: Weights

    def totals(self, base: npt.NDArray[np.int16], rows: Rows) -> npt.NDArray[np.int64]:
        """Return the whole scores of the rows."""
        seekers, vacancies = self.judge(Part(self.table, rows))
        totals: npt.NDArray[np.int64] = base[rows] + rest_points(seekers, vacancies, self.weights)
        return totals + priority_points(seekers, self.weights)


def _ranked(base: npt.NDArray[np.int16], side: Side, k: int, without: Collection[int]) -> Ranked:
    """Visit the rows by descending base until nobody left can enter the best k."""
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    ids: npt.NDArray[np.int64] = side.table.id
    left_out = np.fromiter(without, dtype=np.int64)
    rows, totals = np.empty(0, dtype=np.intp), np.empty(0, dtype=np.int64)
    most = rest_at_most(side.weights) + side.weights.priority
    for low, high in _visits(base):
        if len(rows) == k and high + most < totals[-1]:
            break
        met = np.flatnonzero((base >= low) & (base <= high))
        if len(left_out):
            met = met[~np.isin(ids[met], left_out)]
        met = passing(side, met)
        rows, totals = _merged(rows, totals, met, side.totals(base, met), k)
    return Ranked(ids[rows], totals)


def _visits(base: npt.NDArray[np.int16]) -> list[tuple[int, int]]:
    """Cut the values of base into closed ranges, highest first, each of about twice the rows of the last."""
    counts = np.bincount(base, minlength=WHOLE + 1)
    ranges, held, size, high = [], 0, FIRST_VISIT, -1
    for value in np.flatnonzero(counts)[::-1].tolist():
        high = value if high < 0 else high
        held += int(counts[value])
        if held >= size:
            ranges.append((value, high))
            held, size, high = 0, size * 2, -1
    if held:
        ranges.append((0, high))
    return ranges


def _merged(
    rows: Rows, totals: npt.NDArray[np.int64], met: Rows, new: npt.NDArray[np.int64], k: int
) -> tuple[Rows, npt.NDArray[np.int64]]:
    """Return the best k of those held and those met, highest first, smaller row (so smaller id) on ties."""
    chosen = _best(new, k)
    rows, totals = np.concatenate([rows, met[chosen]]), np.concatenate([totals, new[chosen]])
    order = np.lexsort((rows, -totals))[:k]
    return rows[order], totals[order]


def _best(totals: npt.NDArray[np.int64], k: int) -> npt.NDArray[np.intp]:
    """Return where the k highest totals stand; of those equal to the k-th, the first ones."""
    if len(totals) <= k:
        return np.arange(len(totals))
    last = np.partition(totals, len(totals) - k)[len(totals) - k]
    above = np.flatnonzero(totals > last)
    level = np.flatnonzero(totals == last)[: k - len(above)]
    return np.concatenate([above, level])
