"""Stores what the lists of a night mean for groups of persons and for vacancies, for the city and each county."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from openpes.engine.groups import groups
from openpes.engine.matching.exposure import Place, evenness, places_of_groups
from openpes.kernel.scope import CITY
from openpes.matching.choices import AgeBand, Topic
from openpes.matching.models import MatchFigure

COUNTY = 10**6  # what divides a padded area down to its county
URBAN, RURAL = 1, 2  # the first figure of the household registration
TWICE = 2_000

Ints = npt.NDArray[np.int64]


def store_figures(lists: Any, at: datetime) -> None:
    """Put the figures of a night in the place of the last ones."""
    MatchFigure.objects.all().delete()
    rows = [
        MatchFigure(area=area, topic=topic, value=value, measure=measure, number=number, made_at=at)
        for area, topic, value, measure, number in (*_of_groups(lists), *_of_vacancies(lists))
    ]
    MatchFigure.objects.bulk_create(rows, TWICE)


def _of_vacancies(lists: Any) -> Iterator[tuple[str, str, str, str, int]]:
    count = len(lists.vacancies.vacancies)
    for value, given in (("before", lists.first), ("after", lists.given)):
        told = evenness(lists.numbers, lists.jobs.scores, given, count)
        for measure in ("vacancies", "shown", "gini", "score", "pairs"):
            yield CITY, Topic.SPREAD.value, value, measure, getattr(told, measure)


def _of_groups(lists: Any) -> Iterator[tuple[str, str, str, str, int]]:
    people = lists.seekers.seekers
    found = lists.candidates
    numbers = np.where(found.scores >= 0, np.searchsorted(people.id, found.ids), -1)
    counties = people.area // COUNTY
    units, unit_of = np.unique(counties, return_inverse=True)
    for topic, values, of in _dimensions(lists.seekers):
        both = unit_of.ravel() * len(values) + of
        by_county = places_of_groups(numbers, both, len(units) * len(values))
        for at, value in enumerate(values):
            parts = by_county[at :: len(values)]
            yield from _told(CITY, topic, value, _sum(parts))
            for unit, part in zip(units.tolist(), parts, strict=True):
                yield from _told(str(unit), topic, value, part)


def _told(area: str, topic: str, value: str, place: Place) -> Iterator[tuple[str, str, str, str, int]]:
    if place.persons and len(area) > 1:
        for measure in ("persons", "listed", "places", "ranks", "attention"):
            yield area, topic, value, measure, getattr(place, measure)


def _sum(parts: list[Place]) -> Place:
    return Place(*(sum(getattr(part, name) for part in parts) for name in Place.__dataclass_fields__))


def _dimensions(city: Any) -> Iterator[tuple[str, list[str], Ints]]:
    """What persons are told apart by: sex, age, household registration, and the group for which they are preferred."""
    yield Topic.SEX.value, ["", "1", "2"], np.where(city.sex <= 2, city.sex, 0)
    ages = city.seekers.age.astype(np.int64)
    yield Topic.AGE.value, list(AgeBand.values), np.searchsorted(AgeBand.firsts(), ages, side="right") - 1
    first = city.hukou // 10
    yield Topic.HOME.value, ["", "urban", "rural"], np.where((first == URBAN) | (first == RURAL), first, 0)
    known = [0, *sorted(groups())]
    yield Topic.GROUP.value, [str(number) for number in known], np.searchsorted(known, city.seekers.group)
