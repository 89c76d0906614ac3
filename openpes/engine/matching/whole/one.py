"""One question after the other to the index of a city: what questions have in common is made once and kept."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from openpes.engine.matching.arrays import Vacancy
from openpes.engine.matching.rank import Ranked
from openpes.engine.matching.whole import visit
from openpes.engine.matching.whole.lists import CityIndex, Lists
from openpes.engine.matching.whole.strata import Ladders, Near, ladders, near_by_place, near_by_work
from openpes.engine.matching.whole.tables import Table, Tables, skill_table, table_of

KEPT = 100_000  # rows of tables kept at most
FIRST = np.zeros(1, np.int64)
HERE = np.zeros((1, 1), np.int32)  # the only code there is


@dataclass
class VacancyDesk:
    """Answers for one vacancy at a time, as `top_seekers` does, from the index of seekers."""

    index: CityIndex
    rows: dict[tuple[int, tuple[Any, ...]], tuple[Table, int]] = field(default_factory=dict)
    near: dict[tuple[Any, int], Near] = field(default_factory=dict)
    skills: npt.NDArray[np.int32] = field(init=False)
    steps: Ladders = field(init=False)

    def __post_init__(self) -> None:
        self.skills, self.steps = skill_table(self.index.weights), ladders(self.index.weights)

    def best(self, vacancy: Vacancy, k: int = 20) -> Ranked:
        """The k best seekers for a vacancy, exactly; ties by id.

        :raises ValueError: k is not positive
        """
        lists = Lists.empty(1, k)
        asked = (
            (vacancy.education_min, vacancy.experience_min_years),
            (vacancy.age_by_law, vacancy.age_min, vacancy.age_max), (vacancy.pay_min_fen, vacancy.pay_max_fen),
        )  # fmt: skip
        found = [self._row(side, values, vacancy) for side, values in enumerate(asked)]
        words = np.array([[0, *vacancy.skills_required, *vacancy.skills_wanted]], np.uint64).view(np.int64)
        most = np.array([sum(best for _row, best in found)])
        row = visit.Asking(HERE, HERE, words, most, FIRST)
        asks, age, pay = (table for table, _best in found)
        made = Tables(asks, age, pay, self.skills)
        near = self._near(near_by_work, vacancy.occupation), self._near(near_by_place, 2 * vacancy.area)
        visit.visit_all(visit.Task(row, self.index.sought, made, *near, True), 0, 1, lists.ids, lists.scores)
        return lists.ranked(0)

    def _near(self, found_by: Any, code: int) -> Near:
        known = self.near.get((found_by, code))
        if known is None:
            known = found_by(np.array([code]), self.index.sought.orders, self.steps, True)
            if len(self.near) < KEPT:
                self.near[found_by, code] = known
        return known

    def _row(self, side: int, values: tuple[Any, ...], vacancy: Vacancy) -> tuple[Table, int]:
        known = self.rows.get((side, values))
        if known is None:
            made = table_of(side, self.index.sides[side], vacancy, self.index.weights)
            known = made, int(made.max())
            if len(self.rows) < KEPT:
                self.rows[side, values] = known
        return known
