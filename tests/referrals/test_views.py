"""The pages of referrals: introduce, letter, check, answer, hire; the employer's inbox; hidden from the neighbour."""

import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.network.actions import post_staff
from openpes.referrals import rules
from openpes.referrals.actions import record_answer, refer, report_hire
from openpes.referrals.models import Hire, HireReport, Referral
from tests.cast import COUNTY, NEIGHBOUR, self_service
from tests.network.factories import a_point, described
from tests.people.factories import a_person
from tests.referrals.factories import hire_facts, introduced, seeker, unemployed
from tests.vacancies.factories import make_open

HIRE = {"begins_on": "20261125", "pay_fen": "3,500", "contract_until_on": ""}


def key() -> dict:
    return {"idempotency_key": str(uuid4())}


@pytest.fixture
def clerk(cast):
    return cast.county_clerk.client()


@pytest.fixture
def vacancy(cast, at):
    return make_open(cast.county_clerk.actor, at)


@pytest.fixture
def referral(cast, at, vacancy):
    return introduced(at, by=cast.county_clerk.actor, vacancy=vacancy.pk)


@pytest.fixture
def firm(vacancy, at):
    return self_service(username="firm", employer=vacancy.employer_id, at=at)


def new_url(person, vacancy) -> str:
    return f"{reverse('referrals:new')}?person={person.pk}&vacancy={vacancy.pk}"


def stored(referral) -> Referral:
    with within(CITY):
        return Referral.objects.get(pk=referral.pk)


def test_a_person_is_introduced_and_the_receipt_shows_the_number(cast, clerk, vacancy, at):
    url = new_url(seeker(at, cast.county_clerk.actor), vacancy)
    page = clerk.get(url).content.decode()
    assert "食品包装工" in page and "0 of 6 introductions" in page and "How they fit" in page
    answer = clerk.post(url, key())
    with within(CITY):
        made = Referral.objects.get()
    assert answer["Location"] == reverse("referrals:detail", args=[made.pk]) and 0 < made.score <= 10_000
    assert made.letter_no in clerk.get(answer["Location"]).content.decode()


def test_an_introduction_that_is_not_allowed_is_answered_422_with_the_reason(cast, clerk, vacancy, at):
    url = new_url(a_person(by=cast.county_clerk.actor, at=at), vacancy)
    assert "neither registered unemployed nor has a job wish" in clerk.get(url).content.decode()
    answer = clerk.post(url, key())
    assert answer.status_code == 422 and "Register the job wish first." in answer.content.decode()
    with within(CITY):
        assert not Referral.objects.exists()


def test_the_same_request_twice_makes_one_letter(cast, clerk, vacancy, at):
    url, form = new_url(seeker(at, cast.county_clerk.actor), vacancy), key()
    assert clerk.post(url, form)["Location"] == clerk.post(url, form)["Location"]


@pytest.mark.parametrize("query", ["", "?person=x&vacancy=1", "?person=999999&vacancy=1", "?person=1"])
def test_an_introduction_of_nobody_is_not_found(clerk, query):
    assert clerk.get(reverse("referrals:new") + query).status_code == 404


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "推荐信"), ("en", "Letter of introduction")])
def test_the_letter_is_a_pdf_with_number_and_vacancy_in_the_readers_language(cast, referral, language, words):
    answer = cast.county_clerk.client(language).get(reverse("referrals:letter", args=[referral.pk]))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert answer["Content-Type"] == "application/pdf"
    assert referral.letter_no in answer["Content-Disposition"] and "覃" not in answer["Content-Disposition"]
    assert words in text and referral.letter_no in text and "食品包装工" in text and "覃小梅" in text


def letter_text(player, referral, language="en") -> str:
    answer = player.client(language).get(reverse("referrals:letter", args=[referral.pk]))
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 1
    return pages[0].extract_text()


def test_a_letter_names_the_office_of_the_clerk_with_its_telephone(cast, referral, at):
    assert "青秀区" in letter_text(cast.county_clerk, referral)  # nobody is posted and no office stands there
    described(a_point(COUNTY, at, name="青秀区就业服务中心"), at)
    assert "青秀区就业服务中心 0771-1234567" in letter_text(cast.county_clerk, referral)
    other = described(a_point("4501", at, name="市人才市场"), at, phone="0771-7654321")
    post_staff(account=cast.county_clerk.account.pk, point=other.pk, window="2", by=PLATFORM, at=at)
    text = letter_text(cast.county_clerk, referral, "zh-hans")
    assert "市人才市场 0771-7654321" in text and "青秀区就业服务中心" not in text and "经办机构（盖章）" in text


