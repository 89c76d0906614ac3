"""Zero-employment households and full-employment communities: every condition, and the veto."""

from datetime import date

import pytest
from django.utils import translation

from openpes.engine.calendars import Period
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.network.models import Area
from openpes.people.models import GroupMembership, Household, HouseholdMember
from openpes.registration.models import StatusPeriod
from openpes.statistics.queries.indicators import measured, measured_below, rows_of
from openpes.statistics.rules.communities import Standing, why_not_full_employment
from tests.people.factories import a_person
from tests.statistics.small_city import CLERK, MADE_AT, _at_work, _jobless

YEAR, ON = Period(date(2026, 1, 1), date(2027, 1, 1)), date(2026, 11, 20)
FULL = {"employed": 95, "unemployed": 5, "found": 19, "registered": 20, "hard_employed": 19, "hard": 20}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"employed": 94}, ["Of the labour force 94 of 99 have work."]),
        ({"found": 18}, ["Of the registered unemployed 18 of 20 found work."]),
        ({"hard_employed": 18}, ["Of the hard-to-employ 18 of 20 have work."]),
        ({"long": 1}, ["Unemployed for more than 6 months: 1."]),
        ({"unsolved": 2}, ["Veto: 2 zero-employment households without anybody at work."]),
        ({"registered": 0, "found": 0, "hard": 0, "hard_employed": 0}, []),
        ({"employed": 0, "unemployed": 0}, ["Nobody of the labour force is registered."]),
    ],
)
def test_each_condition_is_asked_and_the_veto_alone_is_enough(changes, told):
    with translation.override("en"):
        assert list(why_not_full_employment(Standing(**FULL | changes), share=95, months=6)) == told


@pytest.fixture
def community(db):
    return Area.objects.filter(kind="community").order_by("path").first().path


def people_of(area, number):
    return [a_person(by=CLERK, at=MADE_AT, area=area).pk for _n in range(number)]


def at_work(person, area):
    _at_work(person, "2026-02-01")
    StatusPeriod.objects.filter(person=person).update(area=area)


def a_zero_employment_household(area, members):
    household = Household.objects.create(area=area, booklet_no="H1", created_at=MADE_AT)
    for n, person in enumerate(members):
        HouseholdMember.objects.create(
            area=area, household=household, person_id=person, is_head=not n, from_on=date(2025, 1, 1)
        )
    GroupMembership.objects.create(
        area=area, person_id=members[0], group=70, evidence="household", evidence_on=date(2026, 3, 1),
        from_on=date(2026, 3, 1), wants_two=True, entered_at=MADE_AT, entered_by=1, entered_hands=[1],
        outcome="recognised", decided_at=MADE_AT, decided_by=2, decided_hands=[2],
    )  # fmt: skip
    return household


def figure(code, **where):
    found = measured(code=code, **{"scope": CITY, "area": CITY, "period": YEAR, "on": ON} | where)
    return found.numerator, found.denominator


def test_a_household_is_helped_when_a_member_works_wherever_that_is(community):
    with within(CITY):
        first, second, other = people_of(community, 3)
        a_zero_employment_household(community, [first, second])
        assert figure("zero_employment_households") == (0, 1)
        at_work(other, community)
        assert figure("zero_employment_households") == (0, 1)  # not one of them
        at_work(second, "450105")
        assert figure("zero_employment_households") == (1, 1)
        assert figure("zero_employment_households", on=date(2026, 1, 31)) == (0, 0)  # not recognised yet
    with within(community[:6]):
        own = {"scope": community[:6], "area": community[:6]}
        assert figure("zero_employment_households", **own) == (1, 1)
        with rows_of(code="zero_employment_households", **own, period=YEAR, on=ON) as part:
            assert [row.area for row in part.told(list(part.rows))] == [community]
        assert figure("zero_employment_households", scope=community[:6], area="450105") == (0, 0)


def test_a_community_where_all_work_is_one_of_full_employment_until_a_household_is_unsolved(community):
    with within(CITY):
        every = Area.objects.filter(kind="community").count()
        assert figure("full_employment_communities") == (0, every)  # nobody is registered anywhere
        workers, zero = people_of(community, 3), people_of(community, 1)
        for person in workers:
            at_work(person, community)
        assert figure("full_employment_communities") == (1, every)
        a_zero_employment_household(community, zero)
        assert figure("full_employment_communities") == (0, every)
        told = {"code": "full_employment_communities", "scope": CITY, "period": YEAR, "on": ON}
        with rows_of(area=community, **told, denominator=True) as part, translation.override("en"):
            assert "Veto: 1 zero-employment" in part.told(list(part.rows))[0].more
        HouseholdMember.objects.update(until_on=date(2026, 4, 1))
        at_work(zero[0], community)
        assert figure("full_employment_communities") == (1, every)
        below = measured_below(areas=[community, "450105001001"], **told)
        assert below[community].numerator == 1
        assert figure("full_employment_communities", area=community) == (1, 1)


def test_one_of_twenty_without_work_is_allowed_and_nobody_for_longer_than_half_a_year(community):
    with within(CITY):
        for person in people_of(community, 19):
            at_work(person, community)
        jobless, also = people_of(community, 2)
        _jobless(jobless, "2026-06-01", area=community)
        StatusPeriod.objects.filter(person=jobless).update(from_on=date(2026, 10, 1))
        # 19 of 20 work, but of the registered unemployed nobody found work.
        assert figure("full_employment_communities", area=community) == (0, 1)
        StatusPeriod.objects.filter(person=jobless).delete()
        assert figure("full_employment_communities", area=community) == (1, 1)
        _jobless(also, "2026-05-19", area=community)  # six months and a day
        with rows_of(
            code="full_employment_communities", scope=CITY, area=community, period=YEAR, on=ON, denominator=True
        ) as part, translation.override("en"):
            assert "Unemployed for more than 6 months: 1." in part.told(list(part.rows))[0].more
