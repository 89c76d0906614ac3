"""The plan of 2007 on the units of today."""

from collections import Counter

import pytest

from openpes.engine.areas import areas
from openpes.network.choices import Level
from openpes.network.rules import PLAN, NewPoint, planned_points, why_not_open


@pytest.fixture(scope="module")
def planned():
    return planned_points(areas().all())


def test_the_plan_has_1858_points_below_the_city_and_the_city_market(planned):
    assert Counter(point.level for point in planned) == {
        Level.CITY: 1, Level.COUNTY: 12, Level.TOWN: 121, Level.VILLAGE: 334 + 1391,
    }  # fmt: skip
    assert sum(PLAN.values()) == 1858
    assert len({point.area for point in planned}) == len(planned)


def test_development_zones_and_farm_quarters_get_no_point(planned):
    kinds = {areas()[point.area].kind for point in planned}
    assert not kinds & {"quasi_town", "quasi_village"}


def test_every_village_of_today_has_its_station(planned):
    with_point = {point.area for point in planned}
    villages = {unit.path for unit in areas().all("village") if unit.kind == "village"}
    assert len(villages) == 1386
    assert villages <= with_point


def test_the_city_and_county_and_station_names_read_as_on_their_signs(planned):
    names = {point.area: point.name for point in planned}
    assert names["4501"] == "南宁市人力资源市场"
    assert names["450103"] == "青秀区人力资源市场"
    assert names["450102001"] == "民生街道劳动保障事务所"
    assert names["450102001003"] == "兴宁社区劳动保障工作站"
    assert all(name.endswith("村劳动保障工作站") for path, name in names.items() if areas()[path].kind == "village")


@pytest.mark.parametrize(
    ("case", "fields"),
    [
        ({"area": "999999", "area_level": None}, ["area"]),
        ({"area": "450105", "area_level": 3}, ["area"]),
        ({"area": "450103001", "area_level": 4}, ["level"]),
        ({"area": "450105001", "area_level": 4, "name": " "}, ["area", "level", "name"]),
        ({"area": "450103", "area_level": 3}, []),
        ({"area": "450103", "area_level": 3, "scope": ""}, ["area"]),
    ],
)
def test_a_point_stands_in_an_area_of_its_level_inside_ones_own(case, fields):
    given = {"level": Level.COUNTY, "kind": "training_base", "name": "分市场"} | case
    scope = given.pop("scope", "450103")
    assert [reason.field for reason in why_not_open(wanted=NewPoint(**given), scope=scope)] == fields
