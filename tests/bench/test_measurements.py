"""Every measurement on a small city: its alternatives exist and give the same answers; nothing is said about time."""

import importlib
import os

import pytest

from bench.arrays import draw_seekers, draw_vacancies
from bench.city import AT, ON, BenchCity, Sizes
from bench.command import MEASUREMENTS, command
from bench.newcomers import newcomers
from bench.plain_ledger import identity_of
from bench.plain_match import best_by_numpy, best_by_pairs, best_by_sql, fill_seekers
from openpes.config import database
from openpes.engine.identifiers import parse_resident_id
from openpes.engine.matching import top_seekers, top_vacancies

SMALL = Sizes(
    people=600, seed=3, seekers=3_000, vacancies=300, wide_vacancies=400, advice=500, ledger_rows=120, import_rows=30,
    tasks=8, searched=2_500, points=40, searches_a_second=10, load_seconds=3,
)  # fmt: skip
IN_A_CITY = ["desk-search", "desk-pages", "public-search", "matching", "ledger", "report", "facts", "city-load"]


@pytest.fixture
def small_city(city, tmp_path) -> BenchCity:
    """A bench city on the test's own database."""
    from openpes.demo.actions import build_city
    from openpes.kernel.action import PLATFORM

    owner = database.conninfo_for(city, database.OWNER)
    build_city(people=SMALL.people, seed=SMALL.seed, owner=owner, by=PLATFORM, at=AT)
    made = BenchCity(SMALL, folder=tmp_path)
    made.__dict__["stored"] = city
    return made


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="copies rows as the superuser of the embedded server")
def test_every_measurement_of_a_small_city_gets_the_same_answers_from_its_alternative(small_city, monkeypatch):
    monkeypatch.setattr("bench.city_load.highest", lambda holds: 1.0 if holds(1.0) else 0.5)  # one trial
    for name in IN_A_CITY:
        lines = importlib.import_module(MEASUREMENTS[name]).measure(small_city)
        beside = [line for line in lines if not line.peer.startswith("the goal")]
        assert beside, name
        assert all(line.ours > 0 and line.plain > 0 and line.peer and "same" in line.answers for line in beside), name


def test_every_measurement_can_be_named_on_the_command_line():
    for module in MEASUREMENTS.values():
        assert callable(importlib.import_module(module).measure)
    assert set(command.params[0].type.choices) == set(MEASUREMENTS)


def test_all_plain_ways_to_the_best_twenty_agree_with_the_engine(city):
    from bench.matching import weights

    seekers, vacancies, w = draw_seekers(1_500, 5), draw_vacancies(200, 5), weights()
    made = BenchCity(SMALL)
    made.__dict__["stored"] = city
    with made.connect(database.OWNER) as owner:
        fill_seekers(owner, seekers)
        for at in range(0, 200, 10):
            vacancy = vacancies.row(at)
            best = top_seekers(vacancy, seekers, w, 20).pairs()
            assert best_by_numpy(vacancy, seekers, w, 20) == best
            assert best_by_pairs(vacancy, seekers, w, 20) == best
            assert best_by_sql(owner, vacancy, w, 20) == best
    for at in range(0, 1_500, 100):
        seeker = seekers.row(at)
        best = top_vacancies(seeker, vacancies, w, 20).pairs()
        assert best_by_numpy(seeker, vacancies, w, 20) == best
        assert best_by_pairs(seeker, vacancies, w, 20) == best


def test_drawn_arrays_follow_from_the_seed():
    assert (draw_seekers(50, 1).wishes == draw_seekers(50, 1).wishes).all()
    assert (draw_seekers(50, 1).wishes != draw_seekers(50, 2).wishes).any()


def test_newcomers_have_valid_numbers_that_differ():
    numbers = [person.id_number for person in newcomers(9_000, "450103")]
    assert len({parse_resident_id(number, ON).number for number in numbers}) == 9_000


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("45019919900102101X", None),
        ("450199199001021017", "450199199001021017"),
        ("４５０１９９１９９００１０２１０１７", "450199199001021017"),
        (" 450199 199001021017 ", "450199199001021017"),
        ("450199900102101", "450199199001021017"),
        (450199199001021000.0, None),
        ("450199199013021017", None),
        (None, None),
    ],
)
def test_the_script_with_python_stdnum_reads_numbers_as_the_engine_does(cell, number):
    assert identity_of(cell, ON) == number
