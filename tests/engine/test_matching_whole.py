"""The lists of a whole city equal the interactive ranking and scoring by hand, and mistakes in them are noticed.

Small cities are judged by the same kernels, not compiled and with every range looked through by postings, so that all
ways are taken in them and a mistake can be planted in each; larger ones by the compiled kernels.
"""

import importlib
import operator
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis.errors import NoSuchExample
from numba import config

from bench.arrays import draw_seekers, draw_vacancies
from openpes.engine.figures.partitions import engine_at
from openpes.engine.matching import Seekers, Vacancies, score, top_seekers, top_vacancies
from openpes.engine.matching.arrays import wish_keys
from openpes.engine.matching.whole import (
    BestSeekers,
    CityIndex,
    best_seekers,
    best_vacancies,
    lists,
    orders,
    scan,
    strata,
    visit,
)
from tests.engine import matching_reference as reference
from tests.engine.matching_reference import COARSE, WEIGHTS, City, cities

# The hash and the count of bits run over, as compiled; not compiled, numpy would warn, in threads of the lists too.
pytestmark = pytest.mark.filterwarnings("ignore:overflow encountered:RuntimeWarning")
KERNELS: tuple[ModuleType, ...] = (orders, strata, scan, visit, lists)
SEARCH = settings(max_examples=2000, database=None, deadline=None, derandomize=True, phases=[Phase.generate])
QUICK = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def interpreted() -> Iterator[None]:
    """The kernels as plain Python, which look for postings in ranges of a single row too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(config, "DISABLE_JIT", True)
        for module in KERNELS:
            importlib.reload(module)
        patch.setattr(visit, "FIRST_SCAN", 1)
        patch.setattr(scan, "BLOCK", 2)
        patch.setattr(lists, "MARKS", 2)  # many skills share a mark
        yield
    for module in KERNELS:
        importlib.reload(module)


def disagreement(city: City) -> str:
    """Which list of the city differs from scoring by hand or from the interactive ranking, if one does."""
    seekers, vacancies = Seekers.from_rows(city.people), Vacancies.from_rows(city.jobs)
    k, w = city.k, city.weights
    forward = lists.best_seekers(vacancies, [seekers], w, k, threads=1)
    backward = lists.best_vacancies(seekers, [vacancies], w, k, threads=1)
    for at, job in enumerate(sorted(city.jobs, key=lambda v: v.id)):
        by_hand = reference.best(((s.id, reference.score(s, job, w)) for s in city.people), k)
        if forward.ranked(at).pairs() != by_hand:
            return f"for vacancy {job}: {forward.ranked(at).pairs()} instead of {by_hand}"
    for at, one in enumerate(sorted(city.people, key=lambda s: s.id)):
        by_hand = reference.best(((v.id, reference.score(one, v, w)) for v in city.jobs), k)
        if backward.ranked(at).pairs() != by_hand:
            return f"for seeker {one}: {backward.ranked(at).pairs()} instead of {by_hand}"
    return ""


@QUICK
@given(city=cities())
def test_the_lists_of_a_small_city_equal_scoring_by_hand(interpreted: None, city: City) -> None:
    assert not disagreement(city)


@settings(parent=QUICK, max_examples=30)
@given(city=cities())
def test_the_lists_are_the_same_where_there_are_more_places_than_two_bytes_number(
    interpreted: None, city: City
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(orders, "NARROW", 0)
        assert not disagreement(city)


def _last_id_first(ids: Any, totals: Any, id: int, total: int) -> None:
    rows = [(t, i) for i, t in zip(ids.tolist(), totals.tolist(), strict=True) if t >= 0 and i != id] + [(total, id)]
    for at, (t, i) in enumerate(sorted(rows, reverse=True)[: len(ids)]):
        ids[at], totals[at] = i, t


def _without_third_wish(table: Any) -> Any:
    keys = wish_keys(table)
    keys[:, 2] = 0
    return keys


MISTAKES = {
    "ties go to the larger id": (scan, "_enter", lambda own: _last_id_first),
    "the bound is too low": (visit, "_one", lambda own: lambda *a: (one := own(*a))._replace(most=one.most - 600)),
    "a tie with the last of the best is pruned": (
        visit, "_one", lambda own: lambda *a: (one := own(*a))._replace(most=one.most - 1),
    ),
    "the bonus is left out": (visit, "_one", lambda own: lambda *a: own(*a)._replace(bonus=0)),
    "one skill too many is thought necessary": (
        visit, "_postings", lambda own: lambda *a: own(*a[:4], a[4] + 1, a[5]),
    ),
    "postings end too soon": (visit, "_before", lambda own: lambda p, s, place, g: own(p, s, place - 1, g)),
    "who wants no skill is forgotten": (visit, "NOTHING_MARK", lambda own: 0),
    "only two wishes count": (lists, "wish_keys", lambda own: _without_third_wish),
    "a wider area counts as the same": (strata, "_deep_area", lambda own: lambda code: 5),
    "a wished class is taken for a code": (strata, "_deep_occupation", lambda own: lambda code: 4),
    "nobody has a skill's mark": (scan, "all_marked", lambda own: lambda words, width: 0 * own(words, width)),
    "a mark is taken for a skill": (
        scan, "_skill_points", lambda own: lambda row, one, s: max(own(row, one, s), 0),
    ),
    "a group earns no bonus": (
        lists, "near_by_work", lambda own: lambda c, o, *a: own(c, o._replace(bonuses=0 * o.bonuses), *a),
    ),
    "nobody is preferred": (lists, "priority_points", lambda own: lambda s, w: 0 * own(s, w)),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_planted_mistake_is_noticed(interpreted: None, mistake: str) -> None:
    module, name, wrong = MISTAKES[mistake]
    with pytest.MonkeyPatch.context() as patch:  # ends before the kernels are compiled again
        patch.setattr(module, name, wrong(getattr(module, name)))
        try:
            find(cities(), lambda city: bool(disagreement(city)), settings=SEARCH)
        except NoSuchExample:
            pytest.fail(f"nothing noticed that {mistake}")


def drawn(seed: int, people: int, jobs: int) -> tuple[Seekers, Vacancies]:
    """A larger city in few occupations and skills, so that ranges and postings are long and ties common."""
    rng = np.random.default_rng(seed)
    seekers, vacancies = draw_seekers(people, seed), draw_vacancies(jobs, seed)
    few = np.sort(rng.choice(vacancies.occupation, 12))
    wishes = np.where(seekers.wishes > 0, few[rng.integers(0, len(few), seekers.wishes.shape)], 0)
    wishes = np.where(rng.random(wishes.shape) < 0.2, wishes // 100 * 100, wishes)
    seekers = replace(seekers, wishes=wishes, group=rng.choice([0, 0, 0, 10, 60], people))
    vacancies = replace(
        vacancies, occupation=rng.choice(few, jobs), age_by_law=rng.random(jobs) < 0.2, age_min=np.full(jobs, 18),
        age_max=rng.choice([0, 35, 50], jobs), skills_wanted=vacancies.skills_wanted & np.uint64(0xFF),
    )  # fmt: skip
    return seekers, vacancies


@pytest.mark.parametrize("seed", range(4))
def test_the_lists_of_a_larger_city_equal_the_interactive_ranking(seed: int) -> None:
    seekers, vacancies = drawn(seed, 3000, 900)
    w, k = (WEIGHTS, COARSE)[seed % 2], 20
    forward, backward = best_seekers(vacancies, [seekers], w, k), best_vacancies(seekers, [vacancies], w, k)
    for at in range(0, len(vacancies), 3):
        assert forward.ranked(at).pairs() == top_seekers(vacancies.row(at), seekers, w, k).pairs()
    for at in range(0, len(seekers), 10):
        assert backward.ranked(at).pairs() == top_vacancies(seekers.row(at), vacancies, w, k).pairs()


def test_the_lists_are_the_same_however_the_city_is_cut_and_on_however_many_threads() -> None:
    seekers, vacancies = drawn(9, 2000, 500)
    whole = best_seekers(vacancies, [seekers], WEIGHTS, threads=1)
    parts = [_part(seekers, np.arange(2000) % 3 == n) for n in range(3)]
    cut = best_seekers(vacancies, parts, WEIGHTS, threads=2)
    assert (whole.ids == cut.ids).all() and (whole.scores == cut.scores).all()
    asked = CityIndex.of_seekers(seekers, WEIGHTS).lists(_part(vacancies, np.arange(500) < 100), 20)
    assert (asked.ids == whole.ids[:100]).all()


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("address", ["", "local"])
def test_the_lists_of_parts_are_the_same_on_threads_and_on_a_cluster(address: str) -> None:
    if address:
        pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    seekers, vacancies = drawn(9, 2000, 500)
    whole = best_seekers(vacancies, [seekers], WEIGHTS, threads=1)
    parts = [_part(seekers, np.arange(2000) % 3 == n) for n in range(3)]
    with engine_at(address) as engine:
        found = engine.map_partitions(BestSeekers(vacancies, WEIGHTS), parts, operator.add)
    assert (whole.ids == found.ids).all() and (whole.scores == found.scores).all()


def _part(table: Any, rows: Any) -> Any:
    return type(table)(**{name: getattr(table, name)[rows] for name in table.SHAPES})


def test_an_empty_city_gives_empty_lists() -> None:
    seekers, vacancies = drawn(1, 50, 20)
    nobody, nothing = _part(seekers, np.zeros(50, bool)), _part(vacancies, np.zeros(20, bool))
    assert not best_seekers(vacancies, [nobody], WEIGHTS).ranked(0).pairs()
    assert not best_vacancies(seekers, [nothing], WEIGHTS).ranked(0).pairs()
    assert len(best_seekers(nothing, [seekers], WEIGHTS).ids) == 0


def test_a_list_of_no_places_is_refused() -> None:
    seekers, vacancies = drawn(1, 50, 20)
    with pytest.raises(ValueError, match="k must be at least 1"):
        best_seekers(vacancies, [seekers], WEIGHTS, 0)


def test_the_points_of_a_preferred_group_stand_on_top_of_the_fit() -> None:
    seekers, _vacancies = drawn(1, 50, 20)
    points = score.priority_points(seekers, WEIGHTS)
    assert set(points.tolist()) == {0, 150, 300}
