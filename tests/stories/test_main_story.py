"""The whole story by keyboard: ledger, registration, vacancy, suggestion, introduction, hire, figure."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from openpes.employers.models import Employer
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.referrals.models import Hire
from openpes.registration.models import StatusPeriod
from openpes.vacancies.models import Vacancy
from tests.cast import assemble, self_service
from tests.employers.factories import make_employer
from tests.intake.factories import household, ledger
from tests.served import give_password, served
from tests.stories.keyboard import Hands

TITLE = "车间缝纫工"


@pytest.mark.browser
def test_from_the_village_ledger_to_the_report(city, at, new_context, tmp_path):
    cast = assemble(at)
    clerk, employer_clerk = cast.county_clerk, cast.city_clerk.actor
    firm = make_employer(employer_clerk, at - timedelta(days=200), area=clerk.actor.scope)
    firm_account = self_service(username="firm", employer=firm.pk, at=at)
    give_password(clerk.account, cast.neighbour_clerk.account, firm_account.account)
    file = tmp_path / "台账.xlsx"
    file.write_bytes(ledger(household(booklet="H777", head="覃大山", 姓名="覃大山")))
    with served(city, at=at) as base:
        visited = _tell(new_context, base, file)
        _neighbour_meets_a_wall(new_context, base, visited)


def _tell(new_context, base, file) -> list[str]:
    clerk = Hands(new_context().new_page(), base)
    clerk.page.context.add_cookies([{"name": "django_language", "value": "en", "url": base}])
    addresses: list[str] = []
    clerk.sign_in("county_clerk")
    _ledger_comes_in(clerk, file, addresses)
    person = _register(clerk, addresses)
    vacancy = _vacancy_goes_public(clerk, new_context, base, addresses)
    _suggest_and_refer(clerk, person, vacancy, addresses)
    _hire(clerk, person, vacancy, addresses)
    _report_counts_it(clerk)
    return addresses


def _ledger_comes_in(clerk: Hands, file, addresses) -> None:
    clerk.command("rural ledger")
    clerk.tab_to('input[type="file"]')
    clerk.page.set_input_files('input[type="file"]', file)
    clerk.save()
    clerk.sees("覃大山")
    addresses.append(clerk.page.url)
    clerk.save()
    clerk.sees("Accepted")
    with within(CITY):
        assert Person.objects.filter(name="覃大山").count() == 1


def _register(clerk: Hands, addresses) -> int:
    clerk.find("覃大山")
    clerk.sees("Not registered")
    addresses.append(clerk.page.url)
    person = int(re.search(r"/person/(\d+)/", clerk.page.url).group(1))
    clerk.command("Register as unemployed")
    addresses.append(clerk.page.url)
    clerk.save()
    expect(clerk.page.locator(".errors, [data-errors], .error-summary").first).to_be_focused()
    clerk.choose('select[name="reason"]', "90")
    clerk.into('input[name="from_on"]', "20261102")
    clerk.tick('input[name="willing"]')
    clerk.save()
    clerk.sees("Receipt number")
    addresses.append(clerk.page.url)
    clerk.find("覃大山")
    clerk.sees("Registered unemployed")
    clerk.command("Register a job wish")
    clerk.choose('select[name="category"]', "3")
    clerk.pick('input[name="occupation_1"]', "缝纫工")
    clerk.into('input[name="min_pay_fen"]', "3000")
    clerk.save()
    with within(CITY):
        assert StatusPeriod.objects.get(person=person).status == "unemployed"
    return person


def _vacancy_goes_public(clerk: Hands, new_context, base, addresses) -> int:
    firm = Hands(new_context().new_page(), base)
    firm.page.context.add_cookies([{"name": "django_language", "value": "en", "url": base}])
    firm.sign_in("firm")
    firm.open("/vacancies/mine/new/")
    firm.into('input[name="title"]', TITLE)
    firm.pick('input[name="occupation"]', "缝纫工")
    firm.into('input[name="openings"]', "1")
    firm.choose('select[name="area"]', "450103001")
    firm.into('input[name="address"]', "新竹路20号")
    firm.into('input[name="pay_min_fen"]', "3500")
    firm.into('input[name="pay_max_fen"]', "5000")
    firm.into('textarea[name="conditions"]', "学历不限，会用平车")
    firm.into('textarea[name="description"]', "缝制成衣，检查针脚。")
    firm.follow("main button.btn-primary")
    firm.follow("main button.btn-primary")
    firm.sees("The office is checking")
    with within(CITY):
        vacancy = Vacancy.objects.get(title=TITLE)
        assert vacancy.asked_on is not None
    clerk.command("Counter")
    clerk.follow('a[href$="?state=asked"]')
    clerk.follow(f'a[href$="/vacancies/{vacancy.pk}/"]')
    clerk.follow(f'a[href$="/vacancies/{vacancy.pk}/publish/"]')
    addresses.append(clerk.page.url)
    clerk.save()
    visitor = Hands(new_context().new_page(), base)
    visitor.open("/portal/")
    visitor.into('input[name="q"]', "缝纫")
    visitor.press("Enter")
    visitor.sees(TITLE)
    return vacancy.pk


def _suggest_and_refer(clerk: Hands, person: int, vacancy: int, addresses) -> None:
    clerk.find("覃大山")
    clerk.sees(TITLE)
    clerk.sees("Exactly the wished occupation")
    clerk.follow(f'a[href$="?person={person}&vacancy={vacancy}"]')
    clerk.save()
    clerk.sees("The person is introduced")
    addresses.append(clerk.page.url)
    letter = clerk.page.locator('a[href$="letter.pdf"]').first.get_attribute("href")
    answer = clerk.page.request.get(clerk.base + letter)
    assert answer.body().startswith(b"%PDF")
    addresses.append(clerk.base + letter)


def _hire(clerk: Hands, person: int, vacancy: int, addresses) -> None:
    clerk.command("Record the hire")
    addresses.append(clerk.page.url)
    clerk.into('input[name="begins_on"]', "2026-11-23")
    clerk.into('input[name="pay_fen"]', "4200")
    clerk.save()
    with within(CITY):
        hire = Hire.objects.get(person=person)
        assert hire.vacancy_id == vacancy
        periods = {p.status: p for p in StatusPeriod.objects.filter(person=person)}
        assert periods["unemployed"].until_on == periods["employed"].from_on == hire.begins_on
        assert Vacancy.objects.get(pk=vacancy).end_reason == "filled"
        assert Employer.objects.get(pk=hire.employer_id)
    clerk.find("覃大山")
    clerk.sees("Registered employed")
    visitor = clerk.page.request.get(f"{clerk.base}/portal/vacancy/{vacancy}/")
    # It was the only public vacancy: no number above it tells that it was ever used.
    assert visitor.status in (404, 410)


def _report_counts_it(clerk: Hands) -> None:
    clerk.open("/statistics/report/?quarter=2026-4")
    clerk.sees("Table 5")
    clerk.follow('a[href*="side=demand"][href*="origin=new"]')
    clerk.sees(TITLE)
    clerk.open("/statistics/figure/?quarter=2026-4&side=seekers&origin=new")
    clerk.sees("覃")


def _neighbour_meets_a_wall(new_context, base, addresses) -> None:
    neighbour = Hands(new_context().new_page(), base)
    neighbour.sign_in("neighbour_clerk")
    assert len(addresses) >= 8
    for address in addresses:
        assert neighbour.page.request.get(address).status == 404, address
