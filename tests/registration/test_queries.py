"""Lists, histories and plain values, and the two guards around an area."""

from datetime import date

import pytest

from openpes.kernel import within
from openpes.people.models import Person
from openpes.registration import queries
from openpes.registration.actions import end_wish, withdraw_registration
from openpes.registration.models import JobWish, StatusPeriod
from openpes.registration.queries import UnemployedSieve
from tests.cast import COUNTY, NEIGHBOUR, self_service
from tests.people.factories import a_person, id_number
from tests.registration.factories import SINCE, employed, unemployed, wishing


@pytest.fixture
def clerk(cast):
    return cast.county_clerk.actor


@pytest.fixture
def person(clerk, at):
    return a_person(by=clerk, at=at, resides_from_on=date(2015, 1, 1)).pk


@pytest.fixture
def period(clerk, person, at):
    return unemployed(person, by=clerk, at=at)


@pytest.fixture
def elsewhere(cast, at):
    stranger = a_person(by=cast.neighbour_clerk.actor, at=at, area=NEIGHBOUR).pk
    wishing(stranger, by=cast.neighbour_clerk.actor, at=at)
    return unemployed(stranger, by=cast.neighbour_clerk.actor, at=at)


def everybody(scope, on, **sieve):
    return list(queries.unemployed(scope=scope, sieve=UnemployedSieve(**sieve), on=on))


def test_a_query_that_forgot_its_scope_is_saved_by_the_policy(period, elsewhere):
    with within(COUNTY):
        assert list(StatusPeriod.objects.order_by("id")) == [period]  # the mistake: no visible_to
        assert list(JobWish.objects.order_by("id")) == []


def test_a_connection_without_a_policy_is_saved_by_the_query(period, elsewhere, person, at):
    with within("4501"):  # the mistake: the policy lets the whole city through
        assert everybody(COUNTY, at.date()) == [period]
        assert queries.status_of(scope=NEIGHBOUR, person=person, on=at.date()) is None
        assert queries.wishes_in_force(scope=COUNTY, on=at.date()) == []
        with pytest.raises(StatusPeriod.DoesNotExist):
            queries.period(scope=COUNTY, pk=elsewhere.pk)
        for ask in (queries.history_of, queries.timeline_of):
            with pytest.raises(Person.DoesNotExist):
                ask(scope=NEIGHBOUR, person=person)


def test_without_a_scope_there_is_nothing(period, at):
    with within("4501"):
        assert everybody("", at.date()) == []


def test_the_list_is_narrowed_by_area_reason_and_time(period, at):
    with within(COUNTY):
        assert everybody(COUNTY, at.date(), reason="20", area="450103001", since_from_on=SINCE) == [period]
        for narrow in ({"reason": "10"}, {"area": "450103002"}, {"since_until_on": date(2026, 11, 1)},
                       {"months_min": 1}, {"area": NEIGHBOUR}):  # fmt: skip
            assert everybody(COUNTY, at.date(), **narrow) == []
        assert everybody(COUNTY, date(2026, 11, 1)) == []


def test_a_row_of_the_list_is_masked_and_in_words(period, at):
    with within(COUNTY):
        (row,) = queries.unemployed_rows(
            queries.unemployed(scope=COUNTY, sieve=UnemployedSieve(), on=at.date()), on=at.date()
        )
    assert row.id_mask.count("*") == 13 and row.phone_mask == "138****0000"
    assert "Employment relationship" in row.reason and not row.proof_missing


def test_eligibility_is_told_before_anything_was_filled_in(person, at):
    with within(COUNTY):
        found = {r.code: r.state for r in queries.eligibility(scope=COUNTY, person=person, on=at.date())}
    assert found == {"age": "ok", "idle": "ok", "residence": "ok", "willing": "missing", "proof": "missing"}


def test_the_history_tells_every_step_the_latest_first(clerk, person, period, at):
    wishing(person, by=clerk, at=at)
    taken = employed(person, by=clerk, at=at, from_on=date(2026, 11, 20))
    withdraw_registration(period=taken.pk, by=clerk, at=at)
    with within(COUNTY):
        steps = queries.timeline_of(scope=COUNTY, person=person)
    assert [step.text for step in steps] == [
        "Registration taken back", "Job wish registered", "Person registered", "Unemployment registered",
    ]  # fmt: skip
    assert taken.number in steps[0].more and period.number in steps[3].more
    assert period.from_on < at.date() and steps[3].more.endswith("registered on 23 Nov 2026")
    assert "registered on" not in steps[1].more


def test_statuses_of_many_are_one_query(clerk, person, period, at, django_assert_num_queries):
    other = a_person(by=clerk, at=at).pk
    with within(COUNTY), django_assert_num_queries(1):
        found = queries.statuses_of(scope=COUNTY, persons=[person, other], on=at.date())
    assert found == {person: period}


def test_wishes_of_a_time_are_values_in_one_query(clerk, person, at, django_assert_num_queries):
    wish = wishing(person, by=clerk, at=at)
    with within(COUNTY), django_assert_num_queries(1):
        (found,) = queries.wish_periods(scope=COUNTY, from_on=date(2026, 10, 1), until_on=date(2027, 1, 1))
    assert (found.id, found.occupations, found.from_on) == (wish.pk, ["4-02-02-01"], at.date())
    end_wish(wish=wish.pk, on=at.date(), by=clerk, at=at)
    with within(COUNTY):
        assert queries.wishes_in_force(scope=COUNTY, on=at.date()) == []
        assert queries.wish_periods(scope=COUNTY, from_on=date(2027, 1, 1), until_on=date(2027, 4, 1)) == []


def test_a_seeker_sees_the_own_registrations_only(clerk, person, period, elsewhere, at):
    wish = wishing(person, by=clerk, at=at)
    seeker = self_service(username="mei", person=person, at=at).actor
    with seeker.standing():
        assert queries.own_status(actor=seeker, on=at.date()) == period
        assert queries.own_history(actor=seeker) == [period]
        assert queries.own_wish(actor=seeker, on=at.date()) == wish
        assert StatusPeriod.objects.count() == 1


def test_the_list_shows_who_has_reached_retirement_age_since(clerk, at):
    """A woman who turned fifty-five the day before yesterday, and a man who is not sixty yet."""
    woman, man = id_number(date(1969, 11, 21), "2"), id_number(date(1969, 11, 21), "1")
    before = at.replace(year=2024, day=1)
    both = [a_person(by=clerk, at=before, id_number=number).pk for number in (woman, man)]
    periods = [unemployed(person, from_on=date(2024, 10, 8), by=clerk, at=before) for person in both]
    on = date(2024, 11, 23)
    with within(COUNTY):
        assert everybody(COUNTY, on, past_age=True) == [periods[0]]
        assert everybody(COUNTY, date(2024, 11, 20), past_age=True) == []
        assert len(everybody(COUNTY, on)) == 2


def test_the_page_of_the_unemployed_narrows_to_retirement_age(cast, period):
    page = cast.county_clerk.client().get("/registration/unemployed", {"past_age": "on"})
    assert page.status_code == 200 and "Nobody of this area fits" in page.content.decode()
