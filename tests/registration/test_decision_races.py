"""Eight officers at once do what is decided once; beside each the naive way, which looks first and writes then."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError
from django.db.models import QuerySet

from openpes.audit.models import JournalEntry
from openpes.kernel import Actor, Refused, refuse_if, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.people.actions import move_residence
from openpes.registration import actions
from openpes.registration.models import Decision, StatusPeriod, Transfer
from tests import races
from tests.people.factories import a_person
from tests.registration.factories import unemployed

pytestmark = pytest.mark.city
DESKS = 8
OFFICERS = [Actor(id=number, scope=CITY) for number in range(1, DESKS + 1)]
THERE = "450105001"
FACTS = actions.CertificateFacts(group="3", documents=("01", "02", "07", "08"), former_unit="南宁机械厂")
Act = Callable[[Actor], Any]


def at_once(act: Act) -> Counter:
    return races.outcomes(act, OFFICERS)


def told(event: str) -> int:
    with within(CITY):
        return JournalEntry.objects.filter(event=f"registration.{event}").count()


def registered(at) -> StatusPeriod:
    return unemployed(a_person(by=PLATFORM, at=at).pk, by=PLATFORM, at=at)


def a_confirmation(at) -> Act:
    person = registered(at).person_id
    return lambda by: actions.confirm_unemployment(person=person, way="phone", by=by, at=at)


def an_issue(at) -> Act:
    copy = actions.request_handbook(person=registered(at).person_id, by=PLATFORM, at=at).pk
    return lambda by: actions.issue_handbook(copy=copy, by=by, at=at)


def a_loss(at) -> Act:
    copy = actions.request_handbook(person=registered(at).person_id, by=PLATFORM, at=at).pk
    actions.issue_handbook(copy=copy, by=OFFICERS[0], at=at)
    return lambda by: actions.replace_handbook(copy=copy, reason="lost", by=by, at=at)


def a_ruling(at) -> Act:
    period = registered(at)
    actions.end_status(period=period.pk, reason="99", on=at.date(), note="拒绝工作", by=PLATFORM, at=at)
    with within(CITY):
        decision = Decision.objects.get(subject="ending").pk
    appeal = actions.file_appeal(decision=decision, grounds="不服", by=PLATFORM, at=at).pk
    rulings = ("allowed", "dismissed")
    return lambda by: actions.rule_appeal(appeal=appeal, ruling=rulings[by.id % 2], reason="理由", by=by, at=at)


def an_answer(at) -> Act:
    transfer = handed_over(at)
    return lambda by: actions.answer_transfer(transfer=transfer, accepts=by.id % 2 == 0, note="不在此", by=by, at=at)


def handed_over(at) -> int:
    person = registered(at).person_id
    move_residence(person=person, area=THERE, address="", on=at.date(), by=PLATFORM, at=at)
    with within(CITY):
        return Transfer.objects.get().pk


def an_application(at) -> int:
    asked = actions.apply_certificate(person=registered(at).person_id, facts=FACTS, by=PLATFORM, at=at).pk
    actions.review_certificate(certificate=asked, by=PLATFORM, at=at)
    return asked


def a_decision(at) -> Act:
    asked, later = an_application(at), at + timedelta(days=3)
    return lambda by: actions.decide_certificate(certificate=asked, issues=True, by=by, at=later)


def an_objection(at) -> Act:
    asked = an_application(at)
    told_of = {"certificate": asked, "at": at}
    objection = actions.note_objection(said="已就业", by=PLATFORM, **told_of).pk
    return lambda by: actions.answer_objection(objection=objection, answer=f"核查{by.id}", by=by, **told_of)


def a_check(at) -> Act:
    asked, later = an_application(at), at + timedelta(days=3)
    actions.decide_certificate(certificate=asked, issues=True, by=OFFICERS[0], at=later)
    return lambda by: actions.check_certificate(certificate=asked, passed=True, by=by, at=later)


def a_way_out(at) -> Act:
    person = registered(at).person_id
    return lambda by: actions.transfer_out(person=person, to_place="450300", by=by, at=at)


def a_way_back(at) -> Act:
    out = actions.transfer_out(person=registered(at).person_id, to_place="450300", by=PLATFORM, at=at).pk
    return lambda by: actions.take_back_transfer_out(transfer_out=out, why="未接收", by=by, at=at)


# What is done once, where the naive way is kept from going on, and what the journal counts.
SCENARIOS = [
    (a_confirmation, "contacts", "UnemploymentConfirmed"),
    (an_issue, "handbooks", "HandbookIssued"),
    (a_loss, "handbooks", "HandbookEnded"),
    (a_ruling, "appeals", "AppealRuled"),
    (an_answer, "transfers", "TransferAnswered"),
    (a_decision, "certificates", "CertificateDecided"),
    (an_objection, "objections", "ObjectionAnswered"),
    (a_check, "certificate_life", "CertificateChecked"),
    (a_way_out, "cities", "RegistrationTransferredOut"),
    (a_way_back, "cities", "TransferOutTakenBack"),
]
NAMES = [scenario[0].__name__ for scenario in SCENARIOS]


@pytest.mark.parametrize(("prepared", "_room", "event"), SCENARIOS, ids=NAMES)
def test_of_eight_officers_one_does_it_and_seven_read_why_not(city, at, prepared, _room, event):
    assert at_once(prepared(at)) == Counter(done=1, refused=DESKS - 1)
    assert told(event) == 1


def naively(monkeypatch, room: str) -> None:
    """The planted mistake: rows are read without their lock, and all have looked before anybody writes."""
    gate = Barrier(DESKS, timeout=20)

    def refuse_together(reasons) -> None:
        refuse_if(reasons)
        gate.wait()

    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self)
    monkeypatch.setattr(f"openpes.registration.actions.{room}.refuse_if", refuse_together)


@pytest.mark.parametrize(("prepared", "room", "event"), SCENARIOS, ids=NAMES)
def test_the_naive_way_does_it_many_times_or_breaks(city, at, monkeypatch, prepared, room, event):
    act = prepared(at)
    naively(monkeypatch, room)
    got = at_once(act)
    assert got["refused"] == 0 and (told(event) > 1 or got["stopped"] > 0)


# Two acts that exclude each other


def withdrawn_or_ended(at) -> Act:
    clerk = OFFICERS[0]
    period = unemployed(a_person(by=PLATFORM, at=at).pk, by=clerk, at=at).pk

    def act(by: Actor) -> None:
        try:
            if by.id % 2:
                actions.withdraw_registration(period=period, by=clerk, at=at)
            else:
                actions.end_status(period=period, reason="30", on=at.date(), by=clerk, at=at)
        except StatusPeriod.DoesNotExist:  # it was taken back before
            raise Refused("There is no such registration.") from None

    return act


def test_a_registration_is_taken_back_or_ended_and_never_both(city, at):
    assert at_once(withdrawn_or_ended(at)) == Counter(done=1, refused=DESKS - 1)
    assert told("RegistrationWithdrawn") + told("UnemploymentEnded") == 1


def test_without_the_lock_it_is_both(city, at, monkeypatch):
    act = withdrawn_or_ended(at)
    naively(monkeypatch, "endings")
    monkeypatch.setattr("openpes.registration.rules.why_not_withdraw", lambda **_told: [])
    try:
        got = at_once(act)
    except DatabaseError as lost:  # one ended the row that another took away in the same moment
        assert "did not affect any rows" in str(lost)
    else:
        assert got["refused"] < DESKS - 1


def test_one_paper_of_another_city_is_brought_by_one_person(city, at):
    people = [a_person(by=PLATFORM, at=at, resides_from_on=date(2015, 1, 1)).pk for _n in range(DESKS)]
    facts = actions.TransferInFacts(
        from_place="440100", from_office="天河区", paper_number="7", paper_issued_on=date(2026, 11, 10),
        since_on=date(2026, 1, 8), left_on=date(2026, 11, 10), months=10, reason="90",
    )  # fmt: skip
    got = at_once(lambda by: actions.transfer_in(person=people[by.id - 1], facts=facts, by=by, at=at))
    assert got == Counter(done=1, refused=DESKS - 1)
    with within(CITY):
        assert StatusPeriod.objects.count() == 1


def moves_and_answers(at) -> Act:
    transfer = handed_over(at)
    with within(CITY):
        person = Transfer.objects.get().person_id

    def act(by: Actor) -> None:
        if by.id % 2:
            area = f"45010700{by.id}"
            move_residence(person=person, area=area, address="", on=at.date(), by=by, at=at + timedelta(minutes=by.id))
        else:
            actions.answer_transfer(transfer=transfer, accepts=False, note="不在此", by=by, at=at)

    return act


def test_moves_and_answers_never_wait_for_each_other_in_a_circle(city, at):
    got = at_once(moves_and_answers(at))
    assert got["stopped"] == 0 and got["done"] >= 4


def test_answering_before_the_person_is_locked_waits_in_a_circle(city, at, monkeypatch):
    """The planted mistake: the hand-over is locked first, the person not at all."""
    from openpes.registration.actions import transfers

    gate, carry, why_not = Barrier(2, timeout=20), transfers._carry, transfers.rules.why_not_answer
    transfer = handed_over(at)
    with within(CITY):
        person = Transfer.objects.get().person_id

    def carry_slowly(*told_of) -> None:
        carry(*told_of)
        if told_of[1].startswith("450107"):
            gate.wait()  # the periods are locked, the hand-over comes next

    def look_slowly(**told_of):
        gate.wait()  # the hand-over is locked, the periods come next
        return why_not(**told_of)

    monkeypatch.setattr(transfers, "locked_person", lambda _person: None)
    monkeypatch.setattr(transfers, "_carry", carry_slowly)
    monkeypatch.setattr(transfers.rules, "why_not_answer", look_slowly)

    def act(by: Actor) -> str:
        try:
            if by.id == 1:
                move_residence(person=person, area="450107001", address="", on=at.date(), by=by, at=at)
            else:
                actions.answer_transfer(transfer=transfer, accepts=False, note="不在此", by=by, at=at)
        except OperationalError:
            return "stopped"
        return "done"

    assert "stopped" in races.at_once(act, OFFICERS[:2])
