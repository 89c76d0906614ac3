"""The whole city as columns: job wishes in force and open vacancies, copied out of the register in binary form."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import QuerySet

from openpes.codes.queries import code_items
from openpes.engine.calendars import age_on
from openpes.engine.groups import derived_groups
from openpes.engine.matching import Seekers, Vacancies, Weights
from openpes.kernel.copies import messages
from openpes.matching.queries.columns import EDUCATION, skill_numbers
from openpes.matching.queries.groups import most_preferred, preferred_memberships, recent_graduations
from openpes.registration.models import JobWish
from openpes.vacancies.models import PublishedVacancy

FIRST_DAY = date(2000, 1, 1)  # from which PostgreSQL counts
AREA, OCCUPATION, EDUCATIONS = 12, 7, 100

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class CitySeekers:
    """Everybody with a wish in force, and what figures by group ask: sex (1, 2), household registration (10…30)."""

    seekers: Seekers
    sex: Ints
    hukou: Ints


@dataclass(frozen=True, eq=False)
class CityVacancies:
    """Every open vacancy and how many places it has left."""

    vacancies: Vacancies
    places_left: Ints


def city_seekers(*, on: date, weights: Weights) -> CitySeekers:
    """Persons of the whole city with a wish in force on a day."""
    from openpes.engine.copied import code, codes, marks, number

    rows = JobWish.objects.in_force_on(on).order_by().values_list(
        "person_id", "area", "places", "only_these_places", "occupations", "min_pay_fen", "experience_years",
        "person__education", "person__skills", "person__born_on", "person__sex", "person__hukou",
    )  # fmt: skip
    fields = [
        number(), code(AREA), codes(AREA), number(), codes(OCCUPATION), number(), number(), code(),
        marks(skill_numbers()), number(), code(), code(),
    ]  # fmt: skip
    c = _by_id(copied(rows, fields))
    id, born, sex = c[0], c[14], c[15]
    seekers = Seekers(
        id=id, area=c[1], places=c[2:5].T, places_only=c[5] != 0, wishes=c[6:9].T, min_pay_fen=c[9],
        education=_ranks()[c[11]], experience_years=c[10], age=_ages(born, on), skills=c[12:14].T.view(np.uint64),
        group=_groups(id, born, sex, on, weights),
    )  # fmt: skip
    return CitySeekers(seekers, sex, c[16])


def city_vacancies(*, on: date) -> CityVacancies:
    """Vacancies that are open on a day."""
    from openpes.engine.copied import code, marks, number

    rows = PublishedVacancy.objects.filter(published_on__lte=on, closes_on__gte=on, places_left__gt=0).order_by()
    fields = [
        number(), code(AREA), code(OCCUPATION), number(), number(), code(), number(), marks(skill_numbers()),
        marks(skill_numbers()), number(),
    ]  # fmt: skip
    c = _by_id(copied(rows.values_list(
        "vacancy_id", "place", "occupation", "pay_min_fen", "pay_max_fen", "education_min", "experience_min",
        "skills_required", "skills_wanted", "places_left",
    ), fields))  # fmt: skip
    nothing = np.zeros(c.shape[1], np.int16)
    vacancies = Vacancies(
        id=c[0], area=c[1], occupation=c[2], pay_min_fen=c[3], pay_max_fen=c[4], education_min=_ranks()[c[5]],
        experience_min_years=c[6], age_by_law=nothing.astype(bool), age_min=nothing, age_max=nothing,
        skills_required=c[7:9].T.view(np.uint64), skills_wanted=c[9:11].T.view(np.uint64),
    )  # fmt: skip
    return CityVacancies(vacancies, c[11])


def copied(rows: QuerySet[Any], fields: list[Any]) -> Ints:
    """The rows of a queryset of values as columns, by one copy."""
    from openpes.engine.copied import columns

    statement, values = rows.query.sql_with_params()
    with connection.cursor() as cursor, cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT BINARY)", values) as copy:
        return columns(messages(copy), fields)


def _by_id(columns: Ints) -> Ints:
    if (columns[0, 1:] > columns[0, :-1]).all():
        return columns
    return np.ascontiguousarray(columns[:, np.argsort(columns[0])])


def _ranks() -> npt.NDArray[np.int16]:
    """The rank of every education by its code as a number; 0 for none."""
    ranks = np.zeros(EDUCATIONS, np.int16)
    for item in code_items(EDUCATION):
        ranks[int(item.code)] = item.rank or 0
    return ranks


def _day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


def _ages(born: Ints, on: date) -> npt.NDArray[np.int16]:
    days, of_row = np.unique(born, return_inverse=True)
    return np.array([age_on(_day(day), on) for day in days.tolist()], np.int16)[of_row.ravel()]


def _groups(ids: Ints, born: Ints, sex: Ints, on: date, w: Weights) -> npt.NDArray[np.int16]:
    """The group for which each person is preferred most: recognised, or derived by law from birth or graduation."""
    found = np.zeros(len(ids), np.int16)
    pairs, of_row = np.unique(10 * born + sex, return_inverse=True)
    by_age = [_derived(_day(pair // 10), str(pair % 10), None, on, w) for pair in pairs.tolist()]
    if by_age:
        found[:] = np.array(by_age, np.int16)[of_row.ravel()]
    others = [(person, group) for person, group in preferred_memberships(on=on)]
    for person, graduated_on in recent_graduations(on=on):
        others.append((person, _derived(on, "1", graduated_on, on, w)))
    for person, group in others:
        at = int(np.searchsorted(ids, person))
        if at < len(ids) and ids[at] == person:
            found[at] = most_preferred([int(found[at]), group], w)
    return found


def _derived(born_on: date, sex: str, graduated_on: date | None, on: date, w: Weights) -> int:
    law = derived_groups(born_on=born_on, sex=sex, graduated_on=graduated_on, on=on)
    return most_preferred([one.group.number for one in law], w)
