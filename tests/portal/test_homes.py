"""The home pages of seekers and employers answer what comes next, who is responsible and what is promised."""

from datetime import timedelta

import pytest
from django.urls import reverse

from openpes.kernel import clock
from openpes.kernel.clock import day_of
from openpes.portal.choices import NextKind, Promised
from openpes.referrals.actions import offer_job, propose_interview, record_answer, refer, take_slot
from openpes.reporting.queries import stale_days
from openpes.vacancies.actions import hold_vacancy
from openpes.vacancies.choices import HoldGround
from tests.cast import VILLAGE, self_service
from tests.employers.factories import make_employer
from tests.network.factories import a_point
from tests.people.factories import a_person
from tests.portal.factories import CLERK
from tests.referrals.factories import interview_facts
from tests.registration.factories import unemployed, wishing
from tests.vacancies.factories import make_open

ME, EMPLOYER = reverse("portal:me"), reverse("portal:employer")
WORK = ("6-31-05-00",)


@pytest.fixture
def clerk(cast):
    return cast.village_officer.actor


@pytest.fixture
def person(clerk, at):
    found = a_person(by=clerk, at=at, name="覃小梅", area=VILLAGE)
    unemployed(found.pk, by=clerk, at=at)
    wishing(found.pk, by=clerk, at=at, occupations=WORK)
    return found


@pytest.fixture
def seeker(person, at):
    return self_service(username=f"seeker-{person.pk}", person=person.pk, at=at)


@pytest.fixture
def firm(db, at):
    return make_employer(CLERK, at, name="南宁甲食品有限公司")


@pytest.fixture
def office(firm, at):
    return self_service(username=f"firm-{firm.pk}", employer=firm.pk, at=at)


def kinds(steps) -> list[NextKind]:
    return [step.kind for step in steps]


def test_a_seeker_is_told_the_office_and_its_telephone(seeker, clerk, at):
    point = a_point(VILLAGE, at, name="新竹社区就业服务站")
    answer = seeker.client().get(ME)
    shown = answer.context["file"].responsible
    assert shown.office == point and "新竹社区就业服务站" in answer.content.decode()
    assert "Who is responsible" in answer.content.decode() and "tel:12333" in answer.content.decode()


def test_named_jobs_are_counted_from_introductions_and_what_has_no_rows_is_called_so(seeker, person, clerk, at):
    rows = [make_open(CLERK, at, title=f"{word}车间包装工") for word in "甲乙丙"]
    for number, row in enumerate(rows):
        refer(person=person.pk, vacancy=row.pk, score=None, by=clerk, at=at)
        answer = seeker.client().get(ME)
        promises = {one.kind: one for one in answer.context["file"].promises}
        named = promises[Promised.JOB_INFORMATIONS]
        assert (named.given, named.wanted, named.is_kept) == (number + 1, 3, number == 2)
        guidance = promises[Promised.GUIDANCE]
        assert not guidance.is_recorded and not guidance.is_kept and guidance.given == 0
        text = answer.content.decode()
        assert "not yet recorded" in text and "0 of 1" not in text
    assert Promised.TRAINING not in promises  # nobody asked for one
    began = answer.context["file"].status.period.from_on
    assert named.clock.due_on == began + timedelta(days=90)


def test_who_is_not_registered_is_told_when_promises_begin(clerk, at):
    person = a_person(by=clerk, at=at, area=VILLAGE)
    text = self_service(username="fresh", person=person.pk, at=at).client().get(ME).content.decode()
    assert "Promises begin with the registration" in text and "You have no job wish in force. Tell any office" in text


def test_a_seeker_chooses_a_time_then_goes_and_then_reads_the_offer(seeker, person, office, firm, clerk, at):
    row = make_open(CLERK, at, employer=firm.pk, title="糕点包装工")
    letter = refer(person=person.pk, vacancy=row.pk, score=None, by=clerk, at=at)
    talk = propose_interview(referral=letter.pk, facts=interview_facts(at), by=office.actor, at=at)
    first = seeker.client().get(ME)
    assert kinds(first.context["file"].next)[0] == NextKind.TIMES
    assert reverse("referrals:own_detail", args=[letter.pk]) in first.content.decode()
    take_slot(interview=talk.pk, slot=min(talk.slots), by=seeker.actor, at=at)
    assert NextKind.INTERVIEW in kinds(seeker.client().get(ME).context["file"].next)
    work = office.client().get(EMPLOYER)
    assert kinds(work.context["work"].next) == [NextKind.INTERVIEW] and not work.context["work"].waiting
    offer_job(referral=letter.pk, by=office.actor, at=at)
    assert NextKind.OFFER in kinds(seeker.client().get(ME).context["file"].next)


