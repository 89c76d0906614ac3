"""Names and codes on a day, and the board."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from openpes.engine.areas import UnknownArea
from openpes.engine.files import rows
from openpes.kernel import publish, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.network import queries
from openpes.network.actions import post_staff
from openpes.network.choices import Level
from openpes.network.events import ServicePointOpened
from tests.cast import COUNTY, NEIGHBOUR, TOWN, VILLAGE
from tests.network.factories import a_point


@pytest.mark.parametrize(
    ("code", "on", "path"),
    [
        ("450122", date(2010, 1, 1), "450110"),
        ("450122000000", date(2010, 1, 1), "450110"),
        ("450110", date(2015, 2, 16), "450110"),
        ("450122", date(2026, 1, 1), "450110"),
        ("450127", date(2021, 7, 28), "450181"),
        ("450181", date(2021, 7, 29), "450181"),
        ("450127100000", date(2020, 1, 1), "450181100"),
        ("450103001005", date(2026, 1, 1), "450103001005"),
        ("4501", date(2026, 1, 1), "4501"),
    ],
)
def test_a_code_of_any_year_finds_the_unit_that_bears_it(db, code, on, path):
    assert queries.path_of_code(code, on) == path


@pytest.mark.parametrize("code", ["440100", "450199", "", "兴宁区"])
def test_a_code_that_no_unit_ever_had_is_unknown(db, code):
    with pytest.raises(UnknownArea):
        queries.path_of_code(code, date(2026, 1, 1))


def test_names_are_dated(db):
    assert queries.area_name("450110", date(2014, 1, 1)) == "武鸣县"
    assert queries.area_name("450110", date(2016, 1, 1)) == "武鸣区"
    assert queries.area_name("450181") == "横州市"
    assert [term.code for term in queries.area_terms("450181100")] == ["450127100", "450181100"]


def test_full_names_begin_with_the_city(db):
    assert queries.area_full_name("450102001003") == "南宁市兴宁区民生街道兴宁社区居委会"
    assert queries.area_full_name("nowhere") == "nowhere"
    assert queries.area(COUNTY).level == Level.COUNTY
    with pytest.raises(UnknownArea):
        queries.area("450199")


def test_units_below_and_choices_stay_inside_the_scope(db):
    assert len(queries.areas_below("4501")) == 12
    towns = queries.area_choices(COUNTY, Level.TOWN)
    assert towns[0] == ("450103001", "新竹街道")
    assert all(path.startswith(COUNTY) for path, _name in queries.area_choices(COUNTY, Level.VILLAGE))
    assert queries.area_choices(COUNTY, Level.COUNTY) == [(COUNTY, "青秀区")]
    assert queries.area_choices("", Level.COUNTY) == []


def test_areas_are_asked_of_the_database_once(db, django_assert_num_queries):
    queries.area_name(COUNTY)
    with django_assert_num_queries(0):
        assert queries.area_name(NEIGHBOUR) == "江南区"


@pytest.fixture
def network(cast, at):
    """Four points in two counties; the town's point worked today, the village's a week ago, the others never."""
    places = {area: a_point(area, at) for area in (COUNTY, TOWN, VILLAGE, NEIGHBOUR)}
    for player, area, days in ((cast.township_clerk, TOWN, 0), (cast.village_officer, VILLAGE, 7)):
        then = at - timedelta(days=days)
        post_staff(account=player.account.pk, point=places[area].pk, by=PLATFORM, at=then)
        with player.actor.standing():
            publish(ServicePointOpened(point=0, area=area, by=player.actor.id, at=then))
    return places


def manned(board) -> list:
    return [(row.area.path, row.online, row.points) for row in board.rows if row.points]


def counted(board) -> tuple:
    return board.total.online, board.total.points


def test_the_board_counts_points_that_worked_within_the_dated_window(network, at):
    with within("4501"):
        board = queries.board(scope="4501", on=at.date())
        day_before = queries.board(scope="4501", on=at.date() - timedelta(days=1))
    assert (counted(board), board.planned, board.window_days) == ((1, 4), 1858, 7)
    assert len(board.rows) == 12
    assert manned(board) == [(COUNTY, 1, 3), (NEIGHBOUR, 0, 1)]
    assert counted(day_before) == (1, 4)  # the village's act, not yet the town's


def test_the_board_drills_down_to_the_village(network, at):
    with within("4501"):
        town = queries.board(scope="4501", on=at.date(), inside=TOWN)
        village = queries.board(scope="4501", on=at.date(), inside=VILLAGE)
        online = queries.points(scope="4501", on=at.date(), online=True)
        assert [point.area for point in online] == [TOWN]
        assert {point.area: point.last_worked_on for point in queries.points(scope="4501", on=at.date())} == {
            COUNTY: None, TOWN: at.date(), VILLAGE: at.date() - timedelta(days=7), NEIGHBOUR: None,
        }  # fmt: skip
    assert manned(town) == [(VILLAGE, 0, 1)]
    assert [point.area for point in town.here] == [TOWN]
    assert (counted(village), village.rows, village.planned) == ((0, 1), [], None)


def test_a_closed_point_and_the_city_market_are_not_counted(network, at):
    from openpes.network.models import ServicePoint

    a_point("4501", at)
    with within("4501"):
        ServicePoint.objects.filter(area=NEIGHBOUR).update(closed_on=at.date())
        assert counted(queries.board(scope="4501", on=at.date())) == (1, 3)


@pytest.mark.parametrize("guard", ["both", "queryset", "policy"])
def test_the_neighbour_sees_only_its_own_points_by_either_guard_alone(network, at, guard):
    """With one of the two guards switched off, the other still holds."""
    database, asked = {"both": ("450105",) * 2, "queryset": ("4501", "450105"), "policy": ("450105", "4501")}[guard]
    with within(database):
        assert [point.area for point in queries.points(scope=asked, on=at.date())] == [NEIGHBOUR]
        assert queries.postings_at(scope=asked, point=network[TOWN].pk, on=at.date()).count() == 0
        assert queries.last_working_day(scope=asked, point=network[TOWN].pk) is None


def test_staff_of_a_point_are_those_of_the_day(network, at, cast):
    with within("4501"):
        staff = queries.postings_at(scope="4501", point=network[TOWN].pk, on=at.date())
        assert [posting.account for posting in staff] == [cast.township_clerk.account]
        assert queries.last_working_day(scope="4501", point=network[TOWN].pk) == at.date()


@pytest.mark.parametrize(
    ("language", "path", "label", "heading"),
    [
        ("zh-hans", "450103", "青秀区", "南宁市青秀区"),
        ("en", "4501", "Nanning", "Nanning"),
        ("en", "450103", "Qingxiu District", "Qingxiu District, Nanning"),
        ("en", "450102001", "民生街道", "民生街道, Xingning District, Nanning"),
        ("en", "999999", "999999", "999999"),
    ],
)
def test_a_place_has_its_name_in_the_readers_language(db, language, path, label, heading):
    with translation.override(language):
        assert (queries.area_label(path), queries.area_heading(path)) == (label, heading)


def test_the_city_and_every_county_have_an_english_name_and_nothing_else_has(db):
    named = {row["path"] for row in rows("area_names_en.csv")}
    assert named == {CITY, *(path for path, _name in queries.area_choices(CITY, Level.COUNTY))}
