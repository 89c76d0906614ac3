"""Matters of a person who moved: appealed against, handed over again, checked, whichever office acted before."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from openpes.kernel import Actor, Refused, within
from openpes.kernel.clock import BUSINESS_ZONE, stopped
from openpes.kernel.scope import CITY
from openpes.people.actions import move_residence
from openpes.registration.actions import (
    CertificateFacts,
    UseFacts,
    answer_objection,
    answer_transfer,
    apply_certificate,
    check_certificate,
    correct_fact,
    decide_certificate,
    end_status,
    file_appeal,
    issue_handbook,
    note_objection,
    offer_transfer_again,
    request_handbook,
    review_certificate,
    revoke_certificate,
    rule_appeal,
    use_certificate,
)
from openpes.registration.models import Appeal, CertificateUse, Decision, StatusPeriod, Transfer
from openpes.registration.queries import certificate, certificate_view, open_appeals
from tests.cast import COUNTY, NEIGHBOUR

THERE, BEYOND = "450105001", "450107001"
FACTS = CertificateFacts(group="3", documents=("01", "02", "07", "08"), former_unit="南宁机械厂")


def send(client, url, **typed):
    return client.post(url, {"idempotency_key": uuid4().hex, **typed})


@pytest.fixture
def other(cast) -> Actor:
    """The clerk of the county to which the person moves."""
    return cast.neighbour_clerk.actor


def moves(person, by, at, area=THERE):
    move_residence(person=person, area=area, address="", on=at.date(), by=by, at=at)
    with within(CITY):
        return Transfer.objects.filter(person=person).order_by("-id").first()


def ending(person):
    with within(CITY):
        return Decision.objects.get(person=person, subject="ending")


def test_the_new_office_files_and_rules_an_appeal_against_the_old_ones_decision(clerk, other, cast, period, at):
    """Nothing was open at the move; what falls is open for the office where the person lives now."""
    person = period.person_id
    end_status(period=period.pk, reason="99", on=at.date(), note="拒绝工作", by=clerk.actor, at=at)
    later = at + timedelta(days=1)
    assert moves(person, clerk.actor, later) is None
    decision = ending(person)
    with pytest.raises(Decision.DoesNotExist):
        file_appeal(decision=decision.pk, grounds="不服", by=clerk.actor, at=later)
    client = cast.neighbour_clerk.client()
    with stopped(later):
        sent = send(client, f"/registration/decisions/{decision.pk}/appeal", grounds="不服")
        assert sent.status_code == 302
        with within(NEIGHBOUR):
            appeal = Appeal.objects.get()
        assert (appeal.area, appeal.person_id) == (THERE, person)
        assert "覃小梅" in client.get("/registration/appeals").content.decode()
        assert client.get(f"/registration/appeals/{appeal.pk}").status_code == 200
        assert send(client, f"/registration/appeals/{appeal.pk}", ruling="allowed", reason="有理").status_code == 302
    with within(NEIGHBOUR):
        open_again = StatusPeriod.objects.get(pk=period.pk)
    assert (open_again.area, open_again.until_on) == (THERE, None)


def test_an_appeal_waits_with_the_hand_over_and_goes_on_after_it(clerk, judge, other, period, at):
    person = period.person_id
    end_status(period=period.pk, reason="99", on=at.date(), note="拒绝工作", by=clerk.actor, at=at)
    appeal = file_appeal(decision=ending(person).pk, grounds="不服", by=clerk.actor, at=at)
    transfer = moves(person, clerk.actor, at)
    assert [matter["kind"] for matter in transfer.matters] == ["appeal"]
    with pytest.raises(Refused, match="not accepted yet"):
        rule_appeal(appeal=appeal.pk, ruling="allowed", reason="有理", by=other, at=at)
    answer_transfer(transfer=transfer.pk, accepts=True, by=other, at=at)
    rule_appeal(appeal=appeal.pk, ruling="allowed", reason="有理", by=other, at=at)
    with within(NEIGHBOUR):
        assert StatusPeriod.objects.get(pk=period.pk).area == THERE


def test_the_old_office_rules_an_appeal_that_was_returned_to_it(clerk, judge, other, cast, period, at):
    """The person's file is elsewhere, the appeal is here; the page and the list still show it."""
    person = period.person_id
    end_status(period=period.pk, reason="99", on=at.date(), note="拒绝工作", by=clerk.actor, at=at)
    appeal = file_appeal(decision=ending(person).pk, grounds="不服", by=clerk.actor, at=at)
    answer_transfer(transfer=moves(person, clerk.actor, at).pk, accepts=False, note="不在此", by=other, at=at)
    with within(COUNTY):
        assert [row.pk for row in open_appeals(scope=COUNTY)] == [appeal.pk]
    page = f"/registration/appeals/{appeal.pk}"
    assert "覃小梅" in clerk.client().get("/registration/appeals").content.decode()
    assert cast.neighbour_clerk.client().get(page).status_code == 404
    assert judge.client().get(page).status_code == clerk.client().get(page).status_code == 200
    rule_appeal(appeal=appeal.pk, ruling="allowed", reason="有理", by=judge.actor, at=at)
    with within(CITY):
        assert StatusPeriod.objects.get(pk=period.pk).area[:6] == COUNTY