def test_the_code_beside_the_square_is_typed_as_people_type(cast, referral):
    code, text = rules.spoken_code(referral.token), letter_text(cast.county_clerk, referral)
    assert code in text and "testserver/referrals/verify/" in text and len(code) == 14
    page = Client().get(reverse("referrals:check"))
    assert page.status_code == 200 and 'name="code"' in page.content.decode()
    answer = Client().get(reverse("referrals:check"), {"code": f" {code.lower()} "}, follow=True)
    assert answer.status_code == 200 and referral.letter_no in answer.content.decode()
    wrong = Client().get(reverse("referrals:check"), {"code": "ABCD-EFGH-JKM2"}, follow=True)
    assert wrong.status_code == 404 and referral.letter_no not in wrong.content.decode()


def test_anybody_checks_a_letter_and_reads_no_name(referral):
    page = Client().get(reverse("referrals:verify", args=[referral.token])).content.decode()
    assert referral.letter_no in page and "食品包装工" in page and "覃小梅" not in page


def test_codes_that_no_letter_has_are_answered_alike(referral):
    answers = [
        Client().get(reverse("referrals:verify", args=[token]))
        for token in ("x", referral.token[:-1], "a" * 32)
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert all(referral.letter_no not in answer.content.decode() for answer in answers)


def test_an_answered_letter_says_so_to_anybody(cast, referral, at):
    record_answer(referral=referral.pk, answer="declined", by=cast.county_clerk.actor, at=at)
    page = Client(headers={"cookie": "django_language=en"}).get(
        reverse("referrals:verify", args=[referral.token])
    )
    assert "the employer has answered" in page.content.decode()


def test_the_follow_up_list_shows_who_waits_and_an_answer_takes_it_off(clerk, referral):
    url = reverse("referrals:follow_up")
    assert referral.letter_no in clerk.get(url).content.decode()
    form = {"answer": "no_show", "note": "电话不通"} | key()
    assert clerk.post(reverse("referrals:answer", args=[referral.pk]), form).status_code == 302
    assert referral.letter_no not in clerk.get(url).content.decode()
    assert "电话不通" in clerk.get(reverse("referrals:detail", args=[referral.pk])).content.decode()


def test_an_answer_that_is_missing_or_a_second_one_is_answered_422(clerk, referral):
    url = reverse("referrals:answer", args=[referral.pk])
    assert clerk.post(url, key()).status_code == 422
    assert clerk.post(url, {"answer": "hired"} | key()).status_code == 422
    assert clerk.post(url, {"answer": "declined"} | key()).status_code == 302
    assert clerk.post(url, {"answer": "no_show"} | key()).status_code == 422
    assert stored(referral).answer == "declined"


def test_a_hire_is_recorded_from_its_letter(clerk, referral):
    answer = clerk.post(reverse("referrals:hire", args=[referral.pk]), HIRE | key())
    assert answer["Location"] == reverse("referrals:detail", args=[referral.pk])
    with within(CITY):
        assert Hire.objects.get().pay_fen == 350_000
    assert "25 Nov 2026" in clerk.get(answer["Location"]).content.decode()


def test_a_direct_hire_is_recorded_without_a_letter(cast, clerk, vacancy, at):
    person = unemployed(at, cast.county_clerk.actor)
    url = f"{reverse('referrals:hire_directly')}?person={person.pk}&vacancy={vacancy.pk}"
    assert clerk.get(url).status_code == 200
    assert clerk.post(url, HIRE | key()).status_code == 302
    with within(CITY):
        assert Hire.objects.get().referral_id is None


def test_wrong_facts_of_a_contract_are_answered_422_at_their_fields(clerk, referral):
    url = reverse("referrals:hire", args=[referral.pk])
    empty = clerk.post(url, {"begins_on": "2026-13-45", "pay_fen": "0"} | key())
    page = empty.content.decode()
    assert empty.status_code == 422 and "id_begins_on_error" in page and "id_pay_fen_error" in page
    far = clerk.post(url, HIRE | {"begins_on": "2031-01-01"} | key())
    assert far.status_code == 422 and "id_begins_on_error" in far.content.decode()
    with within(CITY):
        assert not Hire.objects.exists()


def test_the_receipt_of_an_introduction_stands_there_once_with_one_way_to_the_letter(cast, clerk, vacancy, at):
    url = clerk.post(new_url(seeker(at, cast.county_clerk.actor), vacancy), key())["Location"]
    first, again = (clerk.get(url).content.decode() for _visit in range(2))
    assert "The person is introduced" in first and "The person is introduced" not in again
    assert [page.count("letter.pdf") for page in (first, again)] == [1, 1]


def test_an_introduction_leads_to_its_person_and_its_vacancy(cast, clerk, referral):
    page = clerk.get(reverse("referrals:detail", args=[referral.pk])).content.decode()
    assert reverse("counter:person", args=[referral.person_id]) in page
    assert reverse("vacancies:detail", args=[referral.vacancy_id]) in page


def test_a_vacancy_of_another_county_is_named_without_a_way_that_is_shut(cast, clerk, at):
    away = introduced(at, cast.county_clerk.actor, make_open(cast.neighbour_clerk.actor, at, area=NEIGHBOUR).pk)
    page = clerk.get(reverse("referrals:detail", args=[away.pk])).content.decode()
    assert "食品包装工" in page and reverse("vacancies:detail", args=[away.vacancy_id]) not in page


def test_the_pay_of_a_contract_is_one_amount(clerk, referral):
    page = clerk.post(reverse("referrals:hire", args=[referral.pk]), HIRE | key(), follow=True).content.decode()
    assert "3,500 yuan a month" in page and "from 3,500" not in page and "is recorded." in page


def test_a_second_hire_on_the_last_place_is_answered_422_with_words(cast, clerk, at):
    row = make_open(cast.county_clerk.actor, at, openings=1)
    first, second = (seeker(at, cast.county_clerk.actor) for _person in range(2))
    url = f"{reverse('referrals:hire_directly')}?vacancy={row.pk}&person="
    assert clerk.post(f"{url}{first.pk}", HIRE | key()).status_code == 302
    answer = clerk.post(f"{url}{second.pk}", HIRE | key())
    assert answer.status_code == 422 and "No place is left: 1 of 1 are filled." in answer.content.decode()


@pytest.mark.parametrize("page", ["detail", "letter", "answer", "hire"])
def test_for_the_neighbour_the_introduction_does_not_exist(cast, referral, page):
    url = reverse(f"referrals:{page}", args=[referral.pk])
    assert cast.neighbour_clerk.client().get(url).status_code == 404
    assert cast.county_clerk.client().get(url).status_code == 200


def test_for_the_neighbour_the_person_does_not_exist(cast, referral, vacancy):
    neighbour = cast.neighbour_clerk.client()
    assert neighbour.get(new_url(referral.person, vacancy)).status_code == 404
    assert referral.letter_no not in neighbour.get(reverse("referrals:follow_up")).content.decode()


@pytest.mark.parametrize("page", ["new", "follow_up", "hire_directly", "inbox"])
def test_without_the_right_the_page_is_forbidden(cast, page):
    assert cast.auditor.client().get(reverse(f"referrals:{page}")).status_code == 403


def test_a_supervisor_reads_but_does_not_answer(cast, referral, at):
    from openpes.access.actions import grant_role, open_account
    from openpes.kernel.action import PLATFORM
    from tests.cast import COUNTY, Player

    account = open_account(username="supervisor", name="supervisor", by=PLATFORM, at=at)
    grant_role(account=account.pk, role="supervisor", scope=COUNTY, by=PLATFORM, at=at)
    client = Player(account, cast.county_clerk.actor).client()
    assert client.get(reverse("referrals:detail", args=[referral.pk])).status_code == 200
    assert client.get(reverse("referrals:answer", args=[referral.pk])).status_code == 403


# The employer's inbox


def test_an_employer_sees_who_was_introduced_to_it_and_nobody_else(cast, firm, referral, at):
    foreign = introduced(at, by=cast.county_clerk.actor, name="黄大海")
    page = firm.client().get(reverse("referrals:inbox")).content.decode()
    assert referral.letter_no in page and "覃小梅" in page
    assert foreign.letter_no not in page and "黄大海" not in page
    for name in ("inbox_answer", "inbox_hire"):
        assert firm.client().get(reverse(f"referrals:{name}", args=[foreign.pk])).status_code == 404


def test_who_waits_stands_first_in_the_inbox_the_oldest_on_top_then_the_newest_answer(cast, firm, vacancy, at):
    clerk = cast.county_clerk.actor
    wide = make_open(clerk, at, employer=vacancy.employer_id, openings=20).pk
    made = [introduced(at + timedelta(days=n), clerk, wide, name=f"覃{name}") for n, name in enumerate("甲乙丙丁")]
    for n, days in ((2, 4), (0, 5)):
        record_answer(referral=made[n].pk, answer="declined", by=clerk, at=at + timedelta(days=days))
    page = firm.client().get(reverse("referrals:inbox")).content.decode()
    wanted = [made[n].pk for n in (1, 3, 0, 2)]
    assert re.findall(r'id="introduction-(\d+)"', page) == [str(pk) for pk in wanted]
    own = firm.client().get(reverse("portal:employer")).content.decode()
    assert f'{reverse("referrals:inbox_detail", args=[made[1].pk])}"' in own


def test_an_employer_answers_on_its_page(firm, referral):
    url = reverse("referrals:inbox_answer", args=[referral.pk])
    assert firm.client().post(url, {"answer": "withdrawn"} | key()).status_code == 422
    told = {"answer": "not_suitable", "reason": "11", "note": "不会操作"} | key()
    assert firm.client().post(url, told).status_code == 302
    assert stored(referral).answer == "not_suitable"


def test_an_employer_reports_a_hire_and_the_clerk_confirms_it(firm, clerk, referral):
    url = reverse("referrals:inbox_hire", args=[referral.pk])
    assert firm.client().post(url, HIRE | key())["Location"] == reverse("referrals:inbox")
    with within(CITY):
        report, hires = HireReport.objects.get(), Hire.objects.count()
    assert hires == 0 and stored(referral).answer == ""
    confirm = reverse("referrals:confirm", args=[report.pk])
    assert confirm in clerk.get(reverse("referrals:follow_up")).content.decode()
    assert clerk.get(confirm).status_code == 200
    waiting = clerk.get(reverse("referrals:detail", args=[referral.pk])).content.decode()
    assert "The employer has reported a hire, waiting for confirmation" in waiting
    assert "Waiting for the answer" not in waiting
    assert "The hire of 覃小梅 is confirmed." in clerk.post(confirm, key(), follow=True).content.decode()
    assert stored(referral).answer == "hired"


def test_a_report_is_given_back_with_words_that_the_employer_reads(cast, firm, clerk, referral, at):
    report = report_hire(referral=referral.pk, facts=hire_facts(), by=firm.actor, at=at)
    url = reverse("referrals:give_back", args=[report.pk])
    assert clerk.post(url, {"note": ""} | key()).status_code == 422
    assert clerk.post(url, {"note": "请核对工资"} | key()).status_code == 302
    assert "请核对工资" in firm.client().get(reverse("referrals:inbox")).content.decode()
    assert cast.neighbour_clerk.client().post(url, {"note": "x"} | key()).status_code == 404


def test_a_reported_hire_of_a_person_who_works_meanwhile_is_answered_422(cast, firm, clerk, referral, at):
    from openpes.referrals.actions import record_hire

    report = report_hire(referral=referral.pk, facts=hire_facts(), by=firm.actor, at=at)
    other = make_open(cast.neighbour_clerk.actor, at, area=NEIGHBOUR)
    record_hire(
        person=referral.person_id, vacancy=other.pk, facts=hire_facts(), by=cast.county_clerk.actor, at=at
    )
    answer = clerk.post(reverse("referrals:confirm", args=[report.pk]), key())
    assert answer.status_code == 422 and "answered already" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Introductions without an answer"), ("zh-hans", "未反馈的推荐")]
)
def test_the_follow_up_list_reads_in_both_languages(cast, referral, language, word):
    assert word in cast.county_clerk.client(language).get(reverse("referrals:follow_up")).content.decode()


def test_the_pages_of_vacancy_and_employer_lead_to_introductions_and_hires(clerk, referral):
    clerk.post(reverse("referrals:hire", args=[referral.pk]), HIRE | key())
    about_vacancy = reverse("referrals:of_vacancy", args=[referral.vacancy_id])
    about_employer = reverse("referrals:hires_of_employer", args=[referral.employer_id])
    assert (
        about_vacancy in clerk.get(reverse("vacancies:detail", args=[referral.vacancy_id])).content.decode()
    )
    assert (
        about_employer in clerk.get(reverse("employers:detail", args=[referral.employer_id])).content.decode()
    )
    for url in (about_vacancy, about_employer):
        assert "覃小梅" in clerk.get(url).content.decode()


def test_two_letters_of_one_person_show_the_answer_of_each(cast, clerk, referral, at):
    second = refer(
        person=referral.person_id,
        vacancy=make_open(cast.county_clerk.actor, at, title="理货员").pk,
        by=cast.county_clerk.actor,
        at=at,
    )
    clerk.post(reverse("referrals:hire", args=[second.pk]), HIRE | key())
    page = clerk.get(reverse("referrals:detail", args=[referral.pk])).content.decode()
    assert "Hired elsewhere" in page
