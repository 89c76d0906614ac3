"""The whole city the plain ways: every pair by a compiled loop, or one statement a vacancy in DuckDB or polars."""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from bench.plain_match import Pairs, best_statement, seeker_columns
from openpes.engine.matching import Seekers, Vacancies, Vacancy, Weights
from openpes.engine.matching.score import place_points, priority_points, wish_points
from openpes.engine.matching.tree import AREA_LEVELS, holds
from openpes.engine.matching.whole.tables import seeker_sides, tables, vacancy_sides


class Columns(NamedTuple):
    """Everything about every seeker that a loop needs, as numbers into small tables."""

    ids: Any
    wishes: Any
    places: Any
    kinds: Any
    bonus: Any
    skills: Any
    only: Any


class BruteForce:
    """Every seeker judged for a vacancy in one compiled pass; what only the vacancy decides stands in tables, made once
    a vacancy. Nothing is ordered, and no bound leaves anybody out.
    """

    def __init__(self, seekers: Seekers, weights: Weights) -> None:
        self.weights, self.sides = weights, seeker_sides(seekers)
        self.wishes, self.places = seekers.wish_index, seekers.place_index
        named = (seekers.places > 0).any(axis=1)
        self.columns = Columns(
            seekers.id,
            np.stack(self.wishes.columns, axis=1).astype(np.int32),
            np.stack(self.places.columns, axis=1).astype(np.int32),
            np.stack([side.of_row for side in self.sides], axis=1).astype(np.int32),
            priority_points(seekers, weights).astype(np.int32),
            seekers.skills.view(np.int64),
            seekers.places_only & named,
        )

    def best(self, vacancies: Vacancies, at: int, k: int) -> Pairs:
        """The best k seekers for a row of vacancies."""
        row = Vacancies.from_rows([vacancies.row(at)])
        one: Vacancy = row.row(0)
        made = tables(self.sides, vacancy_sides(row), self.weights, seekers_ask=False)
        by_code = (
            wish_points(self.wishes.codes, one.occupation, self.weights).astype(np.int32),
            place_points(self.places.codes, one.area, self.weights).astype(np.int32),
            holds(self.places.codes, one.area, AREA_LEVELS),
        )
        words = np.concatenate([row.skills_required[0], row.skills_wanted[0]]).view(np.int64)
        ids, totals = np.zeros(k, np.int64), np.full(k, -1, np.int64)
        by_kind = (made.asked[0], made.age[0], made.pay[0], made.skills)
        _every_row(self.columns, by_code, by_kind, words, (ids, totals))
        return [(id, total) for id, total in zip(ids.tolist(), totals.tolist(), strict=True) if total >= 0]


class Engine:
    """A peer that reads SQL over arrays: the statement of PostgreSQL, in its own dialect."""

    def __init__(self, name: str, seekers: Seekers) -> None:
        self.name, columns = name, seeker_columns(seekers)
        if name == "duckdb":
            import duckdb
            import pyarrow as pa

            self.connection = duckdb.connect()
            self.connection.execute("SET threads TO 2")
            self.connection.register("arrays", pa.table(columns))
            self.connection.execute("CREATE TABLE bench_seeker AS SELECT * FROM arrays")
        else:
            import polars

            self.connection = polars.SQLContext(bench_seeker=polars.DataFrame(columns).lazy())

    def best(self, vacancy: Vacancy, weights: Weights, k: int) -> Pairs:
        """The best k seekers for a vacancy."""
        statement = best_statement(vacancy, weights, k).replace(" / ", " // ").replace("::bit(64)", "")
        if self.name == "duckdb":
            rows = self.connection.execute(statement).fetchall()
        else:
            rows = self.connection.execute(statement.replace("::int", "::bigint")).collect().rows()
        return [(int(id), int(total)) for id, total in rows]


@njit(nogil=True)
def _count(word):  # type: ignore[no-untyped-def]
    n = np.uint64(word)
    n -= (n >> np.uint64(1)) & np.uint64(0x5555555555555555)
    n = (n & np.uint64(0x3333333333333333)) + ((n >> np.uint64(2)) & np.uint64(0x3333333333333333))
    n = (n + (n >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((n * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(nogil=True)
def _every_row(columns, by_code, by_kind, words, found):  # type: ignore[no-untyped-def]
    by_wish, by_place, inside = by_code
    asks, age, pay, skills = by_kind
    ids, totals = found
    asked = _count(words[2]) + _count(words[3])
    for i in range(len(columns.ids)):
        kinds = columns.kinds[i]
        total = asks[kinds[0]] + age[kinds[1]] + pay[kinds[2]] + columns.bonus[i]
        if total < 0 or words[0] & ~columns.skills[i, 0] or words[1] & ~columns.skills[i, 1]:
            continue
        wishes, places = columns.wishes[i], columns.places[i]
        total += max(by_wish[wishes[0]], by_wish[wishes[1]], by_wish[wishes[2]])
        total += max(by_place[places[0]], by_place[places[1]], by_place[places[2]])
        if columns.only[i] and not (inside[places[0]] or inside[places[1]] or inside[places[2]]):
            continue
        total += skills[asked, _count(words[2] & columns.skills[i, 0]) + _count(words[3] & columns.skills[i, 1])]
        if total > totals[-1]:  # ids ascend, so that of equal totals the first stays
            at = len(totals) - 1
            while at > 0 and totals[at - 1] < total:
                ids[at], totals[at] = ids[at - 1], totals[at - 1]
                at -= 1
            ids[at], totals[at] = columns.ids[i], total
