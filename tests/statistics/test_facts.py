"""Facts that are fed by what happens are those that a rebuilding finds in the rows, whatever happened."""

from dataclasses import fields
from datetime import date, datetime, timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from openpes.employers.models import Employer
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.network.models import AreaTerm
from openpes.people.models import Person
from openpes.registration.models import JobWish
from openpes.statistics.actions import feed_facts, rebuild_facts
from openpes.statistics.choices import FactKind, FactSource
from openpes.statistics.rules.closing import closes_on, counted_on, open_from
from openpes.statistics.subscriptions import NAMED, TOLD_OF
from openpes.vacancies.models import Vacancy
from tests.cast import COUNTY, TOWN, VILLAGE
from tests.races import at_once
from tests.statistics.histories import History, ages_by_hand, feed, stocks_by_hand, sums

MONDAY = datetime.fromisoformat("2026-03-02T09:30:00+08:00")
STOCKS = {
    FactKind.PLACES_OFFERED: "places", FactKind.PLACES_FILLED: "places", FactKind.PLACES_ENDED: "places",
    FactKind.WISH_BEGUN: "wishes", FactKind.WISH_ENDED: "wishes",
    FactKind.UNEMPLOYMENT_BEGUN: "unemployed", FactKind.UNEMPLOYMENT_ENDED: "unemployed",
    FactKind.EMPLOYMENT_BEGUN: "employed", FactKind.EMPLOYMENT_ENDED: "employed",
}  # fmt: skip


def stocks(day: date, column: str = "happened_on") -> dict[tuple[str, str], int]:
    """What the store adds up to before a day, by what it is and where."""
    found: dict[tuple[str, str], int] = {}
    for (kind, area, on), number in sums("kind", "area", column).items():
        if on < day and kind in STOCKS:
            key = (STOCKS[FactKind(kind)], area)
            found[key] = found.get(key, 0) + number
    return {key: number for key, number in found.items() if number}


def a_city(at: datetime) -> History:
    city = History(at)
    for choice in range(3):
        city.register(choice)
        city.open_vacancy(choice * 7)
    return city


def test_every_kind_of_step_is_taken_in_a_long_history(db):
    chance, city = Random(5), a_city(MONDAY)
    for _step in range(400):
        city.go(chance.randrange(len(city.steps)), chance.randrange(60))
    feed(city.at)
    assert city.done.keys() == {step.__name__ for step in city.steps}
    assert rebuild_facts(by=PLATFORM, at=city.at).total == 0
    assert stocks(city.today) == stocks_by_hand(city.today)


history = st.lists(st.tuples(st.integers(0, 18), st.integers(0, 60)), min_size=5, max_size=40)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(history)
@example([(6, 1), (9, 1)])  # an unemployment whose end is taken back with the employment after it
def test_fed_facts_are_those_of_the_rows(db, steps):
    with transaction.atomic():
        city = a_city(MONDAY)
        for step, choice in steps:
            city.go(step, choice)
        feed(city.at)
        fed = sums("kind", "subject", "area", "happened_on", "occupation", "industry", "age", "education", "skill")
        assert rebuild_facts(by=PLATFORM, at=city.at).total == 0
        assert fed
        for days in (-60, -1, 0, 1, 14, 40):
            day = city.today + timedelta(days=days)
            assert stocks(day) == stocks_by_hand(day), day
        transaction.set_rollback(True)


# Months that are closed


LATE = datetime.fromisoformat("2026-11-23T09:30:00+08:00")


def test_a_month_is_closed_so_many_days_after_its_end():
    assert closes_on(date(2026, 10, 31)) == date(2026, 11, 11)
    assert open_from(date(2026, 11, 10)) == date(2026, 10, 1)
    assert open_from(date(2026, 11, 11)) == date(2026, 11, 1)
    assert counted_on(date(2026, 9, 30), date(2026, 11, 10)) == date(2026, 10, 1)
    assert counted_on(date(2027, 3, 1), date(2026, 11, 10)) == date(2027, 3, 1)


