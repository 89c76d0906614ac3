"""The one change that would bring most: a seeker to more vacancies, or an employer to more candidates.

A change touches one group of columns (`groups`). What each row lacks to the threshold is computed once; a change then
moves every row by the difference in its group, which depends on the kind of the row alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt

from openpes.engine.matching.arrays import Part, Seeker, Seekers, Vacancies, Vacancy
from openpes.engine.matching.explain import Reason
from openpes.engine.matching.groups import ASKED, OCCUPATION, OUT, PAY, PLACE, SKILLS, Group, Totals, nearness_of
from openpes.engine.matching.kinds import Kinds
from openpes.engine.matching.skills import (
    as_words,
    first_skill,
    holds_any,
    skill_bits,
    skill_places,
    skills_weighed,
)
from openpes.engine.matching.tree import COUNTY, OCCUPATION_LEVELS, depth
from openpes.engine.matching.weights import Weights

Counts = npt.NDArray[np.intp]
Gain = tuple[Reason, int]
NEVER = np.iinfo(np.int32).max  # what a row lacks that is reached already: no change gains it again


@dataclass(frozen=True, kw_only=True)
class Relaxations:
    """What counts as a suggestion (a score of at least `threshold`), and how far a change may go."""

    threshold: int = 6000
    counties: int = 2
    pay_steps_fen: tuple[int, ...] = (20_000, 50_000)
    experience_years: int = 2
    education_ranks: int = 1


@dataclass(frozen=True)
class Counterfactual:
    """The best single change, how many are reached today, and how many more it would bring."""

    change: Reason
    reached: int
    gained: int


def counterfactual(
    seeker: Seeker, vacancies: Vacancies, weights: Weights, relaxations: Relaxations = Relaxations()
) -> Counterfactual | None:
    """Return the one concession of a seeker that brings most further vacancies; None if none brings any.

    Codes: `lower_pay` (by_fen, floor_fen), `add_counties` (counties), `gain_skill` (skill),
    `widen_occupation` (wish, to). Of equal gains the first in this order, and the smaller step.
    """
    reach = _seeker_reach(seeker, vacancies, weights, relaxations)
    return _best(_seeker_gains(seeker, reach, weights, relaxations), reach.reached)


def changes_of_seeker(
    seeker: Seeker, vacancies: Vacancies, weights: Weights, relaxations: Relaxations = Relaxations()
) -> list[Counterfactual]:
    """Return every concession of a seeker that brings further vacancies, the one that brings most first."""
    reach = _seeker_reach(seeker, vacancies, weights, relaxations)
    return _sorted(_seeker_gains(seeker, reach, weights, relaxations), reach.reached)


def _seeker_reach(seeker: Seeker, vacancies: Vacancies, weights: Weights, may: Relaxations) -> "_Reach":
    kinds = {
        OCCUPATION: vacancies.occupation_kinds,
        PLACE: vacancies.area_kinds,
        PAY: vacancies.pay_kinds,
        ASKED: vacancies.asked_kinds,
        SKILLS: vacancies.skill_kinds,
    }
    now = {group: group.judged(seeker, these, weights) for group, these in kinds.items()}
    totals = sum((kinds[group].spread(points) for group, points in now.items()), start=np.zeros((), np.int32))
    return _Reach(kinds, now, totals, may.threshold)


def counterfactual_for_vacancy(
    vacancy: Vacancy, seekers: Seekers, weights: Weights, relaxations: Relaxations = Relaxations()
) -> Counterfactual | None:
    """Return the one concession of an employer that brings most further candidates; None if none brings any.

    Codes: `ask_less_experience` (by_years, years), `ask_less_education` (by_ranks, rank),
    `raise_pay` (by_fen, min_fen, max_fen), `drop_skill` (skill), `add_place` (county: work there as well).
    """
    reach, gains = _vacancy_gains(vacancy, seekers, weights, relaxations)
    return _best(gains, reach.reached)


def changes_of_vacancy(
    vacancy: Vacancy, seekers: Seekers, weights: Weights, relaxations: Relaxations = Relaxations()
) -> list[Counterfactual]:
    """Return every concession of an employer that brings further candidates, the one that brings most first."""
    reach, gains = _vacancy_gains(vacancy, seekers, weights, relaxations)
    return _sorted(gains, reach.reached)


def _vacancy_gains(
    vacancy: Vacancy, seekers: Seekers, weights: Weights, may: Relaxations
) -> tuple["_Reach", Iterator[Gain]]:
    kinds = {PAY: seekers.pay_kinds, ASKED: seekers.able_kinds, SKILLS: seekers.skill_kinds}
    now = {group: group.judged(these, vacancy, weights) for group, these in kinds.items()}
    totals = nearness_of(seekers, vacancy, weights)
    for group, points in now.items():
        totals += kinds[group].spread(points)
    reach = _Reach(kinds, now, totals, may.threshold)
    gains = (
        (change, reach.gained(group, group.judged(kinds[group], changed, weights)))
        for group, change, changed in _vacancy_changes(vacancy, may)
    )
    return reach, chain(gains, _place_gains(vacancy, seekers, reach, weights))


@dataclass(frozen=True, eq=False)
class _Reach:
    """How far every row of a table is from the threshold, and the points of each group by kind."""

    kinds: dict[Group, Kinds]
    now: dict[Group, Totals]
    totals: Totals
    threshold: int

    @cached_property
    def reached(self) -> int:
        """How many rows come to the threshold as things are."""
        return int(np.count_nonzero(self.totals >= self.threshold))

    @cached_property
    def lacking(self) -> Totals:
        """What each row lacks to the threshold."""
        return np.where(self.totals >= self.threshold, NEVER, self.threshold - self.totals)

    def gained(self, group: Group, points: Totals) -> int:
        """How many further rows come to the threshold when a group has these points by kind."""
        return int(np.count_nonzero(self._gaining(group, points)))

    def gained_by_kind(self, group: Group, points: Totals) -> Counts:
        """The same, counted for each kind of the group."""
        of_row = self.kinds[group].of_row
        return np.bincount(of_row[self._gaining(group, points)], minlength=len(points))

    def _gaining(self, group: Group, points: Totals) -> npt.NDArray[np.bool_]:
        return self.kinds[group].spread(points - self.now[group]) >= self.lacking


def _best(gains: Iterator[Gain], reached: int) -> Counterfactual | None:
    best: Counterfactual | None = None
    for change, gained in gains:
        if gained > (best.gained if best else 0):
            best = Counterfactual(change, reached, gained)
    return best


def _sorted(gains: Iterator[Gain], reached: int) -> list[Counterfactual]:
    found = [Counterfactual(change, reached, gained) for change, gained in gains if gained]
    return sorted(found, key=lambda one: -one.gained)  # of equal gains the order in which they were tried stays


def _place_gains(v: Vacancy, seekers: Seekers, reach: _Reach, w: Weights) -> Iterator[Gain]:
    """Work in one more county: whoever is nearer to it, or works only there, comes nearer to the vacancy."""
    hopeful = np.flatnonzero(reach.lacking <= w.place - OUT)
    if not len(hopeful):
        return
    some = Part(seekers, hopeful)
    now, lacking = PLACE.judged(some, v, w), reach.lacking[hopeful]
    counties = np.unique(np.abs(seekers.place_index.codes) // COUNTY)
    for county in counties[counties % 100 != 0].tolist():
        there = PLACE.judged(some, replace(v, area=county * COUNTY), w)
        gained = int(np.count_nonzero(np.maximum(there - now, 0) >= lacking))
        yield Reason("add_place", {"county": county * COUNTY}), gained


def _seeker_gains(seeker: Seeker, reach: _Reach, w: Weights, may: Relaxations) -> Iterator[Gain]:
    for step in sorted(may.pay_steps_fen):
        if step < seeker.min_pay_fen:
            floor = seeker.min_pay_fen - step
            points = PAY.judged(replace(seeker, min_pay_fen=floor), reach.kinds[PAY], w)
            yield Reason("lower_pay", {"by_fen": step, "floor_fen": floor}), reach.gained(PAY, points)
    yield from _county_gains(reach, w, may)
    yield from _skill_gains(seeker, reach, w)
    yield from _occupation_gains(seeker, reach, w)


def _county_gains(reach: _Reach, w: Weights, may: Relaxations) -> Iterator[Gain]:
    # Naming a county makes every place in it wanted. Counties do not overlap: the best few are the best set.
    areas = reach.kinds[PLACE].area
    by_area = reach.gained_by_kind(PLACE, np.full(len(areas), w.place, np.int32))
    counties = np.where(by_area > 0, areas // COUNTY, 0)
    codes, places = np.unique(counties, return_inverse=True)
    counts = np.bincount(places, weights=by_area, minlength=len(codes)).astype(np.int64)
    named = codes % 100 != 0
    codes, counts = codes[named], counts[named]
    best = np.lexsort((codes, -counts))[: may.counties]
    if len(best):
        chosen = tuple(sorted(int(code) * COUNTY for code in codes[best]))
        yield Reason("add_counties", {"counties": chosen}), int(counts[best].sum())


def _skill_gains(seeker: Seeker, reach: _Reach, w: Weights) -> Iterator[Gain]:
    kinds, held = reach.kinds[SKILLS], as_words(seeker.skills)
    lacking = kinds.skills_required & ~held
    # A skill brings a kind nearer if it is required and lacks, or wanted where nothing required lacks. Each of them is
    # worth the same there, so that the first stands for all; where two are required, one alone still fails.
    opening = np.where(holds_any(lacking)[:, None], lacking, kinds.skills_wanted & ~held)
    learnt = SimpleNamespace(skills=held | first_skill(opening))
    gained = reach.gained_by_kind(SKILLS, SKILLS.judged(learnt, kinds, w))
    for skill, count in skills_weighed(opening, gained):
        yield Reason("gain_skill", {"skill": skill}), count


def _occupation_gains(seeker: Seeker, reach: _Reach, w: Weights) -> Iterator[Gain]:
    for at, wish in enumerate(seeker.wishes):
        level = int(depth(wish, OCCUPATION_LEVELS))
        if wish == 0 or level == 1:
            continue
        parent = wish // OCCUPATION_LEVELS[level - 2] * OCCUPATION_LEVELS[level - 2]
        wider = replace(seeker, wishes=(*seeker.wishes[:at], parent, *seeker.wishes[at + 1 :]))
        points = OCCUPATION.judged(wider, reach.kinds[OCCUPATION], w)
        yield Reason("widen_occupation", {"wish": wish, "to": parent}), reach.gained(OCCUPATION, points)


def _vacancy_changes(v: Vacancy, may: Relaxations) -> Iterator[tuple[Group, Reason, Vacancy]]:
    for years in range(1, min(may.experience_years, v.experience_min_years) + 1):
        left = v.experience_min_years - years
        change = Reason("ask_less_experience", {"by_years": years, "years": left})
        yield ASKED, change, replace(v, experience_min_years=left)
    for ranks in range(1, min(may.education_ranks, v.education_min) + 1):
        rank = v.education_min - ranks
        change = Reason("ask_less_education", {"by_ranks": ranks, "rank": rank})
        yield ASKED, change, replace(v, education_min=rank)
    for step in sorted(may.pay_steps_fen) if v.pay_max_fen else ():
        low, top = v.pay_min_fen + step, v.pay_max_fen + step
        change = Reason("raise_pay", {"by_fen": step, "min_fen": low, "max_fen": top})
        yield PAY, change, replace(v, pay_min_fen=low, pay_max_fen=top)
    for skill in skill_places(v.skills_required):
        left_over = as_words(v.skills_required) & ~as_words(skill_bits([skill]))
        yield SKILLS, Reason("drop_skill", {"skill": skill}), replace(v, skills_required=tuple(left_over.tolist()))
