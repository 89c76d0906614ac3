"""The one change that helps most: counted by hand, in both directions."""

from dataclasses import replace

from hypothesis import given, settings

from openpes.engine.matching import (
    Counterfactual,
    Reason,
    Relaxations,
    Seeker,
    Seekers,
    Vacancies,
    Vacancy,
    area_code,
    counterfactual,
    counterfactual_for_vacancy,
    occupation_code,
    skill_bits,
)
from tests.engine import matching_reference as reference
from tests.engine.matching_reference import WEIGHTS, City, cities

WISH = occupation_code("6-31-01-03")
SEEKER = Seeker(
    id=1,
    area=area_code("450102001003"),
    wishes=(WISH, 0, 0),
    education=3,
    places_only=True,
    places=(area_code("450102"), 0, 0),
    min_pay_fen=400_000,
)
HIGH = Relaxations(threshold=9000, counties=2, pay_steps_fen=(20_000, 60_000))


def jobs(count: int, first: int, **fields: object) -> list[Vacancy]:
    plain = {
        "area": area_code("450102001"),
        "occupation": WISH,
        "pay_min_fen": 400_000,
        "pay_max_fen": 500_000,
    }
    return [Vacancy(id=first + i, **{**plain, **fields}) for i in range(count)]  # type: ignore[arg-type]


def answer(seeker: Seeker, *groups: list[Vacancy]) -> Counterfactual | None:
    table = Vacancies.from_rows([vacancy for group in groups for vacancy in group])
    return counterfactual(seeker, table, WEIGHTS, HIGH)


def test_the_two_best_counties_are_named_with_what_they_bring() -> None:
    told = answer(
        SEEKER,
        jobs(3, 1),
        jobs(5, 10, area=area_code("450103001001")),
        jobs(7, 20, area=area_code("450105002")),
        jobs(4, 30, area=area_code("450110001")),
        jobs(2, 40, pay_min_fen=300_000, pay_max_fen=350_000),
    )
    counties = (area_code("450103"), area_code("450105"))
    assert told == Counterfactual(Reason("add_counties", {"counties": counties}), reached=3, gained=12)


def test_a_lower_floor_names_the_smallest_step_that_brings_as_much() -> None:
    told = answer(SEEKER, jobs(1, 1), jobs(3, 10, pay_min_fen=300_000, pay_max_fen=355_000))
    assert told == Counterfactual(Reason("lower_pay", {"by_fen": 60_000, "floor_fen": 340_000}), 1, 3)


def test_a_certificate_that_many_employers_require_is_named() -> None:
    told = answer(
        SEEKER,
        jobs(1, 1),
        jobs(4, 10, skills_required=skill_bits([9])),
        jobs(3, 20, skills_required=skill_bits([70])),
        jobs(9, 30, skills_required=skill_bits([9, 70])),
    )
    assert told == Counterfactual(Reason("gain_skill", {"skill": 9}), reached=1, gained=4)


def test_a_wider_occupation_is_named_one_class_up() -> None:
    strict = replace(HIGH, threshold=9500)
    table = Vacancies.from_rows([*jobs(1, 1), *jobs(6, 10, occupation=occupation_code("6-31-01-08"))])
    change = Reason("widen_occupation", {"wish": WISH, "to": occupation_code("6-31-01")})
    assert counterfactual(SEEKER, table, WEIGHTS, strict) == Counterfactual(change, reached=1, gained=6)


def test_nothing_to_gain_is_no_advice() -> None:
    assert answer(SEEKER, jobs(5, 1)) is None
    assert answer(SEEKER) is None


PLAIN = Vacancy(
    id=1,
    area=area_code("450102001003"),
    occupation=WISH,
    pay_min_fen=300_000,
    pay_max_fen=400_000,
    experience_min_years=5,
    education_min=3,
    skills_required=skill_bits([3]),
)


