"""By keyboard: a seeker from the search to the retention check, an employer's vacancy from its report to the hire."""

from datetime import datetime, timedelta

import pytest

from openpes.kernel import clock, within
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.kernel.scope import CITY
from openpes.messages.models import Message
from openpes.people.jobs import deliver_codes
from openpes.people.models import Person
from openpes.referrals.models import Hire, Interview, Referral, RetentionCheck
from openpes.registration.models import StatusPeriod
from openpes.vacancies.actions import lift_hold, publish_vacancy
from openpes.vacancies.models import Hold, PublishedVacancy, Vacancy
from tests.cast import assemble, self_service
from tests.employers.factories import make_employer
from tests.people.factories import a_person
from tests.served import give_password, served
from tests.stories.keyboard import Hands
from tests.vacancies.factories import make_open

pytestmark = pytest.mark.browser
NAME, PHONE, TITLE = "覃小梅", "13800000007", "糕点包装工"


def at_page(new_context, base: str, username: str = "") -> Hands:
    hands = Hands(new_context().new_page(), base)
    hands.page.context.add_cookies([{"name": "django_language", "value": "en", "url": base}])
    if username:
        hands.sign_in(username)
    return hands


def code_sent_to(at: datetime) -> str:
    with clock.stopped(at):
        deliver_codes()
    with within(CITY):
        text = Message.objects.filter(purpose="sign_in_code").latest("pk").text()
    return next(word for word in text.replace("，", " ").split() if len(word) == 6 and word.isdecimal())


def signs_in_by_phone(me: Hands, at: datetime) -> None:
    """The number, the code that the worker sent, and the page that was asked for."""
    me.into('input[name="phone"]', PHONE)
    me.follow("main form button")
    me.into('input[name="code"]', code_sent_to(at))
    me.follow("main form button")


def test_a_seeker_goes_from_the_search_to_the_retention_check(city, at, new_context):
    cast = assemble(at)
    clerk = cast.county_clerk
    person = a_person(by=clerk.actor, at=at, name=NAME, phone=PHONE).pk
    firm = make_employer(clerk.actor, at, area=clerk.actor.scope)
    vacancy = make_open(clerk.actor, at, employer=firm.pk, title=TITLE).pk
    boss = self_service(username="firm", employer=firm.pk, at=at)
    give_password(clerk.account, boss.account)
    with served(city, at=at) as base:
        me = at_page(new_context, base)
        _searches_and_applies(me, vacancy, at)
        employer = at_page(new_context, base, "firm")
        _is_invited(employer, at)
        _chooses_a_time(me)
    with served(city, at=at + timedelta(days=2, hours=2)) as base:
        _was_there_and_is_hired(at_page(new_context, base, "firm"), at_page(new_context, base, "county_clerk"))
    later = datetime(2027, 3, 1, 10, tzinfo=BUSINESS_ZONE)
    with served(city, at=later) as base:
        _is_asked_three_months_later(at_page(new_context, base), later)
    with within(CITY):
        hire = Hire.objects.get(person=person)
        assert RetentionCheck.objects.get(hire=hire).way == "person"
        assert StatusPeriod.objects.get(person=person, until_on=None).status == "employed"


def _searches_and_applies(me: Hands, vacancy: int, at: datetime) -> None:
    me.open(f"/portal/vacancy/{vacancy}/")
    me.follow(f'a[href="/referrals/apply/{vacancy}/"]')
    me.follow('a[href^="/access/phone"]')
    signs_in_by_phone(me, at)
    me.sees("neither registered unemployed nor have a job wish")  # which the person mends alone
    me.follow('a[href="/registration/own/wish"]')
    me.pick('input[name="occupation_1"]', "包装")
    me.choose('select[name="category"]', "4")
    me.follow('button[form="wish"]')
    me.sees("The job wish is valid until")
    _writes_a_cv(me)
    me.open(f"/referrals/apply/{vacancy}/")
    me.into('textarea[name="own_words"]', "三年包装经验，随时到岗")
    me.follow('button[form="apply-form"]')
    me.sees("was sent")


def _writes_a_cv(me: Hands) -> None:
    me.open("/resumes/edit/")
    me.into('input[name="headline"]', "包装工，三年经验")
    me.follow('button[form="resume-form"]')
    me.sees("No employer reads it.")
    me.tab_to('input[name="audience"]')
    me.press("ArrowUp")
    me.follow('button[form="audience-form"]')
    me.sees("It is shown until")


def _is_invited(employer: Hands, at: datetime) -> None:
    employer.open("/referrals/inbox/")
    with within(CITY):
        row = Referral.objects.get().pk
    employer.follow(f'a[href="/referrals/inbox/{row}/"]')
    employer.sees("三年包装经验")
    employer.follow(f'a[href="/referrals/inbox/{row}/cv/"]')
    employer.sees("包装工，三年经验")
    employer.open(f"/referrals/inbox/{row}/interview/")
    day = (at + timedelta(days=2)).strftime("%Y-%m-%d")
    employer.into('input[name="slot_1"]', f"{day} 9:30")
    employer.into('input[name="slot_2"]', f"{day} 14:30")
    employer.tick('input[name="way"]')
    employer.into('input[name="place"]', "新竹路20号三楼")
    employer.follow('button[form="times-form"]')
    employer.sees("the person chooses one")


