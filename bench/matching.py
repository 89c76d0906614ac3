"""The best twenty, both ways, against numpy over everybody, one SQL statement, and a Python loop over pairs."""

from typing import Any

import numpy as np

from bench.arrays import draw_seekers, draw_vacancies
from bench.city import ON, BenchCity
from bench.plain_advice import advice_by_asking_again, advice_for_vacancy_by_asking_again
from bench.plain_match import best_by_numpy, best_by_pairs, best_by_sql, fill_seekers
from bench.table import Line, timed
from bench.timing import alternate
from openpes.config import database
from openpes.engine.matching import (
    Counterfactual,
    Seekers,
    Vacancies,
    Weights,
    counterfactual,
    counterfactual_for_vacancy,
    top_seekers,
    top_vacancies,
)
from openpes.engine.parameters import parameters
from openpes.kernel import within
from openpes.kernel.scope import CITY

K = 20
NUMPY = "numpy, every row judged and scored, stable argsort"
SQL = "PostgreSQL, conditions and score of every row in one statement, ORDER BY … LIMIT 20"
AGAIN = "numpy with the same bounds, the rows not reached asked again for each change"
PAIRS = "all wishes fetched, scored pair by pair in a Python loop, sorted"
SAME = "the same ids and scores, {n} of {n}"


def measure(city: BenchCity) -> list[Line]:
    """Drawn arrays for the engine alone; the demo city for the way from the database and back."""
    seekers = draw_seekers(city.sizes.seekers, city.sizes.seed)
    vacancies = draw_vacancies(city.sizes.vacancies, city.sizes.seed)
    lines = arrays_lines(seekers, vacancies, city.sizes.tasks)
    lines += advice_lines(seekers, draw_vacancies(city.sizes.advice, city.sizes.seed), city.sizes.tasks)
    lines.append(_sql_line(city, seekers, vacancies))
    lines.append(_city_line(city))
    return lines


def arrays_lines(seekers: Seekers, vacancies: Vacancies, tasks: int) -> list[Line]:
    """Both directions over the same arrays."""
    w = weights()
    _ = seekers.wish_index, seekers.place_index, vacancies.occupation_kinds, vacancies.area_kinds
    some_vacancies, some_seekers = _some(vacancies, tasks), _some(seekers, tasks)
    for_vacancy = alternate(
        some_vacancies,
        lambda v: top_seekers(v, seekers, w, K).pairs(),
        lambda v: best_by_numpy(v, seekers, w, K),
    )
    for_seeker = alternate(
        some_seekers,
        lambda s: top_vacancies(s, vacancies, w, K).pairs(),
        lambda s: best_by_numpy(s, vacancies, w, K),
    )
    told = SAME.format(n=len(some_vacancies))
    return [
        timed(f"best 20 of {len(seekers):,} seekers for a vacancy", for_vacancy, NUMPY, told),
        timed(f"best 20 of {len(vacancies):,} vacancies for a seeker", for_seeker, NUMPY, told),
    ]


def advice_lines(seekers: Seekers, vacancies: Vacancies, tasks: int) -> list[Line]:
    """The one change that would bring most, both directions over the same arrays."""
    w = weights()
    some_seekers, some_vacancies = _some(seekers, tasks), _some(vacancies, tasks)
    for_seeker = alternate(
        some_seekers,
        lambda s: _told(counterfactual(s, vacancies, w)),
        lambda s: _told(advice_by_asking_again(s, vacancies, w)),
    )
    for_vacancy = alternate(
        some_vacancies,
        lambda v: _told(counterfactual_for_vacancy(v, seekers, w)),
        lambda v: _told(advice_for_vacancy_by_asking_again(v, seekers, w)),
    )
    same = f"the same change, reached and gained, {len(some_seekers)} of {len(some_seekers)}"
    return [
        timed(f"best change for a seeker, {len(vacancies):,} vacancies", for_seeker, AGAIN, same),
        timed(f"best change for a vacancy, {len(seekers):,} seekers", for_vacancy, AGAIN, same),
    ]


def _told(found: Counterfactual | None) -> tuple[Any, ...]:
    return (found.change.code, dict(found.change.values), found.reached, found.gained) if found else ()


def weights() -> Weights:
    """The weights in force on the day of the city."""
    return Weights.from_values(parameters().value("matching_weights", ON))


def _sql_line(city: BenchCity, seekers: Seekers, vacancies: Vacancies) -> Line:
    w = weights()
    with city.connect(database.OWNER) as owner:
        fill_seekers(owner, seekers)
    some = _some(vacancies, max(10, city.sizes.tasks // 10))
    with city.connect() as connection:
        times = alternate(
            some, lambda v: top_seekers(v, seekers, w, K).pairs(), lambda v: best_by_sql(connection, v, w, K)
        )
    told = SAME.format(n=len(some))
    return timed(f"best 20 of {len(seekers):,} seekers for a vacancy", times, SQL, told)


def _city_line(city: BenchCity) -> Line:
    from openpes.matching.queries import suggestions_for_vacancy
    from openpes.matching.queries.columns import seeker_columns, vacancy_columns

    w = weights()
    with within(CITY):
        ids = [v.id for v in _some(vacancy_columns(on=ON), max(10, city.sizes.tasks // 10))]
        wishes = len(seeker_columns(scope=CITY, on=ON))

    def ours(vacancy: int) -> list[tuple[int, int]]:
        with within(CITY):
            found = suggestions_for_vacancy(scope=CITY, vacancy=vacancy, on=ON, k=K)
        return [(one.person.pk, one.score) for one in found]  # type: ignore[union-attr,misc]

    def plain(vacancy: int) -> list[tuple[int, int]]:
        with within(CITY):
            row = vacancy_columns(on=ON, vacancies=[vacancy]).row(0)
            return best_by_pairs(row, seeker_columns(scope=CITY, on=ON), w, K)

    told = f"{SAME.format(n=len(ids))}; ours with reasons in words; {wishes:,} seekers"
    return timed("best 20 persons of the city, database to reasons", alternate(ids, ours, plain), PAIRS, told)


def _some(table: Seekers | Vacancies, count: int) -> list[Any]:
    at = np.linspace(0, len(table) - 1, min(count, len(table))).astype(int)
    return [table.row(int(row)) for row in np.unique(at)]
