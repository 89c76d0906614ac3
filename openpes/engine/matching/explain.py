"""Why one seeker and one vacancy fit: points by component, each with a reason, and what is missing.

Reasons are codes with values; a room turns them into sentences in the reader's language.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from openpes.engine.matching import conditions, score
from openpes.engine.matching.arrays import Part, Seeker, Seekers, Vacancies, Vacancy, place_keys, wish_keys
from openpes.engine.matching.skills import skill_places
from openpes.engine.matching.tree import AREA_LEVELS, OCCUPATION_LEVELS, holds, shared_levels
from openpes.engine.matching.weights import COMPONENTS, Weights

Value = int | tuple[int, ...]


# What these say speaks against the pair. Other reasons that cost points do not: more education than is asked for
# ranks lower, but nobody lacks anything.
SHORTCOMINGS = frozenset(
    ["occupation_distant", "occupation_far", "place_away_from_home", "place_away_from_wish", "place_far_from_home",
     "place_far_from_wish", "pay_unstated", "pay_below_floor", "skills_some", "skills_none", "experience_short"]
)  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """A code such as `pay_meets_floor` with the values that its sentence needs (fen, ranks, years, codes)."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Component:
    """One part of the score: points out of a maximum, and why."""

    name: str
    points: int
    maximum: int
    reason: Reason


@dataclass(frozen=True)
class Explanation:
    """The whole answer for one pair.

    `score` is None where a hard condition fails; `points` is what the components add up to either way. `priority` is
    the component that a preferred group adds on top of the fit, if the seeker is of one; the score holds it.
    `failed` are the hard conditions not met, `wanting` the shortcomings that cost points, the dearest first.
    """

    score: int | None
    points: int
    components: tuple[Component, ...]
    failed: tuple[Reason, ...]
    priority: Component | None = None

    @property
    def fit(self) -> int | None:
        """How well the two fit, 0..10000, whoever the seeker is; None where a hard condition fails."""
        return None if self.score is None else self.points

    @property
    def wanting(self) -> tuple[Component, ...]:
        """The components in which something is missing, the largest loss first."""
        short = [part for part in self.components if part.reason.code in SHORTCOMINGS]
        return tuple(sorted(short, key=lambda part: part.points - part.maximum))


def score_pair(seeker: Seeker, vacancy: Vacancy, weights: Weights) -> int | None:
    """Return the score of one pair, priority included, or None where a hard condition fails."""
    if not bool(conditions.passes(seeker, vacancy, weights)):
        return None
    return int(score.score(seeker, vacancy, weights))


def explain(seeker: Seeker, vacancy: Vacancy, weights: Weights) -> Explanation:
    """Return the points of each component with its reason, and every hard condition that fails."""
    points = {name: int(earned(seeker, vacancy, weights)) for name, earned in POINTS.items()}
    failed = [condition for condition in conditions.CONDITIONS if bool(condition(seeker, vacancy, weights))]
    return _explained(seeker, vacancy, weights, points, failed)


def explain_vacancies(seeker: Seeker, vacancies: Vacancies, ids: Sequence[int], weights: Weights) -> list[Explanation]:
    """Return what `explain` says of a seeker and each of these vacancies, judged together.

    :raises KeyError: no such id
    """
    places = vacancies.places_of(ids)
    pairs = [(seeker, vacancies.row(at)) for at in places.tolist()]
    return _all_explained(pairs, seeker, Part(vacancies, places), weights)


def explain_seekers(vacancy: Vacancy, seekers: Seekers, ids: Sequence[int], weights: Weights) -> list[Explanation]:
    """Return what `explain` says of each of these seekers and a vacancy, judged together.

    :raises KeyError: no such id
    """
    places = seekers.places_of(ids)
    pairs = [(seekers.row(at), vacancy) for at in places.tolist()]
    return _all_explained(pairs, Part(seekers, places), vacancy, weights)


def _all_explained(pairs: list[tuple[Seeker, Vacancy]], s: Any, v: Any, w: Weights) -> list[Explanation]:
    """The explanations of pairs; `s` and `v` are their two sides as columns, or as one row."""
    points = {name: _each(earned(s, v, w), len(pairs)) for name, earned in POINTS.items()}
    fails = {condition: _each(condition(s, v, w), len(pairs)) for condition in conditions.CONDITIONS}
    return [
        _explained(
            *pair,
            w,
            {name: column[at] for name, column in points.items()},
            [condition for condition, column in fails.items() if column[at]],
        )
        for at, pair in enumerate(pairs)
    ]


def _each(column: Any, count: int) -> list[Any]:
    each: list[Any] = np.broadcast_to(column, (count,)).tolist()
    return each


def _explained(
    s: Seeker, v: Vacancy, w: Weights, points: Mapping[str, int], fails: Sequence[conditions.Condition]
) -> Explanation:
    components = tuple(Component(name, points[name], getattr(w, name), WHY[name](s, v, w)) for name in COMPONENTS)
    total = sum(points.values())
    priority = _priority(s, w)
    whole = None if fails else total + (priority.points if priority else 0)
    return Explanation(whole, total, components, tuple(WHY_NOT[one](s, v, w) for one in fails), priority)


def _priority(s: Seeker, w: Weights) -> Component | None:
    points = int(score.priority_points(s, w))
    return Component("priority", points, w.priority, Reason("priority_group", {"group": s.group})) if points else None