def test_a_letter_that_runs_out_is_told_in_its_last_days_only(seeker, person, clerk, at):
    letter = refer(person=person.pk, vacancy=make_open(CLERK, at).pk, score=None, by=clerk, at=at)
    for days, shown in ((-6, False), (-2, True), (0, True), (1, False)):
        with clock.stopped(at + (letter.valid_until_on - day_of(at)) + timedelta(days=days)):
            assert (NextKind.LETTER in kinds(seeker.client().get(ME).context["file"].next)) is shown, days


def test_an_employer_sees_who_waits_with_a_clock_until_it_answers(office, firm, person, clerk, at):
    row = make_open(CLERK, at, employer=firm.pk, title="糕点包装工", openings=3)
    letter = refer(person=person.pk, vacancy=row.pk, score=None, by=clerk, at=at)
    with clock.stopped(at + timedelta(days=10)):
        answer = office.client().get(EMPLOYER)
    work = answer.context["work"]
    assert [(one.row.referral.pk, one.days) for one in work.waiting] == [(letter.pk, 10)]
    assert work.waiting[0].clock.due_on == day_of(at) + timedelta(days=14)
    assert NextKind.ANSWER in kinds(work.next) and "覃小梅" in answer.content.decode()
    record_answer(referral=letter.pk, answer="place_taken", by=clerk, at=at)
    assert not office.client().get(EMPLOYER).context["work"].waiting


def test_an_employer_is_asked_whether_vacancies_are_open_before_they_are_held_for_silence(office, firm, at):
    rows = [make_open(CLERK, at, employer=firm.pk, title=f"{word}车间包装工", closes_on=day_of(at) + timedelta(days=90))
            for word in "甲乙"]  # fmt: skip
    stale = stale_days(day_of(at))
    for days, asked in ((0, 0), (stale - 15, 0), (stale - 7, 2)):
        with clock.stopped(at + timedelta(days=days)):
            answer = office.client().get(EMPLOYER)
        steps = [step for step in answer.context["work"].next if step.kind == NextKind.SIGN]
        assert [step.count for step in steps] == ([asked] if asked else []), days
    assert steps[0].clock.due_on == day_of(at) + timedelta(days=stale) and steps[0].pk in {row.pk for row in rows}
    assert reverse("reporting:own") in answer.content.decode()


def test_a_held_vacancy_stands_first_with_words_and_the_way_to_mend_it(office, firm, at):
    row = make_open(CLERK, at, employer=firm.pk, title="糕点包装工")
    hold_vacancy(
        vacancy=row.pk, ground=HoldGround.PAY, words="月薪与工种不符", next_step="请写明计件单价。", by=CLERK, at=at
    )
    answer = office.client().get(EMPLOYER)
    assert NextKind.HOLD in kinds(answer.context["work"].next)
    text = answer.content.decode()
    assert "月薪与工种不符" in text and "请写明计件单价。" in text and reverse("vacancies:ask", args=[row.pk]) in text


def test_home_pages_cost_a_bounded_number_of_statements(
    seeker, office, firm, person, clerk, at, django_assert_max_num_queries
):
    for number in range(4):
        row = make_open(CLERK, at, employer=firm.pk, title=f"{number}号车间包装工", openings=3)
        refer(person=person.pk, vacancy=row.pk, score=None, by=clerk, at=at)
    for client, page, most in ((seeker.client(), ME, 24), (office.client(), EMPLOYER, 44)):
        client.get(page)
        with django_assert_max_num_queries(most):
            client.get(page)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_both_pages_speak_both_languages(seeker, office, language):
    for player, page in ((seeker, ME), (office, EMPLOYER)):
        text = player.client(language).get(page).content.decode()
        assert ("What comes next" if language == "en" else "接下来要做的事") in text
