"""A refused or revoked preference certificate: a decision with its reason, appealed against, and what follows."""

from datetime import timedelta

import pytest

from openpes.kernel import Actor, Refused, within
from openpes.kernel.clock import stopped
from openpes.kernel.scope import CITY
from openpes.people.models import GroupMembership
from openpes.registration.actions import (
    apply_certificate,
    check_certificate,
    decide_certificate,
    file_appeal,
    review_certificate,
    revoke_certificate,
    rule_appeal,
    use_certificate,
)
from openpes.registration.models import Appeal, Decision, PreferenceCertificate
from openpes.registration.queries import why, why_words
from openpes.registration.rules.certificates import decide_due_on
from tests.cast import COUNTY, self_service
from tests.registration.test_certificates import asked, facts, issued, person, send, use  # noqa: F401

THIRD = Actor(id=903, scope=COUNTY)
NOTICE = timedelta(days=3)


def ending_of(certificate: PreferenceCertificate) -> Decision:
    with within(CITY):
        return Decision.objects.get(person=certificate.person_id, subject="certificate", outcome="ended")


def now(certificate: PreferenceCertificate) -> PreferenceCertificate:
    with within(CITY):
        return PreferenceCertificate.objects.get(pk=certificate.pk)


def allowed(decision: Decision, clerk, at) -> None:
    appeal = file_appeal(decision=decision.pk, grounds="材料属实", by=clerk.actor, at=at)
    rule_appeal(appeal=appeal.pk, ruling="allowed", reason="经核查材料属实", by=THIRD, at=at)


def test_a_revocation_is_a_decision_that_why_tells_with_its_reason(issued, judge, clerk, at):  # noqa: F811
    later = at + NOTICE
    revoke_certificate(certificate=issued.pk, reason="协议是伪造的", by=judge.actor, at=later)
    row = ending_of(issued)
    assert (row.number, row.on, row.decided_hands) == (issued.number, later.date(), {judge.actor.id})
    with within(COUNTY):
        told = why(scope=COUNTY, person=issued.person_id, on=later.date())
        words = " ".join(why_words(scope=COUNTY, person=issued.person_id, on=later.date()))
    last = next(one for one in told if one.decision.subject == "certificate")
    assert last.agrees and last.decision == row and "协议是伪造的" in words
    page = clerk.client().get(f"/registration/persons/{issued.person_id}/why?on={later.date()}").content.decode()
    assert "协议是伪造的" in page


def test_a_check_that_failed_names_the_dated_interval(issued, judge, at):  # noqa: F811
    later = at + timedelta(days=370)
    check_certificate(certificate=issued.pk, passed=False, note="已有稳定工作", by=judge.actor, at=later)
    with within(COUNTY):
        last = why(scope=COUNTY, person=issued.person_id, on=later.date())[0]
    assert last.decision == ending_of(issued)
    assert [one.value for rule in last.rules for one in rule.asked] == ["12"]


def test_a_revoked_certificate_is_valid_again_when_the_appeal_is_allowed(issued, judge, clerk, at):  # noqa: F811
    later = at + NOTICE
    revoke_certificate(certificate=issued.pk, reason="群众举报", by=judge.actor, at=later)
    decision = ending_of(issued)
    with pytest.raises(Refused, match="does not rule the appeal"):
        appeal = file_appeal(decision=decision.pk, grounds="材料属实", by=clerk.actor, at=later)
        rule_appeal(appeal=appeal.pk, ruling="allowed", reason="属实", by=judge.actor, at=later)
    rule_appeal(appeal=appeal.pk, ruling="allowed", reason="经核查材料属实", by=THIRD, at=later)
    row = now(issued)
    assert (row.revoked_on, row.revocation, row.check_due_on) == (None, "", issued.check_due_on)
    use_certificate(certificate=issued.pk, facts=use(from_on=later.date()), by=clerk.actor, at=later)
    with within(COUNTY):
        groups = GroupMembership.objects.filter(person=issued.person_id).recognised().in_force_on(later.date())
        assert groups.count() == 1
        told = why(scope=COUNTY, person=issued.person_id, on=later.date())
    assert [one.decision.outcome for one in told if one.decision.subject == "certificate"] == ["granted"]


def test_after_a_failed_check_the_next_one_is_due_in_a_year(issued, judge, clerk, at):  # noqa: F811
    later = at + timedelta(days=370)
    check_certificate(certificate=issued.pk, passed=False, note="联系不上", by=judge.actor, at=later)
    allowed(ending_of(issued), clerk, later)
    assert (now(issued).revoked_on, now(issued).check_due_on) == (None, later.date().replace(year=2028))


def test_an_appeal_that_is_dismissed_changes_nothing(issued, judge, clerk, at):  # noqa: F811
    later = at + NOTICE
    revoke_certificate(certificate=issued.pk, reason="弄虚作假", by=judge.actor, at=later)
    appeal = file_appeal(decision=ending_of(issued).pk, grounds="不服", by=clerk.actor, at=later)
    rule_appeal(appeal=appeal.pk, ruling="dismissed", reason="事实清楚", by=THIRD, at=later)
    assert now(issued).revoked_on == later.date()


def refused(person: int, clerk, judge, at) -> PreferenceCertificate:  # noqa: F811
    made = apply_certificate(person=person, facts=facts(), by=clerk.actor, at=at)
    review_certificate(certificate=made.pk, by=clerk.actor, at=at)
    return decide_certificate(certificate=made.pk, issues=False, note="不属四类人员", by=judge.actor, at=at)


def test_a_refused_application_is_decided_anew_with_its_clocks(person, clerk, judge, at):  # noqa: F811
    made = refused(person, clerk, judge, at)
    with within(CITY):
        decision = Decision.objects.get(person=person, subject="certificate")
    later = at + timedelta(days=30)
    allowed(decision, clerk, later)
    row = now(made)
    assert (row.outcome, row.decided_at, row.decided_hands) == ("", None, None)
    assert row.decide_due_on == decide_due_on(later.date()) and row.reviewed_by == clerk.actor.id
    with within(COUNTY):
        told = why(scope=COUNTY, person=person, on=later.date())
    assert [one for one in told if one.decision.subject == "certificate"] == []
    given = decide_certificate(certificate=made.pk, issues=True, by=THIRD, at=later)
    assert given.number and given.issued_on == later.date()


def test_nothing_comes_back_beside_another_application(person, clerk, judge, at):  # noqa: F811
    """The planted mistake would leave two certificates of one person; the constraint refuses them too."""
    made = refused(person, clerk, judge, at)
    with within(CITY):
        decision = Decision.objects.get(person=person, subject="certificate")
    anew = apply_certificate(person=person, facts=facts(), by=clerk.actor, at=at)
    allowed(decision, clerk, at)
    assert (now(made).outcome, now(anew).outcome) == ("refused", "")


def test_the_person_reads_it_and_appeals_on_the_own_page(issued, judge, at):  # noqa: F811
    later = at + NOTICE
    revoke_certificate(certificate=issued.pk, reason="弄虚作假", by=judge.actor, at=later)
    seeker = self_service(username="holder", person=issued.person_id, at=at).client()
    address = f"/registration/own/decisions/{ending_of(issued).pk}/appeal"
    with stopped(later):
        assert address in seeker.get("/registration/own").content.decode()
        assert send(seeker, address, grounds="材料属实").status_code == 302
    with within(COUNTY):
        assert Appeal.objects.get().decision == ending_of(issued)
