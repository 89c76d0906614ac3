"""Eight offices at once: the cap of introductions holds, one letter is hired once, nobody waits forever."""

from threading import Barrier

import pytest

from openpes.kernel import Actor, within
from openpes.kernel.scope import CITY
from openpes.referrals.actions import apply_for, propose_interview, record_answer, record_hire, refer
from openpes.referrals.models import Hire, Interview, Referral
from openpes.vacancies.models import Fill, Vacancy
from tests.cast import COUNTY, NEIGHBOUR
from tests.races import at_once, or_refused, outcomes
from tests.referrals.factories import (
    CLERK,
    OTHER,
    account_of,
    firm_of,
    hire_facts,
    interview_facts,
    introduced,
    seeker,
)
from tests.vacancies.factories import make_open

pytestmark = pytest.mark.city
THREADS = 8


def test_eight_introductions_to_one_place_stop_at_the_cap_of_three(city, at):
    vacancy = make_open(CLERK, at, openings=1)
    people = [(by, seeker(at, by).pk) for by in (CLERK, OTHER) * 4]

    def introduce(pair) -> str:
        by, person = pair
        refer(person=person, vacancy=vacancy.pk, by=by, at=at)
        return "introduced"

    assert sorted(at_once(or_refused(introduce), people)) == ["introduced"] * 3 + ["refused"] * 5
    with within(CITY):
        assert Referral.objects.count() == 3


def test_counting_without_the_lock_passes_the_cap(city, at):
    """The planted mistake: everybody counts, then everybody writes."""
    vacancy = make_open(CLERK, at, openings=1)
    people = [seeker(at).pk for _number in range(THREADS)]
    between = Barrier(THREADS, timeout=20)

    def introduce(person: int) -> str:
        with within(CITY):
            free = Referral.objects.filter(vacancy=vacancy).count() < 3
            between.wait()
            if free:
                Referral.objects.create(
                    area=COUNTY, person_id=person, vacancy=vacancy, employer_id=vacancy.employer_id,
                    letter_no=str(person), token=str(person), made_on=at.date(), made_at=at, made_by=1,
                    valid_until_on=at.date(),
                )  # fmt: skip
                return "introduced"
        return "refused"

    assert at_once(introduce, people).count("introduced") > 3


def test_one_letter_is_hired_once_by_eight_clerks(city, at):
    referral = introduced(at)

    def hire(number: int) -> str:
        record_hire(referral=referral.pk, facts=hire_facts(), by=Actor(id=number, scope=COUNTY), at=at)
        return "hired"

    assert sorted(at_once(or_refused(hire), range(1, THREADS + 1))) == ["hired"] + ["refused"] * 7
    with within(CITY):
        assert Fill.objects.count() == Hire.objects.count() == 1


def test_hires_that_empty_each_others_vacancies_do_not_wait_for_each_other(city, at):
    """Two persons, each introduced to both vacancies, are hired crosswise at the same moment, eight times."""
    for _round in range(4):
        first, second = make_open(CLERK, at, openings=1), make_open(OTHER, at, openings=1, area=NEIGHBOUR)
        here, there = seeker(at), seeker(at, OTHER)
        for vacancy in (first, second):
            refer(person=here.pk, vacancy=vacancy.pk, by=CLERK, at=at)
            refer(person=there.pk, vacancy=vacancy.pk, by=OTHER, at=at)

        def hire(pair) -> str:
            by, person, vacancy = pair
            record_hire(person=person, vacancy=vacancy, facts=hire_facts(), by=by, at=at)
            return "hired"

        pairs = [(CLERK, here.pk, first.pk), (OTHER, there.pk, second.pk)]
        assert at_once(hire, pairs) == ["hired", "hired"]
    with within(CITY):
        assert not Referral.objects.waiting().exists()
        assert Vacancy.objects.filter(end_reason="filled").count() == 8


def test_ten_clients_applying_for_the_last_place_stop_at_the_cap(city, at):
    """One place, three referrals allowed, two of them taken: of ten persons who apply at once one comes through."""
    vacancy = make_open(CLERK, at, openings=1)
    for _number in range(2):
        introduced(at, vacancy=vacancy.pk)
    people = [account_of(seeker(at)) for _number in range(10)]
    done = outcomes(lambda me: apply_for(vacancy=vacancy.pk, by=me, at=at), people)
    assert done == {"done": 1, "refused": 9}
    with within(CITY):
        assert Referral.objects.filter(vacancy=vacancy.pk).count() == 3


def test_one_person_who_presses_ten_times_applies_once(city, at):
    vacancy, me = make_open(CLERK, at, openings=9), account_of(seeker(at))
    done = outcomes(lambda _number: apply_for(vacancy=vacancy.pk, by=me, at=at), range(10))
    assert done == {"done": 1, "refused": 9}


def test_an_answer_and_an_interview_at_one_moment_leave_one_state(city, at):
    row = introduced(at)
    firm = firm_of(row)
    acts = [
        lambda: propose_interview(referral=row.pk, facts=interview_facts(at), by=firm, at=at),
        lambda: record_answer(referral=row.pk, answer="place_taken", by=firm, at=at),
    ] * 4
    done = outcomes(lambda act: act(), acts)
    assert done["stopped"] == 0 and done["done"] >= 1
    with within(CITY):
        assert Referral.objects.get(pk=row.pk).answer == "place_taken"
        assert not Interview.objects.filter(referral=row.pk).open().exists()
