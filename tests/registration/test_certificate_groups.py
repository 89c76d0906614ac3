"""The preference certificate and the groups of the file are one truth: papers are asked for once, issue recognises."""

from datetime import timedelta

import pytest

from openpes.kernel import Refused, within
from openpes.people.actions import GroupFacts, enter_group, recognise_group
from openpes.people.models import GroupMembership
from openpes.people.queries import groups_of
from openpes.registration.actions import (
    apply_certificate,
    decide_certificate,
    review_certificate,
    revoke_certificate,
)
from openpes.registration.models import Decision
from openpes.registration.rules.replay import replayed_claim
from tests.cast import COUNTY
from tests.registration.test_certificates import asked, facts, issued, person  # noqa: F401

CLOSED = 20


def groups(person, on) -> list[int]:  # noqa: F811
    with within(COUNTY):
        return [one.group.number for one in groups_of(scope=COUNTY, person=person, on=on)]


def test_a_certificate_that_is_issued_recognises_the_group_by_its_two_officers(issued, person, clerk, judge, at):  # noqa: F811
    with within(COUNTY):
        row = GroupMembership.objects.get(person=person)
    assert (row.group, row.evidence, row.outcome) == (CLOSED, "preference", "recognised")
    assert (row.entered_by, row.decided_by) == (clerk.actor.id, judge.actor.id)
    assert row.evidence_mask.endswith(issued.number[-4:])
    assert groups(person, issued.issued_on) == [CLOSED]


def test_a_certificate_that_is_revoked_ends_the_group_that_stood_on_it(issued, person, judge, at):  # noqa: F811
    later = at + timedelta(days=40)
    revoke_certificate(certificate=issued.pk, reason="安置协议是伪造的", by=judge.actor, at=later)
    assert groups(person, later.date()) == []
    with within(COUNTY):
        row = GroupMembership.objects.get(person=person)
    assert (row.end_kind, row.end_reason, row.until_on) == ("ended", "安置协议是伪造的", later.date())


def test_papers_that_the_file_holds_are_not_asked_for_again(person, clerk, judge, at):  # noqa: F811
    bare = facts(documents=("01", "02"))
    with pytest.raises(Refused, match="Order of closure"):
        apply_certificate(person=person, facts=bare, by=clerk.actor, at=at)
    told = GroupFacts(
        group=CLOSED, evidence="closure", evidence_on=at.date(), from_on=at.date(), evidence_no="桂国资〔2005〕8号"
    )
    row = enter_group(person=person, facts=told, by=clerk.actor, at=at)
    with pytest.raises(Refused, match="Order of closure"):
        apply_certificate(person=person, facts=bare, by=clerk.actor, at=at)
    recognise_group(membership=row.pk, by=judge.actor, at=at)
    made = apply_certificate(person=person, facts=bare, by=clerk.actor, at=at)
    review_certificate(certificate=made.pk, by=clerk.actor, at=at)
    decide_certificate(certificate=made.pk, issues=True, by=judge.actor, at=at + timedelta(days=3))
    with within(COUNTY):
        assert GroupMembership.objects.filter(person=person).count() == 1
        decision = Decision.objects.get(person=person, subject="certificate")
    assert [result["state"] for result in decision.results] == ["ok"] * len(decision.results)
    assert {result.state for result in replayed_claim(decision.facts | {"proved": False})} == {"ok", "missing"}