def test_what_had_happened_before_the_store_was_opened_counts_on_its_own_day(db):
    city = a_city(MONDAY)
    city.at = LATE
    feed(city.at)
    assert {happened == counted for happened, counted in sums("happened_on", "counted_on")} == {True}


def test_a_late_registration_counts_in_the_open_month_and_closed_months_stay_as_they_were(db):
    city = a_city(LATE)
    feed(city.at)
    city.at += timedelta(days=60)
    october, november = date(2026, 10, 1), date(2026, 11, 1)
    before = stocks(date(2027, 1, 1), "counted_on")
    city.register_late(since=october)
    feed(city.at)
    assert stocks(date(2027, 1, 1), "counted_on") == before
    kinds = {(kind, happened, counted) for kind, happened, counted in sums("kind", "happened_on", "counted_on")}
    assert (FactKind.EMPLOYMENT_BEGUN, october, date(2027, 1, 1)) in kinds
    assert stocks(november)["employed", VILLAGE] == 1
    assert ("employed", VILLAGE) not in stocks(november, "counted_on")
    assert rebuild_facts(by=PLATFORM, at=city.at).total == 0


def test_a_correction_takes_back_what_counted_before_and_adds_what_is_right(db):
    city = a_city(LATE)
    feed(city.at)
    with within(CITY):
        vacancy = Vacancy.objects.published().order_by("pk").first()
    city.at += timedelta(days=90)
    with within(CITY):
        Vacancy.objects.filter(pk=vacancy.pk).update(occupation="2-02-10-03")
    assert feed_facts(subjects=[(FactSource.VACANCY, vacancy.pk)], by=PLATFORM, at=city.at) == 4
    told = {
        (occupation, counted): number
        for kind, subject, occupation, counted, number in (
            (*key, number) for key, number in sums("kind", "subject", "occupation", "counted_on").items()
        )
        if (kind, subject) == (FactKind.PLACES_OFFERED, vacancy.pk)
    }
    was, month = int(vacancy.occupation.replace("-", "")), date(2027, 2, 1)
    places = vacancy.openings
    assert told == {(was, LATE.date()): places, (was, month): -places, (2021003, month): places}


def test_a_unit_that_is_renamed_or_coded_anew_changes_no_fact(db):
    city = a_city(LATE)
    feed(city.at)
    fed = sums("kind", "subject", "area", "happened_on")
    with within(CITY):
        terms = AreaTerm.objects.filter(area__path__in=(COUNTY, TOWN, VILLAGE))
        assert terms.update(name="新名", code="459999") > 0
    assert rebuild_facts(by=PLATFORM, at=city.at + timedelta(days=40)).total == 0
    assert sums("kind", "subject", "area", "happened_on") == fed


def test_an_end_that_lies_too_far_ahead_is_told_when_it_comes_nearer(db):
    city = a_city(LATE)
    with within(CITY):
        far = Vacancy.objects.published().order_by("pk").first()
        Vacancy.objects.filter(pk=far.pk).update(closes_on=date(2031, 5, 31))
    feed(city.at)
    assert (FactKind.PLACES_ENDED, far.pk) not in sums("kind", "subject")
    city.at = datetime.fromisoformat("2029-06-01T02:00:00+08:00")
    rebuild_facts(by=PLATFORM, at=city.at)
    assert sums("kind", "subject", "happened_on")[FactKind.PLACES_ENDED, far.pk, date(2031, 5, 31)] == -far.openings


# What a fact says


