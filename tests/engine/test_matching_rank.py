"""The ranking equals scoring every pair by hand, in both directions, and mistakes in it are noticed."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, example, find, given, settings
from hypothesis.errors import NoSuchExample

from openpes.engine.matching import (
    Seeker,
    Seekers,
    Vacancies,
    Vacancy,
    conditions,
    rank,
    score_pair,
    top_seekers,
    top_vacancies,
)
from openpes.engine.matching import score as points
from tests.engine import matching_reference as reference
from tests.engine.matching_reference import COARSE, WEIGHTS, City, cities

# A mistake only has to be found, not shown at its smallest.
SEARCH = settings(max_examples=3000, database=None, deadline=None, derandomize=True, phases=[Phase.generate])


@pytest.fixture(autouse=True, scope="module")
def small_visits() -> Iterator[None]:
    """Visit one base value at a time, so that the early stop works in cities of a dozen people too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rank, "FIRST_VISIT", 1)
        yield


def disagrees(city: City) -> bool:
    """Say whether any ranking of the city differs from the one made by hand."""
    people, jobs, k, w = city.people, city.jobs, city.k, city.weights
    seekers, vacancies = Seekers.from_rows(people), Vacancies.from_rows(jobs)
    for v in jobs:
        by_hand = reference.best(((s.id, reference.score(s, v, w)) for s in people), k)
        if top_seekers(v, seekers, w, k).pairs() != by_hand:
            return True
    for s in people:
        by_hand = reference.best(((v.id, reference.score(s, v, w)) for v in jobs), k)
        if top_vacancies(s, vacancies, w, k).pairs() != by_hand:
            return True
    return False


# Seeker 2 stands higher by occupation and place, seeker 1 makes good for it by education: 8,000 points each.
TIE_ACROSS_VISITS = City(
    people=[
        Seeker(id=1, area=450102001003, wishes=(2020101, 0, 0), education=1),
        Seeker(id=2, area=450102002001, wishes=(6310103, 0, 0), education=4),
    ],
    jobs=[Vacancy(id=1, area=450102001003, occupation=6310103, education_min=1)],
    k=1,
    weights=COARSE,
)


@example(TIE_ACROSS_VISITS)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cities())
def test_both_rankings_equal_scoring_every_pair_by_hand(city: City) -> None:
    assert not disagrees(city)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cities())
def test_a_single_pair_has_the_score_made_by_hand(city: City) -> None:
    for s in city.people:
        for v in city.jobs:
            assert score_pair(s, v, city.weights) == reference.score(s, v, city.weights)


def _ties_reversed(rows, totals, met, new, k):  # type: ignore[no-untyped-def]
    rows, totals = np.concatenate([rows, met]), np.concatenate([totals, new])
    order = np.lexsort((-rows, -totals))[:k]
    return rows[order], totals[order]


MISTAKES = {
    "ties go to the larger id": (rank, "_merged", _ties_reversed),
    "the bound forgets the points of pay": (
        rank,
        "rest_at_most",
        lambda w: w.education + w.skills + w.experience,
    ),
    "a tie with the k-th is pruned": (rank, "rest_at_most", lambda w: points.rest_at_most(w) - 1),
    "the last condition is forgotten": (rank, "CONDITIONS", conditions.CONDITIONS[:-1]),
    "only the first wish counts": (rank, "wish_keys", lambda s: rank_wish_first(s)),
    "the points of skills are left out": (
        points,
        "REST",
        (points.pay_points, points.education_points, points.experience_points),
    ),
}


def rank_wish_first(seeker: Seeker) -> np.ndarray:
    return np.array([seeker.wishes[0] or -1, 0, 0])


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_planted_mistake_is_noticed_by_the_property(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, name, wrong = MISTAKES[mistake]
    monkeypatch.setattr(module, name, wrong)
    if disagrees(TIE_ACROSS_VISITS):
        return
    try:
        find(cities(), disagrees, settings=SEARCH)
    except NoSuchExample:
        pytest.fail(f"nothing noticed that {mistake}")


def _twin(id: int) -> Seeker:
    return Seeker(id=id, area=450102001003, wishes=(6310103, 0, 0), education=3)


JOB = Vacancy(id=1, area=450102001003, occupation=6310103, pay_min_fen=300_000, pay_max_fen=400_000)


def test_equal_scores_are_ordered_by_id_and_cut_at_k() -> None:
    seekers = Seekers.from_rows([_twin(id) for id in (9, 4, 7, 1)])
    assert top_seekers(JOB, seekers, WEIGHTS, 3).pairs() == [(1, 10000), (4, 10000), (7, 10000)]


def test_an_empty_city_gives_an_empty_ranking() -> None:
    assert top_seekers(JOB, Seekers.from_rows([]), WEIGHTS).pairs() == []
    assert top_vacancies(_twin(1), Vacancies.from_rows([]), WEIGHTS).pairs() == []


def test_more_asked_for_than_there_are_gives_all_that_pass() -> None:
    seekers = Seekers.from_rows([_twin(1), replace(_twin(2), education=0), replace(_twin(3), wishes=(0, 0, 0))])
    job = replace(JOB, education_min=1)
    assert top_seekers(job, seekers, WEIGHTS, 50).pairs() == [(1, 9850), (3, 8350)]


def test_ids_left_out_do_not_take_a_place() -> None:
    seekers = Seekers.from_rows([_twin(id) for id in (1, 2, 3)])
    assert top_seekers(JOB, seekers, WEIGHTS, 2, without=[1]).ids.tolist() == [2, 3]


def test_a_ranking_of_no_places_is_refused() -> None:
    with pytest.raises(ValueError, match="k must be at least 1"):
        top_seekers(JOB, Seekers.from_rows([_twin(1)]), WEIGHTS, 0)


def test_a_large_city_of_ties_keeps_the_smallest_ids() -> None:
    count = 30_000
    rows = Seekers.from_rows([_twin(1)])
    many = Seekers(
        **{
            name: np.arange(count) * 2 + 1 if name == "id" else np.repeat(getattr(rows, name), count, axis=0)
            for name in Seekers.SHAPES
        }
    )
    assert top_seekers(JOB, many, WEIGHTS, 20).ids.tolist() == list(range(1, 40, 2))


def test_columns_out_of_the_order_of_their_ids_are_refused() -> None:
    rows = Seekers.from_rows([_twin(1), _twin(2)])
    with pytest.raises(ValueError, match="ascending"):
        replace(rows, id=np.array([2, 1]))


def test_a_column_of_another_length_is_refused_by_name() -> None:
    rows = Seekers.from_rows([_twin(1), _twin(2)])
    with pytest.raises(ValueError, match="wishes must have the shape"):
        replace(rows, wishes=np.zeros((3, 3), dtype=np.int64))
