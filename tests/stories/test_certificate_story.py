"""By keyboard: a laid-off worker is certified within the clocks, hired by a firm online, and checked yearly."""

from datetime import date, datetime

import pytest

from openpes.employers.models import Employer
from openpes.kernel import within
from openpes.kernel.clock import BUSINESS_ZONE, stopped
from openpes.kernel.scope import CITY
from openpes.registration.models import (
    CertificateCheck,
    CertificateUse,
    Decision,
    Filing,
    PreferenceCertificate,
    StatusPeriod,
)
from tests.cast import assemble, self_service
from tests.employers.factories import make_employer
from tests.people.factories import a_person, id_number
from tests.served import give_password, served
from tests.stories.keyboard import Hands

NAME, UNIT = "农志坚", "兴宁区社会保险局"
NUMBER = id_number(date(1984, 3, 5), order=7)


def desk(new_context, base: str, username: str) -> Hands:
    hands = Hands(new_context().new_page(), base)
    hands.page.context.add_cookies([{"name": "django_language", "value": "en", "url": base}])
    hands.sign_in(username)
    return hands


@pytest.mark.browser
def test_a_laid_off_worker_is_certified_hired_and_checked(city, at, new_context):
    cast = assemble(at)
    clerk = cast.county_clerk
    person = a_person(by=clerk.actor, at=at, name=NAME, id_number=NUMBER, resides_from_on=date(2010, 1, 1)).pk
    firm = make_employer(cast.city_clerk.actor, at, area=clerk.actor.scope)
    boss = self_service(username="firm", employer=firm.pk, at=at)
    give_password(clerk.account, cast.city_clerk.account, boss.account)
    with served(city, at=at) as base:
        page = _monday(desk(new_context, base, "county_clerk"), new_context, base, person)
    with served(city, at=datetime(2026, 11, 26, 10, tzinfo=BUSINESS_ZONE)) as base:
        _thursday(new_context, base, page, firm)
    with served(city, at=datetime(2027, 11, 29, 10, tzinfo=BUSINESS_ZONE)) as base:
        _a_year_later(desk(new_context, base, "county_clerk"), page)
    _the_register_holds_it(person, firm)


def _monday(clerk: Hands, new_context, base: str, person: int) -> str:
    """Registered, applied with the documents, reviewed, put on notice; an objection comes in and is answered."""
    clerk.find(NAME)
    clerk.command("Register as unemployed")
    clerk.choose('select[name="reason"]', "20")
    clerk.into('input[name="from_on"]', "20261102")
    clerk.into('input[name="former_employer"]', "南宁机械厂")
    clerk.tick('input[name="proofs"][value="2"]')
    clerk.tick('input[name="willing"]')
    clerk.save()
    clerk.sees("Receipt number")
    clerk.open(f"/registration/persons/{person}/certificate")
    clerk.tab_to('input[name="group"]')
    clerk.press("ArrowDown", "ArrowDown")
    for document in ("01", "02", "07"):
        clerk.tick(f'input[name="documents"][value="{document}"]')
    clerk.into('input[name="former_unit"]', "南宁机械厂")
    clerk.save()
    clerk.sees("Agreement on the one-off settlement")  # which is missing, and named
    clerk.tick('input[name="documents"][value="08"]')
    clerk.save()
    clerk.sees("3 working days left")
    clerk.into('input[name="note"]', "原件已核对")
    clerk.save()
    clerk.sees("On public notice")
    visitor = Hands(new_context().new_page(), base)
    visitor.open("/registration/certificates/notices")
    visitor.sees("农**")
    assert NAME not in visitor.page.content()
    clerk.into('textarea[name="said"]', "听说已在外地就业")
    clerk.follow('button[form="objection"]')
    clerk.into('textarea[name="answer"]', "经核查未就业")
    clerk.follow('form[id^="answer-"] button')
    clerk.sees("The objection is answered")
    return clerk.page.url.removeprefix(base)


def _thursday(new_context, base: str, page: str, firm: Employer) -> None:
    """The notice is over: a colleague issues it; the firm files the hire, and a policy is drawn for that."""
    judge, clerk = desk(new_context, base, "city_clerk"), desk(new_context, base, "county_clerk")
    clerk.open(page)
    clerk.sees("a colleague decides it")
    judge.open("/registration/certificates")
    judge.follow(f'a[href$="{page}"]')
    judge.sees("原件已核对")
    judge.tab_to('input[name="issues"]')
    judge.press("Space")
    judge.save()
    judge.sees("Valid")
    boss = desk(new_context, base, "firm")
    boss.open("/registration/filings")
    boss.follow('a[href$="/filings/hire"]')
    boss.into('input[name="id_number"]', NUMBER)
    boss.into('input[name="name"]', NAME)
    boss.choose('select[name="category"]', "010")
    boss.into('input[name="from_on"]', "20261126")
    boss.follow('button[form="hire"]')
    boss.sees("Filed in time")
    boss.sees(NAME)
    clerk.open(page)
    clerk.choose('select[name="policy"]', "020")
    clerk.into('input[name="unit"]', UNIT)
    clerk.into('input[name="credit_code"]', firm.credit_code)
    clerk.into('input[name="amount_fen"]', "1200")
    clerk.into('input[name="from_on"]', "20261126")
    clerk.save()
    clerk.sees(UNIT)
    clerk.sees("1,200")


def _a_year_later(clerk: Hands, page: str) -> None:
    clerk.open("/registration/certificates")
    clerk.sees("Yearly check due")
    clerk.follow(f'a[href$="{page}"]')
    clerk.choose('select[name="passed"]', "1")
    clerk.follow('button[form="check"]')
    clerk.sees("29 Nov 2028")


def _the_register_holds_it(person: int, firm: Employer) -> None:
    with stopped(datetime(2027, 11, 29, 12, tzinfo=BUSINESS_ZONE)), within(CITY):
        held = PreferenceCertificate.objects.get(person=person)
        assert (held.issued_on, held.check_due_on) == (date(2026, 11, 26), date(2028, 11, 29))
        use = CertificateUse.objects.get(certificate=held)
        assert (use.employer_id, use.unit, use.amount_fen) == (firm.pk, UNIT, 120_000)
        assert CertificateCheck.objects.get(certificate=held).passed
        assert Filing.objects.get(person=person).way == "online"
        ended, work = StatusPeriod.objects.filter(person=person).order_by("from_on")
        assert ended.until_on == work.from_on == date(2026, 11, 26)
        subjects = Decision.objects.filter(person=person).order_by("id").values_list("subject", flat=True)
        assert [*subjects] == ["unemployment", "certificate", "ending"]
