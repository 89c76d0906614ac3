"""An explanation adds up to the score and names what fits, what does not, and what excludes."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openpes.engine.matching import (
    Seeker,
    Seekers,
    Vacancies,
    Vacancy,
    area_code,
    explain,
    explain_seekers,
    explain_vacancies,
    occupation_code,
    score_pair,
    skill_bits,
    skill_places,
)
from tests.engine.matching_reference import WEIGHTS, City, cities

ELECTRICIAN, FITTER = occupation_code("6-31-01-03"), occupation_code("6-31-01-02")
SEEKER = Seeker(
    id=1,
    area=area_code("450102001003"),
    wishes=(ELECTRICIAN, 0, 0),
    min_pay_fen=350_000,
    education=3,
    experience_years=4,
    age=30,
    skills=skill_bits([5, 70]),
)
VACANCY = Vacancy(
    id=1,
    area=area_code("450102001003"),
    occupation=ELECTRICIAN,
    pay_min_fen=350_000,
    pay_max_fen=450_000,
    education_min=3,
    experience_min_years=2,
    skills_required=skill_bits([70]),
    skills_wanted=skill_bits([5, 6]),
)


def part(name: str, seeker: Seeker = SEEKER, vacancy: Vacancy = VACANCY) -> tuple[int, str, dict[str, object]]:
    component = next(c for c in explain(seeker, vacancy, WEIGHTS).components if c.name == name)
    return component.points, component.reason.code, dict(component.reason.values)


@settings(max_examples=60, deadline=None)
@given(cities())
def test_components_add_up_to_the_score_and_stay_within_their_maximum(city: City) -> None:
    for s in city.people:
        for v in city.jobs:
            told = explain(s, v, city.weights)
            assert told.score == score_pair(s, v, city.weights)
            assert (told.score is None) == bool(told.failed)
            assert told.points == sum(c.points for c in told.components)
            assert all(0 <= c.points <= c.maximum for c in told.components)


@settings(max_examples=100, deadline=None)
@given(cities(), st.randoms(use_true_random=False))
def test_many_explained_together_say_what_each_pair_says_alone(city: City, random: Random) -> None:
    people, jobs = Seekers.from_rows(city.people), Vacancies.from_rows(city.jobs)
    some_people, some_jobs = (random.sample(rows, random.randint(0, len(rows))) for rows in (city.people, city.jobs))
    for s in city.people:
        told = explain_vacancies(s, jobs, [v.id for v in some_jobs], city.weights)
        assert told == [explain(s, v, city.weights) for v in some_jobs]
    for v in city.jobs:
        told = explain_seekers(v, people, [s.id for s in some_people], city.weights)
        assert told == [explain(s, v, city.weights) for s in some_people]


def test_who_is_not_in_the_table_is_not_explained() -> None:
    with pytest.raises(KeyError):
        explain_vacancies(SEEKER, Vacancies.from_rows([VACANCY]), [VACANCY.id, 999], WEIGHTS)
    with pytest.raises(KeyError):
        explain_seekers(VACANCY, Seekers.from_rows([SEEKER]), [0], WEIGHTS)


OCCUPATIONS = [
    ("6-31-01-03", 3000, "occupation_same"),
    ("6-31-01", 2850, "occupation_within_wish"),
    ("6-31", 2550, "occupation_within_wish"),
    ("6", 2400, "occupation_within_wish"),
    ("6-31-01-02", 2250, "occupation_near"),
    ("6-31-02-01", 1500, "occupation_near"),
    ("6-29-01-03", 750, "occupation_distant"),
    ("2-02-01-01", 0, "occupation_far"),
]


@pytest.mark.parametrize(("wish", "points", "code"), OCCUPATIONS)
def test_an_occupation_earns_by_the_deepest_class_that_it_shares(wish: str, points: int, code: str) -> None:
    seeker = replace(SEEKER, wishes=(occupation_code(wish), 0, 0))
    assert part("occupation", seeker)[:2] == (points, code)


def test_the_wish_that_earns_most_is_the_one_named() -> None:
    seeker = replace(SEEKER, wishes=(FITTER, occupation_code("6-31"), 0))
    _, code, values = part("occupation", seeker)
    assert (code, values["wish"]) == ("occupation_within_wish", occupation_code("6-31"))


PLACES = [
    ((0, 0, 0), "450102001003", 2000, "place_at_home"),
    ((0, 0, 0), "450102001009", 1700, "place_near_home"),
    ((0, 0, 0), "450102004001", 1200, "place_near_home"),
    ((0, 0, 0), "450110001001", 800, "place_away_from_home"),
    ((0, 0, 0), "440103001001", 0, "place_far_from_home"),
    ((area_code("450103"), 0, 0), "450103007002", 2000, "place_wanted"),
    ((area_code("450103"), 0, 0), "450102001003", 800, "place_away_from_wish"),
    ((area_code("440103"), 0, 0), "450102001003", 0, "place_far_from_wish"),
]


@pytest.mark.parametrize(("wanted", "work", "points", "code"), PLACES)
def test_a_place_earns_whole_inside_a_wish_and_by_nearness_elsewhere(
    wanted: tuple[int, int, int], work: str, points: int, code: str
) -> None:
    told = part("place", replace(SEEKER, places=wanted), replace(VACANCY, area=area_code(work)))
    assert told[:2] == (points, code)


PAY = [
    (0, 350_000, 450_000, 1500, "pay_no_floor"),
    (350_000, 350_000, 450_000, 1500, "pay_meets_floor"),
    (400_000, 350_000, 450_000, 1200, "pay_reaches_floor"),
    (450_000, 350_000, 450_000, 900, "pay_reaches_floor"),
    (500_000, 350_000, 450_000, 450, "pay_below_floor"),
    (500_000, 0, 0, 750, "pay_unstated"),
]


@pytest.mark.parametrize(("floor", "low", "top", "points", "code"), PAY)
def test_pay_earns_by_where_the_floor_lies_in_the_range(floor: int, low: int, top: int, points: int, code: str) -> None:
    told = part("pay", replace(SEEKER, min_pay_fen=floor), replace(VACANCY, pay_min_fen=low, pay_max_fen=top))
    assert told[:2] == (points, code)


def test_what_is_missing_is_listed_with_the_dearest_first() -> None:
    seeker = replace(SEEKER, experience_years=1, wishes=(occupation_code("2-02-01-01"), 0, 0))
    told = explain(seeker, VACANCY, WEIGHTS)
    assert [(c.name, c.points - c.maximum) for c in told.wanting] == [
        ("occupation", -3000),
        ("skills", -750),
        ("experience", -500),
    ]
    assert told.wanting[1].reason.values == {"have": (5,), "missing": (6,)}


NOTHING_MISSING = [
    ({"education": 6}, "education", "education_above"),
    ({"wishes": (FITTER, 0, 0)}, "occupation", "occupation_near"),
    ({"wishes": (occupation_code("6-31"), 0, 0)}, "occupation", "occupation_within_wish"),
    ({"area": area_code("450102001009")}, "place", "place_near_home"),
    ({"min_pay_fen": 400_000}, "pay", "pay_reaches_floor"),
]


@pytest.mark.parametrize(("changes", "name", "code"), NOTHING_MISSING)
def test_what_costs_points_but_lacks_nothing_is_not_called_missing(
    changes: dict[str, object], name: str, code: str
) -> None:
    told = explain(replace(SEEKER, **changes), replace(VACANCY, skills_wanted=(0, 0)), WEIGHTS)
    costly = next(c for c in told.components if c.name == name)
    assert (costly.reason.code, costly.points < costly.maximum) == (code, True)
    assert told.wanting == ()


@settings(max_examples=60, deadline=None)
@given(cities())
def test_whatever_is_missing_has_cost_points(city: City) -> None:
    for s in city.people:
        for v in city.jobs:
            assert all(c.points < c.maximum for c in explain(s, v, city.weights).wanting)


FAILURES = [
    ({"education": 2}, {}, "education_too_low", {"rank": 2, "asked": 3}),
    (
        {"min_pay_fen": 500_001},
        {},
        "pay_below_floor",
        {"floor_fen": 500_001, "min_fen": 350_000, "max_fen": 450_000, "short_fen": 50_001},
    ),
    ({"experience_years": 1}, {"experience_min_years": 3}, "experience_too_short", {"years": 1, "asked": 3}),
    (
        {"age": 17},
        {"age_by_law": True, "age_min": 18},
        "age_outside_law",
        {"age": 17, "age_min": 18, "age_max": 0},
    ),
    ({"skills": (0, 0)}, {}, "skills_missing", {"missing": (70,)}),
    (
        {"places": (450103000000, 0, 0), "places_only": True},
        {},
        "place_outside",
        {"places": (450103000000,), "area": 450102001003},
    ),
]


@pytest.mark.parametrize(("seeker", "vacancy", "code", "values"), FAILURES)
def test_a_failed_condition_refuses_the_pair_and_says_why(
    seeker: dict[str, object], vacancy: dict[str, object], code: str, values: dict[str, object]
) -> None:
    told = explain(replace(SEEKER, **seeker), replace(VACANCY, **vacancy), WEIGHTS)
    assert told.score is None
    assert [(reason.code, dict(reason.values)) for reason in told.failed] == [(code, values)]


def test_an_age_limit_without_a_law_excludes_nobody() -> None:
    vacancy = replace(VACANCY, age_by_law=False, age_min=18, age_max=25)
    assert score_pair(replace(SEEKER, age=40), vacancy, WEIGHTS) is not None


def test_codes_are_padded_and_wrong_ones_refused() -> None:
    assert (occupation_code("6-31"), area_code("450102001")) == (6310000, 450102001000)
    for wrong in ("6-3", "", "x-31-01-03", "0-00"):
        with pytest.raises(ValueError, match="not an occupation code"):
            occupation_code(wrong)
    with pytest.raises(ValueError, match="not an area code"):
        area_code("45010")


def test_skills_survive_packing_into_bits() -> None:
    assert skill_places(skill_bits([127, 0, 63, 64])) == (0, 63, 64, 127)
    with pytest.raises(ValueError, match=r"outside 0\.\.127"):
        skill_bits([128])
