"""The one change that helps most, judged by kinds, beside its definition: every row asked again for every change."""

from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.plain_advice import advice_by_asking_again, advice_for_vacancy_by_asking_again
from openpes.engine.matching import (
    Relaxations,
    Seekers,
    Vacancies,
    changes_of_seeker,
    changes_of_vacancy,
    counterfactual,
    counterfactual_for_vacancy,
    skill_bits,
    skill_places,
)
from openpes.engine.matching.arrays import Part
from openpes.engine.matching.conditions import CONDITIONS
from openpes.engine.matching.groups import GROUPS
from openpes.engine.matching.kinds import Kinds
from openpes.engine.matching.score import REST, nearness_points, occupation_points
from openpes.engine.matching.skills import as_words, first_skill, skills_weighed
from tests.engine.matching_reference import AREAS, COARSE, OCCUPATIONS, PAY, WEIGHTS, City, cities

LIMITS = st.builds(
    Relaxations,
    threshold=st.sampled_from([0, 1, 4000, 5000, 6500, 8000, 9500, 10000]),
    counties=st.integers(0, 3),
    pay_steps_fen=st.sampled_from([(20_000,), (100_000, 20_000), (1, 150_000), ()]),
    experience_years=st.integers(0, 3),
    education_ranks=st.integers(0, 2),
)


@settings(max_examples=300, deadline=None)
@given(cities(), LIMITS)
def test_small_cities_are_advised_as_by_asking_again(city: City, limits: Relaxations) -> None:
    compare(Seekers.from_rows(city.people), Vacancies.from_rows(city.jobs), city.weights, limits)


@pytest.mark.parametrize("seed", range(16))
def test_large_tables_are_advised_as_by_asking_again(seed: int) -> None:
    rng = np.random.default_rng(seed)
    limits = Relaxations(threshold=int(rng.choice([3000, 5000, 6000, 7000, 8000, 9000])), counties=2)
    people, jobs = drawn_people(rng, 400), drawn_jobs(rng, 600)
    some = np.sort(rng.choice(400, 12, replace=False))
    compare(people, jobs, [WEIGHTS, COARSE][seed % 2], limits, some)


def compare(people: Seekers, jobs: Vacancies, weights: Any, limits: Relaxations, some: Any = None) -> None:
    for at in range(len(people)) if some is None else some:
        s = people.row(at)
        told = counterfactual(s, jobs, weights, limits)
        assert told == advice_by_asking_again(s, jobs, weights, limits)
        first = changes_of_seeker(s, jobs, weights, limits)
        assert told == (first[0] if first else None)
    for at in range(len(jobs)) if some is None else some:
        v = jobs.row(at)
        told = counterfactual_for_vacancy(v, people, weights, limits)
        assert told == advice_for_vacancy_by_asking_again(v, people, weights, limits)
        every = changes_of_vacancy(v, people, weights, limits)
        assert told == (every[0] if every else None)


def test_large_tables_bring_every_kind_of_advice() -> None:
    codes = set()
    for seed in range(40):
        rng = np.random.default_rng(seed)
        people, jobs = drawn_people(rng, 400), drawn_jobs(rng, 600)
        limits = Relaxations(threshold=[5000, 7000, 8000, 9000][seed % 4])
        for at in range(0, 400, 20):
            told = [counterfactual(people.row(at), jobs, WEIGHTS, limits)]
            told.append(counterfactual_for_vacancy(jobs.row(at), people, WEIGHTS, limits))
            codes |= {one.change.code for one in told if one}
    assert codes == {
        "lower_pay", "add_counties", "gain_skill", "widen_occupation",
        "ask_less_experience", "ask_less_education", "raise_pay", "drop_skill", "add_place",
    }  # fmt: skip


def drawn_people(rng: np.random.Generator, count: int) -> Seekers:
    def three(values: list[int]) -> Any:
        return np.where(rng.random((count, 3)) < 0.5, rng.choice(values, (count, 3)), 0)

    return Seekers(
        id=np.arange(1, count + 1), area=rng.choice(AREAS, count), places=three(AREAS),
        places_only=rng.random(count) < 0.4, wishes=three(OCCUPATIONS), min_pay_fen=rng.choice(PAY, count),
        education=rng.integers(0, 7, count), experience_years=rng.integers(0, 5, count),
        age=rng.choice([16, 17, 18, 40, 60], count), skills=some_skills(rng, count, 4),
    )  # fmt: skip


def drawn_jobs(rng: np.random.Generator, count: int) -> Vacancies:
    low = rng.choice(PAY, count)
    return Vacancies(
        id=np.arange(1, count + 1), area=rng.choice(AREAS, count), occupation=rng.choice(OCCUPATIONS, count),
        pay_min_fen=low, pay_max_fen=low + rng.choice([0, 1, 30_000], count),
        education_min=rng.choice([0, 0, 1, 3], count), experience_min_years=rng.choice([0, 0, 1, 3], count),
        age_by_law=rng.random(count) < 0.2, age_min=rng.choice([0, 18], count), age_max=rng.choice([0, 0, 40], count),
        skills_required=some_skills(rng, count, 1), skills_wanted=some_skills(rng, count, 2),
    )  # fmt: skip


