"""What ended by mistake comes back whole: registration, job wish, booklet; and who has none may ask again."""

from datetime import date, timedelta

import pytest

from openpes.kernel import Refused, within
from openpes.kernel.scope import CITY
from openpes.registration.actions import (
    end_status,
    end_wish,
    file_appeal,
    issue_handbook,
    request_handbook,
    rule_appeal,
)
from openpes.registration.models import Decision, HandbookCopy, JobWish, StatusPeriod
from openpes.registration.queries import checked_by_token, handbook_of
from openpes.registration.rules import eligibility
from openpes.registration.rules.periods import Spell
from tests.cast import COUNTY
from tests.registration.factories import wishing


@pytest.fixture
def booklet(clerk, judge, period, at):
    return issue_handbook(
        copy=request_handbook(person=period.person_id, by=clerk.actor, at=at).pk, by=judge.actor, at=at
    )


@pytest.fixture
def wish(clerk, period, at):
    return wishing(period.person_id, by=clerk.actor, at=at)


@pytest.fixture
def fallen(clerk, judge, period, booklet, wish, at):
    """The person was taken for dead on the next day, and appealed on the day after."""
    end_status(period=period.pk, reason="70", on=date(2026, 11, 24), by=clerk.actor, at=at + timedelta(days=1))
    with within(COUNTY):
        decision = Decision.objects.get(person=period.person_id, subject="ending")
        assert not HandbookCopy.objects.filter(person=period.person_id).living().exists()
        assert JobWish.objects.get(pk=wish.pk).until_on == date(2026, 11, 24)
    return file_appeal(decision=decision.pk, grounds="我还活着", by=clerk.actor, at=at + timedelta(days=2))


def test_who_was_taken_for_dead_has_wish_and_booklet_again(clerk, judge, period, booklet, wish, fallen, at):
    assert checked_by_token(token=booklet.token).state == "dead"
    rule_appeal(appeal=fallen.pk, ruling="allowed", reason="本人到场", by=judge.actor, at=at + timedelta(days=3))
    with within(COUNTY):
        assert StatusPeriod.objects.get(pk=period.pk).until_on is None
        again = JobWish.objects.get(pk=wish.pk)
        assert (again.until_on, again.planned_until_on) == (wish.until_on, None)
        assert HandbookCopy.objects.filter(person=period.person_id).living().get().pk == booklet.pk
        lines = [line.kind for line in handbook_of(scope=COUNTY, person=period.person_id).lines]
    assert lines[-1] == "reopened"
    assert checked_by_token(token=booklet.token).state == "valid"
    with pytest.raises(Refused, match="has a handbook already"):
        request_handbook(person=period.person_id, by=clerk.actor, at=at)


def test_a_dismissed_appeal_leaves_the_booklet_dead(judge, booklet, fallen, at):
    rule_appeal(appeal=fallen.pk, ruling="dismissed", reason="证据不足", by=judge.actor, at=at + timedelta(days=3))
    assert checked_by_token(token=booklet.token).state == "dead"


def test_a_newer_wish_and_a_newer_booklet_stay(clerk, judge, period, booklet, wish, fallen, at):
    """Meanwhile the office helped: what it made then is not overwritten."""
    later = at + timedelta(days=2)
    newer = wishing(period.person_id, by=clerk.actor, at=later)
    asked = request_handbook(person=period.person_id, by=clerk.actor, at=later)
    rule_appeal(appeal=fallen.pk, ruling="allowed", reason="本人到场", by=judge.actor, at=at + timedelta(days=3))
    with within(COUNTY):
        assert JobWish.objects.get(pk=wish.pk).until_on == date(2026, 11, 24)
        assert JobWish.objects.get(pk=newer.pk).until_on == newer.until_on
        assert HandbookCopy.objects.filter(person=period.person_id).living().get().pk == asked.pk


def test_a_handbook_whose_last_booklet_ended_gets_another_with_the_same_number(clerk, judge, booklet, fallen, at):
    later = at + timedelta(days=2)
    asked = request_handbook(person=booklet.person_id, by=clerk.actor, at=later)
    assert (asked.copy_no, asked.reason, asked.handbook_id) == (2, "again", booklet.handbook_id)
    page = f"/registration/persons/{booklet.person_id}/handbook"
    assert "Ask for the handbook" not in clerk.client().get(page).content.decode()
    issued = issue_handbook(copy=asked.pk, by=judge.actor, at=later)
    assert checked_by_token(token=issued.token).state == "valid"
    with within(COUNTY):
        kinds = [line.kind for line in handbook_of(scope=COUNTY, person=booklet.person_id).lines]
    assert kinds.count("unemployed") == 1  # the first pages are not written twice


def test_a_wish_that_ended_by_itself_is_not_woken(clerk, judge, period, wish, at):
    end_wish(wish=wish.pk, on=at.date(), by=clerk.actor, at=at)
    end_status(period=period.pk, reason="99", on=at.date(), note="拒绝工作", by=clerk.actor, at=at)
    with within(COUNTY):
        decision = Decision.objects.get(person=period.person_id, subject="ending")
    appeal = file_appeal(decision=decision.pk, grounds="不服", by=clerk.actor, at=at)
    with within(CITY):
        ended_on = JobWish.objects.get(pk=wish.pk).until_on
    rule_appeal(appeal=appeal.pk, ruling="allowed", reason="有理", by=judge.actor, at=at)
    with within(CITY):
        assert JobWish.objects.get(pk=wish.pk).until_on == ended_on


@pytest.mark.parametrize(
    ("reason", "proofs", "state"),
    [("70", (), "no"), ("10", (), "no"), ("20", (), "missing"), ("20", ("7",), None), ("99", (), None)],
)
def test_each_end_says_whether_one_may_register_again(reason, proofs, state):
    case = eligibility.Circumstances(
        on=date(2026, 11, 23), born_on=date(1990, 1, 1), sex="2", hukou="10", resident_from_on=None,
        spells=(Spell("unemployed", date(2025, 1, 1), date(2025, 6, 1), end_reason=reason),), proofs=frozenset(proofs),
    )  # fmt: skip
    found = [result.state for result in eligibility.unemployment_rules(case) if result.code == "ended"]
    assert found == ([state] if state else [])
