"""Introducing a person to a vacancy: who may be, how often, until when."""

from datetime import date, timedelta

import pytest

from openpes.kernel import Refused, within
from openpes.people.models import Person
from openpes.referrals.actions import (
    record_answer,
    refer,
)
from openpes.referrals.models import Referral
from openpes.vacancies.actions import close_vacancy
from openpes.vacancies.models import Vacancy
from tests.cast import COUNTY, NEIGHBOUR
from tests.people.factories import a_person
from tests.referrals.factories import (
    CLERK,
    OTHER,
    introduced,
    seeker,
    unemployed,
)
from tests.vacancies.factories import make_draft, make_open


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
