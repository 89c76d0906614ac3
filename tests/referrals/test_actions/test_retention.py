"""Retention checks: due after three and six months, told by each side or the register, late ones marked."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from openpes.kernel import Refused, clock, within
from openpes.kernel.scope import CITY
from openpes.referrals import queries
from openpes.referrals.actions import CheckFacts, answer_check, record_hire
from openpes.referrals.jobs import ask_register
from openpes.referrals.models import Hire, RetentionCheck
from openpes.registration.actions import end_status
from openpes.registration.models import StatusPeriod
from tests.cast import COUNTY
from tests.referrals.factories import BEGINS_ON, CLERK, OTHER, account_of, applied, hire_facts

THERE = CheckFacts(outcome="there")
GONE = CheckFacts(outcome="left", left_on=date(2027, 1, 15), reason="34")


def on_day(at, day: date):
    return at.replace(year=day.year, month=day.month, day=day.day)


@pytest.fixture
def hire(db, at) -> Hire:
    return record_hire(referral=applied(at).pk, facts=hire_facts(), by=CLERK, at=at)


def due(day: date) -> list[tuple[int, bool]]:
    with within(COUNTY):
        return [(line.months, line.is_late) for line in queries.due_checks(scope=COUNTY, on=day)]


def test_it_is_asked_after_three_and_six_months_and_late_ones_are_marked(hire):
    assert date(2026, 11, 25) == BEGINS_ON
    assert due(date(2027, 2, 24)) == []
    assert due(date(2027, 2, 25)) == [(3, False)]
    assert due(date(2027, 3, 28)) == [(3, True)]
    assert due(date(2027, 5, 25)) == [(3, True), (6, False)]


def test_each_side_may_answer_and_it_is_known_who_did(hire, at):
    later = on_day(at, date(2027, 2, 26))
    with within(CITY):
        me = account_of(hire.person)
    answer_check(hire=hire.pk, months=3, facts=THERE, by=me, at=later)
    with within(CITY):
        row = RetentionCheck.objects.get(hire=hire)
    assert (row.way, row.is_late, due(date(2027, 3, 1))) == ("person", False, [])
    with pytest.raises(Refused, match="answered already"):
        answer_check(hire=hire.pk, months=3, facts=THERE, by=CLERK, at=later)
    with pytest.raises(Hire.DoesNotExist):
        answer_check(hire=hire.pk, months=6, facts=THERE, by=OTHER, at=later)


def test_who_left_is_not_asked_again(hire, at):
    answer_check(hire=hire.pk, months=3, facts=GONE, by=CLERK, at=on_day(at, date(2027, 2, 26)))
    assert due(date(2027, 6, 1)) == []


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (CheckFacts(outcome="left"), "left_on"),
        (CheckFacts(outcome="left", left_on=date(2020, 1, 1), reason="34"), "left_on"),
        (CheckFacts(outcome="left", left_on=date(2027, 1, 15), reason="11"), "reason"),
        (CheckFacts(outcome="there", left_on=date(2027, 1, 15)), "left_on"),
        (CheckFacts(outcome="perhaps"), "outcome"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(hire, at, facts, field):
    with pytest.raises(Refused) as refused:
        answer_check(hire=hire.pk, months=3, facts=facts, by=CLERK, at=on_day(at, date(2027, 2, 26)))
    assert field in {reason.field for reason in refused.value.reasons}


def test_it_is_not_answered_before_its_time_unless_the_person_left(hire, at):
    early = on_day(at, date(2027, 1, 20))
    with pytest.raises(Refused, match="not yet time"):
        answer_check(hire=hire.pk, months=3, facts=THERE, by=CLERK, at=early)
    answer_check(hire=hire.pk, months=3, facts=GONE, by=CLERK, at=early)


def test_an_employment_that_ends_in_the_register_answers_by_itself(hire, at):
    with within(CITY):
        job = StatusPeriod.objects.get(person=hire.person_id, status="employed")
    end_status(period=job.pk, on=date(2027, 1, 10), reason="30", by=CLERK, at=on_day(at, date(2027, 1, 11)))
    for day, answered in ((date(2027, 2, 24), 0), (date(2027, 2, 25), 1), (date(2027, 2, 26), 0)):
        with clock.stopped(on_day(at, day)):
            assert ask_register() == answered
    with within(CITY):
        row = RetentionCheck.objects.get(hire=hire)
    assert (row.outcome, row.left_on, row.way, row.reason) == ("left", date(2027, 1, 10), "register", "32")
    assert due(date(2027, 6, 1)) == []


def test_who_left_after_the_day_of_the_question_was_still_there_on_it(hire, at):
    with within(CITY):
        job = StatusPeriod.objects.get(person=hire.person_id, status="employed")
    end_status(period=job.pk, on=date(2027, 3, 20), reason="20", by=CLERK, at=on_day(at, date(2027, 3, 21)))
    with clock.stopped(on_day(at, date(2027, 3, 22))):
        assert ask_register() == 0
    assert due(date(2027, 3, 22)) == [(3, False)]


def test_how_many_stayed_is_counted_by_quarter(hire, at):
    answer_check(hire=hire.pk, months=3, facts=THERE, by=CLERK, at=on_day(at, date(2027, 4, 2)))
    with within(COUNTY):
        counts = queries.retention_counts(scope=COUNTY, from_on=date(2027, 1, 1), until_on=date(2027, 4, 1))
    assert counts == {"there": 1, "left": 0, "unknown": 0, "late": 1}


def test_the_database_keeps_one_answer_a_question(hire, at):
    """The planted mistake: a second answer is written past the action."""
    answer_check(hire=hire.pk, months=3, facts=THERE, by=CLERK, at=on_day(at, date(2027, 2, 26)))
    with within(CITY):
        row = RetentionCheck.objects.get(hire=hire)
        row.pk = None
        with pytest.raises(IntegrityError, match="one_check_a_hire_and_time"), transaction.atomic():
            row.save(force_insert=True)
