"""Check-lists by kind and day, and what given points come to."""

from dataclasses import replace
from datetime import date

import pytest

from openpes.engine.checklists import checklist_on, checklist_version, checklists, content_hash, lists_for, outcome

SIX = checklist_version("six_in_place", 1)
FULL = {item.code: item.points for item in SIX.items}


def test_every_list_has_a_source_and_adds_up_to_a_hundred():
    assert {one.code for one in checklists()} == {"six_in_place", "village_four", "six_unified"}
    assert all(one.most == 100 and one.source for one in checklists())
    assert [len(checklist_on(code, date(2026, 6, 1)).items) for code in ("six_in_place", "village_four")] == [6, 4]


def test_the_version_of_the_day_is_in_force():
    assert checklist_on("six_in_place", date(2025, 12, 31)).version == 1
    assert checklist_on("six_in_place", date(2026, 1, 1)).version == 2
    assert checklist_on("six_in_place", date(2006, 12, 31)) is None
    with pytest.raises(KeyError):
        checklist_version("six_in_place", 9)


def test_a_village_station_is_held_against_the_village_list_and_a_market_is_not():
    assert [one.code for one in lists_for("village_station", date(2026, 6, 1))] == ["six_unified", "village_four"]
    assert [one.code for one in lists_for("county_market", date(2026, 6, 1))] == ["six_in_place", "six_unified"]
    assert lists_for("training_base", date(2026, 6, 1)) == []


@pytest.mark.parametrize(
    ("given", "score", "short", "passed"),
    [
        ({}, 100, (), True),
        ({"funds": 5, "rules": 5}, 80, (), True),
        ({"funds": 5, "rules": 5, "work": 14}, 79, (), False),
        ({"staff": 11}, 91, ("staff",), False),
    ],
)
def test_a_point_passes_by_its_sum_and_by_every_item(given, score, short, passed):
    found = outcome(SIX, FULL | given)
    assert (found.score, found.short, found.passed) == (score, short, passed)


def test_points_that_an_item_does_not_have_are_refused():
    for wrong in ({"staff": 21}, {"staff": -1}):
        with pytest.raises(ValueError, match="'staff' takes 0 to 20"):
            outcome(SIX, FULL | wrong)
    with pytest.raises(ValueError, match="takes 0 to"):
        outcome(replace(SIX), {})


def test_a_signature_is_bound_to_the_contents_and_not_to_their_order():
    assert content_hash({"a": 1, "b": 2}) == content_hash({"b": 2, "a": 1}) != content_hash({"a": 1, "b": 3})