def test_only_the_last_hand_over_is_offered_again(clerk, other, period, at):
    first = moves(period.person_id, clerk.actor, at)
    answer_transfer(transfer=first.pk, accepts=False, note="不在此", by=other, at=at)
    second = offer_transfer_again(transfer=first.pk, by=clerk.actor, at=at)
    with pytest.raises(Refused, match="later hand-over"):
        offer_transfer_again(transfer=first.pk, by=clerk.actor, at=at)
    answer_transfer(transfer=second.pk, accepts=False, note="仍不在此", by=other, at=at)
    with pytest.raises(Refused, match="later hand-over"):
        offer_transfer_again(transfer=first.pk, by=clerk.actor, at=at)
    with within(CITY):
        assert StatusPeriod.objects.get(pk=period.pk).area[:6] == COUNTY
    assert offer_transfer_again(transfer=second.pk, by=clerk.actor, at=at).answered_at is None


def test_nothing_is_offered_again_when_nothing_is_open(clerk, other, period, at):
    first = moves(period.person_id, clerk.actor, at)
    answer_transfer(transfer=first.pk, accepts=False, note="不在此", by=other, at=at)
    end_status(period=period.pk, reason="30", on=at.date(), by=clerk.actor, at=at)
    with pytest.raises(Refused, match="Nothing of this person is open"):
        offer_transfer_again(transfer=first.pk, by=clerk.actor, at=at)
    assert send(clerk.client(), f"/registration/transfers/{first.pk}/again").status_code == 422


def test_what_was_left_behind_is_handed_over_when_the_person_moves_on(clerk, other, period, at):
    """Returned to the old office, it does not slip to a third one, nor to the one that returned it, unasked."""
    answer_transfer(transfer=moves(period.person_id, clerk.actor, at).pk, accepts=False, note="不在此", by=other, at=at)
    within_county = moves(period.person_id, other, at + timedelta(days=1), area="450105002")
    assert (within_county.from_area[:6], within_county.area, within_county.answer) == (COUNTY, "450105002", "")
    on = moves(period.person_id, other, at + timedelta(days=2), area=BEYOND)
    assert (on.from_area[:6], on.area, on.answer) == (COUNTY, BEYOND, "")


def test_who_moves_back_to_what_was_left_behind_needs_no_hand_over(clerk, other, period, at):
    answer_transfer(transfer=moves(period.person_id, clerk.actor, at).pk, accepts=False, note="不在此", by=other, at=at)
    last = moves(period.person_id, other, at + timedelta(days=1), area="450103002")
    assert last.answer == "returned"
    with within(COUNTY):
        assert StatusPeriod.objects.get(pk=period.pk).area == "450103002"


def test_a_fact_of_an_earlier_offices_decision_is_corrected_by_the_present_one(clerk, other, cast, period, at):
    with within(CITY):
        decision = Decision.objects.get(person=period.person_id)
    answer_transfer(transfer=moves(period.person_id, clerk.actor, at).pk, accepts=True, by=other, at=at)
    with pytest.raises(Decision.DoesNotExist):
        correct_fact(decision=decision.pk, fact="former_employer", now="某厂", why="合同", by=clerk.actor, at=at)
    made = correct_fact(decision=decision.pk, fact="former_employer", now="某厂", why="合同", by=other, at=at)
    assert made.area == THERE
    page = cast.neighbour_clerk.client().get(f"/registration/persons/{period.person_id}/why").content.decode()
    assert "某厂" in page


