"""Each measured indicator on a city counted by hand, to the last digit, with the rows behind each number."""

from datetime import date
from decimal import Decimal

import pytest

from openpes.engine.calendars import Period
from openpes.engine.indicators.declared import declared
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.registration.models.periods import StatusPeriodQuerySet
from openpes.statistics.queries.indicators import all_measured, measured, measured_below, rows_of
from openpes.statistics.queries.measures import measure_of
from tests.statistics.small_city import HERE, THERE, build

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
ON = date(2026, 11, 20)
# By hand: numerator, denominator and value of the city in 2026 up to 20 November.
EXPECTED = {
    "unemployed": (3, None, "3"),  # a, c again, and the older one
    "unemployed_in": (5, None, "5"),  # b, c twice, d, the older one
    "unemployed_out": (3, None, "3"),  # b, c, d
    "employed": (2, None, "2"),  # b and e
    "employed_in": (2, None, "2"),  # b and d
    "employed_out": (1, None, "1"),  # d
    "unemployment_rate": (3, 5, "60.00"),
    "unemployed_long": (1, None, "1"),  # a
    "reemployed": (2, 6, "33.33"),  # b and d, of a b c c d and the older one
    "reemployed_laid_off": (1, 2, "50.00"),  # b, of a and b
    "reemployed_hard": (1, 3, "33.33"),  # the same and the older one
    "employed_new_entrants": (1, 2, "50.00"),  # d, of c again and d
    "days_to_work": (80, 2, "40.00"),  # 60 and 20
    "key_markets": (0, None, "0"),
    "vacancy_coverage": (0, 0, None),
    "places_offered": (12, None, "12"),
    "places_filled": (1, None, "1"),
    "introductions": (4, None, "4"),
    "free_placements": (2, None, "2"),
    "hires": (1, None, "1"),
    "placement_rate": (1, 4, "25.00"),
    "retention": (1, 2, "50.00"),
    # Due by 20 November after 90 days and still registered then: a fell due in 2025; c again and the older one.
    "promise_jobs": (0, 2, "0.00"),
}


@pytest.fixture
def small_city(db, at):
    build()


def asked(**changes):
    return {"scope": CITY, "area": CITY, "period": YEAR, "on": ON} | changes


def test_every_figure_is_what_a_hand_counts(small_city):
    with within(CITY):
        found = {one.indicator.code: one for one in all_measured(**asked())}
    counted = {code: (found[code].numerator, found[code].denominator) for code in EXPECTED}
    assert counted == {code: told[:2] for code, told in EXPECTED.items()}
    values = {code: None if found[code].value is None else str(found[code].value) for code in EXPECTED}
    assert values == {code: told[2] for code, told in EXPECTED.items()}


def test_an_indicator_that_no_room_measures_has_no_figure_and_is_no_zero(small_city):
    with within(CITY):
        found = {one.indicator.code: one for one in all_measured(**asked())}
    waiting = {one.code for one in declared() if one.supplied_by}
    assert {code for code, one in found.items() if not one.is_measured} >= waiting
    assert {(found[code].numerator, found[code].value) for code in waiting} == {(None, None)}


def test_every_declared_measure_is_there(db):
    assert [one.code for one in declared() if one.measured_by and measure_of(one.measured_by) is None] == []


@pytest.mark.parametrize("code", [*EXPECTED, "points_online", "registrations_per_officer", "hires_per_officer"])
def test_each_number_is_its_list_and_the_sum_of_the_areas_below(small_city, code):
    with within(CITY):
        whole = measured(code=code, **asked())
        below = measured_below(code=code, scope=CITY, areas=[HERE, THERE], period=YEAR, on=ON)
        for over in (False, True) if whole.indicator.has_denominator else (False,):
            number = whole.denominator if over else whole.numerator
            with rows_of(code=code, **asked(), denominator=over) as part:
                listed = sum(row.amount for row in part.rows)
            parts = [one.denominator if over else one.numerator for one in below.values()]
            assert listed == number
            if code != "points_online":  # points stand in every county
                assert sum(parts) == number


@pytest.mark.parametrize("month", range(1, 12))
def test_what_was_there_and_came_and_did_not_go_is_there(small_city, month):
    period = Period(date(2026, month, 1), date(2026, month + 1, 1))
    with within(CITY):
        for kind in ("unemployed", "employed"):
            before = measured(code=kind, **asked(period=Period(date(2025, 1, 1), period.from_on), on=ON))
            came, went, after = (
                measured(code=code, **asked(period=period)).numerator for code in (f"{kind}_in", f"{kind}_out", kind)
            )
            assert before.numerator + came - went == after


@pytest.mark.parametrize("code", ["reemployed", "promise_jobs"])
def test_the_row_policy_alone_keeps_another_area_out_of_a_figure(small_city, monkeypatch, code):
    where = {"code": code, "period": YEAR, "on": ON}
    with within(THERE):
        right = measured(scope=THERE, area=THERE, **where).denominator
        monkeypatch.setattr(StatusPeriodQuerySet, "visible_to", lambda rows, _scope: rows)  # it forgets the area
        assert measured(scope=THERE, area=THERE, **where).denominator == right == 1
        with rows_of(scope=THERE, area=THERE, **where, denominator=True) as part:
            assert {row.area for row in part.rows} == {THERE}
        below = measured_below(scope=THERE, areas=[HERE, THERE], **where)
        assert [one.denominator for one in below.values()] == [0, 1]
    with within(CITY):
        assert measured(scope=THERE, area=THERE, **where).denominator > 1


def test_a_reader_sees_the_figures_of_the_own_area_only(small_city):
    with within(HERE):
        own = measured(code="unemployed", scope=HERE, area=HERE, period=YEAR, on=ON)
        other = measured(code="unemployed", scope=HERE, area=THERE, period=YEAR, on=ON)
        below = measured_below(code="reemployed", scope=HERE, areas=[HERE, THERE], period=YEAR, on=ON)
    assert (own.numerator, other.numerator) == (2, 0)
    assert [one.denominator for one in below.values()] == [5, 0]
    assert own.value == Decimal(2)
