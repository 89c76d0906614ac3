"""What the law wants two officers for is not done by one who acts on behalf of the first."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError

from openpes.kernel import Refused, within
from openpes.people.actions import DepartureFacts, Paper, record_departure
from openpes.people.models import GroupMembership
from openpes.registration.actions import (
    CertificateFacts,
    apply_certificate,
    decide_certificate,
    end_status,
    file_appeal,
    issue_handbook,
    request_handbook,
    review_certificate,
    rule_appeal,
)
from openpes.registration.models import Appeal, Decision, HandbookCopy, PreferenceCertificate
from tests.cast import COUNTY

FACTS = CertificateFacts(group="3", documents=("01", "02", "07", "08"), former_unit="南宁机械厂")


@pytest.fixture
def stand_in(clerk, judge):
    """A colleague to whom the clerk handed the own rights for a time."""
    return replace(judge.actor, behalf=clerk.actor.id)


def test_a_booklet_is_not_issued_on_behalf_of_who_asked_for_it(clerk, judge, stand_in, period, at):
    copy = request_handbook(person=period.person_id, by=clerk.actor, at=at)
    with pytest.raises(Refused, match="does not issue the booklet"):
        issue_handbook(copy=copy.pk, by=stand_in, at=at)
    issue_handbook(copy=copy.pk, by=judge.actor, at=at)
    with within(COUNTY):
        assert HandbookCopy.objects.get(pk=copy.pk).issued_by == judge.actor.id


@pytest.mark.parametrize("hand", ["applied", "reviewed"])
def test_a_certificate_is_not_decided_on_behalf_of_who_prepared_it(clerk, judge, cast, period, at, hand):
    other = cast.township_clerk.actor
    first, second = (clerk.actor, other) if hand == "applied" else (other, clerk.actor)
    asked = apply_certificate(person=period.person_id, facts=FACTS, by=first, at=at)
    review_certificate(certificate=asked.pk, by=second, at=at)
    later, stand_in = at + timedelta(days=3), replace(judge.actor, behalf=clerk.actor.id)
    with pytest.raises(Refused, match="does not decide it"):
        decide_certificate(certificate=asked.pk, issues=True, by=stand_in, at=later)
    decide_certificate(certificate=asked.pk, issues=True, by=judge.actor, at=later)
    with within(COUNTY):
        assert PreferenceCertificate.objects.get(pk=asked.pk).decided_by == judge.actor.id


def test_an_appeal_is_not_ruled_on_behalf_of_who_decided_first(clerk, judge, stand_in, period, at):
    end_status(period=period.pk, reason="99", on=at.date(), note="拒绝工作", by=clerk.actor, at=at)
    with within(COUNTY):
        decision = Decision.objects.get(person=period.person_id, subject="ending")
    appeal = file_appeal(decision=decision.pk, grounds="不服", by=clerk.actor, at=at)
    with pytest.raises(Refused, match="does not rule the appeal"):
        rule_appeal(appeal=appeal.pk, ruling="allowed", reason="有理", by=stand_in, at=at)
    rule_appeal(appeal=appeal.pk, ruling="allowed", reason="有理", by=judge.actor, at=at)
    with within(COUNTY):
        assert Appeal.objects.get(pk=appeal.pk).decided_by == judge.actor.id


@pytest.fixture
def hands(clerk, judge, cast):
    """The first act, done by one officer on behalf of another; everybody who had a hand in it; and a third officer."""
    third = cast.township_clerk.actor
    first = replace(judge.actor, behalf=clerk.actor.id)
    own = (clerk.actor, judge.actor, replace(third, behalf=clerk.actor.id), replace(judge.actor, behalf=third.id))
    return first, own, third


def test_neither_hand_of_the_request_issues_the_booklet(hands, period, at):
    first, own, third = hands
    copy = request_handbook(person=period.person_id, by=first, at=at)
    for by in own:
        with pytest.raises(Refused, match="does not issue the booklet"):
            issue_handbook(copy=copy.pk, by=by, at=at)
    assert issue_handbook(copy=copy.pk, by=third, at=at).issued_hands == third.hands


@pytest.mark.parametrize("hand", ["applied", "reviewed"])
def test_neither_hand_of_application_or_review_decides_the_certificate(hands, cast, period, at, hand):
    first, own, third = hands
    other = cast.administrator.actor
    taker, reviewer = (first, other) if hand == "applied" else (other, first)
    asked = apply_certificate(person=period.person_id, facts=FACTS, by=taker, at=at)
    review_certificate(certificate=asked.pk, by=reviewer, at=at)
    later = at + timedelta(days=3)
    for by in own:
        with pytest.raises(Refused, match="does not decide it"):
            decide_certificate(certificate=asked.pk, issues=True, by=by, at=later)
    done = decide_certificate(certificate=asked.pk, issues=True, by=third, at=later)
    assert done.decided_hands == third.hands
    with within(COUNTY):
        assert GroupMembership.objects.get(person=period.person_id).entered_hands == taker.hands


def test_neither_hand_of_a_decision_rules_the_appeal(hands, period, at):
    first, own, third = hands
    end_status(period=period.pk, reason="99", on=at.date(), note="拒绝工作", by=first, at=at)
    with within(COUNTY):
        decision = Decision.objects.get(person=period.person_id, subject="ending")
    appeal = file_appeal(decision=decision.pk, grounds="不服", by=third, at=at)
    for by in own:
        with pytest.raises(Refused, match="does not rule the appeal"):
            rule_appeal(appeal=appeal.pk, ruling="allowed", reason="有理", by=by, at=at)
    assert rule_appeal(appeal=appeal.pk, ruling="allowed", reason="有理", by=third, at=at).decided_hands == third.hands


def test_the_database_refuses_whoever_had_a_hand_in_the_first_act(hands, period, at):
    first, _own, third = hands
    copy = request_handbook(person=period.person_id, by=first, at=at)
    planted = {"issued_at": at, "issued_by": third.id, "token": "x"}
    for hand in first.hands:
        with pytest.raises(IntegrityError, match="handbook_copy_four_eyes"), within(COUNTY):
            HandbookCopy.objects.filter(pk=copy.pk).update(**planted, issued_hands={third.id, hand})
    with within(COUNTY):
        assert HandbookCopy.objects.filter(pk=copy.pk).update(**planted, issued_hands=third.hands)


def test_what_ends_with_a_departure_is_decided_by_both_hands_that_reported_it(hands, period, at):
    first, _own, _third = hands
    facts = DepartureFacts(kind="away", on=at.date(), paper=Paper(evidence="migration"), reporter="relative")
    record_departure(person=period.person_id, facts=facts, by=first, at=at)
    with within(COUNTY):
        decision = Decision.objects.get(person=period.person_id, subject="ending")
    assert decision.decided_hands == first.hands, "a listener that knew the account only would name half of them"
