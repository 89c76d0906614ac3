"""Introductions, answers and hires on a real database; a hire happens whole or not at all."""

from datetime import date, timedelta

import pytest

from openpes.kernel import Actor, Refused, listen, within
from openpes.kernel.clock import day_of
from openpes.kernel.events import _listeners
from openpes.kernel.scope import CITY
from openpes.people.actions import move_residence
from openpes.people.models import Person
from openpes.referrals.actions import (
    confirm_hire,
    record_answer,
    record_hire,
    refer,
    report_hire,
    return_hire_report,
)
from openpes.referrals.choices import Answer
from openpes.referrals.events import Hired
from openpes.referrals.models import Hire, HireReport, LetterProof, Referral
from openpes.referrals.queries import in_words, letter_by_token
from openpes.registration.actions import withdraw_registration
from openpes.registration.models import JobWish, StatusPeriod
from openpes.vacancies.actions import close_vacancy
from openpes.vacancies.models import Fill, PublishedVacancy, Vacancy
from tests.cast import COUNTY, NEIGHBOUR, TOWN
from tests.people.factories import a_person
from tests.referrals.factories import (
    BEGINS_ON,
    CLERK,
    OTHER,
    hire_facts,
    introduced,
    seeker,
    unemployed,
)
from tests.vacancies.factories import make_draft, make_open


def stored(referral) -> Referral:
    with within(CITY):
        return Referral.objects.get(pk=referral.pk)


def everything() -> dict[str, list]:
    """What a hire changes, as values that can be compared."""
    with within(CITY):
        return {
            "fills": list(Fill.objects.values_list("vacancy", "place_no")),
            "periods": list(
                StatusPeriod.objects.values_list("person", "status", "from_on", "until_on").order_by("pk")
            ),
            "wishes": list(JobWish.objects.values_list("person", "until_on").order_by("pk")),
            "referrals": list(Referral.objects.values_list("pk", "answer", "version").order_by("pk")),
            "proofs": list(LetterProof.objects.values_list("letter_no", "answered")),
            "hires": list(Hire.objects.values_list("person", "vacancy")),
            "vacancies": list(Vacancy.objects.values_list("pk", "ended_on", "end_reason").order_by("pk")),
            "public": list(PublishedVacancy.objects.values_list("pk", "places_left").order_by("pk")),
        }


# Introducing


def test_an_introduction_has_a_number_a_code_and_a_last_day(db, at):
    referral = introduced(at)
    assert referral.letter_no.startswith("4501032026") and len(referral.letter_no) == 18
    assert len(referral.token) == 12 and referral.valid_until_on == date(2026, 11, 30)
    assert (referral.area, referral.made_by, referral.answer) == (COUNTY, CLERK.id, "")


def test_an_office_introduces_to_a_vacancy_of_another_area(db, at):
    vacancy = make_open(CLERK, at)
    referral = introduced(at, by=OTHER, vacancy=vacancy.pk)
    assert referral.area == NEIGHBOUR
    with within(COUNTY):
        assert not Referral.objects.exists()


def test_a_person_outside_the_area_does_not_exist(db, at):
    vacancy, person = make_open(CLERK, at), seeker(at)
    with pytest.raises(Person.DoesNotExist):
        refer(person=person.pk, vacancy=vacancy.pk, by=OTHER, at=at)


def test_a_draft_does_not_exist_for_introductions(db, at):
    draft, person = make_draft(CLERK, at), seeker(at)
    with pytest.raises(Vacancy.DoesNotExist):
        refer(person=person.pk, vacancy=draft.pk, by=CLERK, at=at)


def test_who_neither_seeks_nor_is_unemployed_is_refused(db, at):
    vacancy, person = make_open(CLERK, at), a_person(by=CLERK, at=at)
    with pytest.raises(Refused) as refused:
        refer(person=person.pk, vacancy=vacancy.pk, by=CLERK, at=at)
    assert [reason.field for reason in refused.value.reasons] == ["person"]


