"""The area tree of Nanning and its dated codes."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openpes.engine import areas as tree
from openpes.engine.areas import UnknownArea, areas
from openpes.engine.matching.tree import area_code

paths = st.sampled_from([area.path for area in areas().all()])


def test_the_city_has_its_official_number_of_units():
    assert Counter(area.level for area in areas().all()) == {
        "city": 1, "county": 12, "town": 138, "village": 1856
    }  # fmt: skip
    kinds = Counter(area.kind for area in areas().all("village"))
    assert kinds == {"community": 455, "village": 1386, "quasi_village": 15}


@given(paths)
def test_every_unit_lies_in_its_parent(path):
    area = areas()[path]
    assert tree.level_of(path) == area.level
    if area.level != "city":
        assert area.parent in areas()
        assert tree.contains(area.parent, path)
        assert path in [child.path for child in areas().all(area.level, within=area.parent)]


@pytest.mark.parametrize(
    ("a", "b", "shared"),
    [
        ("450102001003", "450102001003", 4),
        ("450102001003", "450102001004", 3),
        ("450102001003", "450102002001", 2),
        ("450102001003", "450103001001", 1),
        ("450102001003", "440102001003", 0),
        ("450102", "450102001003", 2),
        ("4501", "450102", 1),
    ],
)
def test_nearness_counts_shared_levels(a, b, shared):
    assert tree.nearness(a, b) == tree.nearness(b, a) == shared


@pytest.mark.parametrize(
    ("path", "on", "code", "name"),
    [
        ("450110", date(2015, 2, 15), "450122000000", "武鸣县"),
        ("450110", date(2015, 2, 16), "450110000000", "武鸣区"),
        ("450181", date(2021, 7, 28), "450127000000", "横县"),
        ("450181", date(2021, 7, 29), "450181000000", "横州市"),
        ("450102", date(1990, 1, 1), "450102000000", "兴宁区"),
    ],
)
def test_a_unit_keeps_its_path_while_code_and_name_change(path, on, code, name):
    assert areas().national_code(path, on) == code
    assert areas().term_on(path, on).name == name


def test_units_below_a_renamed_county_changed_their_codes_with_it():
    path = areas().path_of("450122100004")
    assert path == "450110100004" == areas().path_of("450110100004")
    assert areas().national_code(path, date(2014, 1, 1)) == "450122100004"
    assert areas().national_code(path, date(2026, 1, 1)) == "450110100004"


@given(paths, st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_the_code_of_any_day_leads_back_to_the_unit(path, on):
    assert areas().path_of(areas().national_code(path, on)) == path


@given(paths)
def test_the_significant_prefix_and_the_number_are_those_of_the_matching_engine(path):
    assert tree.significant(path.ljust(12, "0")) == path
    assert tree.encode(path) == area_code(path)
    assert set(tree.ancestors(path)) == {path[:length] for length in (2, 4, 6, 9) if length < len(path)}


@pytest.mark.parametrize("path", ["", "450", "45010", "4501021", "4501020010031"])
def test_a_path_of_a_wrong_length_is_refused(path):
    with pytest.raises(UnknownArea, match="not an area path"):
        tree.level_of(path)


def test_an_unknown_unit_is_refused_and_an_empty_scope_holds_nothing():
    with pytest.raises(UnknownArea, match="no area '459999'"):
        areas().terms("459999")
    with pytest.raises(UnknownArea):
        areas().path_of("110101001001")
    assert not tree.contains("", "450102")
    assert not tree.contains("450102", "450103")


def test_urban_rural_classes_are_codes_of_the_statistical_list():
    known = {"", "111", "112", "121", "122", "123", "210", "220"}
    assert {area.urban_rural for area in areas().all()} <= known
