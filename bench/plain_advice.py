"""The one change that would bring most, the plain way: for every change all further rows are asked again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from openpes.engine.matching import Counterfactual, Relaxations, Seeker, Seekers, Vacancies, Vacancy
from openpes.engine.matching.explain import Reason
from openpes.engine.matching.rank import Rows, Side, passing, seekers_base, vacancies_base
from openpes.engine.matching.score import rest_at_most
from openpes.engine.matching.skills import as_words, skill_bits, skill_places
from openpes.engine.matching.tree import COUNTY, OCCUPATION_LEVELS, depth
from openpes.engine.matching.weights import Weights

Base = npt.NDArray[np.int16]
Gain = tuple[Reason, int]


def advice_by_asking_again(
    seeker: Seeker, vacancies: Vacancies, weights: Weights, relaxations: Relaxations = Relaxations()
) -> Counterfactual | None:
    """What `counterfactual` answers, by its definition: the rows that would be reached, for each change anew."""
    reach = _Reach(vacancies, weights, relaxations.threshold)
    base = vacancies_base(seeker, vacancies, weights)
    everything = np.arange(len(vacancies))
    reached = reach.of_seeker(seeker, base, everything)
    rest = np.setdiff1d(everything, reached, assume_unique=True)
    return _best(_seeker_gains(seeker, reach, base, rest, relaxations), len(reached))


def advice_for_vacancy_by_asking_again(
    vacancy: Vacancy, seekers: Seekers, weights: Weights, relaxations: Relaxations = Relaxations()
) -> Counterfactual | None:
    """The same for `counterfactual_for_vacancy`."""
    reach = _Reach(seekers, weights, relaxations.threshold)
    base = seekers_base(vacancy, seekers, weights)
    everything = np.arange(len(seekers))
    reached = reach.of_vacancy(vacancy, base, everything)
    # Occupation and place stay as they are, so whoever is too far by them is out for every change.
    near = np.flatnonzero(base + rest_at_most(weights) >= relaxations.threshold)
    rest = np.setdiff1d(near, reached, assume_unique=True)
    gains = (
        (change, len(reach.of_vacancy(changed, base, rest)))
        for change, changed in _vacancy_changes(vacancy, relaxations)
    )
    further = np.setdiff1d(everything, reached, assume_unique=True)
    moved = (
        (change, len(reach.of_vacancy(changed, seekers_base(changed, seekers, weights), further)))
        for change, changed in _vacancy_places(vacancy, seekers)
    )
    return _best(chain(gains, moved), len(reached))


@dataclass(frozen=True)
class _Reach:
    """Which rows of a table pass the hard conditions and come to the threshold."""

    table: Any
    weights: Weights
    threshold: int

    def of_seeker(self, seeker: Seeker, base: Base, rows: Rows) -> Rows:
        """Return the vacancies among the rows that this seeker reaches."""
        return self._of(Side(self.table, lambda part: (seeker, part), self.fit), base, rows)

    def of_vacancy(self, vacancy: Vacancy, base: Base, rows: Rows) -> Rows:
        """Return the seekers among the rows that this vacancy reaches."""
        return self._of(Side(self.table, lambda part: (part, vacancy), self.fit), base, rows)

    @property
    def fit(self) -> Weights:
        """The weights without what is added for a group: how well two fit does not depend on it."""
        return replace(self.weights, priority=0)

    def _of(self, side: Side, base: Base, rows: Rows) -> Rows:
        rows = passing(side, rows[base[rows] + rest_at_most(self.weights) >= self.threshold])
        return rows[side.totals(base, rows) >= self.threshold]


def _vacancy_places(v: Vacancy, seekers: Seekers) -> Iterator[tuple[Reason, Vacancy]]:
    counties = np.unique(np.abs(seekers.place_index.codes) // COUNTY)
    for county in counties[counties % 100 != 0].tolist():
        yield Reason("add_place", {"county": county * COUNTY}), replace(v, area=county * COUNTY)


def _best(gains: Iterator[Gain], reached: int) -> Counterfactual | None:
    best: Counterfactual | None = None
    for change, gained in gains:
        if gained > (best.gained if best else 0):
            best = Counterfactual(change, reached, gained)
    return best


def _seeker_gains(seeker: Seeker, reach: _Reach, base: Base, rest: Rows, may: Relaxations) -> Iterator[Gain]:
    yield from _pay_gains(seeker, reach, base, rest, may)
    yield from _county_gains(seeker, reach, rest, may)
    yield from _skill_gains(seeker, reach, base, rest)
    yield from _occupation_gains(seeker, reach, rest)


def _pay_gains(seeker: Seeker, reach: _Reach, base: Base, rest: Rows, may: Relaxations) -> Iterator[Gain]:
    for step in sorted(may.pay_steps_fen):
        if step < seeker.min_pay_fen:
            floor = seeker.min_pay_fen - step
            gained = reach.of_seeker(replace(seeker, min_pay_fen=floor), base, rest)
            yield Reason("lower_pay", {"by_fen": step, "floor_fen": floor}), len(gained)


def _county_gains(seeker: Seeker, reach: _Reach, rest: Rows, may: Relaxations) -> Iterator[Gain]:
    # Naming a county makes every place in it wanted. Counties do not overlap: the best few are the best set.
    anywhere = replace(seeker, places=(0, 0, 0), places_only=False)
    nowhere = replace(anywhere, area=0)
    base = vacancies_base(nowhere, reach.table, reach.weights) + reach.weights.place
    base = base - _points_of_nowhere(reach.weights)
    counties = reach.table.area[reach.of_seeker(anywhere, base, rest)] // COUNTY
    codes, counts = np.unique(counties[counties % 100 != 0], return_counts=True)
    best = np.lexsort((codes, -counts))[: may.counties]
    if len(best):
        named = tuple(sorted(int(code) * COUNTY for code in codes[best]))
        yield Reason("add_counties", {"counties": named}), int(counts[best].sum())


def _points_of_nowhere(w: Weights) -> int:
    return w.place * w.place_shared[0] // 10_000


def _skill_gains(seeker: Seeker, reach: _Reach, base: Base, rest: Rows) -> Iterator[Gain]:
    asked = (reach.table.skills_required | reach.table.skills_wanted)[rest]
    lacking = np.bitwise_or.reduce(asked, axis=0) & ~as_words(seeker.skills)
    for skill in skill_places(lacking):
        bits = as_words(skill_bits([skill]))
        skills = tuple((as_words(seeker.skills) | bits).tolist())
        rows = rest[(asked & bits).any(axis=1)]
        yield (
            Reason("gain_skill", {"skill": skill}),
            len(reach.of_seeker(replace(seeker, skills=skills), base, rows)),
        )


def _occupation_gains(seeker: Seeker, reach: _Reach, rest: Rows) -> Iterator[Gain]:
    for at, wish in enumerate(seeker.wishes):
        level = int(depth(wish, OCCUPATION_LEVELS))
        if wish == 0 or level == 1:
            continue
        parent = wish // OCCUPATION_LEVELS[level - 2] * OCCUPATION_LEVELS[level - 2]
        wider = replace(seeker, wishes=(*seeker.wishes[:at], parent, *seeker.wishes[at + 1 :]))
        gained = reach.of_seeker(wider, vacancies_base(wider, reach.table, reach.weights), rest)
        yield Reason("widen_occupation", {"wish": wish, "to": parent}), len(gained)


def _vacancy_changes(v: Vacancy, may: Relaxations) -> Iterator[tuple[Reason, Vacancy]]:
    for years in range(1, min(may.experience_years, v.experience_min_years) + 1):
        left = v.experience_min_years - years
        yield (
            Reason("ask_less_experience", {"by_years": years, "years": left}),
            replace(v, experience_min_years=left),
        )
    for ranks in range(1, min(may.education_ranks, v.education_min) + 1):
        rank = v.education_min - ranks
        yield Reason("ask_less_education", {"by_ranks": ranks, "rank": rank}), replace(v, education_min=rank)
    for step in sorted(may.pay_steps_fen) if v.pay_max_fen else ():
        low, top = v.pay_min_fen + step, v.pay_max_fen + step
        change = Reason("raise_pay", {"by_fen": step, "min_fen": low, "max_fen": top})
        yield change, replace(v, pay_min_fen=low, pay_max_fen=top)
    for skill in skill_places(v.skills_required):
        left_over = as_words(v.skills_required) & ~as_words(skill_bits([skill]))
        words = tuple(left_over.tolist())
        yield Reason("drop_skill", {"skill": skill}), replace(v, skills_required=words)