def people(count: int, first: int, **fields: object) -> list[Seeker]:
    plain = {
        "area": area_code("450102001003"),
        "wishes": (WISH, 0, 0),
        "experience_years": 5,
        "education": 3,
        "skills": skill_bits([3]),
        "min_pay_fen": 300_000,
    }
    return [Seeker(id=first + i, **{**plain, **fields}) for i in range(count)]  # type: ignore[arg-type]


def test_an_employer_learns_what_two_years_less_would_bring() -> None:
    table = Seekers.from_rows(
        people(2, 1) + people(4, 10, experience_years=2) + people(3, 20, education=2) + people(1, 30, skills=(0, 0))
    )
    told = counterfactual_for_vacancy(PLAIN, table, WEIGHTS)
    assert told == Counterfactual(Reason("ask_less_experience", {"by_years": 2, "years": 3}), reached=2, gained=4)


def test_an_employer_learns_of_the_licence_the_pay_and_the_education() -> None:
    def change(**fields: object) -> Reason | None:
        told = counterfactual_for_vacancy(PLAIN, Seekers.from_rows(people(3, 1, **fields)), WEIGHTS)
        return told and told.change

    assert change(skills=(0, 0)) == Reason("drop_skill", {"skill": 3})
    assert change(education=2) == Reason("ask_less_education", {"by_ranks": 1, "rank": 2})
    assert change(min_pay_fen=480_000) == Reason(
        "raise_pay", {"by_fen": 50_000, "min_fen": 350_000, "max_fen": 450_000}
    )
    assert change() is None


def reaches(s: Seeker, v: Vacancy, city: City, threshold: int) -> bool:
    return (reference.fit(s, v, city.weights) or -1) >= threshold


@settings(max_examples=200, deadline=None)
@given(cities())
def test_the_gain_told_is_the_gain_counted_by_hand(city: City) -> None:
    limit = Relaxations(threshold=5000)
    vacancies, seekers = Vacancies.from_rows(city.jobs), Seekers.from_rows(city.people)
    for s in city.people:
        told = counterfactual(s, vacancies, city.weights, limit)
        if told and told.change.code != "add_counties":
            changed = changed_seeker(s, told.change)
        elif told:
            added = told.change.values["counties"]
            assert isinstance(added, tuple)
            changed = replace(s, places=(*added, 0, 0)[:3] if not any(s.places) else (*s.places, *added))
        if told:
            now = {v.id for v in city.jobs if reaches(s, v, city, 5000)}
            later = {v.id for v in city.jobs if reaches(changed, v, city, 5000)}
            assert (told.reached, told.gained) == (len(now), len(later - now))
    for v in city.jobs:
        told = counterfactual_for_vacancy(v, seekers, city.weights, limit)
        if told:
            now = {s.id for s in city.people if reaches(s, v, city, 5000)}
            later = {s.id for s in city.people if reaches(s, changed_vacancy(v, told.change), city, 5000)}
            assert (told.reached, told.gained) == (len(now), len(later - now))


def changed_seeker(s: Seeker, change: Reason) -> Seeker:
    values: dict[str, int] = dict(change.values)  # type: ignore[arg-type]
    if change.code == "lower_pay":
        return replace(s, min_pay_fen=values["floor_fen"])
    if change.code == "gain_skill":
        one = skill_bits([values["skill"]])
        return replace(s, skills=(s.skills[0] | one[0], s.skills[1] | one[1]))
    return replace(s, wishes=tuple(values["to"] if wish == values["wish"] else wish for wish in s.wishes))


def changed_vacancy(v: Vacancy, change: Reason) -> Vacancy:
    values: dict[str, int] = dict(change.values)  # type: ignore[arg-type]
    if change.code == "ask_less_experience":
        return replace(v, experience_min_years=values["years"])
    if change.code == "ask_less_education":
        return replace(v, education_min=values["rank"])
    if change.code == "raise_pay":
        return replace(v, pay_min_fen=values["min_fen"], pay_max_fen=values["max_fen"])
    if change.code == "add_place":
        return replace(v, area=values["county"])
    one = skill_bits([values["skill"]])
    return replace(v, skills_required=(v.skills_required[0] & ~one[0], v.skills_required[1] & ~one[1]))