def test_the_registered_unemployed_are_introduced_without_a_wish(db, at):
    referral = refer(person=unemployed(at).pk, vacancy=make_open(CLERK, at).pk, score=8000, by=CLERK, at=at)
    assert referral.score == 8000


def test_a_closed_vacancy_and_a_second_letter_are_refused(db, at):
    referral = introduced(at)
    for _again in range(2):
        with pytest.raises(Refused):
            refer(person=referral.person_id, vacancy=referral.vacancy_id, by=CLERK, at=at)
    record_answer(referral=referral.pk, answer="no_show", by=CLERK, at=at)
    refer(person=referral.person_id, vacancy=referral.vacancy_id, by=CLERK, at=at)
    close_vacancy(vacancy=referral.vacancy_id, by=CLERK, at=at)
    with pytest.raises(Refused) as refused:
        refer(person=seeker(at).pk, vacancy=referral.vacancy_id, by=CLERK, at=at)
    assert [reason.field for reason in refused.value.reasons] == ["vacancy"]


def test_introductions_of_all_offices_count_against_the_cap(db, at):
    vacancy = make_open(CLERK, at, openings=1)
    first = introduced(at, vacancy=vacancy.pk)
    introduced(at, by=OTHER, vacancy=vacancy.pk)
    introduced(at, vacancy=vacancy.pk)
    with pytest.raises(Refused) as refused:
        introduced(at, by=OTHER, vacancy=vacancy.pk)
    assert "3" in str(refused.value)
    record_answer(referral=first.pk, answer="declined", by=CLERK, at=at)
    introduced(at, by=OTHER, vacancy=vacancy.pk)


def test_a_letter_whose_time_is_over_no_longer_counts(db, at):
    vacancy = make_open(CLERK, at, openings=1)
    for _letter in range(3):
        introduced(at, vacancy=vacancy.pk)
    introduced(at + timedelta(days=8), vacancy=vacancy.pk)


# Answers


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


# Hires


@pytest.fixture
def heard():
    events: list = []

    def listener(event):
        events.append(event)

    listen(Hired)(listener)
    yield events
    _listeners[Hired].remove(listener)


def test_a_hire_fills_the_place_ends_unemployment_begins_employment_and_answers(db, at, heard):
    person, vacancy = unemployed(at), make_open(CLERK, at, openings=2)
    referral = refer(person=person.pk, vacancy=vacancy.pk, by=CLERK, at=at)
    hire = record_hire(referral=referral.pk, facts=hire_facts(), by=CLERK, at=at)
    after = everything()
    assert after["fills"] == [(vacancy.pk, 1)]
    assert after["periods"] == [
        (person.pk, "unemployed", date(2026, 11, 2), BEGINS_ON),
        (person.pk, "employed", BEGINS_ON, None),
    ]
    assert after["referrals"] == [(referral.pk, "hired", 2)]
    assert after["public"] == [(vacancy.pk, 1)]
    assert [(e.hire, e.person, e.vacancy, e.referral) for e in heard] == [
        (hire.pk, person.pk, vacancy.pk, referral.pk)
    ]


def test_a_hire_ends_the_wish_and_withdraws_the_other_introductions(db, at):
    person = seeker(at)
    first = refer(person=person.pk, vacancy=make_open(CLERK, at).pk, by=CLERK, at=at)
    second = refer(person=person.pk, vacancy=make_open(OTHER, at, area=NEIGHBOUR).pk, by=CLERK, at=at)
    record_hire(referral=second.pk, facts=hire_facts(), by=CLERK, at=at)
    assert (stored(first).answer, stored(second).answer) == ("withdrawn", "hired")
    assert everything()["wishes"] == [(person.pk, day_of(at))]


