"""Points of the counties and the distances between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openpes.engine.areas import areas
from openpes.engine.places import counties_within, county_seats, distance_km, point_of

POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def test_every_county_of_the_city_has_a_seat_inside_its_bounds():
    assert set(county_seats()) == {area.path for area in areas().all("county")}
    assert all(22.1 < latitude < 24.1 and 107.3 < longitude < 109.7 for latitude, longitude in county_seats().values())


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("450110", "450103", 35, 45),  # Wuming stands about 40 km north of the centre
        ("450126", "450181", 70, 80),
        ("450124", "450181", 155, 165),
    ],
)
def test_distances_are_those_of_a_map(one, other, least, most):
    assert least < distance_km(point_of(one), point_of(other)) < most


def test_a_town_stands_at_the_seat_of_its_county_and_the_city_nowhere():
    assert point_of("450103004") == county_seats()["450103"]
    assert point_of("4501") is None and point_of("110101") is None


@given(POINTS, POINTS)
def test_a_distance_is_the_same_both_ways_and_never_more_than_half_round_the_earth(a, b):
    there = distance_km(a, b)
    assert 0 <= there < 20_016
    assert there == pytest.approx(distance_km(b, a), abs=1e-6)


def test_counties_within_a_radius_come_nearest_first():
    found = counties_within(county_seats()["450103"], 12)
    assert found[0] == ("450103", 0.0)
    assert [path for path, _km in found] == ["450103", "450102", "450107", "450105", "450108"]
    assert [km for _path, km in found] == sorted(km for _path, km in found)
