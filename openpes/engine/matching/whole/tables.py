"""Look-up tables of points, made by the one definition of the score and the conditions: a visit divides nothing."""

from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from openpes.engine.matching import conditions, score
from openpes.engine.matching.kinds import Kinds
from openpes.engine.matching.skills import SKILLS_AT_MOST, skill_bits
from openpes.engine.matching.weights import Weights

FAILS = -1_000_000  # what a failed condition earns: nothing else makes it good
SEEKER_SIDES = (("education", "experience_years"), ("age",), ("min_pay_fen",))
VACANCY_SIDES = (
    ("education_min", "experience_min_years"), ("age_by_law", "age_min", "age_max"), ("pay_min_fen", "pay_max_fen"),
)  # fmt: skip


def _asked_points(s: Any, v: Any, w: Weights) -> Any:
    return score.education_points(s, v, w) + score.experience_points(s, v, w)


JUDGED: tuple[tuple[tuple[Any, ...], Any], ...] = (
    ((conditions.education_too_low, conditions.experience_too_short), _asked_points),
    ((conditions.age_outside_law,), None),
    ((conditions.pay_below_floor,), score.pay_points),
)

Table = npt.NDArray[np.int32]


class Tables(NamedTuple):
    """Points by the kind of who asks (rows) and the kind of who is sought (columns), FAILS where a condition fails.

    `skills[asked, had]` are the points of some of the wanted skills.
    """

    asked: Table
    age: Table
    pay: Table
    skills: Table


class Sides(NamedTuple):
    """The kinds of a table of seekers or vacancies, by education and experience, age, and pay."""

    asked: Kinds
    age: Kinds
    pay: Kinds


def seeker_sides(seekers: Any) -> Sides:
    """The kinds of seekers that the tables tell apart."""
    return Sides(*(Kinds.of(seekers, *names) for names in SEEKER_SIDES))


def vacancy_sides(vacancies: Any) -> Sides:
    """The kinds of vacancies that the tables tell apart; limits of age count only where a law sets them."""
    by_law = np.asarray(vacancies.age_by_law)
    low, high = np.where(by_law, vacancies.age_min, 0), np.where(by_law, vacancies.age_max, 0)
    ages = SimpleNamespace(age_by_law=by_law, age_min=low, age_max=high)
    tables = (vacancies, ages, vacancies)
    return Sides(*(Kinds.of(table, *names) for table, names in zip(tables, VACANCY_SIDES, strict=True)))


def tables(seekers: Sides, vacancies: Sides, w: Weights, *, seekers_ask: bool) -> Tables:
    """The tables for these kinds of seekers and vacancies."""
    asked, age, pay = (
        _table(s, v, w, judged, seekers_ask) for s, v, judged in zip(seekers, vacancies, JUDGED, strict=True)
    )
    return Tables(asked, age, pay, skill_table(w))


def table_of(side: int, seekers: Kinds, vacancy: Any, w: Weights) -> Table:
    """One of the first three tables for a single vacancy: a row of points by the kinds of seekers."""
    fails, points = JUDGED[side]
    made = np.zeros(len(next(iter(seekers.values.values()))), np.int32)
    if points:
        made += points(seekers, vacancy, w).astype(np.int32)
    for fail in fails:
        made[np.broadcast_to(fail(seekers, vacancy, w), made.shape)] = FAILS
    return made[None, :]


def skill_table(w: Weights) -> Table:
    """The points for having so many (columns) of so many wanted skills (rows)."""
    ladder = np.array([skill_bits(range(count)) for count in range(SKILLS_AT_MOST + 1)], np.uint64)
    s, v = SimpleNamespace(skills=ladder[None, :]), SimpleNamespace(skills_wanted=ladder[:, None])
    return score.skills_points(s, v, w).astype(np.int32)


def _table(s: Kinds, v: Kinds, w: Weights, judged: tuple[tuple[Any, ...], Any], seekers_ask: bool) -> Table:
    fails, points = judged
    seekers = SimpleNamespace(**{name: column[:, None] for name, column in s.values.items()})
    shape = (len(next(iter(s.values.values()))), len(next(iter(v.values.values()))))
    made = np.zeros(shape, np.int32)
    if points:
        made += points(seekers, v, w).astype(np.int32)
    for fail in fails:
        made[np.broadcast_to(fail(seekers, v, w), shape)] = FAILS
    return np.ascontiguousarray(made if seekers_ask else made.T)
