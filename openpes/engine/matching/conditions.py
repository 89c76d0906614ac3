"""The hard conditions: whoever fails one is not suggested, however high the score."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from openpes.engine.matching.arrays import WISHES
from openpes.engine.matching.skills import as_words, holds_any
from openpes.engine.matching.tree import AREA_LEVELS, holds
from openpes.engine.matching.weights import WHOLE, Weights

Failed = npt.NDArray[np.bool_]
Condition = Callable[[Any, Any, Weights], Failed]


def education_too_low(s: Any, v: Any, w: Weights) -> Failed:
    """The education is below the rank asked for."""
    return np.asarray(s.education) < np.asarray(v.education_min)


def pay_below_floor(s: Any, v: Any, w: Weights) -> Failed:
    """The top of the stated pay is below the seeker's floor by more than the tolerance."""
    top = np.asarray(v.pay_max_fen, dtype=np.int64)
    accepted = np.asarray(s.min_pay_fen, dtype=np.int64) * (WHOLE - w.pay_tolerance)
    return (top > 0) & (top * WHOLE < accepted)


def experience_too_short(s: Any, v: Any, w: Weights) -> Failed:
    """The experience is short of the years asked for by more than the slack."""
    years = np.asarray(s.experience_years, dtype=np.int64) + w.experience_slack_years
    return years < np.asarray(v.experience_min_years)


def age_outside_law(s: Any, v: Any, w: Weights) -> Failed:
    """The age is outside limits that a law sets; a mere wish of the employer excludes nobody.

    Age is not among the grounds of 就业促进法 art. 3 and 人力资源市场暂行条例 art. 24:
    such a wish is only warned of.
    """
    age, top = np.asarray(s.age), np.asarray(v.age_max)
    outside = (age < np.asarray(v.age_min)) | ((top > 0) & (age > top))
    return np.asarray(v.age_by_law) & outside


def skills_missing(s: Any, v: Any, w: Weights) -> Failed:
    """A required skill or licence is missing."""
    return holds_any(as_words(v.skills_required) & ~as_words(s.skills))


def place_outside(s: Any, v: Any, w: Weights) -> Failed:
    """The seeker works only in the places named, and the work is elsewhere."""
    places = np.asarray(s.places)
    outside = np.ones(np.broadcast(places[..., 0], v.area).shape, dtype=bool)
    for j in range(WISHES):
        outside = outside & ~holds(places[..., j], v.area, AREA_LEVELS)
    return np.asarray(s.places_only) & (places > 0).any(axis=-1) & outside


# The cheapest first: each later one looks only at whom the earlier ones let pass.
CONDITIONS: tuple[Condition, ...] = (
    education_too_low,
    pay_below_floor,
    experience_too_short,
    age_outside_law,
    skills_missing,
    place_outside,
)


def passes(s: Any, v: Any, w: Weights) -> Failed:
    """Say who fails no hard condition."""
    return ~np.any(np.broadcast_arrays(*(fails(s, v, w) for fails in CONDITIONS)), axis=0)