def _chooses_a_time(me: Hands) -> None:
    me.open("/referrals/mine/")
    me.sees("proposes times for an interview")
    with within(CITY):
        talk = Interview.objects.get()
    me.follow(f'a[href="/referrals/mine/{talk.referral_id}/"]')
    me.follow('button[name="slot"]')
    me.sees("The time of your interview is agreed")
    me.tab_to(f'a[href="/referrals/interviews/{talk.pk}/calendar.ics"]')


def _was_there_and_is_hired(employer: Hands, clerk: Hands) -> None:
    with within(CITY):
        row = Referral.objects.get().pk
    employer.open(f"/referrals/inbox/{row}/")
    employer.follow('button[name="came"]')
    employer.sees("Interview held")
    employer.open(f"/referrals/inbox/{row}/hire/")
    employer.into('input[name="begins_on"]', "20261126")
    employer.into('input[name="pay_fen"]', "3500")
    employer.follow('button[form="hire-form"]')
    clerk.open("/referrals/follow-up/")
    clerk.follow('a[href^="/referrals/reported/"]')
    clerk.save()
    clerk.sees("is confirmed")


def _is_asked_three_months_later(me: Hands, later: datetime) -> None:
    me.open("/access/phone?next=/referrals/mine/")
    signs_in_by_phone(me, later)
    me.sees("Do you still work as")
    me.follow('a[href^="/referrals/mine/hires/"]')
    me.tick('input[name="outcome"]')
    me.follow('button[form="check-form"]')
    me.sees("the answer is recorded")


def test_an_employers_vacancy_goes_from_its_report_to_the_hire(city, at, new_context):
    cast = assemble(at)
    clerk = cast.county_clerk
    firm = make_employer(clerk.actor, at, area=clerk.actor.scope)
    boss = self_service(username="firm", employer=firm.pk, at=at)
    person = a_person(by=clerk.actor, at=at, name=NAME, phone=PHONE).pk
    give_password(clerk.account, boss.account)
    with served(city, at=at) as base:
        employer = at_page(new_context, base, "firm")
        vacancy = _reports_a_vacancy(employer)
        _the_office_publishes(vacancy, cast, at)
        _somebody_applies(at_page(new_context, base), person, vacancy, at)
        _offers_and_hires(employer, at_page(new_context, base, "county_clerk"))
    with within(CITY):
        assert Hire.objects.get().vacancy_id == vacancy
        assert not PublishedVacancy.objects.filter(pk=vacancy).exists()


def _reports_a_vacancy(employer: Hands) -> int:
    employer.open("/vacancies/mine/new/")
    employer.into('input[name="title"]', TITLE)
    employer.pick('input[name="occupation"]', "包装")
    employer.into('input[name="openings"]', "1")
    employer.choose('select[name="area"]', "450103001")
    employer.into('input[name="address"]', "新竹路 20 号")
    employer.into('input[name="pay_min_fen"]', "3500")
    employer.into('input[name="pay_max_fen"]', "4500")
    employer.into('textarea[name="description"]', "在流水线上包装糕点并检查重量。")
    employer.into('textarea[name="conditions"]', "学历不限，能上早班")
    employer.follow("main button.btn-primary")
    employer.follow("main button.btn-primary")
    employer.sees("The office is checking")
    with within(CITY):
        vacancy = Vacancy.objects.get(title=TITLE)
    assert vacancy.asked_on is not None
    return vacancy.pk


def _the_office_publishes(vacancy: int, cast, at: datetime) -> None:
    """What the office does with a report stands in its own stories; a first publication is seen by two."""
    closes_on = clock.day_of(at) + timedelta(days=30)
    publish_vacancy(vacancy=vacancy, closes_on=closes_on, by=cast.county_clerk.actor, at=at)
    with within(CITY):
        holds = list(Hold.objects.filter(vacancy=vacancy).open())
    for hold in holds:
        lift_hold(hold=hold.pk, words="核对无误", by=cast.city_clerk.actor, at=at)


def _somebody_applies(me: Hands, person: int, vacancy: int, at: datetime) -> None:
    me.open("/access/phone?next=/registration/own/wish")
    signs_in_by_phone(me, at)
    me.choose('select[name="category"]', "4")
    me.follow('button[form="wish"]')
    me.open(f"/referrals/apply/{vacancy}/")
    me.follow('button[form="apply-form"]')
    with within(CITY):
        assert Referral.objects.get().person_id == Person.objects.get(pk=person).pk


def _offers_and_hires(employer: Hands, clerk: Hands) -> None:
    with within(CITY):
        row = Referral.objects.get().pk
    employer.open(f"/referrals/inbox/{row}/")
    employer.into("#offer-words", "周四来签合同")
    employer.follow('button[form="offer-form"]')
    employer.sees("Job offered")
    employer.open(f"/referrals/inbox/{row}/hire/")
    employer.into('input[name="begins_on"]', "20261126")
    employer.into('input[name="pay_fen"]', "3800")
    employer.follow('button[form="hire-form"]')
    clerk.open("/referrals/follow-up/")
    clerk.follow('a[href^="/referrals/reported/"]')
    clerk.save()
    clerk.sees("is confirmed")
