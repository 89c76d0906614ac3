"""What came of an introduction: answers of the office, reports of the employer."""


import pytest

from openpes.kernel import Actor, Refused, within
from openpes.kernel.clock import day_of
from openpes.people.models import Person
from openpes.referrals.actions import (
    confirm_hire,
    record_answer,
    record_hire,
    report_hire,
    return_hire_report,
)
from openpes.referrals.models import HireReport, Referral
from openpes.registration.models import StatusPeriod
from tests.referrals.factories import (
    BEGINS_ON,
    CLERK,
    OTHER,
    hire_facts,
    introduced,
)
from tests.referrals.test_actions.state import everything, stored
from tests.vacancies.factories import make_open


def test_an_answer_is_recorded_once_with_its_day(db, at):
    referral = introduced(at)
    record_answer(referral=referral.pk, answer="not_suitable", note=" 不会开叉车 ", by=CLERK, at=at)
    row = stored(referral)
    assert (row.answer, row.answer_note, row.answered_on) == ("not_suitable", "不会开叉车", day_of(at))
    with pytest.raises(Refused):
        record_answer(referral=referral.pk, answer="declined", by=CLERK, at=at)


def test_an_introduction_of_another_area_cannot_be_answered(db, at):
    referral = introduced(at)
    with pytest.raises(Referral.DoesNotExist):
        record_answer(referral=referral.pk, answer="declined", by=OTHER, at=at)


@pytest.fixture
def firm(db, at):
    """An open vacancy and the account of its employer."""
    vacancy = make_open(CLERK, at, openings=2)
    return vacancy, Actor(id=7, employer=vacancy.employer_id)


def test_an_employer_answers_for_itself_only(firm, at):
    vacancy, me = firm
    mine, foreign = introduced(at, vacancy=vacancy.pk), introduced(at)
    record_answer(referral=mine.pk, answer="no_show", by=me, at=at)
    assert stored(mine).answer == "no_show"
    with pytest.raises(Referral.DoesNotExist):
        record_answer(referral=foreign.pk, answer="no_show", by=me, at=at)
    with pytest.raises(Referral.DoesNotExist):
        report_hire(referral=foreign.pk, facts=hire_facts(), by=me, at=at)


def test_an_employer_cannot_hire_by_its_word_alone(firm, at):
    vacancy, me = firm
    referral = introduced(at, vacancy=vacancy.pk)
    before = everything()
    with pytest.raises(Refused):
        record_answer(referral=referral.pk, answer="hired", by=me, at=at)
    with pytest.raises(Referral.DoesNotExist):
        record_hire(referral=referral.pk, facts=hire_facts(), by=me, at=at)
    assert everything() == before


def test_an_employer_reports_a_hire_and_the_office_confirms_it(firm, at):
    vacancy, me = firm
    referral = introduced(at, vacancy=vacancy.pk)
    report = report_hire(referral=referral.pk, facts=hire_facts(), by=me, at=at)
    assert stored(referral).answer == ""
    with pytest.raises(Refused):
        report_hire(referral=referral.pk, facts=hire_facts(), by=me, at=at)
    with pytest.raises(HireReport.DoesNotExist):
        confirm_hire(report=report.pk, by=OTHER, at=at)
    hire = confirm_hire(report=report.pk, by=CLERK, at=at)
    assert (hire.begins_on, hire.pay_fen, stored(referral).answer) == (BEGINS_ON, 350_000, "hired")


def test_a_report_that_was_given_back_is_written_anew(firm, at):
    vacancy, me = firm
    referral = introduced(at, vacancy=vacancy.pk)
    report = report_hire(referral=referral.pk, facts=hire_facts(), by=me, at=at)
    with pytest.raises(Refused):
        return_hire_report(report=report.pk, note=" ", by=CLERK, at=at)
    return_hire_report(report=report.pk, note="工资与合同不符", by=CLERK, at=at)
    again = report_hire(referral=referral.pk, facts=hire_facts(pay_fen=360_000), by=me, at=at)
    assert (again.pk, again.return_note, again.pay_fen) == (report.pk, "", 360_000)


def test_the_database_alone_keeps_persons_from_an_employers_account(firm, at):
    vacancy, me = firm
    introduced(at, vacancy=vacancy.pk)
    introduced(at)
    with within(role="openpes_self", employer=me.employer):
        assert Referral.objects.count() == 1
        assert not Person.objects.exists() and not StatusPeriod.objects.exists()
