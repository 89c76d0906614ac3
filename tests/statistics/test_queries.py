"""The report counts what the rule counts, and every figure is the length of its list."""

from datetime import date, datetime, timedelta

import pytest

from openpes.engine.calendars import quarter_of
from openpes.engine.indicators import Fact, counted, key_of
from openpes.kernel import within
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.registration.models.wishes import JobWishQuerySet
from openpes.statistics.choices import Origin, Side
from openpes.statistics.queries import (
    CLASS_ROWS,
    Figure,
    demand_counts,
    inputs_of,
    report,
    rows_behind,
    seeker_counts,
    total_behind,
    totals_of,
)
from openpes.vacancies.actions import close_vacancy, fill_place
from openpes.vacancies.models import Fill, Vacancy
from openpes.vacancies.models.vacancies import VacancyQuerySet
from tests.employers.factories import make_employer
from tests.people.factories import a_person
from tests.registration.factories import wishing
from tests.vacancies.factories import make_open

CODE_KEYS = {code: key_of(5, row) if code != "0" else code for code, row in CLASS_ROWS.items()}
QUARTER = quarter_of(2026, 4)
BEFORE = datetime(2026, 9, 14, 10, tzinfo=BUSINESS_ZONE)


@pytest.fixture
def clerk(cast):
    return cast.county_clerk.actor


@pytest.fixture
def quarter_of_work(clerk, at):
    """Carried over with one place filled before, closed before, new, and new of another class."""
    firm = make_employer(clerk, BEFORE, area=clerk.scope).pk
    late = date(2026, 12, 1)
    carried = make_open(clerk, BEFORE, employer=firm, openings=5, closes_on=late)
    fill_place(vacancy=carried.pk, person=a_person(by=clerk, at=BEFORE).pk, on=date(2026, 9, 20), by=clerk, at=BEFORE)
    closed = make_open(clerk, BEFORE, employer=firm, openings=7, closes_on=late)
    close_vacancy(vacancy=closed.pk, reason="closed", by=clerk, at=BEFORE + timedelta(days=1))
    make_open(clerk, at, employer=firm, openings=3)
    make_open(clerk, at, employer=firm, openings=2, title="中餐厨师", occupation="4-03-02-01")
    for when, codes in ((BEFORE, ("6-31-05-00",)), (at, ("4-03-02-01",)), (at, ())):
        wishing(a_person(by=clerk, at=when).pk, by=clerk, at=when, occupations=codes)
    return firm


def test_places_left_at_the_start_are_carried_and_new_ones_counted_whole(quarter_of_work, clerk):
    with within(clerk.scope):
        assert demand_counts(scope=clerk.scope, area=clerk.scope, period=QUARTER) == {
            "6": {Origin.CARRIED: 4, Origin.NEW: 3},
            "4": {Origin.NEW: 2},
        }


def test_seekers_without_a_wish_are_a_class_of_their_own(quarter_of_work, clerk):
    with within(clerk.scope):
        assert seeker_counts(scope=clerk.scope, area=clerk.scope, period=QUARTER) == {
            "6": {Origin.CARRIED: 1},
            "4": {Origin.NEW: 1},
            "0": {Origin.NEW: 1},
        }


def test_the_database_counts_as_the_rule_of_the_engine_does(quarter_of_work, clerk):
    with within(clerk.scope):
        facts = [
            Fact(
                row.published_on,
                row.ended_on or row.closes_on + timedelta(days=1),
                row.openings,
                tuple(Fill.objects.filter(vacancy=row).values_list("filled_on", flat=True)),
            )
            for row in Vacancy.objects.filter(published_on__isnull=False).order_by("id")
        ]
        counts = demand_counts(scope=clerk.scope, area=clerk.scope, period=QUARTER)
    expected = counted(facts, QUARTER)
    totals = [sum(c.get(origin, 0) for c in counts.values()) for origin in (Origin.CARRIED, Origin.NEW)]
    assert totals == [expected.carried, expected.new]


def test_the_report_prints_the_official_rows(quarter_of_work, clerk):
    with within(clerk.scope):
        made = report(scope=clerk.scope, area=clerk.scope, period=QUARTER)
        plain = report(scope=clerk.scope, area=clerk.scope, period=QUARTER, allotted=False)
    assert [(row.row, row.demand, row.seekers) for row in made.overall] == [
        ("上期结转", 4, 1),
        ("本期新增", 5, 2),
        ("合计(本期有效数)", 9, 3),
    ]
    operators = next(row for row in made.by_occupation if row.row == "生产运输设备操作工")
    naive = next(row for row in plain.by_occupation if row.row == "生产运输设备操作工")
    # One seeker without a wish goes to the class with more demand (7 of 9): 7 / (1 + 1), not 7 / 1.
    assert (str(operators.ratio), str(naive.ratio)) == ("3.50", "7.00")


@pytest.mark.parametrize("side", Side.values)
def test_every_figure_is_the_length_of_its_list(quarter_of_work, clerk, side):
    with within(clerk.scope):
        made = report(scope=clerk.scope, area=clerk.scope, period=QUARTER)
        for row in made.by_occupation[:-1]:
            code = next(code for code, name in CLASS_ROWS.items() if name == row.row)
            figure = Figure(side, 5, CODE_KEYS[code])
            behind = rows_behind(scope=clerk.scope, area=clerk.scope, period=QUARTER, figure=figure)
            if side == Side.SEEKERS:
                assert behind.count() == (row.seekers or 0), row
            elif code != "0":
                places = sum(v.openings if v.published_on >= QUARTER.from_on else v.left_at_start for v in behind)
                assert places == (row.demand or 0), row


def test_the_neighbour_sees_none_of_it(quarter_of_work, cast):
    scope = cast.neighbour_clerk.actor.scope
    with within(scope):
        made = report(scope=scope, area=scope, period=QUARTER)
    assert [(row.demand, row.seekers, row.ratio) for row in made.overall] == [(0, 0, None)] * 3


def unguarded(monkeypatch, *tables):
    """The planted mistake: a queryset that forgets the area."""
    for table in tables:
        monkeypatch.setattr(table, "visible_to", lambda rows, _scope: rows)


def test_the_row_policy_alone_keeps_another_area_out_of_the_sums(quarter_of_work, cast, clerk, monkeypatch):
    scope, figure = cast.neighbour_clerk.actor.scope, Figure(Side.SEEKERS, 9, "2")
    asked = {"scope": scope, "area": clerk.scope, "period": QUARTER}
    unguarded(monkeypatch, VacancyQuerySet, JobWishQuerySet)
    with within(scope):
        assert {(row.demand, row.seekers) for row in report(**asked).by_occupation} <= {(0, 0), (None, 0), (0, None)}
        assert total_behind(**asked, figure=figure) == 0
        assert (inputs_of(**asked, allotted=True).vacancies, totals_of(**asked)[1].total) == (0, 0)
    with within("4501"):  # and without the policy the mistake would show
        assert report(**asked).overall[-1].seekers == 3


def test_an_area_outside_the_scope_counts_nothing(quarter_of_work, cast, clerk):
    scope = cast.neighbour_clerk.actor.scope
    with within("4501"):  # the policy alone would show everything: the queryset still does not
        assert demand_counts(scope=scope, area=clerk.scope, period=QUARTER) == {}
