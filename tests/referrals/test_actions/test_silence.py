"""Employers who do not answer: reminded, frozen with words, free again when all are answered, ended at last."""

from datetime import timedelta

import pytest

from openpes.kernel import clock, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.messages.models import Message
from openpes.referrals import queries
from openpes.referrals.actions import (
    choose_reach,
    freeze_vacancy,
    note_seen,
    propose_interview,
    record_answer,
    remind_employer,
)
from openpes.referrals.choices import State
from openpes.referrals.jobs import hear_silence
from openpes.referrals.models import Referral
from openpes.vacancies.models import Hold, PublishedVacancy
from tests.referrals.factories import CLERK, account_of, applied, firm_of, interview_facts, introduced
from tests.referrals.test_actions.state import stored
from tests.vacancies.factories import make_open

DAY = timedelta(days=1)


def morning(at, days: int) -> tuple[int, int, int]:
    with clock.stopped(at + DAY * days):
        return hear_silence()


def is_public(vacancy: int) -> bool:
    with within(CITY):
        return PublishedVacancy.objects.filter(pk=vacancy).exists()


def test_reminders_come_at_their_days_and_not_twice(db, at):
    applied(at)
    assert [morning(at, days)[0] for days in (2, 3, 3, 4, 7, 7, 8)] == [0, 1, 0, 0, 1, 0, 0]


def test_silence_freezes_the_vacancy_until_everybody_is_answered(db, at):
    vacancy = make_open(CLERK, at, openings=3).pk
    first, second = applied(at, vacancy), introduced(at, vacancy=vacancy)
    assert morning(at, 13)[1] == 0 and is_public(vacancy)
    assert morning(at, 14)[1] == 1 and not is_public(vacancy)
    assert morning(at, 14)[1] == 0
    with within(CITY):
        hold = Hold.objects.get(vacancy=vacancy, ground="silence")
    assert (hold.ground, "2 persons" in hold.words, bool(hold.next_step)) == ("silence", True, True)
    record_answer(referral=first.pk, answer="not_suitable", reason="11", by=firm_of(first), at=at + DAY * 15)
    assert not is_public(vacancy)
    propose_interview(
        referral=second.pk, facts=interview_facts(at + DAY * 15), by=firm_of(second), at=at + DAY * 15
    )
    assert is_public(vacancy)


def test_waiting_ends_and_a_late_answer_still_counts(db, at):
    row = applied(at)
    assert morning(at, 45)[2] == 1
    assert stored(row).state == State.NO_ANSWER
    record_answer(referral=row.pk, answer="place_taken", reason="13", by=firm_of(row), at=at + DAY * 46)
    assert stored(row).state == State.REJECTED


def test_who_waits_for_the_person_is_not_silent(db, at):
    row = applied(at)
    propose_interview(referral=row.pk, facts=interview_facts(at), by=firm_of(row), at=at)
    assert morning(at, 20) == (0, 0, 0)


def test_a_word_begins_the_patience_anew(db, at):
    row = applied(at)
    note_seen(referral=row.pk, by=firm_of(row), at=at + DAY * 2)
    assert [morning(at, days)[0] for days in (3, 4, 5)] == [0, 0, 1]


def test_what_was_answered_meanwhile_is_neither_reminded_of_nor_frozen_for(db, at):
    """The planted mistake: the list was read before the answer came."""
    row, late = applied(at), at + DAY * 14
    with within(CITY):
        due, silent = queries.to_be_reminded(at=late), queries.silent_vacancies(at=late)
    assert (due, silent) == ([row.pk], [row.vacancy_id])
    record_answer(referral=row.pk, answer="not_suitable", by=firm_of(row), at=late)
    assert not remind_employer(referral=row.pk, by=PLATFORM, at=late)
    assert not freeze_vacancy(vacancy=row.vacancy_id, by=PLATFORM, at=late)


@pytest.mark.parametrize(
    ("sms", "mail", "ways"), [(False, "", []), (True, "", ["sms"]), (True, "a@example.org", ["mail", "sms"])]
)
def test_only_who_agreed_is_told_outside_the_own_page(db, at, sms, mail, ways):
    row = applied(at)
    with within(CITY):
        me = account_of(row.person)
    choose_reach(by_sms=sms, mail=mail, language="en", by=me, at=at)
    note_seen(referral=row.pk, by=firm_of(row), at=at)
    with within(CITY):
        told = list(Message.objects.filter(person_id=row.person_id).order_by("channel"))
    assert [message.channel for message in told] == ways
    assert all("has read the application" in message.text() for message in told)


def test_the_follow_up_list_has_the_longest_wait_first(db, at):
    rows = [applied(at - DAY * days) for days in (1, 5, 3)]
    with within(CITY):
        found = list(queries.waits_since(Referral.objects.all(), at=at))
    assert [row.pk for row in found] == [rows[1].pk, rows[2].pk, rows[0].pk]
