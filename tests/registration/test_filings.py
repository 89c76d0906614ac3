"""Filings of employers: hires and ends online and at the counter, in time and late, never of others."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from openpes.engine.parameters import parameters
from openpes.kernel import Refused, within
from openpes.kernel.clock import stopped
from openpes.kernel.scope import CITY
from openpes.registration.actions import (
    EmploymentFacts,
    end_status,
    file_end,
    file_hire,
    withdraw_registration,
)
from openpes.registration.choices import Filed
from openpes.registration.models import Filing, StatusPeriod
from openpes.registration.rules.filings import days_late, filing_due_on
from tests.cast import COUNTY, NEIGHBOUR, self_service
from tests.employers.factories import make_employer
from tests.people.factories import a_person, id_number
from tests.registration.factories import employed, unemployed

NAME = "覃小梅"


@pytest.fixture
def number():
    return id_number(date(1985, 2, 3), order=1)


@pytest.fixture
def person(clerk, at, number):
    return a_person(by=clerk.actor, at=at, id_number=number, resides_from_on=date(2015, 1, 1)).pk


@pytest.fixture
def boss(cast, at):
    firm = make_employer(cast.neighbour_clerk.actor, at, area=NEIGHBOUR)
    return self_service(username="boss", employer=firm.pk, at=at)


def work(on, **changes) -> EmploymentFacts:
    return EmploymentFacts(**({"from_on": on, "category": "010"} | changes))


def send(client, url, **typed):
    return client.post(url, {"idempotency_key": uuid4().hex, **typed})


def test_the_times_of_the_law_are_dated():
    hired = date(2026, 11, 2)
    assert filing_due_on(Filed.HIRE, hired) == hired + timedelta(
        days=parameters().value("employer_hiring_filing_days", hired)
    )
    assert filing_due_on(Filed.END, hired) == date(2026, 11, 17)
    assert [days_late(date(2026, 11, 17), date(2026, 11, day)) for day in (16, 17, 18, 30)] == [0, 0, 1, 13]


def test_an_employer_files_a_hire_that_ends_the_unemployment(clerk, person, number, boss, at):
    unemployed(person, by=clerk.actor, at=at)
    filing = file_hire(id_number=number, name=NAME, facts=work(date(2026, 11, 20)), by=boss.actor, at=at)
    assert (filing.way, filing.late_days, filing.due_on) == ("online", 0, date(2026, 12, 20))
    with within(COUNTY):
        assert [row.status for row in StatusPeriod.objects.filter(person=person).order_by("from_on")] == [
            "unemployed", "employed",
        ]  # fmt: skip


def test_a_late_hire_is_taken_and_marked(person, number, boss, at):
    filing = file_hire(id_number=number, name=NAME, facts=work(date(2026, 10, 1)), by=boss.actor, at=at)
    assert filing.late_days == 23


@pytest.mark.parametrize(("known", "name"), [(True, "别的名字"), (False, NAME), (True, "")])
def test_a_wrong_number_and_a_wrong_name_are_answered_alike(person, number, boss, at, known, name):
    typed = number if known else id_number(date(1985, 2, 4), order=2)
    with pytest.raises(Refused, match="Nobody is registered in the city under this identity number and name"):
        file_hire(id_number=typed, name=name, facts=work(at.date()), by=boss.actor, at=at)


def test_full_width_digits_and_the_spaces_of_a_name_mean_the_same(person, number, boss, at):
    wide = "".join(chr(ord(char) + 0xFEE0) if char.isdigit() else char for char in number)
    assert file_hire(id_number=wide, name=" 覃 小梅 ", facts=work(at.date()), by=boss.actor, at=at).pk


def test_an_employer_ends_only_its_own_employments(clerk, cast, person, number, boss, at):
    hired = file_hire(id_number=number, name=NAME, facts=work(date(2026, 11, 2)), by=boss.actor, at=at)
    rival = self_service(username="rival", employer=make_employer(clerk.actor, at).pk, at=at)
    with pytest.raises(StatusPeriod.DoesNotExist):
        file_end(period=hired.period_id, reason="40", on=at.date(), by=rival.actor, at=at)
    with pytest.raises(Refused, match="in the future"):
        file_end(period=hired.period_id, reason="40", on=date(2027, 1, 1), by=boss.actor, at=at)
    late = at + timedelta(days=40)
    ended = file_end(period=hired.period_id, reason="40", on=at.date(), by=boss.actor, at=late)
    assert (ended.way, ended.late_days) == ("online", 25)
    with rival.actor.standing():
        assert Filing.objects.count() == 0
    with boss.actor.standing():
        assert Filing.objects.count() == 2


def test_the_counter_files_too_and_work_without_an_employer_has_no_filing(clerk, cast, person, boss, at):
    period = employed(person, by=clerk.actor, at=at, category="010", employer=boss.actor.employer)
    end_status(period=period.pk, reason="30", on=at.date(), by=clerk.actor, at=at)
    other = a_person(by=clerk.actor, at=at).pk
    employed(other, by=clerk.actor, at=at)
    with within(CITY):
        assert [(row.filed, row.way) for row in Filing.objects.order_by("id")] == [
            ("hire", "counter"), ("end", "counter"),
        ]  # fmt: skip


def test_an_employment_taken_back_was_never_filed(clerk, person, boss, at):
    period = employed(person, by=clerk.actor, at=at, category="010", employer=boss.actor.employer)
    withdraw_registration(period=period.pk, by=clerk.actor, at=at)
    with within(CITY):
        assert Filing.objects.count() == 0


def test_a_hire_and_an_end_are_filed_on_the_pages(clerk, person, number, boss, at):
    client = boss.client()
    told = {"id_number": number, "name": NAME, "category": "010", "from_on": "2026-10-01", "pay_fen": "3500"}
    assert send(client, "/registration/filings/hire", **told | {"name": "某某"}).status_code == 422
    assert send(client, "/registration/filings/hire", **told).status_code == 302
    page = client.get("/registration/filings").content.decode()
    assert NAME in page and "23 days late" in page
    with within(CITY):
        pk = StatusPeriod.objects.get(person=person).pk
    assert send(client, f"/registration/filings/{pk}/end", reason="", on="2026-11-23").status_code == 422
    assert send(client, f"/registration/filings/{pk}/end", reason="40", on="2026-11-23").status_code == 302
    assert client.get(f"/registration/filings/{pk}/end").status_code == 404
    assert NAME in clerk.client().get("/registration/filings/late").content.decode()


def test_the_walls_between_employers_and_offices(clerk, cast, person, number, boss, at):
    filing = file_hire(id_number=number, name=NAME, facts=work(date(2026, 10, 1)), by=boss.actor, at=at)
    rival = self_service(username="rival", employer=make_employer(clerk.actor, at).pk, at=at)
    assert rival.client().get(f"/registration/filings/{filing.period_id}/end").status_code == 404
    assert NAME not in rival.client().get("/registration/filings").content.decode()
    assert NAME not in cast.neighbour_clerk.client().get("/registration/filings/late").content.decode()
    assert clerk.client().get("/registration/filings").status_code == 403
    with stopped(at):
        assert boss.client().get("/registration/filings/late").status_code == 403


def test_the_page_says_by_when_to_file_by_the_law_of_the_day(clerk, number, person, boss, at):
    client = boss.client()
    assert "within 30 days" in client.get("/registration/filings").content.decode()
    facts = work(date(2026, 10, 26), contract_until_on=date(2026, 11, 20))
    filing = file_hire(id_number=number, name=NAME, facts=facts, by=boss.actor, at=at)
    assert "file the end by 5 Dec 2026" in client.get("/registration/filings").content.decode()
    assert "within 30 days" in client.get("/registration/filings/hire").content.decode()
    assert "within 15 days" in client.get(f"/registration/filings/{filing.period_id}/end").content.decode()
    assert "within 10 working days" in clerk.client().get(f"/registration/persons/{person}/handbook").content.decode()


def test_a_number_of_old_names_the_same_person(number, boss, person, at):
    old = number[:6] + number[8:17]
    assert len(old) == 15
    filing = file_hire(id_number=old, name=NAME, facts=work(date(2026, 11, 2)), by=boss.actor, at=at)
    assert filing.person_id == person
