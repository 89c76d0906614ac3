"""The boards: every level has its page, every number is that of a query that opens, every chart is a file."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from openpes.access.permissions import role as role_of
from openpes.engine.calendars import Period
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.statistics.permissions import VIEW_REPORTS
from openpes.statistics.queries.boards import heat, months, pyramid, tiles
from openpes.statistics.queries.indicators import measured
from openpes.statistics.queries.measures import measure_of
from openpes.statistics.views.boards import FIGURES_OF
from tests.statistics.small_city import HERE, THERE, build

ON = date(2026, 11, 20)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
BOARD, WALL, FILE = (reverse(f"statistics:{name}") for name in ("board", "wall", "board_csv"))


@pytest.fixture
def small_city(db, at):
    build()


def test_tiles_show_the_indicator_of_each_unit_in_steps(small_city):
    with within(CITY):
        made = tiles(code="unemployed", scope=CITY, area=CITY, period=YEAR, on=ON)
    assert len(made) == 12
    found = {one.unit.path: (one.measured.numerator, one.step) for one in made}
    assert (found[HERE], found[THERE], found["450102"]) == ((2, 3), (1, 1), (0, 0))


def test_the_pyramid_holds_each_registration_in_force_once(small_city):
    with within(CITY):
        bands = pyramid(scope=CITY, area=CITY, on=ON)
        force = measured(code="unemployment_rate", scope=CITY, area=CITY, period=YEAR, on=ON).denominator
    assert sum(one.men + one.women for one in bands) == force == 5
    # Four were born on 17 May 1990, the older one on 1 January 1970: 36 and 56 years.
    assert {one.first: one.men + one.women for one in bands if one.men + one.women} == {36: 4, 56: 1}


def test_the_months_are_those_of_the_indicator_asked_alone(small_city):
    with within(CITY):
        found = months(scope=CITY, area=CITY, on=ON)
        alone = [
            measured(
                code="unemployed_in",
                scope=CITY,
                area=CITY,
                on=ON,
                period=Period(date(2026, n, 1), date(2026, n + 1, 1)),
            ).numerator
            for n in range(1, 12)
        ]
    assert list(found["unemployed_in"].values())[1:] == alone
    assert found["places_offered"][date(2026, 3, 1)] == 12


def test_the_heat_map_counts_places_by_class_and_unit(small_city):
    with within(CITY):
        made = heat(side="demand", scope=CITY, area=CITY, on=date(2026, 3, 20))
    assert sum(made.counts.values()) == made.most == 12
    assert {unit for unit, _key in made.counts} == {HERE}


def test_a_board_offers_the_periods_and_shows_the_one_chosen(small_city, cast):
    text = cast.county_clerk.client().get(BOARD, {"period": "2026-09"}).content.decode()
    assert '<option value="2026-09" selected>' in text
    assert '<option value="2025">' in text
    assert 'type="hidden" name="period"' not in text


def test_a_board_begins_with_what_its_reader_answers_for(cast):
    """Every role that sees reports may have figures of its own; all of them are measured and declared."""
    first = {}
    for player in ("county_clerk", "village_officer", "statistician"):
        shown = getattr(cast, player).client().get(BOARD).context["figures"]
        first[player] = [line["indicator"].code for line in shown]
        assert len(first[player]) == 8 and all(line["one"].is_measured for line in shown)
    assert "zero_employment_households" in first["village_officer"]
    assert first["county_clerk"] == first["statistician"] != first["village_officer"]
    for role, codes in FIGURES_OF.items():
        assert VIEW_REPORTS in role_of(role).permissions and all(measure_of(code) for code in codes)


def test_every_level_has_its_board(cast):
    build()
    for player, title in ((cast.city_clerk, "Nanning"), (cast.county_clerk, "Qingxiu"), (cast.township_clerk, "")):
        for address in (BOARD, WALL):
            page = player.client().get(address)
            assert page.status_code == 200
            assert title in page.content.decode()
    assert cast.village_officer.client().get(BOARD).status_code == 200
    assert cast.county_clerk.client().get(BOARD, {"area": "450105"}).status_code == 404
    assert cast.county_clerk.client().get(BOARD, {"indicator": "nothing"}).status_code == 404


@pytest.mark.parametrize(("chart", "rows"), [("map", 12), ("ages", 10), ("occupations", 12), ("months", 12)])
def test_every_chart_is_a_file(cast, chart, rows):
    answer = cast.city_clerk.client().get(FILE, {"chart": chart})
    assert len(list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))) == rows
    assert cast.city_clerk.client().get(FILE, {"chart": "nothing"}).status_code == 404
