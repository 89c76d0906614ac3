"""Matches the whole city: lists for every open vacancy and every wish in force, and the figures of whom they show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from openpes.engine.copying import NumberLists, Numbers, copied_rows
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, action, clock, publish
from openpes.matching.actions.figures import store_figures
from openpes.matching.events import CityMatched
from openpes.matching.queries.city import CitySeekers, CityVacancies, city_seekers, city_vacancies
from openpes.matching.queries.columns import weights_on

ONE_AT_A_TIME = 450106  # the advisory lock under which the city is matched
# Copies do not go into tables with row-level security; from here rows go on with the area of their register.
LISTS = "CREATE TEMPORARY TABLE {name} (id bigint, found int[], scores smallint[], spread int[]) ON COMMIT DROP"
CANDIDATES = """
INSERT INTO matching_candidatelist (vacancy_id, area, employer_id, persons, scores, made_at)
SELECT v.vacancy_id, v.place, v.employer_id, n.found, n.scores, %s
FROM new_candidates n JOIN vacancies_publishedvacancy v ON v.vacancy_id = n.id
"""
JOBS = """
INSERT INTO matching_joblist (person_id, area, vacancies, scores, spread, made_at)
SELECT p.id, p.area, n.found, n.scores, n.spread, %s FROM new_jobs n JOIN people_person p ON p.id = n.id
"""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class CityLists:
    """The lists of a night: seekers for vacancies, vacancies for seekers, and which of these the spread gave."""

    seekers: CitySeekers
    vacancies: CityVacancies
    candidates: Any
    jobs: Any
    given: npt.NDArray[np.bool_]
    first: npt.NDArray[np.bool_]
    numbers: Ints  # the vacancies of the job lists as numbers into `vacancies`, -1 for none


@action
def match_city(*, by: Actor, at: datetime) -> int:
    """Match every open vacancy with every wish in force, both ways, and put the lists in the place of the last ones.

    Readers see the old lists until this act is done, and then the new ones. Returns the pairs that were kept. Done
    twice, the second leaves the same lists.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        lists = _lists(at)
        pairs = _stored(cursor, lists, at)
    store_figures(lists, at)
    publish(
        CityMatched(
            area=by.scope, vacancies=len(lists.vacancies.vacancies), persons=len(lists.seekers.seekers), pairs=pairs,
            by=by.id, at=at,
        )
    )  # fmt: skip
    return pairs


def _lists(at: datetime) -> CityLists:
    from openpes.engine.matching.whole import CityIndex
    from openpes.engine.matching.whole.spread import spread

    on = clock.day_of(at)
    weights, asked = weights_on(on), parameters()
    seekers, vacancies = city_seekers(on=on, weights=weights), city_vacancies(on=on)
    k = int(asked.value("matching_suggestions", on))
    candidates = CityIndex.of_seekers(seekers.seekers, weights).lists(vacancies.vacancies, k)
    jobs = CityIndex.of_vacancies(vacancies.vacancies, weights).lists(seekers.seekers, k)
    numbers = np.where(jobs.scores >= 0, np.searchsorted(vacancies.vacancies.id, jobs.ids), -1)
    capacities = vacancies.places_left * int(asked.value("referral_ratio", on))
    each, step = int(asked.value("matching_spread", on)), int(asked.value("matching_spread_step", on))
    given = spread(numbers, jobs.scores, capacities, each, step).given
    first = (numbers >= 0) & (np.arange(k) < each)
    return CityLists(seekers, vacancies, candidates, jobs, given, first, numbers)


def _stored(cursor: Any, lists: CityLists, at: datetime) -> int:
    nobody = np.zeros(len(lists.vacancies.vacancies), np.int64)
    _copied(cursor, "new_candidates", lists.vacancies.vacancies.id, lists.candidates, (nobody[:, None], nobody))
    spread = np.where(lists.given, lists.jobs.ids, 0)
    order = np.argsort(~lists.given, axis=1, kind="stable")
    spread = np.take_along_axis(spread, order, axis=1)
    _copied(cursor, "new_jobs", lists.seekers.seekers.id, lists.jobs, (spread, lists.given.sum(axis=1)))
    for table, insertion in (("matching_candidatelist", CANDIDATES), ("matching_joblist", JOBS)):
        cursor.execute(f"DELETE FROM {table}")
        cursor.execute(insertion, [at])
    cursor.execute("DROP TABLE new_candidates, new_jobs")
    return int((lists.candidates.scores >= 0).sum() + (lists.jobs.scores >= 0).sum())


def _copied(cursor: Any, name: str, ids: Ints, found: Any, spread: tuple[Ints, Ints]) -> None:
    cursor.execute(LISTS.format(name=name))
    counts = (found.scores >= 0).sum(axis=1)
    columns: list[Numbers | NumberLists] = [
        Numbers(ids), NumberLists(found.ids, counts), NumberLists(found.scores, counts, 2), NumberLists(*spread),
    ]  # fmt: skip
    with cursor.copy(f"COPY {name} FROM STDIN (FORMAT BINARY)") as copy:
        for message in copied_rows(columns):
            copy.write(message)