def test_a_fact_tells_age_and_grade_as_the_report_counts_them(db):
    city = a_city(LATE)
    for choice in range(12):
        city.register(choice)
    for choice in range(15):
        city.wish(choice)
    feed(city.at)
    ages = {subject: age for kind, subject, age in sums("kind", "subject", "age") if kind == FactKind.WISH_BEGUN}
    assert len(ages) > 5 and ages == ages_by_hand()
    assert {skill for kind, skill in sums("kind", "skill") if kind == FactKind.WISH_BEGUN} == {9}


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [("2000-02-29", "2025-02-28", 25), ("2000-02-29", "2025-02-27", 24), ("1990-05-17", "2026-05-16", 35)],
)
def test_age_is_completed_years(db, born_on, on, age):
    city = a_city(LATE)
    city.wish(1)
    with within(CITY):
        wish = JobWish.objects.order_by("pk").last()
        JobWish.objects.filter(pk=wish.pk).update(from_on=on)
        Person.objects.filter(pk=wish.person_id).update(born_on=born_on)
    feed(city.at)
    assert {age for kind, age in sums("kind", "age") if kind == FactKind.WISH_BEGUN} == {age}


def test_a_rebuilding_finds_what_no_event_told(db):
    city = a_city(LATE)
    feed(city.at)
    with within(CITY):
        Employer.objects.update(industry="Z99")
        assert feed(city.at) == 0
    assert rebuild_facts(by=PLATFORM, at=city.at).appended == {
        **dict.fromkeys(FactKind, 0), FactKind.PLACES_OFFERED: 6, FactKind.PLACES_ENDED: 6,
    }  # fmt: skip
    assert {industry for kind, industry in sums("kind", "industry") if kind == FactKind.PLACES_OFFERED} == {21}


def test_every_event_that_tells_of_rows_names_them():
    for kind, sources in TOLD_OF.items():
        assert {NAMED[source] for source in sources} <= {field.name for field in fields(kind)}, kind


# Several at once


@pytest.mark.city
@pytest.mark.parametrize("many", [2, 500])
def test_of_two_who_feed_one_subject_the_second_finds_what_the_first_appended(city, monkeypatch, many):
    monkeypatch.setattr("openpes.statistics.actions.locks.MANY", many)
    there = a_city(LATE)
    feed(there.at)
    with within(CITY):
        vacancies = list(Vacancy.objects.order_by("pk").values_list("pk", flat=True))
        Vacancy.objects.update(occupation="2-02-10-03")
    subjects = [(FactSource.VACANCY, pk) for pk in vacancies]

    def act(order: int) -> int:
        some = subjects[::-1] if order % 2 else subjects
        return feed_facts(subjects=some, by=PLATFORM, at=there.at)

    appended = at_once(act, range(6))
    assert sorted(appended)[:-1] == [0] * 5 and sum(appended) > 0
    assert rebuild_facts(by=PLATFORM, at=there.at).total == 0


@pytest.mark.city
def test_who_feeds_while_all_is_rebuilt_appends_nothing_twice(city):
    there = a_city(LATE)
    for choice in range(3):
        there.wish(choice)

    def act(turn: int) -> int:
        return rebuild_facts(by=PLATFORM, at=there.at).total if turn % 2 else feed(there.at)

    at_once(act, range(6))
    assert rebuild_facts(by=PLATFORM, at=there.at).total == 0
    assert stocks(there.today + timedelta(days=1)) == stocks_by_hand(there.today + timedelta(days=1))


@pytest.mark.parametrize(
    ("occupation", "digits"),
    [("4-02-02-01", 4020201), ("4-02", 4020000), ("4", 4000000), ("", 0), ("-", 0), ("4-0x", 0), ("厨师", 0)],
)
def test_an_occupation_is_its_digits_and_what_is_no_code_is_none(db, occupation, digits):
    city = a_city(LATE)
    with within(CITY):
        Vacancy.objects.update(occupation=occupation)
        Employer.objects.update(unit_type="1x", economic_type="", industry=occupation[:1])
    feed(city.at)
    assert sums("occupation", "unit_type", "economic_type", "kind").keys() == {
        (digits, 0, 0, FactKind.PLACES_OFFERED), (digits, 0, 0, FactKind.PLACES_ENDED),
    }  # fmt: skip
