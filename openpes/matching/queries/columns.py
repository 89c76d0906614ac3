"""The rows of the register as the columns that the engine works on."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from openpes.codes.queries import code_items, skill_codes
from openpes.engine.calendars import age_on
from openpes.engine.matching import Seekers, Vacancies, Weights, area_code, occupation_code, skill_bits
from openpes.engine.parameters import parameters
from openpes.matching.queries.groups import group_columns, group_of
from openpes.people.models import Person
from openpes.registration.models import JobWish
from openpes.vacancies.models import PublishedVacancy

Rows = list[int] | None  # ids of the rows that are wanted; None for all

EDUCATION = "education_2006"
SEEKER_FIELDS = (
    "person_id", "area", "places", "only_these_places", "occupations", "min_pay_fen", "experience_years",
    "person__education", "person__skills", "person__born_on",
)  # fmt: skip
GROUP_FIELDS = ("recognised", "person__born_on", "person__sex", "graduated_on")
VACANCY_FIELDS = (
    "vacancy_id", "place", "occupation", "pay_min_fen", "pay_max_fen", "education_min", "experience_min",
    "skills_required", "skills_wanted",
)  # fmt: skip


def seeker_columns(*, scope: str, on: date, person: int | None = None, persons: Rows = None) -> Seekers:
    """Persons with a wish in force on a day inside a scope, or those of `persons` among them; with `person`, only that
    one (no scope needed).
    """
    wishes = JobWish.objects.in_force_on(on)
    wishes = wishes.filter(person_id=person) if person is not None else wishes.visible_to(scope)
    if persons is not None:
        wishes = wishes.filter(person_id__in=persons)
    rows = wishes.annotate(**group_columns(on=on)).order_by("person_id").values_list(*SEEKER_FIELDS, *GROUP_FIELDS)
    return _seekers(list(rows), on)


def seeker_column(*, wish: JobWish, person: Person, on: date) -> Seekers:
    """One person with a wish, both read already; groups are not asked, since they order persons and not vacancies."""
    row = [
        getattr(person, name.removeprefix("person__")) if name.startswith("person__") else getattr(wish, name)
        for name in SEEKER_FIELDS
    ]
    return _seekers([tuple(row)], on)


def _seekers(rows: list[tuple[Any, ...]], on: date) -> Seekers:
    c = list(zip(*rows, strict=True)) or [()] * len(SEEKER_FIELDS)
    facts, weights = zip(*c[len(SEEKER_FIELDS) :], strict=True), weights_on(on)
    groups = [group_of(fact, on=on, weights=weights) for fact in facts]
    return Seekers(
        id=np.array(c[0], np.int64),
        area=_coded(c[1]),
        places=_three(c[2], _area),
        places_only=np.array(c[3], bool),
        wishes=_three(c[4], _occupation),
        min_pay_fen=np.array(c[5], np.int64),
        education=np.array([education_rank(code) for code in c[7]], np.int16),
        experience_years=np.array(c[6], np.int16),
        age=np.array([age_on(born_on, on) for born_on in c[9]], np.int16),
        skills=_bits(c[8]),
        group=np.array(groups or [0] * len(rows), np.int16),
    )


def weights_on(day: date) -> Weights:
    """The weights in force on a day."""
    return Weights.from_values(parameters().value("matching_weights", day))


def vacancy_columns(*, on: date, vacancies: Rows = None) -> Vacancies:
    """Published vacancies that are open on a day in the whole city, or those of `vacancies` among them."""
    open_ones = PublishedVacancy.objects.filter(published_on__lte=on, closes_on__gte=on, places_left__gt=0)
    if vacancies is not None:
        open_ones = open_ones.filter(vacancy_id__in=vacancies)
    rows = list(open_ones.order_by("vacancy_id").values_list(*VACANCY_FIELDS))
    c = list(zip(*rows, strict=True)) or [()] * len(VACANCY_FIELDS)
    nothing = np.zeros(len(rows), np.int16)
    return Vacancies(
        id=np.array(c[0], np.int64),
        area=_coded(c[1]),
        occupation=np.array([_occupation(code) for code in c[2]], np.int64),
        pay_min_fen=np.array(c[3], np.int64),
        pay_max_fen=np.array(c[4], np.int64),
        education_min=np.array([education_rank(code) for code in c[5]], np.int16),
        experience_min_years=np.array(c[6], np.int16),
        age_by_law=nothing.astype(bool),
        age_min=nothing,
        age_max=nothing,
        skills_required=_bits(c[7]),
        skills_wanted=_bits(c[8]),
    )


def education_rank(code: str) -> int:
    """The place of an education code in the order of its set; 0 when unstated or unranked."""
    return _ranks().get(code, 0)


def education_of_rank(rank: int) -> str:
    """The code that stands for a rank, the widest of those with it; empty for 0."""
    return next((code for code, place in sorted(_ranks().items()) if place == rank), "")


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    return {item.code: item.rank for item in code_items(EDUCATION) if item.rank}


@lru_cache(maxsize=1)
def skill_numbers() -> dict[str, int]:
    """The number of every skill, which is its bit."""
    return {code: number for number, code in enumerate(skill_codes())}


@lru_cache(maxsize=8192)
def _area(prefix: str) -> int:
    return area_code(prefix)


@lru_cache(maxsize=4096)
def _occupation(code: str) -> int:
    return occupation_code(code)


def _coded(prefixes: Iterable[str]) -> Any:
    return np.array([_area(prefix) for prefix in prefixes], np.int64)


def _three(lists: Iterable[list[str]], encode: Any) -> Any:
    padded = [([encode(code) for code in codes[:3]] + [0, 0, 0])[:3] for codes in lists]
    return np.array(padded, np.int64).reshape(len(padded), 3)


def _bits(lists: Iterable[list[str]]) -> Any:
    numbers = skill_numbers()
    words = [_words(tuple(numbers[code] for code in codes if code in numbers)) for codes in lists]
    return np.array(words, np.uint64).reshape(len(words), 2)


@lru_cache(maxsize=65536)
def _words(numbers: tuple[int, ...]) -> tuple[int, int]:
    return skill_bits(numbers)