# Certificates


def test_an_application_waits_with_the_hand_over_and_its_objections_go_along(clerk, judge, other, cast, period, at):
    asked = apply_certificate(person=period.person_id, facts=FACTS, by=clerk.actor, at=at)
    review_certificate(certificate=asked.pk, note="材料齐全", by=clerk.actor, at=at)
    objection = note_objection(certificate=asked.pk, said="已就业", by=clerk.actor, at=at)
    transfer = moves(period.person_id, clerk.actor, at)
    later = at + timedelta(days=3)
    with pytest.raises(Refused, match="not accepted yet"):
        decide_certificate(certificate=asked.pk, issues=False, note="x", by=other, at=later)
    answer_transfer(transfer=transfer.pk, accepts=True, by=other, at=later)
    with pytest.raises(Refused, match="not answered"):
        decide_certificate(certificate=asked.pk, issues=True, by=other, at=later)
    answer_objection(certificate=asked.pk, objection=objection.pk, answer="不属实", by=other, at=later)
    page = cast.neighbour_clerk.client().get(f"/registration/certificates/{asked.pk}").content.decode()
    assert "材料齐全" in page and "不属实" in page
    assert decide_certificate(certificate=asked.pk, issues=True, by=other, at=later).number.startswith(NEIGHBOUR)


def test_checks_and_uses_of_an_earlier_office_count(clerk, judge, other, period, at):
    asked = apply_certificate(person=period.person_id, facts=FACTS, by=clerk.actor, at=at)
    review_certificate(certificate=asked.pk, by=clerk.actor, at=at)
    decide_certificate(certificate=asked.pk, issues=True, by=judge.actor, at=at + timedelta(days=3))
    year_later = datetime(2027, 11, 29, 9, tzinfo=BUSINESS_ZONE)
    told = UseFacts(policy="020", unit="社保局", from_on=date(2026, 12, 1))
    use_certificate(certificate=asked.pk, facts=told, by=clerk.actor, at=at + timedelta(days=8))
    check_certificate(certificate=asked.pk, passed=True, by=clerk.actor, at=year_later)
    answer_transfer(transfer=moves(period.person_id, clerk.actor, year_later).pk, accepts=True, by=other, at=year_later)
    with pytest.raises(Refused, match="checked this year already"):
        check_certificate(certificate=asked.pk, passed=True, by=other, at=year_later)
    again = UseFacts(policy="020", unit="社保局", from_on=year_later.date())
    with pytest.raises(Refused, match="drawn already"):
        use_certificate(certificate=asked.pk, facts=again, by=other, at=year_later)
    other_policy = UseFacts(policy="060", unit="税务局", from_on=year_later.date())
    use_certificate(certificate=asked.pk, facts=other_policy, by=other, at=year_later)
    with within(NEIGHBOUR):
        view = certificate_view(certificate(scope=NEIGHBOUR, pk=asked.pk), on=year_later.date())
    assert (len(view.uses), len(view.checks), view.certificate.check_due_on) == (2, 1, date(2028, 11, 29))
    after = year_later + timedelta(days=1)
    revoke_certificate(certificate=asked.pk, reason="弄虚作假", by=other, at=after)
    with within(CITY):
        assert {use.until_on for use in CertificateUse.objects.all()} == {after.date()}


def test_a_booklet_waits_with_the_hand_over(clerk, judge, other, period, at):
    asked = request_handbook(person=period.person_id, by=clerk.actor, at=at)
    transfer = moves(period.person_id, clerk.actor, at)
    with pytest.raises(Refused, match="not accepted yet"):
        issue_handbook(copy=asked.pk, by=other, at=at)
    answer_transfer(transfer=transfer.pk, accepts=False, note="不在此", by=other, at=at)
    assert "覃小梅" in clerk.client().get("/registration/handbooks").content.decode()
    assert issue_handbook(copy=asked.pk, by=judge.actor, at=at).token