def some_skills(rng: np.random.Generator, count: int, most: int) -> Any:
    held = rng.choice([0, 5, 63, 64, 127], (count, most)), rng.integers(0, most + 1, count)
    return np.array([skill_bits(row[:n].tolist()) for row, n in zip(*held, strict=True)], np.uint64)


def test_every_condition_and_component_stands_in_one_group() -> None:
    judged = [condition for group in GROUPS for condition in group.conditions]
    earned = [component for group in GROUPS for component in group.components]
    assert sorted(judged, key=id) == sorted(CONDITIONS, key=id)
    assert sorted(earned, key=id) == sorted([occupation_points, nearness_points, *REST], key=id)


def values_of(kinds: Kinds) -> list[Any]:
    """What the kinds say of each row."""
    return [column[kinds.of_row].tolist() for column in kinds.values.values()]


@settings(max_examples=200, deadline=None)
@given(cities(), cities(), st.randoms(use_true_random=False))
def test_kinds_give_every_row_its_own_values_and_carry_them_on(one: City, other: City, random: Any) -> None:
    old, fresh = Vacancies.from_rows(one.jobs), Vacancies.from_rows(other.jobs)
    stay = np.array([random.random() < 0.5 for _ in one.jobs], bool)
    order = np.array(random.sample(range(stay.sum() + len(fresh)), int(stay.sum()) + len(fresh)), np.intp)
    for name in ("occupation_kinds", "area_kinds", "pay_kinds", "asked_kinds", "skill_kinds"):
        kinds, carried = getattr(old, name), getattr(old, name).carried(stay, getattr(fresh, name), order)
        names = list(kinds.values)
        assert values_of(kinds) == values_of(Kinds({n: getattr(old, n) for n in names}, np.arange(len(old))))
        both = {n: np.concatenate([getattr(old, n)[stay], getattr(fresh, n)])[order] for n in names}
        assert values_of(carried) == values_of(Kinds(both, np.arange(len(order))))
        seen = [tuple(np.ravel(column[at]).tolist() for column in carried.values.values()) for at in
                range(len(carried.values[names[0]]))]  # fmt: skip
        assert len(set(map(str, seen))) == len(seen)


def test_kinds_of_far_apart_and_of_close_values_are_told_apart() -> None:
    table = Part(
        Vacancies.from_rows([replace(Vacancies_row, id=at, pay_max_fen=pay) for at, pay in enumerate(FAR)]),
        np.arange(len(FAR)),
    )
    kinds = Kinds.of(table, "pay_max_fen")
    assert sorted(kinds.pay_max_fen.tolist()) == sorted(set(FAR)) and kinds.spread(kinds.pay_max_fen).tolist() == FAR
    with pytest.raises(AttributeError, match="area"):
        _ = kinds.area


FAR = [2**62 + 5, 0, 7, 2**62 + 5, 0, 1]
Vacancies_row = Vacancies.from_rows([]).ROW(id=0, area=0, occupation=0)


@given(st.lists(st.tuples(st.sets(st.integers(0, 127)), st.integers(0, 9)), max_size=9))
def test_skills_are_weighed_by_the_rows_that_hold_them(rows: list[tuple[set[int], int]]) -> None:
    words = np.array([skill_bits(held) for held, _ in rows], np.uint64).reshape(len(rows), 2)
    by_hand = {skill: sum(n for held, n in rows if skill in held) for skill in range(128)}
    told = skills_weighed(words, np.array([n for _, n in rows], np.intp))
    assert told == [(skill, n) for skill, n in sorted(by_hand.items()) if n]
    first = [set(skill_places(row)) for row in first_skill(as_words(words)).tolist()]
    assert first == [{min(held)} if held else set() for held, _ in rows]


@settings(max_examples=200, deadline=None)
@given(cities(), cities())
def test_a_table_with_rows_replaced_advises_as_one_that_is_built_anew(one: City, other: City) -> None:
    replacing(Seekers.from_rows(one.people), Seekers.from_rows(other.people))
    replacing(Vacancies.from_rows(one.jobs), Vacancies.from_rows(other.jobs))


def replacing(old: Any, fresh: Any) -> None:
    """Everything that was found of the old rows is carried on, and says of each row what it would say found anew."""
    found = [name for name, value in vars(type(old)).items() if isinstance(value, cached_property)]
    assert len(found) == 5
    for name in found:
        getattr(old, name)
    made = old.replaced(fresh.id, fresh)
    anew = type(old)(**{name: getattr(made, name) for name in old.SHAPES})
    for name in found:
        assert name in vars(made)
        carried, sought = getattr(made, name), getattr(anew, name)
        if isinstance(carried, Kinds):
            assert values_of(carried) == values_of(sought)
        else:
            assert [carried.codes[column].tolist() for column in carried.columns] == [
                sought.codes[column].tolist() for column in sought.columns
            ]
