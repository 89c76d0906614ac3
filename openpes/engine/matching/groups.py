"""Conditions and components in groups that look at the same columns, so that each is judged by kinds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from openpes.engine.matching import conditions, score
from openpes.engine.matching.arrays import Seekers, Vacancy
from openpes.engine.matching.conditions import Condition
from openpes.engine.matching.rank import seekers_base
from openpes.engine.matching.score import Points
from openpes.engine.matching.tree import AREA_LEVELS, holds
from openpes.engine.matching.weights import WHOLE, Weights

OUT = -100 * WHOLE  # below everything that points can make good

Totals = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Group:
    """What excludes, and what earns points, by the same columns."""

    conditions: tuple[Condition, ...]
    components: tuple[Callable[[Any, Any, Weights], Points], ...]

    def judged(self, s: Any, v: Any, w: Weights) -> Totals:
        """Return the points of the group, far below zero where one of its conditions fails."""
        points = sum((component(s, v, w) for component in self.components), start=np.zeros((), np.int64))
        failed = np.zeros((), dtype=bool)
        for fails in self.conditions:
            failed = failed | fails(s, v, w)
        return np.asarray(points + OUT * failed.astype(np.int64), dtype=np.int32)


OCCUPATION = Group((), (score.occupation_points,))
PLACE = Group((conditions.place_outside,), (score.nearness_points,))
PAY = Group((conditions.pay_below_floor,), (score.pay_points,))
ASKED = Group(
    (conditions.education_too_low, conditions.experience_too_short, conditions.age_outside_law),
    (score.education_points, score.experience_points),
)
SKILLS = Group((conditions.skills_missing,), (score.skills_points,))
GROUPS = (OCCUPATION, PLACE, PAY, ASKED, SKILLS)


def nearness_of(seekers: Seekers, vacancy: Vacancy, w: Weights) -> Totals:
    """Return the points of occupation and place of every seeker, far below zero for whoever works only elsewhere."""
    near = seekers_base(vacancy, seekers, w).astype(np.int32)
    bound = np.flatnonzero(seekers.places_only)
    wanted = (seekers.place_index.codes > 0).astype(np.int8)  # a home, which is negative, binds nobody
    inside = holds(seekers.place_index.codes, vacancy.area, AREA_LEVELS)
    best = seekers.place_index.best(wanted + inside, bound)
    near[bound[best == 1]] += OUT
    return near
