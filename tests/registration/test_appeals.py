"""Refusals on paper, appeals ruled by another officer, hand-overs that the new office must accept."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from openpes.kernel import Actor, Refused, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import stopped
from openpes.kernel.scope import CITY
from openpes.people.actions import move_residence
from openpes.registration.actions import (
    answer_transfer,
    confirm_unemployment,
    end_status,
    file_appeal,
    offer_transfer_again,
    refuse_registration,
    rule_appeal,
)
from openpes.registration.models import Appeal, Decision, StatusPeriod, Transfer
from openpes.registration.queries import handbook_of, status_of, transfers_from_area
from tests.cast import COUNTY, NEIGHBOUR, self_service
from tests.people.factories import a_person, id_number
from tests.registration.factories import employed, unemployed, unemployment, wishing
from tests.registration.test_races import THREADS, at_once

THERE = "450105001"


@pytest.fixture
def ended(clerk, person, at):
    """The decision by which an unemployment ended."""
    period = unemployed(person, by=clerk.actor, at=at)
    end_status(period=period.pk, reason="99", on=at.date(), note="拒绝介绍的工作", by=clerk.actor, at=at)
    with within(COUNTY):
        return Decision.objects.get(person=person, subject="ending")


def send(client, url, **typed):
    return client.post(url, {"idempotency_key": uuid4().hex, **typed})


def test_a_refusal_is_kept_only_where_a_rule_stands_against(clerk, person, at):
    with pytest.raises(Refused, match="No rule stands against"):
        refuse_registration(person=person, facts=unemployment(), by=clerk.actor, at=at)
    child = a_person(by=clerk.actor, at=at, id_number=id_number(date(2012, 1, 1))).pk
    made = refuse_registration(person=child, facts=unemployment(), by=clerk.actor, at=at)
    assert made.outcome == "refused" and {"code": "age", "state": "no"} in made.results
    with within(COUNTY):
        assert not StatusPeriod.objects.filter(person=child).exists()


def test_an_appeal_has_a_clock_and_is_filed_once_and_in_time(clerk, ended, at):
    with pytest.raises(Refused, match="ended on 22 Jan 2027"):
        file_appeal(decision=ended.pk, grounds="不服", by=clerk.actor, at=at + timedelta(days=61))
    with pytest.raises(Refused) as refused:
        file_appeal(decision=ended.pk, grounds=" ", by=clerk.actor, at=at)
    assert [reason.field for reason in refused.value.reasons] == ["grounds"]
    made = file_appeal(decision=ended.pk, grounds="不服", by=clerk.actor, at=at)
    assert made.due_on == date(2026, 12, 14) and made.first_by == clerk.actor.id
    with pytest.raises(Refused, match="filed already"):
        file_appeal(decision=ended.pk, grounds="再次不服", by=clerk.actor, at=at)


def test_a_grant_is_not_appealed_against(clerk, person, at):
    unemployed(person, by=clerk.actor, at=at)
    with within(COUNTY):
        granted = Decision.objects.get(person=person)
    with pytest.raises(Refused, match="Only a refusal or an end"):
        file_appeal(decision=granted.pk, grounds="不服", by=clerk.actor, at=at)


def test_another_officer_rules_and_an_end_that_falls_never_was(clerk, judge, person, ended, at):
    appeal = file_appeal(decision=ended.pk, grounds="不服", by=clerk.actor, at=at)
    with pytest.raises(Refused, match="does not rule the appeal"):
        rule_appeal(appeal=appeal.pk, ruling="allowed", reason="有理", by=clerk.actor, at=at)
    with pytest.raises(Refused, match="Write the reasons"):
        rule_appeal(appeal=appeal.pk, ruling="allowed", reason="", by=judge.actor, at=at)
    rule_appeal(appeal=appeal.pk, ruling="allowed", reason="原决定证据不足", by=judge.actor, at=at)
    with within(COUNTY):
        period = status_of(scope=COUNTY, person=person, on=at.date())
    assert (period.until_on, period.end_reason, period.contacted_on) == (None, "", at.date())
    with pytest.raises(Refused, match="ruled already"):
        rule_appeal(appeal=appeal.pk, ruling="dismissed", reason="改判", by=judge.actor, at=at)


def test_a_dismissed_appeal_leaves_the_end(clerk, judge, person, ended, at):
    appeal = file_appeal(decision=ended.pk, grounds="不服", by=clerk.actor, at=at)
    rule_appeal(appeal=appeal.pk, ruling="dismissed", reason="维持", by=judge.actor, at=at)
    with within(COUNTY):
        assert status_of(scope=COUNTY, person=person, on=at.date()) is None


def test_an_appeal_never_makes_two_statuses(clerk, judge, person, ended, at):
    """The person found work before the ruling: the end falls on paper, the periods stay."""
    appeal = file_appeal(decision=ended.pk, grounds="不服", by=clerk.actor, at=at)
    employed(person, by=clerk.actor, at=at, from_on=at.date())
    rule_appeal(appeal=appeal.pk, ruling="allowed", reason="有理", by=judge.actor, at=at)
    with within(COUNTY):
        assert status_of(scope=COUNTY, person=person, on=at.date()).status == "employed"


def test_the_database_refuses_an_officer_who_rules_the_own_decision(clerk, ended, at):
    appeal = file_appeal(decision=ended.pk, grounds="不服", by=clerk.actor, at=at)
    with pytest.raises(IntegrityError, match="appeal_by_another"), within(COUNTY):
        Appeal.objects.filter(pk=appeal.pk).update(
            ruling="allowed", ruling_reason="x", decided_at=at, decided_by=1, decided_hands={1, appeal.first_by}
        )


def test_a_person_appeals_on_the_own_page_and_against_nobody_elses_decision(clerk, person, ended, at):
    client = self_service(username="own", person=person, at=at).client()
    assert send(client, f"/registration/own/decisions/{ended.pk}/appeal", grounds="").status_code == 422
    assert send(client, f"/registration/own/decisions/{ended.pk}/appeal", grounds="我未拒绝").status_code == 302
    assert "Appeal filed" in client.get("/registration/own").content.decode()
    stranger = self_service(username="other", person=a_person(by=clerk.actor, at=at).pk, at=at)
    assert stranger.client().get(f"/registration/own/decisions/{ended.pk}/appeal").status_code == 404
    with pytest.raises(Decision.DoesNotExist):
        file_appeal(decision=ended.pk, grounds="x", by=stranger.actor, at=at)


def test_an_appeal_is_filed_and_ruled_on_the_pages(clerk, judge, cast, person, ended, at):
    client, other = clerk.client(), judge.client()
    assert send(client, f"/registration/decisions/{ended.pk}/appeal", grounds="不服").status_code == 302
    with within(COUNTY):
        appeal = Appeal.objects.get()
    assert "15 working days left" in client.get("/registration/appeals").content.decode()
    assert "a colleague rules" in client.get(f"/registration/appeals/{appeal.pk}").content.decode()
    assert send(client, f"/registration/appeals/{appeal.pk}", ruling="allowed", reason="x").status_code == 422
    assert send(cast.village_officer.client(), f"/registration/appeals/{appeal.pk}").status_code == 403
    assert cast.neighbour_clerk.client().get(f"/registration/appeals/{appeal.pk}").status_code == 404
    assert send(other, f"/registration/appeals/{appeal.pk}", ruling="allowed", reason="有理").status_code == 302
    assert "有理" in client.get(f"/registration/persons/{person}/file").content.decode()


def test_a_refusal_is_put_on_paper_from_the_form(clerk, at):
    child = a_person(by=clerk.actor, at=at, id_number=id_number(date(2012, 1, 1))).pk
    told = {"reason": "10", "from_on": "2026-11-02", "willing": "on"}
    assert "Refuse in writing" in clerk.client().get(f"/registration/persons/{child}/unemployment").content.decode()
    assert send(clerk.client(), f"/registration/persons/{child}/refuse", **told).status_code == 302
    with within(COUNTY):
        assert Decision.objects.get(person=child).outcome == "refused"


# Between counties


def moved(person, clerk, at, area=THERE):
    move_residence(person=person, area=area, address="", on=at.date(), by=clerk.actor, at=at)
    with within(CITY):
        return Transfer.objects.filter(person=person).order_by("-id").first()


def test_open_matters_wait_for_the_new_office_and_nobody_acts_before(clerk, cast, person, at):
    period = unemployed(person, by=clerk.actor, at=at)
    wishing(person, by=clerk.actor, at=at)
    other = cast.neighbour_clerk.actor
    transfer = moved(person, clerk, at)
    assert [matter["kind"] for matter in transfer.matters] == ["unemployed", "wish"]
    assert (transfer.area, transfer.from_area[:6], transfer.due_on) == (THERE, COUNTY, date(2026, 11, 30))
    for act in (
        lambda: end_status(period=period.pk, reason="50", on=at.date(), by=other, at=at),
        lambda: confirm_unemployment(person=person, way="phone", by=other, at=at),
    ):
        with pytest.raises(Refused, match="not accepted yet"):
            act()
    with pytest.raises(Transfer.DoesNotExist):
        answer_transfer(transfer=transfer.pk, accepts=True, by=clerk.actor, at=at)
    answer_transfer(transfer=transfer.pk, accepts=True, by=other, at=at)
    confirm_unemployment(person=person, way="phone", by=other, at=at)
    with within(COUNTY):
        assert [row.answer for row in transfers_from_area(scope=COUNTY)] == ["accepted"]


def test_what_is_returned_is_the_old_offices_again_until_it_is_offered_again(clerk, cast, person, at):
    period = unemployed(person, by=clerk.actor, at=at)
    other = cast.neighbour_clerk.actor
    transfer = moved(person, clerk, at)
    with pytest.raises(Refused, match="Write why"):
        answer_transfer(transfer=transfer.pk, accepts=False, by=other, at=at)
    answer_transfer(transfer=transfer.pk, accepts=False, note="并未在此居住", by=other, at=at)
    with within(CITY):
        assert StatusPeriod.objects.get(pk=period.pk).area[:6] == COUNTY
    with pytest.raises(Transfer.DoesNotExist):
        offer_transfer_again(transfer=transfer.pk, by=other, at=at)
    again = offer_transfer_again(transfer=transfer.pk, by=clerk.actor, at=at)
    answer_transfer(transfer=again.pk, accepts=True, by=other, at=at)
    with within(NEIGHBOUR):
        assert status_of(scope=NEIGHBOUR, person=person, on=at.date()).pk == period.pk


def test_within_a_county_and_without_open_matters_nothing_is_handed_over(clerk, person, at):
    assert moved(person, clerk, at) is None
    here = a_person(by=clerk.actor, at=at).pk
    unemployed(here, by=clerk.actor, at=at)
    assert moved(here, clerk, at, area="450103002") is None


def test_who_moves_on_before_the_answer_is_offered_to_the_last_office(clerk, cast, person, at):
    unemployed(person, by=clerk.actor, at=at)
    first = moved(person, clerk, at)
    by, later = Actor(id=77, scope=CITY), at + timedelta(1)
    move_residence(person=person, area="450107001", address="", on=later.date(), by=by, at=later)
    with within(CITY):
        first.refresh_from_db()
        second = Transfer.objects.waiting().get(person=person)
    assert first.answer == "returned" and (second.area, second.from_area[:6]) == ("450107001", COUNTY)


def test_hand_overs_are_answered_on_the_pages(clerk, cast, person, at):
    unemployed(person, by=clerk.actor, at=at)
    transfer = moved(person, clerk, at)
    client = cast.neighbour_clerk.client()
    assert "覃小梅" in client.get("/registration/transfers").content.decode()
    assert "Handed over by another county" in client.get(f"/registration/persons/{person}/file").content.decode()
    assert "Not answered yet" in clerk.client().get("/registration/transfers").content.decode()
    assert send(clerk.client(), f"/registration/transfers/{transfer.pk}/answer", accepts="1").status_code == 404
    assert send(client, f"/registration/transfers/{transfer.pk}/answer", accepts="0", note="不在此").status_code == 302
    assert send(clerk.client(), f"/registration/transfers/{transfer.pk}/again").status_code == 302
    with stopped(at + timedelta(days=20)):
        assert "working days late" in client.get("/registration/transfers").content.decode()


def test_the_handbook_tells_the_new_office(clerk, judge, cast, person, at):
    from openpes.registration.actions import issue_handbook, request_handbook

    unemployed(person, by=clerk.actor, at=at)
    issue_handbook(copy=request_handbook(person=person, by=clerk.actor, at=at).pk, by=judge.actor, at=at)
    transfer = moved(person, clerk, at)
    answer_transfer(transfer=transfer.pk, accepts=True, by=cast.neighbour_clerk.actor, at=at)
    with within(NEIGHBOUR):
        assert handbook_of(scope=NEIGHBOUR, person=person).lines[-1].kind == "moved"


def test_the_handbook_is_where_the_open_matters_are(clerk, judge, cast, person, at):
    """Returned with them, written into by the old office, and at home again when the last one ended."""
    from openpes.registration.actions import issue_handbook, request_handbook

    period = unemployed(person, by=clerk.actor, at=at)
    issue_handbook(copy=request_handbook(person=person, by=clerk.actor, at=at).pk, by=judge.actor, at=at)
    other = cast.neighbour_clerk.actor
    answer_transfer(transfer=moved(person, clerk, at).pk, accepts=False, note="不在此", by=other, at=at)
    end_status(period=period.pk, reason="30", on=at.date(), by=clerk.actor, at=at)
    unemployed(person, by=other, at=at, from_on=at.date())
    with within(NEIGHBOUR):
        view = handbook_of(scope=NEIGHBOUR, person=person)
    assert [line.kind for line in view.lines][-2:] == ["unemp_end", "unemployed"]
    assert view.handbook.area == THERE


# Races


@pytest.mark.city
def test_an_appeal_is_filed_once_and_ruled_once(city, at):
    person = a_person(by=PLATFORM, at=at).pk
    period = unemployed(person, by=PLATFORM, at=at)
    end_status(period=period.pk, reason="99", on=at.date(), by=PLATFORM, at=at)
    with within(CITY):
        decision = Decision.objects.get(subject="ending").pk
    got = at_once(lambda _n: file_appeal(decision=decision, grounds="不服", by=PLATFORM, at=at))
    assert got.pop("won") == 1 and sum(got.values()) == 7
    with within(CITY):
        appeal = Appeal.objects.get().pk
    judges = [Actor(id=100 + n, scope=CITY) for n in range(THREADS)]
    rulings = ["allowed", "dismissed"] * 4
    got = at_once(lambda n: rule_appeal(appeal=appeal, ruling=rulings[n], reason="理由", by=judges[n], at=at))
    assert got.pop("won") == 1 and sum(got.values()) == 7


@pytest.mark.city
def test_a_hand_over_is_answered_once(city, at):
    person = a_person(by=PLATFORM, at=at).pk
    unemployed(person, by=PLATFORM, at=at)
    move_residence(person=person, area=THERE, address="", on=at.date(), by=PLATFORM, at=at)
    with within(CITY):
        transfer = Transfer.objects.get().pk
    got = at_once(lambda n: answer_transfer(transfer=transfer, accepts=n % 2 == 0, note="x", by=PLATFORM, at=at))
    assert got.pop("won") == 1 and sum(got.values()) == 7
