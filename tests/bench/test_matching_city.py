"""The measurements of the whole city on a small one: every peer gives the same answers, and the truth is found."""

from dataclasses import replace

import numpy as np
import pytest

from bench import matching_city, matching_parts, matching_quality
from bench.arrays import draw_seekers, draw_vacancies
from bench.city import BenchCity, Sizes
from bench.matching import weights
from bench.plain_city import BruteForce
from openpes.config import database
from openpes.engine.matching import Seekers, top_seekers
from openpes.engine.matching.whole import VacancyDesk, best_seekers
from openpes.engine.matching.whole.lists import CityIndex

SIZES = Sizes(city_seekers=2_000, city_vacancies=300, tasks=20)


@pytest.mark.city
@pytest.mark.filterwarnings("default")  # what the cluster warns of is its own affair
def test_every_peer_of_the_whole_city_gives_the_same_lists(city):
    pytest.importorskip("duckdb")
    pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    pytest.importorskip("distributed")
    made = BenchCity(SIZES)
    made.__dict__["stored"] = city
    lines = matching_city.measure(made)
    assert len(lines) == 7
    assert all(line.ours > 0 and line.plain > 0 and "same" in line.answers for line in lines)
    assert len({line.answers.split("checksum ")[1] for line in lines[:4]}) == 1


@pytest.mark.city
def test_what_the_tables_of_the_measurement_hold_is_what_was_drawn(city):
    seekers, vacancies = draw_seekers(500, 2), draw_vacancies(60, 2)
    made = BenchCity(SIZES)
    made.__dict__["stored"] = city
    with made.connect(database.OWNER) as owner:
        matching_city._fill(owner, seekers, vacancies)
        read = matching_city._read_seekers(owner), matching_city._read_vacancies(owner)
        matching_city._write(owner, vacancies, lists := best_seekers(vacancies, [seekers], weights()))
        kept = owner.execute("SELECT id, found, scores FROM bench_found ORDER BY id").fetchall()
    for one, other in zip(read, (seekers, vacancies), strict=True):
        assert all(getattr(one, name).tolist() == getattr(other, name).tolist() for name in type(one).SHAPES)
    for at, (id, found, scores) in enumerate(kept):
        assert id == vacancies.id[at] and list(zip(found, scores, strict=True)) == lists.ranked(at).pairs()


def test_brute_force_and_the_desk_for_one_vacancy_agree_with_the_interactive_ranking():
    seekers, vacancies, w = draw_seekers(1_500, 5), draw_vacancies(80, 5), weights()
    brute, desk = BruteForce(seekers, w), VacancyDesk(CityIndex.of_seekers(seekers, w))
    for at in range(0, 80, 4):
        best = top_seekers(vacancies.row(at), seekers, w, 20).pairs()
        assert brute.best(vacancies, at, 20) == best
        assert desk.best(vacancies.row(at)).pairs() == best


def test_the_checksum_is_the_same_for_parts_and_another_for_other_lists():
    seekers, vacancies, w = draw_seekers(900, 6), draw_vacancies(90, 6), weights()
    half = np.arange(900) < 400
    parts = [Seekers(**{n: getattr(seekers, n)[rows] for n in Seekers.SHAPES}) for rows in (half, ~half)]
    told = {matching_city.checksum(best_seekers(vacancies, cut, w)) for cut in ([seekers], parts)}
    assert len(told) == 1
    swapped = replace(best_seekers(vacancies, [seekers], w))
    swapped.ids[0, :2] = swapped.ids[0, 1::-1]
    assert matching_city.checksum(swapped) not in told


def test_parts_in_files_are_matched_in_a_process_of_its_own_as_brute_force_does(monkeypatch):
    monkeypatch.setattr(matching_parts, "PART", 700)
    (line,) = matching_parts.measure(BenchCity(Sizes(province_seekers=2_000, province_vacancies=90)))
    assert "in 3 parts" in line.what and line.answers.startswith("the same ids and scores, 12 of 12")


def test_hires_are_foreseen_better_than_by_chance(monkeypatch):
    monkeypatch.setattr(matching_quality, "ASKED", 300)
    monkeypatch.setattr(matching_quality, "OFFERED", 2_000)
    lines = matching_quality.measure(BenchCity(SIZES))
    assert [line.unit for line in lines] == ["%"] * 4
    assert all(line.ours > 5 * line.plain for line in lines[2:])


def test_recall_and_ndcg_of_known_lists():
    lists, hired = np.array([[3, 5], [7, 1], [2, 4]]), np.array([3, 1, 9])
    assert matching_quality.recall(lists, hired) == pytest.approx(2 / 3)
    assert matching_quality.ndcg(lists, hired) == pytest.approx((1 + 1 / np.log2(3)) / 3)
