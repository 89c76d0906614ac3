"""Who of the city would suit an employer's open vacancies, and what would bring more.

A row is only somebody who shows the own CV to suitable employers. Everybody else is part of a number that is told from
the smallest cell of public figures on, with the reasons that so many share: one person is never described.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from openpes.engine.parameters import parameters
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.matching.choices import CHANGES_SHOWN
from openpes.matching.queries import Advice, Suggestion, changes_for_vacancy
from openpes.network.queries import area_name
from openpes.referrals.queries import suitable_people
from openpes.vacancies.models import Vacancy

SHOWN, REASONS = 3, 3
LOOKED_AT = 60
COUNTY = 6


@dataclass(frozen=True)
class Candidate:
    """Somebody who would suit and shows the own CV: from which county and how well. The name stands on the CV."""

    place: str
    suggestion: Suggestion


@dataclass(frozen=True)
class Others:
    """Those who would suit and show no CV: how many, and what so many of them have that nobody is described by it.

    `count` is 0 when they are fewer than `least`; `is_more` when there are more than were looked at.
    """

    count: int
    least: int
    is_more: bool
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Candidates:
    """The best candidates of a vacancy who show a CV, the number of the others, and what would bring more."""

    vacancy: Vacancy
    best: tuple[Candidate, ...]
    more: int
    others: Others | None
    changes: tuple[Advice, ...]


def candidates_for(*, vacancies: Collection[Vacancy], on: date) -> tuple[Candidates, ...]:
    """Seekers of the whole city for open vacancies whose reader may see these."""
    with within(CITY):
        return tuple(_candidates(row, on) for row in vacancies)


def _candidates(row: Vacancy, on: date) -> Candidates:
    found = suitable_people(vacancy=row.pk, on=on, k=LOOKED_AT)
    best = tuple(Candidate(area_name(one.person.area[:COUNTY]), one) for one in found.shown[:SHOWN] if one.person)
    changes = changes_for_vacancy(scope=CITY, vacancy=row.pk, on=on)[:CHANGES_SHOWN]
    return Candidates(row, best, max(len(found.shown) - SHOWN, 0), _others(found.others, on), tuple(changes))


def _others(found: list[Suggestion], on: date) -> Others | None:
    if not found:
        return None
    least = int(parameters().value("small_cell_threshold", on))
    shared = Counter(reason for one in found for reason in one.best_reasons)
    told = [(reason, times) for reason, times in shared.most_common() if times >= least]
    count = len(found) if len(found) >= least else 0
    return Others(count, least, len(found) >= LOOKED_AT, tuple(told[:REASONS]))
