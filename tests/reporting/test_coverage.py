"""The coverage on real hires: what counts, what was reported before, and lists that are the same query as figures."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from openpes.engine.calendars import quarter
from openpes.kernel import Actor, within
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.kernel.scope import CITY
from openpes.referrals.actions import record_hire
from openpes.reporting.queries import (
    Measured,
    coverage,
    coverage_by_area,
    coverage_by_employer,
    coverage_by_industry,
    hires_counted,
)
from tests.cast import COUNTY, NEIGHBOUR
from tests.employers.factories import make_employer
from tests.people.factories import a_person
from tests.referrals.factories import hire_facts
from tests.registration.factories import employed
from tests.vacancies.factories import make_open

CLERK = Actor(id=1, scope=COUNTY)
BEGINS_ON = date(2026, 11, 20)


@pytest.fixture
def asked(at):
    return Measured(COUNTY, quarter(at.date()))


def hired_directly(at, firm: int, **changes) -> None:
    """Somebody whom a firm hired without the service, registered as employed."""
    person = a_person(by=CLERK, at=at, area=COUNTY)
    told = {"category": "010", "employer": firm, "from_on": BEGINS_ON, "contract_until_on": None}
    employed(person.pk, by=CLERK, at=at, **told | changes)


def hired_by_vacancy(at, firm: int, *, reported_days_before: int, **changes) -> None:
    """Somebody who took a place of a vacancy that was public so many days before the work began."""
    told = at + timedelta(days=(hire_facts(**changes).begins_on - at.date()).days - reported_days_before)
    title = f"包装工{reported_days_before}"
    closes_on = at.date() + timedelta(days=50)
    vacancy = make_open(CLERK, min(told, at), employer=firm, closes_on=closes_on, title=title)
    person = a_person(by=CLERK, at=at, area=COUNTY)
    record_hire(facts=hire_facts(**changes), person=person.pk, vacancy=vacancy.pk, by=CLERK, at=at)


def measured(asked, **changes):
    found = coverage(scope=COUNTY, asked=asked)
    return found.hires, found.reported


def test_a_hire_counts_with_a_contract_of_a_year_and_not_with_a_day_less(db, at, asked):
    firm = make_employer(CLERK, at).pk
    hired_directly(at, firm)
    hired_directly(at, firm, contract_until_on=date(2027, 11, 19))
    assert measured(asked) == (2, 0)
    hired_directly(at, firm, contract_until_on=date(2027, 11, 18))
    assert measured(asked) == (2, 0)


def test_whoever_works_for_nobody_or_began_in_another_quarter_does_not_count(db, at, asked):
    firm = make_employer(CLERK, at).pk
    person = a_person(by=CLERK, at=at, area=COUNTY)
    employed(person.pk, by=CLERK, at=at, category="022", employer=None)
    before = datetime(2026, 9, 30, 23, 59, tzinfo=BUSINESS_ZONE)
    hired_directly(before, firm, from_on=date(2026, 9, 29))
    assert measured(asked) == (0, 0)
    assert coverage(scope=COUNTY, asked=asked).percent is None
    assert measured(Measured(COUNTY, quarter(date(2026, 9, 30)))) == (1, 0)


def test_a_vacancy_counts_when_it_was_public_before_the_work_began_and_not_on_that_day(db, at, asked):
    firm = make_employer(CLERK, at).pk
    hired_by_vacancy(at, firm, reported_days_before=5)
    assert measured(asked) == (1, 1)
    hired_by_vacancy(at, firm, reported_days_before=0, begins_on=at.date())
    assert measured(asked) == (2, 1)


def test_a_vacancy_of_the_employer_that_somebody_else_took_covers_nobody(db, at, asked):
    firm = make_employer(CLERK, at).pk
    make_open(CLERK, at - timedelta(days=20), employer=firm)
    hired_directly(at, firm)
    assert measured(asked) == (1, 0)


def test_every_figure_is_the_count_of_its_list_and_parts_add_up(db, at, asked):
    food = make_employer(CLERK, at, industry="C13").pk
    shop = make_employer(CLERK, at, industry="F52").pk
    hired_by_vacancy(at, food, reported_days_before=5)
    hired_directly(at, food)
    hired_directly(at, shop)
    whole = coverage(scope=COUNTY, asked=asked)
    with within(CITY):
        for reported, n in ((None, whole.hires), (True, whole.reported), (False, whole.missing)):
            assert hires_counted(scope=COUNTY, asked=asked, reported=reported).count() == n
    by_industry = coverage_by_industry(scope=COUNTY, asked=asked)
    assert {key: (one.hires, one.reported) for key, one in by_industry.items()} == {"C": (2, 1), "F": (1, 0)}
    by_area = coverage_by_area(scope=COUNTY, asked=asked, length=9).values()
    assert sum(one.hires for one in by_area) == whole.hires
    gaps = coverage_by_employer(scope=COUNTY, asked=asked)
    assert [(pk, one.missing) for pk, one in gaps] == [(food, 1), (shop, 1)]


def test_nobody_measures_outside_the_own_area(db, at, asked):
    hired_directly(at, make_employer(CLERK, at).pk)
    assert coverage(scope=NEIGHBOUR, asked=asked).hires == 0


def test_the_board_opens_to_the_rows_and_the_file_says_the_same(cast, at, asked):
    firm = make_employer(CLERK, at, name="=HYPERLINK(南宁饼屋)").pk
    hired_directly(at, firm)
    client, code = cast.county_clerk.client(), "2026Q4"
    page = client.get(reverse("reporting:coverage"), {"quarter": code}).content.decode()
    assert "below the target" in page and "0.0 %" in page
    rows = client.get(reverse("reporting:coverage_rows"), {"quarter": code, "shown": "missing"}).content.decode()
    assert "Hires without a reported vacancy" in rows and "without end" in rows
    file = client.get(reverse("reporting:coverage_csv"), {"quarter": code}).content.decode("utf-8-sig")
    assert "'=HYPERLINK" in file and ",1,0,0.0,60" in file
    empty = client.get(reverse("reporting:coverage"), {"quarter": "2025Q1"}).content.decode()
    assert "Without a hire there is no share" in empty
    assert client.get(reverse("reporting:coverage"), {"quarter": "9999Q9", "area": "4401"}).status_code == 200
