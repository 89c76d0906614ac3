"""The points of each component; seekers and vacancies may be single rows, columns or parts of columns.

Every function broadcasts: one seeker against m vacancies, n seekers against one vacancy, or one pair.
Points are integers, rounded down once per component.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from openpes.engine.matching.arrays import NO_WISH, WISHES, place_keys, wish_keys
from openpes.engine.matching.skills import as_words, skills_counted
from openpes.engine.matching.tree import AREA_LEVELS, OCCUPATION_LEVELS, depth, holds, shared_levels
from openpes.engine.matching.weights import WHOLE, Weights

Points = npt.NDArray[np.int64]


def points_of(weight: int, share: Any) -> Points:
    """Turn a share in ten-thousandths into points of a component, rounded down."""
    return weight * np.asarray(share, dtype=np.int64) // WHOLE


def wish_points(key: Any, occupation: Any, w: Weights) -> Points:
    """Return the points of one wished occupation (a key of `wish_keys`) against the vacancy's occupation."""
    shared = np.take(w.occupation_shared, shared_levels(key, occupation, OCCUPATION_LEVELS))
    wide = np.where(np.asarray(key) == occupation, 4, depth(np.maximum(key, 0), OCCUPATION_LEVELS))
    within = np.take(w.occupation_within, wide - 1)
    inside = holds(key, occupation, OCCUPATION_LEVELS)
    share = np.where(inside, np.maximum(within, shared), shared)
    return points_of(w.occupation, np.where(np.asarray(key) == NO_WISH, w.occupation_no_wish, share))


def place_points(key: Any, area: Any, w: Weights) -> Points:
    """Return the points of one place (a key of `place_keys`) against the vacancy's work place."""
    levels = np.maximum(shared_levels(np.abs(key), area, AREA_LEVELS) - 1, 0)
    share = np.where(holds(key, area, AREA_LEVELS), WHOLE, np.take(w.place_shared, levels))
    return points_of(w.place, share)


def occupation_points(s: Any, v: Any, w: Weights) -> Points:
    """Return the points of the best wish."""
    keys = wish_keys(s)
    best: Points = np.max([wish_points(keys[..., j], v.occupation, w) for j in range(WISHES)], axis=0)
    return best


def nearness_points(s: Any, v: Any, w: Weights) -> Points:
    """Return the points of the best place."""
    keys = place_keys(s)
    best: Points = np.max([place_points(keys[..., j], v.area, w) for j in range(WISHES)], axis=0)
    return best


def pay_points(s: Any, v: Any, w: Weights) -> Points:
    """Return the points of the pay: whole when the bottom of the range reaches the seeker's floor."""
    floor, low, top = np.asarray(s.min_pay_fen), np.asarray(v.pay_min_fen), np.asarray(v.pay_max_fen)
    span = np.maximum(top - low, 1)
    between = WHOLE - (WHOLE - w.pay_at_top) * np.clip(floor - low, 0, span) // span
    share = np.where(floor <= low, WHOLE, np.where(floor <= top, between, w.pay_tolerated))
    return points_of(w.pay, np.where(top == 0, np.where(floor == 0, WHOLE, w.pay_unstated), share))


def education_points(s: Any, v: Any, w: Weights) -> Points:
    """Return the points of the education: whole at the rank asked for, less for ranks far above it."""
    asked = np.asarray(v.education_min)
    surplus = np.clip(np.asarray(s.education) - asked, 0, len(w.education_surplus) - 1)
    return points_of(w.education, np.where(asked == 0, WHOLE, np.take(w.education_surplus, surplus)))


def skills_points(s: Any, v: Any, w: Weights) -> Points:
    """Return the points of the wanted skills: the part of them that the seeker has."""
    wanted = as_words(v.skills_wanted)
    asked = skills_counted(wanted)
    have = skills_counted(wanted & as_words(s.skills))
    return np.where(asked == 0, w.skills, w.skills * have // np.maximum(asked, 1))


def experience_points(s: Any, v: Any, w: Weights) -> Points:
    """Return the points of the experience: the part of the years asked for that the seeker has."""
    asked = np.asarray(v.experience_min_years, dtype=np.int64)
    years = np.minimum(np.asarray(s.experience_years, dtype=np.int64), asked)
    return np.where(asked == 0, w.experience, w.experience * years // np.maximum(asked, 1))


REST = (pay_points, education_points, skills_points, experience_points)


def rest_points(s: Any, v: Any, w: Weights) -> Points:
    """Return the points of all components but occupation and place."""
    total: Points = sum((points(s, v, w) for points in REST), start=np.zeros((), dtype=np.int64))
    return total


def rest_at_most(w: Weights) -> int:
    """Return the most that `rest_points` can be."""
    return w.pay + w.education + w.skills + w.experience


def priority_points(s: Any, w: Weights) -> Points:
    """Return the points on top of the fit for the group of the seeker."""
    return points_of(w.priority, np.take(w.share_of_group, s.group))


def score(s: Any, v: Any, w: Weights) -> Points:
    """Return the whole score: the fit 0..10000 and the points of priority; hard conditions not considered."""
    return occupation_points(s, v, w) + nearness_points(s, v, w) + rest_points(s, v, w) + priority_points(s, w)
