"""Interviews: proposed, taken, moved, cancelled, held or missed; clashes are told; one open at a time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from openpes.kernel import Actor, Refused, within
from openpes.kernel.scope import CITY
from openpes.referrals import queries
from openpes.referrals.actions import (
    cancel_interview,
    note_interview,
    propose_interview,
    record_answer,
    record_hire,
    refer,
    take_slot,
)
from openpes.referrals.choices import InterviewState, News, State
from openpes.referrals.models import Interview, Step
from openpes.vacancies.actions import close_vacancy, hold_vacancy, lift_hold
from openpes.vacancies.choices import HoldGround
from tests.referrals.factories import CLERK, account_of, applied, firm_of, hire_facts, interview_facts
from tests.referrals.test_actions.state import stored
from tests.vacancies.factories import make_open


@pytest.fixture
def row(db, at):
    return applied(at)


@pytest.fixture
def me(row):
    with within(CITY):
        return account_of(row.person)


@pytest.fixture
def talk(row, at):
    return propose_interview(referral=row.pk, facts=interview_facts(at), by=firm_of(row), at=at)


def now(talk: Interview) -> Interview:
    with within(CITY):
        return Interview.objects.get(pk=talk.pk)


def test_the_person_takes_one_of_the_times(row, me, talk, at):
    assert stored(row).state == State.INVITED
    take_slot(interview=talk.pk, slot=talk.slots[1], by=me, at=at)
    assert (now(talk).state, now(talk).starts_at) == (InterviewState.AGREED, talk.slots[1])


def test_the_employer_does_not_choose_for_the_person(row, talk, at):
    with pytest.raises(Refused, match="The person chooses"):
        take_slot(interview=talk.pk, slot=talk.slots[0], by=firm_of(row), at=at)


def test_a_time_that_nobody_proposed_or_that_is_over_is_not_taken(me, talk, at):
    with pytest.raises(Refused, match="not proposed"):
        take_slot(interview=talk.pk, slot=at + timedelta(days=9), by=me, at=at)
    with pytest.raises(Refused, match="is over"):
        take_slot(interview=talk.pk, slot=talk.slots[0], by=me, at=at + timedelta(days=4))


def test_other_times_open_what_was_agreed(row, me, talk, at):
    take_slot(interview=talk.pk, slot=talk.slots[0], by=me, at=at)
    later = tuple(at + timedelta(days=day) for day in (5, 6))
    moved = propose_interview(referral=row.pk, facts=interview_facts(at, slots=later), by=firm_of(row), at=at)
    assert (moved.pk, moved.moves, now(talk).state, now(talk).starts_at) == (talk.pk, 1, "proposed", None)


def test_whoever_cancels_says_why_and_the_application_goes_on(row, me, talk, at):
    with pytest.raises(Refused, match="why"):
        cancel_interview(interview=talk.pk, words=" ", by=me, at=at)
    cancel_interview(interview=talk.pk, words="孩子生病", by=me, at=at)
    assert (now(talk).state, stored(row).state) == (InterviewState.CANCELLED, State.SEEN)
    again = propose_interview(referral=row.pk, facts=interview_facts(at), by=firm_of(row), at=at)
    assert again.pk != talk.pk


@pytest.mark.parametrize(("came", "state", "stage"), [(True, "held", State.HELD), (False, "no_show", State.SEEN)])
def test_afterwards_it_is_said_whether_it_was_held(row, me, talk, at, came, state, stage):
    take_slot(interview=talk.pk, slot=talk.slots[0], by=me, at=at)
    with pytest.raises(Refused, match="begins on"):
        note_interview(interview=talk.pk, came=came, by=firm_of(row), at=at)
    note_interview(interview=talk.pk, came=came, by=firm_of(row), at=talk.slots[0] + timedelta(hours=1))
    assert (now(talk).state, stored(row).state) == (state, stage)


def test_two_interviews_at_one_time_are_warned_of(row, me, talk, at):
    take_slot(interview=talk.pk, slot=talk.slots[0], by=me, at=at)
    second = refer(person=row.person_id, vacancy=make_open(CLERK, at).pk, by=CLERK, at=at)
    other = propose_interview(referral=second.pk, facts=interview_facts(at), by=firm_of(second), at=at)
    with me.standing():
        offers = queries.slots_offered(row=other, at=at)
    assert [len(offer.clashes) for offer in offers] == [1, 0]


@pytest.mark.parametrize(
    "changes",
    [{"slots": ()}, {"minutes": 5}, {"way": "telepathy"}, {"place": " "}, {"slots": "past"}, {"slots": "twice"},
     {"slots": "many"}],
)  # fmt: skip
def test_times_that_cannot_be_proposed_are_refused_in_words(row, at, changes):
    day = timedelta(days=1)
    odd = {"past": (at - day,), "twice": (at + day, at + day), "many": tuple(at + day * n for n in range(1, 8))}
    changes = {name: odd.get(value, value) if isinstance(value, str) else value for name, value in changes.items()}
    with pytest.raises(Refused):
        propose_interview(referral=row.pk, facts=interview_facts(at, **changes), by=firm_of(row), at=at)
    assert stored(row).state == State.APPLIED


def test_an_employer_that_closes_during_the_interview_loses_nothing(row, me, talk, at):
    take_slot(interview=talk.pk, slot=talk.slots[0], by=me, at=at)
    during = talk.slots[0] + timedelta(minutes=10)
    close_vacancy(vacancy=row.vacancy_id, by=CLERK, at=during)
    assert (now(talk).state, stored(row).state) == ("agreed", State.INVITED)
    note_interview(interview=talk.pk, came=True, by=firm_of(row), at=during + timedelta(hours=1))
    record_hire(referral=row.pk, facts=hire_facts(), by=CLERK, at=during + timedelta(hours=2))
    assert stored(row).state == State.HIRED


def test_an_employer_that_closes_before_the_interview_cancels_it_with_words(row, me, talk, at):
    take_slot(interview=talk.pk, slot=talk.slots[0], by=me, at=at)
    close_vacancy(vacancy=row.vacancy_id, by=CLERK, at=at)
    assert now(talk).state == InterviewState.CANCELLED and now(talk).ended_words
    with me.standing():
        assert "takes no more applications" in queries.own_news(actor=me)[0].sentence


def test_an_answer_ends_the_interview_that_lies_ahead(row, talk, at):
    record_answer(referral=row.pk, answer="place_taken", reason="13", by=firm_of(row), at=at)
    assert now(talk).state == InterviewState.CANCELLED


def test_the_calendar_file_is_read_by_others_and_replaces_itself(row, me, talk, at):
    made = take_slot(interview=talk.pk, slot=talk.slots[0], by=me, at=at)
    with me.standing():
        text = queries.calendar_of(row=made, about="https://example.org/").decode()
    lines = text.split("\r\n")
    assert f"UID:interview-{talk.pk}@openpes" in lines and "SEQUENCE:0" in lines
    assert f"DTSTART:{talk.slots[0].astimezone(tz=None).astimezone().strftime('%Y')}" in text
    assert all(len(line.encode()) <= 75 for line in lines)


def test_the_database_keeps_one_open_interview_a_referral(row, talk, at):
    """The planted mistake: a second one is written past the action."""
    with within(CITY):
        copy = Interview.objects.get(pk=talk.pk)
        copy.pk = None
        with pytest.raises(IntegrityError, match="one_open_interview"), transaction.atomic():
            copy.save(force_insert=True)


def last_news(row) -> tuple[str, str]:
    with within(CITY):
        return Step.objects.filter(referral=row.pk).order_by("at", "pk").values_list("news", "words").last()


def test_a_vacancy_in_doubt_sets_its_interviews_back_and_asks_anew_when_it_is_released(row, me, talk, at):
    second = Actor(id=77, scope=CLERK.scope)
    take_slot(interview=talk.pk, slot=talk.slots[1], by=me, at=at)
    quiet = hold_vacancy(vacancy=row.vacancy_id, ground=HoldGround.SILENCE, words="有人未获答复", by=CLERK, at=at)
    assert now(talk).state == InterviewState.AGREED  # whom nobody answered wants the interview all the more
    doubt = hold_vacancy(vacancy=row.vacancy_id, ground=HoldGround.SCAM, words="疑似收费", by=CLERK, at=at)
    other = hold_vacancy(vacancy=row.vacancy_id, ground=HoldGround.REPORTED, words="有人举报", by=CLERK, at=at)
    assert (now(talk).state, now(talk).starts_at) == (InterviewState.PROPOSED, None)
    news, words = last_news(row)
    assert news == News.PAUSED and "Agreed was" in words  # told once, however many grounds there are
    with pytest.raises(Refused, match="looks into this vacancy"):
        take_slot(interview=talk.pk, slot=talk.slots[1], by=me, at=at)
    with pytest.raises(Refused, match="looks into this vacancy"):  # nobody is sent times that cannot be taken
        propose_interview(referral=row.pk, facts=interview_facts(at), by=firm_of(row), at=at)
    lift_hold(hold=doubt.pk, words="核对无误", by=second, at=at)
    assert last_news(row)[0] == News.PAUSED  # the other doubt still stands
    lift_hold(hold=other.pk, words="核对无误", by=second, at=at + timedelta(days=20))
    news, words = last_news(row)
    assert news == News.ASKED_ANEW and "proposes others" in words
    lift_hold(hold=quiet.pk, words="已答复", by=second, at=at)
    take_slot(interview=talk.pk, slot=talk.slots[1], by=me, at=at)
    assert now(talk).state == InterviewState.AGREED