def test_who_moved_to_another_county_is_hired_there_and_the_wish_of_the_first_ends(db, at):
    person, vacancy = seeker(at, by=OTHER), make_open(OTHER, at, area=NEIGHBOUR)
    home = TOWN if TOWN.startswith(COUNTY) else COUNTY
    move_residence(person=person.pk, area=home, address="新竹路1号", on=day_of(at), by=OTHER, at=at)
    with pytest.raises(Person.DoesNotExist):
        record_hire(person=person.pk, vacancy=vacancy.pk, facts=hire_facts(), by=OTHER, at=at)
    assert everything()["hires"] == []
    hire = record_hire(person=person.pk, vacancy=vacancy.pk, facts=hire_facts(), by=CLERK, at=at)
    assert (hire.area, hire.vacancy_id) == (home, vacancy.pk)
    assert everything()["wishes"] == [(person.pk, day_of(at))]


def test_a_letter_of_the_former_county_is_answered_by_the_hire_in_the_new_one(db, at):
    letter = introduced(at, by=OTHER, vacancy=make_open(OTHER, at, area=NEIGHBOUR).pk)
    move_residence(person=letter.person_id, area=TOWN, address="新竹路1号", on=day_of(at), by=OTHER, at=at)
    hire = record_hire(person=letter.person_id, vacancy=letter.vacancy_id, facts=hire_facts(), by=CLERK, at=at)
    assert hire.referral_id == letter.pk
    with within(CITY):
        letter.refresh_from_db()
    assert letter.answer == Answer.HIRED


def test_the_last_place_answers_everybody_who_waits_for_it_in_every_area(db, at):
    vacancy = make_open(CLERK, at, openings=1)
    mine, theirs = introduced(at, vacancy=vacancy.pk), introduced(at, by=OTHER, vacancy=vacancy.pk)
    record_hire(referral=mine.pk, facts=hire_facts(), by=CLERK, at=at)
    assert (stored(mine).answer, stored(theirs).answer) == ("hired", "place_taken")
    assert everything()["public"] == []


def test_a_direct_hire_needs_no_referral(db, at):
    person, vacancy = unemployed(at), make_open(OTHER, at, area=NEIGHBOUR)
    hire = record_hire(person=person.pk, vacancy=vacancy.pk, facts=hire_facts(), by=CLERK, at=at)
    assert (hire.referral_id, hire.area, hire.employer_id) == (None, COUNTY, vacancy.employer_id)


def test_a_direct_hire_of_somebody_who_was_introduced_answers_the_letter(db, at):
    referral = introduced(at)
    hire = record_hire(
        person=referral.person_id, vacancy=referral.vacancy_id, facts=hire_facts(), by=CLERK, at=at
    )
    assert hire.referral_id == referral.pk and stored(referral).answer == "hired"


def test_a_second_hire_of_the_same_letter_is_refused(db, at):
    referral = introduced(at)
    record_hire(referral=referral.pk, facts=hire_facts(), by=CLERK, at=at)
    before = everything()
    with pytest.raises(Refused):
        record_hire(referral=referral.pk, facts=hire_facts(), by=CLERK, at=at)
    assert everything() == before


def test_who_was_introduced_in_time_is_hired_after_the_vacancy_closed(db, at):
    referral = introduced(at)
    close_vacancy(vacancy=referral.vacancy_id, by=CLERK, at=at)
    record_hire(referral=referral.pk, facts=hire_facts(), by=CLERK, at=at + timedelta(days=1))
    assert stored(referral).answer == "hired"


# All or nothing: whichever step fails, nothing of the others stays


def test_no_place_left_leaves_no_trace(db, at):
    vacancy = make_open(CLERK, at, openings=1)
    late = introduced(at, vacancy=vacancy.pk)
    record_hire(person=seeker(at).pk, vacancy=vacancy.pk, facts=hire_facts(), by=CLERK, at=at)
    before = everything()
    with pytest.raises(Refused):
        record_hire(person=seeker(at).pk, vacancy=vacancy.pk, facts=hire_facts(), by=CLERK, at=at)
    assert stored(late).answer == "place_taken"
    assert everything()["fills"] == before["fills"] and everything()["hires"] == before["hires"]


