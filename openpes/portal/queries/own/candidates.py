"""Who of the city would suit an employer's open vacancies, and what would bring more; nobody is named."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.matching.queries import (
    Advice,
    Suggestion,
    counterfactual_for_vacancy,
    near_and_far,
    suggestions_for_vacancy,
)
from openpes.network.queries import area_name
from openpes.vacancies.models import Vacancy

SHOWN = 3
LOOKED_AT = 12
COUNTY = 6


@dataclass(frozen=True)
class Candidate:
    """Somebody who would suit: from which county and how well. An employer learns the name with the introduction."""

    place: str
    suggestion: Suggestion


@dataclass(frozen=True)
class Candidates:
    """The best candidates of a vacancy, and the one concession that would bring most."""

    vacancy: Vacancy
    best: tuple[Candidate, ...]
    more: int
    advice: Advice | None


def candidates_for(*, vacancies: Collection[Vacancy], on: date) -> tuple[Candidates, ...]:
    """Seekers of the whole city for open vacancies whose reader may see these; only what fits is told, not who."""
    with within(CITY):
        return tuple(_candidates(row, on) for row in vacancies)


def _candidates(row: Vacancy, on: date) -> Candidates:
    near, _far = near_and_far(suggestions_for_vacancy(scope=CITY, vacancy=row.pk, on=on, k=LOOKED_AT))
    best = tuple(Candidate(area_name(one.person.area[:COUNTY]), one) for one in near[:SHOWN] if one.person)
    advice = counterfactual_for_vacancy(scope=CITY, vacancy=row.pk, on=on)
    return Candidates(row, best, max(len(near) - SHOWN, 0), advice)
