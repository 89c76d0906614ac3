"""Every indicator says what it counts, over what, by which clause and since when."""

from datetime import date
from decimal import Decimal

import pytest

from openpes.engine.indicators.declared import declared, indicator_from, indicator_on, indicators_on

ON = date(2026, 11, 22)
TOLD = {
    "code": "some",
    "from": date(2007, 1, 1),
    "title_en": "Some",
    "title_zh": "若干",
    "unit": "%",
    "kind": "percent",
    "spans": "period",
    "direction": "up",
    "numerator_en": "those",
    "numerator_zh": "其中",
    "denominator_en": "these",
    "denominator_zh": "这些",
    "breakdowns": ["area"],
    "source": "a law",
    "measured_by": "some",
}


def test_the_targets_of_the_founding_plan_are_declared_with_their_amounts():
    targets = {one.code: (one.target, one.target_of) for one in indicators_on(ON) if one.target is not None}
    assert targets == {
        "unemployment_rate": (4, None),
        "reemployed_laid_off": (85, None),
        "reemployed_hard": (90, None),
        "employed_new_entrants": (90, None),
        "points_online": (100, 1858),
        "key_markets": (21, None),
        "vacancy_coverage": (60, None),
        "promise_guidance": (100, None),
        "promise_jobs": (100, None),
        "promise_training": (100, None),
        "zero_employment_households": (100, None),
        "full_employment_communities": (75, 204),
        "key_market_city_funds": (21, None),
        "key_market_county_funds": (21, None),
        "bases_transfer": (10, None),
        "bases_returnee": (10, None),
        "bases_training": (40, None),
    }


def test_what_a_later_room_will_bring_is_declared_and_named():
    waiting = {one.code: one.supplied_by for one in declared() if not one.measured_by}
    assert waiting["hard_cases_assisted"] == "assistance"
    assert waiting["promise_guidance"] == "guidance"
    assert waiting["promise_training"] == "training"
    assert waiting["benefit_receivers"] == "insurance"
    assert waiting["bases_training"] == "bases"
    assert len(waiting) == 10


def test_a_value_is_half_up_to_two_decimals_and_absent_without_a_denominator():
    rate = indicator_on("unemployment_rate", ON)
    assert rate.value(1, 3) == Decimal("33.33")
    assert rate.value(1, 800) == Decimal("0.13")  # 0.125 half up
    assert rate.value(0, 0) is None
    assert indicator_on("days_to_work", ON).value(7, 2) == Decimal("3.50")
    assert indicator_on("unemployed", ON).value(0) == 0


def test_an_indicator_is_asked_with_a_day():
    with pytest.raises(KeyError):
        indicator_on("unemployed", date(2006, 12, 31))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"kind": "share"}, "unknown kind"),
        ({"direction": "left"}, "unknown direction"),
        ({"spans": "week"}, "unknown spans"),
        ({"breakdowns": ["area", "colour"]}, "unknown breakdown"),
        ({"breakdowns": []}, "unknown breakdown"),
        ({"denominator_en": ""}, "denominator"),
        ({"kind": "count"}, "denominator"),
        ({"measured_by": ""}, "either its measure"),
        ({"supplied_by": "training"}, "either its measure"),
        ({"source": " "}, "no source"),
    ],
)
def test_a_definition_that_is_not_whole_is_refused(changes, told):
    assert indicator_from(TOLD).code == "some"
    with pytest.raises(ValueError, match=told):
        indicator_from(TOLD | changes)
