"""Own applications: the same cap, the same reasons, the same state machine as introductions; nobody applies twice."""

import pytest

from openpes.kernel import Refused, within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.referrals.actions import (
    apply_for,
    note_seen,
    offer_job,
    record_answer,
    record_hire,
    refer,
)
from openpes.referrals.choices import Answer, State
from openpes.referrals.models import Referral, Step
from openpes.vacancies.actions import close_vacancy
from tests.cast import NEIGHBOUR
from tests.people.factories import a_person
from tests.referrals.factories import CLERK, OTHER, account_of, applied, firm_of, hire_facts, introduced, seeker
from tests.referrals.test_actions.state import stored
from tests.vacancies.factories import make_open


def steps_of(referral: Referral) -> list[tuple[str, str, str]]:
    with within(CITY):
        rows = Step.objects.filter(referral=referral).order_by("pk")
        return [(row.was, row.now, row.side) for row in rows]


def test_a_person_applies_for_a_vacancy_of_any_county(db, at):
    row = applied(at, make_open(OTHER, at, area=NEIGHBOUR).pk, words=" 三年包装经验 ")
    assert (row.state, row.own_words, row.area, row.free_ground) == (State.APPLIED, "三年包装经验", CLERK.scope, "all")
    assert stored(row).letter_no == row.letter_no


def test_who_does_not_look_for_work_registers_a_wish_first(db, at):
    person = a_person(by=CLERK, at=at, area=CLERK.scope)
    with pytest.raises(Refused, match="job wish"):
        apply_for(vacancy=make_open(CLERK, at).pk, by=account_of(person), at=at)


def test_an_application_and_an_introduction_to_one_vacancy_do_not_stand_beside_each_other(db, at):
    person, vacancy = seeker(at), make_open(CLERK, at).pk
    apply_for(vacancy=vacancy, by=account_of(person), at=at)
    with pytest.raises(Refused, match="introduced to this vacancy"):
        refer(person=person.pk, vacancy=vacancy, by=CLERK, at=at)


def test_applications_and_introductions_count_against_one_cap(db, at):
    vacancy = make_open(CLERK, at, openings=1).pk
    for _number in range(2):
        introduced(at, vacancy=vacancy)
    applied(at, vacancy)
    with pytest.raises(Refused, match="As many people have applied"):
        applied(at, vacancy)
    with pytest.raises(Refused, match="3 persons"):
        introduced(at, vacancy=vacancy)


def test_words_that_are_too_long_are_not_cut_but_refused(db, at):
    with pytest.raises(Refused, match="at most 1000"):
        applied(at, words="字" * 1001)


def test_an_account_without_a_person_applies_for_nothing(db, at):
    with pytest.raises(Person.DoesNotExist):
        apply_for(vacancy=make_open(CLERK, at).pk, by=firm_of(introduced(at)), at=at)


def test_each_step_says_whose_act_it_was(db, at):
    row = applied(at)
    firm = firm_of(row)
    note_seen(referral=row.pk, by=firm, at=at)
    note_seen(referral=row.pk, by=firm, at=at)
    offer_job(referral=row.pk, words="周一来办手续", by=firm, at=at)
    record_hire(referral=row.pk, facts=hire_facts(), by=CLERK, at=at)
    assert steps_of(row) == [
        ("applied", "seen", "employer"),
        ("seen", "offered", "employer"),
        ("offered", "hired", "office"),
    ]


def test_a_person_withdraws_with_a_reason_and_an_employer_answers_with_one(db, at):
    mine, theirs = applied(at), applied(at)
    with within(CITY):
        me = account_of(mine.person)
    record_answer(referral=mine.pk, answer=Answer.WITHDRAWN, reason="21", by=me, at=at)
    record_answer(referral=theirs.pk, answer=Answer.NOT_SUITABLE, reason="11", by=firm_of(theirs), at=at)
    assert (stored(mine).state, stored(mine).reason) == (State.WITHDRAWN, "21")
    assert (stored(theirs).state, stored(theirs).reason) == (State.REJECTED, "11")


@pytest.mark.parametrize(
    ("answer", "reason", "by_person"),
    [("not_suitable", "21", False), ("withdrawn", "11", True), ("not_suitable", "", True), ("declined", "", False)],
)
def test_nobody_answers_for_the_other_side_or_with_its_reasons(db, at, answer, reason, by_person):
    row = applied(at)
    with within(CITY):
        by = account_of(row.person) if by_person else firm_of(row)
    with pytest.raises(Refused):
        record_answer(referral=row.pk, answer=answer, reason=reason, by=by, at=at)
    assert stored(row).answer == ""


def test_who_is_hired_elsewhere_closes_everything_else_in_words_to_each_employer(db, at):
    first = applied(at)
    second = refer(person=first.person_id, vacancy=make_open(OTHER, at, area=NEIGHBOUR).pk, by=CLERK, at=at)
    record_hire(referral=second.pk, facts=hire_facts(), by=CLERK, at=at)
    assert stored(first).state == State.ELSEWHERE
    with within(role="openpes_self", employer=first.employer_id):
        told = Step.objects.get(referral=first)
    assert (told.now, told.words) == (State.ELSEWHERE, "The person was hired elsewhere.")


def test_when_the_employer_closes_everybody_is_told_and_nothing_is_lost(db, at):
    row = applied(at)
    close_vacancy(vacancy=row.vacancy_id, by=CLERK, at=at)
    assert stored(row).state == State.APPLIED
    with within(CITY):
        assert Step.objects.get(referral=row).news == "closed"
    record_hire(referral=row.pk, facts=hire_facts(), by=CLERK, at=at)
    assert stored(row).state == State.HIRED


def test_a_step_that_was_written_is_changed_by_nobody(db, at):
    """The planted mistake: somebody rewrites what happened."""
    from django.db import ProgrammingError, transaction

    row = applied(at)
    note_seen(referral=row.pk, by=firm_of(row), at=at)
    with within(CITY):
        for attempt in (Step.objects.all().delete, lambda: Step.objects.update(words="anders")):
            with pytest.raises(ProgrammingError), transaction.atomic():
                attempt()