def test_an_employment_that_cannot_begin_leaves_no_trace(db, at):
    person, vacancy = unemployed(at), make_open(CLERK, at)
    referral = refer(person=person.pk, vacancy=vacancy.pk, by=CLERK, at=at)
    before = everything()
    for wrong in (
        hire_facts(begins_on=date(2026, 11, 1)),
        hire_facts(begins_on=date(2031, 1, 1)),
        hire_facts(pay_fen=0),
        hire_facts(contract_until_on=BEGINS_ON),
    ):
        with pytest.raises(Refused):
            record_hire(referral=referral.pk, facts=wrong, by=CLERK, at=at)
        assert everything() == before


def test_a_listener_that_fails_at_the_very_end_leaves_no_trace(db, at):
    person, vacancy = unemployed(at), make_open(CLERK, at, openings=1)
    referral = refer(person=person.pk, vacancy=vacancy.pk, by=CLERK, at=at)
    before = everything()

    def breaks(event):
        raise RuntimeError("the planted mistake")

    listen(Hired)(breaks)
    try:
        with pytest.raises(RuntimeError):
            record_hire(referral=referral.pk, facts=hire_facts(), by=CLERK, at=at)
    finally:
        _listeners[Hired].remove(breaks)
    assert everything() == before


def test_steps_outside_one_transaction_would_leave_a_filled_place_behind(db, at):
    """The planted mistake: the same steps one by one. It shows that the comparison above sees a trace."""
    from openpes.vacancies.actions import fill_place

    referral = introduced(at)
    before = everything()
    fill_place(vacancy=referral.vacancy_id, person=referral.person_id, on=day_of(at), by=CLERK, at=at)
    with pytest.raises(Refused):
        record_hire(referral=referral.pk, facts=hire_facts(pay_fen=0), by=CLERK, at=at)
    assert everything() != before


def test_an_employment_that_came_with_a_hire_is_not_taken_back_alone(db, at):
    person, vacancy = unemployed(at), make_open(CLERK, at)
    record_hire(person=person.pk, vacancy=vacancy.pk, facts=hire_facts(begins_on=day_of(at)), by=CLERK, at=at)
    with within(COUNTY):
        period = StatusPeriod.objects.get(person=person, status="employed")
    before = everything()
    with pytest.raises(Refused) as refused:
        withdraw_registration(period=period.pk, by=CLERK, at=at)
    assert "hire" in str(refused.value)
    assert everything() == before


# The letter


def test_the_public_check_knows_a_letter_by_its_code_and_names_no_person(db, at):
    referral = introduced(at)
    with within(role="openpes_public"):
        checked = letter_by_token(token=referral.token, on=day_of(at))
        assert (checked.letter_no, checked.state) == (referral.letter_no, "valid")
        assert letter_by_token(token=referral.token, on=date(2026, 12, 1)).state == "expired"
        assert letter_by_token(token=referral.token[:-1], on=day_of(at)) is None
        assert letter_by_token(token="", on=day_of(at)) is None
    assert "覃小梅" not in repr(checked)


def test_an_answered_letter_is_no_longer_valid(db, at):
    referral = introduced(at)
    record_answer(referral=referral.pk, answer="declined", by=CLERK, at=at)
    with within(role="openpes_public"):
        assert letter_by_token(token=referral.token, on=day_of(at)).state == "answered"


def test_the_public_reads_proofs_and_nothing_else_of_referrals(db, at):
    from django.db import ProgrammingError, transaction

    referral = introduced(at)
    with within(role="openpes_public"):
        rows = [tuple(row) for row in LetterProof.objects.values_list()]
        for model in (Referral, Hire, HireReport):
            with pytest.raises(ProgrammingError), transaction.atomic():
                model.objects.count()
    assert referral.token not in repr(rows) and "覃小梅" not in repr(rows)


def test_lists_name_vacancies_of_other_areas(db, at):
    referral = introduced(at, vacancy=make_open(OTHER, at, area=NEIGHBOUR, title="码头搬运工").pk)
    with within(COUNTY):
        row = in_words([stored(referral)], on=date(2026, 12, 2))[0]
    assert (row.vacancy_title, row.person_name, row.days_waiting, row.letter_over) == (
        "码头搬运工", "覃小梅", 9, True,
    )  # fmt: skip