def _why_occupation(s: Seeker, v: Vacancy, w: Weights) -> Reason:
    keys = wish_keys(s)
    if not any(s.wishes):
        return Reason("occupation_no_wish", {"occupation": v.occupation})
    at = int(np.argmax(score.wish_points(keys, v.occupation, w)))
    wish = int(keys[at])
    level = int(shared_levels(wish, v.occupation, OCCUPATION_LEVELS))
    values: dict[str, Value] = {"wish": wish, "occupation": v.occupation, "level": level}
    if wish == v.occupation:
        return Reason("occupation_same", values)
    if bool(holds(wish, v.occupation, OCCUPATION_LEVELS)):
        return Reason("occupation_within_wish", values)
    if level > 1:
        return Reason("occupation_near", values)
    return Reason("occupation_distant" if level else "occupation_far", values)


def _why_place(s: Seeker, v: Vacancy, w: Weights) -> Reason:
    keys = place_keys(s)
    key = int(keys[np.argmax(score.place_points(keys, v.area, w))])
    place, of = abs(key), "home" if key < 0 else "wish"
    if bool(holds(key, v.area, AREA_LEVELS)):
        return Reason("place_wanted", {"place": place, "area": v.area})
    if key < 0 and place == v.area:
        return Reason("place_at_home", {"place": place, "area": v.area})
    level = max(int(shared_levels(place, v.area, AREA_LEVELS)) - 1, 0)
    if level == 0:
        return Reason(f"place_far_from_{of}", {"place": place, "area": v.area})
    how = "near" if level > 1 else "away_from"
    return Reason(f"place_{how}_{of}", {"place": place, "area": v.area, "level": level})


def _why_pay(s: Seeker, v: Vacancy, w: Weights) -> Reason:
    values: dict[str, Value] = {
        "floor_fen": s.min_pay_fen,
        "min_fen": v.pay_min_fen,
        "max_fen": v.pay_max_fen,
    }
    if s.min_pay_fen == 0:
        return Reason("pay_no_floor", values)
    if v.pay_max_fen == 0:
        return Reason("pay_unstated", values)
    if s.min_pay_fen <= v.pay_min_fen:
        return Reason("pay_meets_floor", values)
    if s.min_pay_fen <= v.pay_max_fen:
        return Reason("pay_reaches_floor", values)
    return Reason("pay_below_floor", {**values, "short_fen": s.min_pay_fen - v.pay_max_fen})


def _why_education(s: Seeker, v: Vacancy, w: Weights) -> Reason:
    values: dict[str, Value] = {"rank": s.education, "asked": v.education_min}
    if v.education_min == 0:
        return Reason("education_not_asked", values)
    if s.education < v.education_min:
        return Reason("education_too_low", values)
    return Reason("education_meets" if s.education == v.education_min else "education_above", values)


def _why_skills(s: Seeker, v: Vacancy, w: Weights) -> Reason:
    wanted, have = set(skill_places(v.skills_wanted)), set(skill_places(s.skills))
    if not wanted:
        return Reason("skills_not_asked")
    values: dict[str, Value] = {"have": tuple(sorted(wanted & have)), "missing": tuple(sorted(wanted - have))}
    if wanted <= have:
        return Reason("skills_all", values)
    return Reason("skills_some" if wanted & have else "skills_none", values)


def _why_experience(s: Seeker, v: Vacancy, w: Weights) -> Reason:
    values: dict[str, Value] = {"years": s.experience_years, "asked": v.experience_min_years}
    if v.experience_min_years == 0:
        return Reason("experience_not_asked", values)
    return Reason("experience_meets" if s.experience_years >= v.experience_min_years else "experience_short", values)


def _why_not_skills(s: Seeker, v: Vacancy, w: Weights) -> Reason:
    missing = set(skill_places(v.skills_required)) - set(skill_places(s.skills))
    return Reason("skills_missing", {"missing": tuple(sorted(missing))})


def _why_not_place(s: Seeker, v: Vacancy, w: Weights) -> Reason:
    return Reason("place_outside", {"places": tuple(place for place in s.places if place), "area": v.area})


def _why_not_age(s: Seeker, v: Vacancy, w: Weights) -> Reason:
    return Reason("age_outside_law", {"age": s.age, "age_min": v.age_min, "age_max": v.age_max})


def _why_not_experience(s: Seeker, v: Vacancy, w: Weights) -> Reason:
    return Reason("experience_too_short", dict(_why_experience(s, v, w).values))


Why = Callable[[Seeker, Vacancy, Weights], Reason]

POINTS = {
    "occupation": score.occupation_points,
    "place": score.nearness_points,
    "pay": score.pay_points,
    "education": score.education_points,
    "skills": score.skills_points,
    "experience": score.experience_points,
}
WHY: dict[str, Why] = {
    "occupation": _why_occupation,
    "place": _why_place,
    "pay": _why_pay,
    "education": _why_education,
    "skills": _why_skills,
    "experience": _why_experience,
}
WHY_NOT: dict[conditions.Condition, Why] = {
    conditions.education_too_low: _why_education,
    conditions.pay_below_floor: _why_pay,
    conditions.experience_too_short: _why_not_experience,
    conditions.age_outside_law: _why_not_age,
    conditions.skills_missing: _why_not_skills,
    conditions.place_outside: _why_not_place,
}
