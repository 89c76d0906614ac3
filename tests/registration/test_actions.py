"""Registering, ending, taking back, wishing: on a real database."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from openpes.kernel import Refused, listen, within
from openpes.kernel.events import Event, _listeners
from openpes.people.actions import move_residence
from openpes.people.models import Person
from openpes.registration import events
from openpes.registration.actions import (
    change_wish,
    end_status,
    end_wish,
    register_wish,
    withdraw_registration,
)
from openpes.registration.choices import Status
from openpes.registration.models import JobWish, StatusPeriod, WithdrawnRegistration
from openpes.registration.queries import history_of, status_of
from tests.cast import COUNTY, NEIGHBOUR, self_service
from tests.employers.factories import make_employer
from tests.people.factories import a_person, id_number
from tests.registration.factories import SINCE, a_wish, employed, unemployed, wishing


@pytest.fixture
def heard():
    """Every event of this room that is published during the test."""
    found = []

    def hear(event):
        if event.name().startswith("registration."):
            found.append(event)

    listen(Event)(hear)
    yield found
    _listeners[Event].remove(hear)


@pytest.fixture
def clerk(cast):
    return cast.county_clerk.actor


@pytest.fixture
def person(clerk, at):
    return a_person(by=clerk, at=at, resides_from_on=date(2015, 1, 1)).pk


def stored(person) -> list[tuple]:
    with within("4501"):
        rows = StatusPeriod.objects.filter(person=person).order_by("from_on", "id")
        return [(row.status, row.from_on, row.until_on) for row in rows]


def test_an_unemployment_is_registered_with_a_number_that_is_told(clerk, person, at, heard):
    period = unemployed(person, by=clerk, at=at)
    assert period.number.startswith("4501032026") and len(period.number) == 17
    assert stored(person) == [("unemployed", SINCE, None)]
    assert heard == [
        events.UnemploymentRegistered(
            person=person, area=period.area, period=period.pk, number=period.number, from_on=SINCE,
            reason="20", by=clerk.id, at=at,
        )
    ]  # fmt: skip


def test_a_second_open_unemployment_is_refused_and_leaves_no_trace(clerk, person, at, heard):
    unemployed(person, by=clerk, at=at)
    with pytest.raises(Refused, match="Already registered as unemployed since 2 Nov 2026"):
        unemployed(person, by=clerk, at=at, from_on=date(2026, 11, 10))
    assert len(stored(person)) == 1 and len(heard) == 1


def test_a_missing_proof_does_not_stop_a_registration(clerk, person, at):
    assert unemployed(person, by=clerk, at=at, proofs=(), former_employer="").proofs == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"reason": "XX"}, "reason"), ({"reason": ""}, "reason"), ({"proofs": ("Z",)}, "proofs"),
     ({"from_on": date(2027, 1, 1)}, "from_on"), ({"willing": False}, "willing")],
)  # fmt: skip
def test_wrong_facts_are_refused_by_field(clerk, person, at, changes, field):
    with pytest.raises(Refused) as refused:
        unemployed(person, by=clerk, at=at, **changes)
    assert [reason.field for reason in refused.value.reasons] == [field]


def test_all_reasons_are_told_at_once(clerk, at):
    child = a_person(by=clerk, at=at, id_number=id_number(date(2012, 1, 1))).pk
    with pytest.raises(Refused) as refused:
        unemployed(child, by=clerk, at=at, reason="XX", willing=False)
    assert len(refused.value.reasons) >= 4


def test_the_neighbour_cannot_register_a_person_who_is_not_theirs(cast, person, at):
    for act in (unemployed, employed, wishing):
        with pytest.raises(Person.DoesNotExist):
            act(person, by=cast.neighbour_clerk.actor, at=at)
    assert stored(person) == []


def test_a_hire_ends_the_unemployment_in_the_same_transaction(clerk, person, at, heard):
    unemployed(person, by=clerk, at=at)
    employed(person, by=clerk, at=at, from_on=date(2026, 11, 20))
    assert stored(person) == [
        ("unemployed", SINCE, date(2026, 11, 20)),
        ("employed", date(2026, 11, 20), None),
    ]
    assert [type(event).__name__ for event in heard] == [
        "UnemploymentRegistered", "UnemploymentEnded", "EmploymentRegistered",
    ]  # fmt: skip
    assert heard[1].reason == "60"


def test_a_hire_on_the_first_day_of_unemployment_leaves_an_empty_period(clerk, person, at):
    unemployed(person, by=clerk, at=at)
    employed(person, by=clerk, at=at, from_on=SINCE)
    assert stored(person) == [("unemployed", SINCE, SINCE), ("employed", SINCE, None)]


def test_a_hire_before_the_unemployment_is_refused_and_the_unemployment_stays(clerk, person, at):
    unemployed(person, by=clerk, at=at)
    with pytest.raises(Refused, match="would begin before the unemployment"):
        employed(person, by=clerk, at=at, from_on=SINCE - timedelta(days=1))
    assert stored(person) == [("unemployed", SINCE, None)]


def test_who_is_employed_is_not_registered_again_before_that_ended(clerk, person, at):
    period = employed(person, by=clerk, at=at)
    with pytest.raises(Refused, match="Registered as employed since"):
        unemployed(person, by=clerk, at=at, from_on=at.date())
    with pytest.raises(Refused, match="registered as employed since"):
        employed(person, by=clerk, at=at, from_on=at.date())
    end_status(period=period.pk, reason="30", on=at.date(), by=clerk, at=at)
    unemployed(person, by=clerk, at=at, from_on=at.date())
    assert [row[0] for row in stored(person)] == ["employed", "unemployed"]


def test_an_employers_office_registers_its_new_staff_from_another_county(cast, person, at):
    clerk = cast.neighbour_clerk.actor
    employer = make_employer(clerk, at, area=NEIGHBOUR)
    unemployed(person, by=cast.county_clerk.actor, at=at)
    period = employed(person, by=clerk, at=at, category="010", employer=employer.pk)
    assert (period.area[:6], period.workplace) == (COUNTY, employer.name)
    assert [row[0] for row in stored(person)] == ["unemployed", "employed"]


def test_an_employer_files_its_own_hire(cast, person, at):
    employer = make_employer(cast.neighbour_clerk.actor, at, area=NEIGHBOUR)
    player = self_service(username="boss", employer=employer.pk, at=at)
    assert employed(person, by=player.actor, at=at, category="010", employer=employer.pk).employer_id == employer.pk
    other = make_employer(cast.neighbour_clerk.actor, at, area=NEIGHBOUR)
    with pytest.raises(Person.DoesNotExist):
        employed(person, by=player.actor, at=at, category="010", employer=other.pk)


def test_an_end_has_a_day_and_a_reason_of_the_list(clerk, person, at, heard):
    period = unemployed(person, by=clerk, at=at)
    for reason, on, field in (("XX", at.date(), "reason"), ("99", at.date() + timedelta(1), "on"),
                              ("99", SINCE - timedelta(1), "on")):  # fmt: skip
        with pytest.raises(Refused) as refused:
            end_status(period=period.pk, reason=reason, on=on, by=clerk, at=at)
        assert [r.field for r in refused.value.reasons] == [field]
    end_status(period=period.pk, reason="50", on=at.date(), by=clerk, at=at)
    assert heard[-1].reason == "50"
    with pytest.raises(Refused, match="ended on 23 Nov 2026 already"):
        end_status(period=period.pk, reason="50", on=at.date(), by=clerk, at=at)


def test_a_registration_is_taken_back_within_minutes_and_its_number_stays_known(clerk, person, at, heard):
    period = unemployed(person, by=clerk, at=at)
    kept = withdraw_registration(period=period.pk, by=clerk, at=at + timedelta(minutes=4))
    assert stored(person) == []
    assert kept.number == heard[-1].number and isinstance(heard[-1], events.RegistrationWithdrawn)
    assert kept.content["from_on"] == "2026-11-02"
    again = unemployed(person, by=clerk, at=at + timedelta(minutes=5))
    assert again.number != kept.number


def test_taking_an_employment_back_opens_the_unemployment_again(clerk, person, at):
    unemployed(person, by=clerk, at=at)
    later = at + timedelta(hours=1)
    period = employed(person, by=clerk, at=later)
    withdraw_registration(period=period.pk, by=clerk, at=later + timedelta(minutes=1))
    assert stored(person) == [("unemployed", SINCE, None)]
    with within(COUNTY):
        row = StatusPeriod.objects.get(person=person)
    assert (row.end_reason, row.ended_at) == ("", None)


def test_what_something_depends_on_is_not_taken_back(clerk, cast, person, at):
    period = unemployed(person, by=clerk, at=at)
    with pytest.raises(Refused, match="Only the member of staff"):
        withdraw_registration(period=period.pk, by=cast.city_clerk.actor, at=at)
    with pytest.raises(Refused, match="5 minutes"):
        withdraw_registration(period=period.pk, by=clerk, at=at + timedelta(minutes=6))
    employed(person, by=clerk, at=at)
    with pytest.raises(Refused, match="depends on it"):
        withdraw_registration(period=period.pk, by=clerk, at=at + timedelta(minutes=1))
    with pytest.raises(StatusPeriod.DoesNotExist):
        withdraw_registration(period=period.pk, by=cast.neighbour_clerk.actor, at=at)


def test_a_room_above_can_keep_a_registration_from_being_taken_back(clerk, person, at):
    def object_to_it(_event):
        raise Refused("A hire depends on it.")

    period = employed(person, by=clerk, at=at)
    listen(events.RegistrationWithdrawn)(object_to_it)
    try:
        with pytest.raises(Refused, match="A hire depends"):
            withdraw_registration(period=period.pk, by=clerk, at=at)
    finally:
        _listeners[events.RegistrationWithdrawn].remove(object_to_it)
    assert [row[0] for row in stored(person)] == ["employed"]


def test_a_withdrawn_registration_cannot_be_changed_or_removed(clerk, person, at):
    from django.db.utils import ProgrammingError

    kept = withdraw_registration(period=unemployed(person, by=clerk, at=at).pk, by=clerk, at=at)
    with pytest.raises(ProgrammingError, match="permission denied"), within(COUNTY):
        WithdrawnRegistration.objects.filter(pk=kept.pk).update(number="0")


def test_open_registrations_go_with_a_person_who_moves(clerk, cast, person, at):
    unemployed(person, by=clerk, at=at)
    wishing(person, by=clerk, at=at)
    move_residence(person=person, area="450105001", address="", on=at.date(), by=clerk, at=at)
    with within(NEIGHBOUR):
        assert status_of(scope=NEIGHBOUR, person=person, on=at.date()).status == Status.UNEMPLOYED
        assert JobWish.objects.visible_to(NEIGHBOUR).count() == 1
    with pytest.raises(Refused, match="Already registered"):
        unemployed(person, by=cast.neighbour_clerk.actor, at=at, from_on=at.date())


def test_ended_registrations_stay_where_they_were_and_are_read_by_the_new_office(clerk, person, at):
    period = unemployed(person, by=clerk, at=at)
    end_status(period=period.pk, reason="99", on=date(2026, 11, 10), by=clerk, at=at)
    move_residence(person=person, area="450105001", address="", on=at.date(), by=clerk, at=at)
    with within(NEIGHBOUR):
        assert [row.area[:6] for row in history_of(scope=NEIGHBOUR, person=person)] == [COUNTY]
    with within(COUNTY), pytest.raises(Person.DoesNotExist):
        history_of(scope=COUNTY, person=person)


def test_the_database_itself_refuses_overlapping_periods(clerk, person, at):
    unemployed(person, by=clerk, at=at)
    with pytest.raises(IntegrityError, match="one_status_at_a_time"), within(COUNTY):
        StatusPeriod.objects.create(
            area=COUNTY, person_id=person, status="employed", category="022", number="X", from_on=at.date(),
            registered_at=at, registered_by=1,
        )  # fmt: skip


def test_a_wish_is_in_force_for_the_dated_months_and_one_at_a_time(clerk, person, at, heard):
    wish = wishing(person, by=clerk, at=at, places=("450103", "450105"), only_these_places=True)
    assert (wish.from_on, wish.until_on) == (at.date(), date(2027, 5, 23))
    with pytest.raises(Refused, match="has a job wish in force"):
        wishing(person, by=clerk, at=at)
    changed = change_wish(wish=wish.pk, version=1, facts=a_wish(occupations=()), by=clerk, at=at)
    assert (changed.occupations, changed.version, heard[-1].former) == ([], 2, ("4-02-02-01",))
    with pytest.raises(Refused, match="Somebody else changed"):
        change_wish(wish=wish.pk, version=1, facts=a_wish(), by=clerk, at=at)
    end_wish(wish=wish.pk, on=at.date(), by=clerk, at=at)
    assert wishing(person, by=clerk, at=at).pk != wish.pk


def test_a_wish_names_known_occupations_and_places(clerk, person, at):
    with pytest.raises(Refused) as refused:
        wishing(person, by=clerk, at=at, occupations=("4-02-02-01", "nonsense"), places=("1",), category="99")
    assert [r.field for r in refused.value.reasons] == ["occupation_2", "place_1", "category"]


def test_a_seeker_registers_and_changes_only_the_own_wish(clerk, cast, person, at):
    seeker = self_service(username="mei", person=person, at=at).actor
    wish = register_wish(person=person, facts=a_wish(), by=seeker, at=at)
    change_wish(wish=wish.pk, version=1, facts=a_wish(min_pay_fen=1), by=seeker, at=at)
    other = a_person(by=clerk, at=at).pk
    theirs = wishing(other, by=clerk, at=at)
    with pytest.raises(Person.DoesNotExist):
        register_wish(person=other, facts=a_wish(), by=seeker, at=at)
    with pytest.raises(JobWish.DoesNotExist):
        end_wish(wish=theirs.pk, on=at.date(), by=seeker, at=at)
