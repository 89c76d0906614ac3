"""Figures that are kept by village: always what the rows say, moved by each fact, and seen by area."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from croniter import croniter
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django import app

from openpes.engine.calendars import Period
from openpes.engine.indicators import occupation_key
from openpes.kernel import clock, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.registration.actions import end_status, register_unemployment
from openpes.statistics import jobs
from openpes.statistics.actions import rebuild_facts
from openpes.statistics.actions.kept import count_figure, due_figures, keep_told
from openpes.statistics.choices import Side
from openpes.statistics.models import KeptCount, KeptFigure
from openpes.statistics.queries.behind import vacancies_behind, wishes_behind
from openpes.statistics.queries.boards import heat, months, pyramid
from openpes.statistics.queries.indicators import counted_by_area, measured, measured_below, rows_of
from openpes.statistics.queries.kept import counted_since
from openpes.statistics.queries.measures import Asked, measure_of
from openpes.statistics.rules import formulas
from openpes.statistics.rules.formulas import TOLD_BY_FACTS, VALID
from tests.cast import COUNTY, NEIGHBOUR, VILLAGE
from tests.people.factories import a_person
from tests.registration.factories import unemployment
from tests.statistics.histories import CLERK, History, feed
from tests.statistics.test_facts import LATE, a_city

Numbers = dict[tuple[str, str], tuple[int, int]]


def kept(figure: KeptFigure) -> Numbers:
    rows = KeptCount.objects.filter(figure=figure).order_by("pk")
    told = {(row.area, cell_of(figure, row.cell)): (row.numerator, row.denominator) for row in rows}
    return {key: both for key, both in told.items() if any(both)}


def cell_of(figure: KeptFigure, cell: str) -> str:
    return occupation_key(cell.strip("0")) if figure.figure in VALID else ""


def by_rows(figure: KeptFigure) -> Numbers:
    """The same, from the rows that a list shows."""
    days = Period(figure.from_on, figure.until_on)
    if figure.figure in VALID:
        found: Counter[tuple[str, str]] = Counter()
        if figure.figure == f"valid_{Side.DEMAND}":
            for row in vacancies_behind(scope=CITY, area=CITY, period=days):
                found[row.area, occupation_key(row.occupation)] += row.counted
        else:
            for wish in wishes_behind(scope=CITY, area=CITY, period=days):
                found[wish.area, occupation_key((wish.occupations or [""])[0])] += 1
        return {key: (number, 0) for key, number in found.items() if number}
    pair = measure_of(figure.figure)(Asked(CITY, CITY, days, figure.until_on - timedelta(days=1)))
    above, over = (counted_by_area(part, 12) for part in (pair.numerator, pair.denominator))
    return {(area, ""): (above.get(area, 0), over.get(area, 0)) for area in above.keys() | over.keys()}


def wrong_figures() -> list[tuple[str, date, date]]:
    """Which of the figures that facts move are not what their rows say; there are some that are something."""
    with within(CITY):
        figures = list(KeptFigure.objects.filter(figure__in=TOLD_BY_FACTS).order_by("pk"))
        assert figures and KeptCount.objects.exists()
        wrong = [one for one in figures if kept(one) != by_rows(one)]
    return [(one.figure, one.from_on, one.until_on) for one in wrong]


def passing(city: History) -> None:
    """An unemployment that is registered and ended on one day."""
    person = a_person(by=CLERK, at=city.at, area=VILLAGE)
    period = register_unemployment(person=person.pk, facts=unemployment(from_on=city.today), by=CLERK, at=city.at)
    end_status(period=period.pk, reason="70", on=city.today, note="本人申请", by=CLERK, at=city.at)


history = st.lists(st.tuples(st.integers(0, 18), st.integers(0, 60)), min_size=15, max_size=40)


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(history)
def test_figures_moved_by_facts_are_those_of_the_rows(db, steps):
    with transaction.atomic():
        city = a_city(LATE)
        feed(city.at)
        assert keep_told(by=PLATFORM, at=city.at) > 0
        begun, city.steps = city.at, tuple(step for step in city.steps if step.__name__ != "wait")
        for step, choice in steps:
            city.go(step, choice)
        passing(city)
        feed(city.at)
        assert city.at == begun and wrong_figures() == []
        transaction.set_rollback(True)


def test_a_formula_that_forgets_what_passed_within_a_day_is_found(db, monkeypatch):
    city = a_city(LATE)
    feed(city.at)
    whole = formulas._in_force
    monkeypatch.setattr(formulas, "_in_force", lambda *given, **more: whole(*given, **more)[:2])
    keep_told(by=PLATFORM, at=city.at)
    assert wrong_figures() == []
    passing(city)
    feed(city.at)
    assert {figure for figure, *_days in wrong_figures()} == {"unemployed", "unemployment_rate"}


def test_boards_show_the_same_from_kept_figures_and_from_rows(db):
    city = a_city(LATE)
    for choice in range(3, 12):
        city.register(choice)
        city.go(city.steps.index(city.lose_job), choice)
        city.go(city.steps.index(city.wish), choice)
    feed(city.at)

    where = {"scope": COUNTY, "area": COUNTY, "on": city.today}
    year = Period(date(2026, 1, 1), date(2027, 1, 1))

    def board() -> list:
        with within(COUNTY):
            below = measured_below(code="reemployed", scope=COUNTY, areas=[VILLAGE[:9]], period=year, on=city.today)
            return [
                measured(code="unemployment_rate", period=year, **where), below, pyramid(**where), months(**where),
                *(dict(heat(side=side, **where).counts) for side in Side),
            ]  # fmt: skip

    before = board()
    with clock.stopped(city.at):
        assert jobs.keep_figures() > 100
        assert jobs.keep_figures() == 0
    with within(CITY):
        names = set(KeptFigure.objects.values_list("figure", flat=True))
    assert names >= {"ages", "reemployed", "unemployment_rate", "valid_demand"}
    assert board() == before
    with within(CITY):
        KeptCount.objects.update(numerator=7)
    assert board() != before  # it is indeed what was kept that is shown
    with within(CITY):
        KeptFigure.objects.all().delete()
    assert board() == before


def test_what_happened_is_in_the_figure_after_the_next_round_of_the_worker(db):
    """The worker feeds every quarter of a minute: act, wait so long, feed; the board and its list show it."""
    city = a_city(LATE)
    feed(city.at)
    keep_told(by=PLATFORM, at=city.at)
    year = Period(date(2026, 1, 1), date(2027, 1, 1))
    asked = {"code": "unemployed", "scope": CITY, "area": CITY, "period": year, "on": city.today}
    with within(CITY):
        before = measured(**asked).numerator
    city.register(5)
    city.lose_job(3)
    rounds = croniter(app.periodic_registry.periodic_tasks["statistics.feed_facts", ""].cron, city.at)
    nexts = [rounds.get_next(datetime) for _round in range(9)]
    assert max(later - sooner for sooner, later in pairwise([city.at, *nexts])) <= timedelta(seconds=15)
    with clock.stopped(nexts[0]):
        assert jobs.feed_facts() > 0
    with within(CITY):
        assert measured(**asked).numerator == before + 1
        with rows_of(**asked) as part:
            assert part.rows.count() == before + 1


def test_a_rebuilding_that_finds_more_forgets_what_was_moved_without_it(db):
    city = a_city(LATE)
    feed(city.at)
    keep_told(by=PLATFORM, at=city.at)
    city.open_vacancy(4)
    with within(CITY):
        assert KeptFigure.objects.exists()
    assert rebuild_facts(by=PLATFORM, at=city.at).total > 0
    with within(CITY):
        assert not KeptFigure.objects.exists()


def test_figures_of_rows_are_counted_again_when_they_are_due_and_forgotten_on_another_day(db):
    city = a_city(LATE)

    def due(at: datetime) -> list[str]:
        return [figure for figure, _days in due_figures(by=PLATFORM, at=at)]

    wanted = due_figures(by=PLATFORM, at=city.at)
    for figure, days in wanted:
        count_figure(figure=figure, days=days, by=PLATFORM, at=city.at)
    assert due(city.at + timedelta(seconds=40)) == []
    running = {figure for figure, days in wanted if days.until_on > city.today}
    assert set(due(city.at + timedelta(hours=6))) == running
    assert len(due(city.at + timedelta(days=1))) == len(wanted)
    with within(CITY):
        days = set(KeptFigure.objects.values_list("until_on", flat=True))
    assert city.today + timedelta(days=1) not in days


def test_a_reader_learns_how_old_the_oldest_figure_is_that_no_fact_moves(db):
    city = a_city(LATE)
    year = Period(date(city.today.year, 1, 1), None)
    keep_told(by=PLATFORM, at=city.at)
    assert counted_since(year, city.today) is None
    due = due_figures(by=PLATFORM, at=city.at)
    counted = [one for one in due if one[1].from_on == year.from_on and one[1].until_on > city.today]
    for hours, (figure, days) in enumerate(reversed(counted)):
        count_figure(figure=figure, days=days, by=PLATFORM, at=city.at + timedelta(hours=hours))
    assert counted and counted_since(year, city.today) == city.at
    figure, days = counted[-1]
    count_figure(figure=figure, days=days, by=PLATFORM, at=city.at + timedelta(days=1))
    assert city.at < counted_since(year, city.today) < city.at + timedelta(days=1)


def test_a_figure_that_cannot_be_counted_holds_up_none_of_the_others(db, monkeypatch):
    city = a_city(LATE)

    def count(*, figure: str, **told: object) -> int:
        return 1 / 0 if figure == "days_to_work" else count_figure(figure=figure, **told)

    monkeypatch.setattr(jobs, "count_figure", count)
    with clock.stopped(city.at):
        jobs.keep_figures()
    left = due_figures(by=PLATFORM, at=city.at)
    assert left and {figure for figure, _days in left} == {"days_to_work"}


def test_each_area_sees_its_own_numbers_only(db):
    city = a_city(LATE)
    city.lose_job(1)
    feed(city.at)
    keep_told(by=PLATFORM, at=city.at)
    year = Period(date(2026, 1, 1), date(2027, 1, 1))
    asked = {"code": "unemployed", "period": year, "on": city.today}
    with within(NEIGHBOUR):
        assert KeptCount.objects.count() == 0
        assert measured(scope=CITY, area=CITY, **asked).numerator == 0
    with within(CITY):
        assert measured(scope=NEIGHBOUR, area=CITY, **asked).numerator == 0
        assert measured(scope=COUNTY, area=COUNTY, **asked).numerator == 1


@pytest.mark.parametrize("figure", TOLD_BY_FACTS)
def test_every_figure_told_by_facts_has_terms_that_lie_in_order(figure):
    found = formulas.terms(figure, Period(date(2026, 7, 1), date(2026, 10, 1)))
    assert found and all(term.from_on < term.until_on for term in found)
