"""The spread keeps capacities and comes within its bound of the best total, found by trying everything."""

from functools import cache
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from openpes.engine.matching.exposure import Evenness, evenness, gini, places_of_groups
from openpes.engine.matching.whole.spread import spread


@st.composite
def markets(draw: st.DrawFn):  # type: ignore[no-untyped-def]
    jobs, people = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    lists = [draw(st.permutations(range(jobs))) for _ in range(people)]
    lengths = [draw(st.integers(0, jobs)) for _ in range(people)]
    vacancies = np.array([[job if at < length else -1 for at, job in enumerate(row)]
                          for row, length in zip(lists, lengths, strict=True)])  # fmt: skip
    scores = np.array([sorted((draw(st.integers(1, 100)) for _ in range(jobs)), reverse=True) for _ in range(people)])
    capacities = np.array([draw(st.integers(0, 3)) for _ in range(jobs)])
    return vacancies, scores, capacities, draw(st.integers(1, 3)), draw(st.sampled_from([1, 5, 20]))


def best_total(vacancies, scores, capacities, each) -> int:  # type: ignore[no-untyped-def]
    """The largest total there is: every choice of every seeker tried, remembered by the capacities that are left."""

    @cache
    def rest(at: int, left: tuple[int, ...]) -> int:
        if at == len(vacancies):
            return 0
        pairs = zip(vacancies[at].tolist(), scores[at].tolist(), strict=True)
        offers = [(job, score) for job, score in pairs if job >= 0]
        best = 0
        for count in range(each + 1):
            for chosen in combinations(offers, count):
                after = list(left)
                for job, _score in chosen:
                    after[job] -= 1
                if min(after) >= 0:
                    best = max(best, sum(score for _job, score in chosen) + rest(at + 1, tuple(after)))
        return best

    return rest(0, tuple(capacities.tolist()))


@settings(max_examples=300, deadline=None)
@given(markets())
def test_capacities_hold_and_the_total_is_within_the_bound_of_the_best(market) -> None:  # type: ignore[no-untyped-def]
    vacancies, scores, capacities, each, step = market
    found = spread(vacancies, scores, capacities, each, step)
    assert (found.given.sum(axis=1) <= each).all() and not found.given[vacancies < 0].any()
    counts = np.bincount(vacancies[found.given], minlength=len(capacities))
    assert (counts <= capacities).all()
    assert (found.prices[counts < capacities] == 0).all()
    total, best = int(scores[found.given].sum()), best_total(vacancies, scores, capacities, each)
    assert best - step * each * len(vacancies) <= total <= best


def test_nobody_competes_where_there_is_room_for_all() -> None:
    vacancies = np.array([[0, 1], [0, 1], [0, 1]])
    scores = np.array([[90, 80]] * 3)
    assert spread(vacancies, scores, np.array([3, 3]), 1, 1).given[:, 0].all()
    crowded = spread(vacancies, scores, np.array([1, 2]), 1, 1).given
    assert crowded.sum(axis=0).tolist() == [1, 2]


def test_the_gini_coefficient_of_known_counts() -> None:
    assert gini(np.array([5, 5, 5, 5])) == 0
    assert gini(np.array([0, 0, 0, 12])) == 750_000
    assert gini(np.zeros(4, np.int64)) == 0


def test_what_is_shown_is_counted() -> None:
    vacancies, scores = np.array([[0, 1], [0, -1]]), np.array([[90, 80], [70, -1]])
    told = evenness(vacancies, scores, vacancies >= 0, 3)
    assert told == Evenness(vacancies=3, shown=2, gini=444_444, score=8_000, pairs=3)


def test_places_of_groups_by_hand() -> None:
    persons = np.array([[0, 1], [2, 0], [1, -1]])
    first, second = places_of_groups(persons, np.array([0, 1, 0]), 2)
    assert (first.persons, first.listed, first.places, first.ranks) == (2, 2, 3, 4)
    assert (second.persons, second.listed, second.places, second.ranks) == (1, 1, 2, 3)
    assert first.attention == 2 * 1_000_000 + 630_930 and second.attention == 630_930 + 1_000_000
