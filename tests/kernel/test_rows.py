"""Rows in bulk: ids in the order of the rows, defaults of the database, no row past a policy, no text cut short."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DataError, IntegrityError, ProgrammingError, connection

from openpes.kernel import within
from openpes.kernel.events import heard_by, many_form
from openpes.kernel.publishing import publish, publish_all
from openpes.kernel.rows import any_of, array_text, insert_rows
from openpes.kernel.scope import CITY
from openpes.people.events import HouseholdJoined, PersonRegistered
from openpes.people.models import Household, Person, Residence
from tests.people.factories import facts


def households(count: int, at, **columns) -> list[int]:
    told = {"area": "450103001005", "booklet_no": [f"B{n}" for n in range(count)], "address": "", "kind": ""}
    plain = {"farmland_mu": None, "land_taken": False, "created_at": at}
    return insert_rows(Household, told | plain | columns, count=count)


@pytest.mark.django_db
def test_rows_get_their_ids_in_the_order_in_which_they_were_given(at):
    with within(CITY):
        ids = households(50, at, farmland_mu=[f"{n}.5" for n in range(50)])
        assert [Household.objects.get(pk=pk).booklet_no for pk in ids] == [f"B{n}" for n in range(50)]
        assert Household.objects.get(pk=ids[7]).farmland_mu == Decimal("7.50")
        assert households(0, at) == []


@pytest.mark.django_db
def test_arrays_come_as_arrays_and_missing_values_as_null(cast, at):
    from openpes.people.actions import register_person

    register_person(facts=facts(), by=cast.township_clerk.actor, at=at)
    with within(CITY):
        model = Person.objects.get()
        names = [field.attname for field in Person._meta.concrete_fields if not field.primary_key]
        told = {name: [getattr(model, name)] * 2 for name in names}
        told |= {"skills": ['{"a b","c,d"}', "{}"], "id_number_index": [b"1" * 16, b"2" * 16], "phone_index": None}
        first, second = insert_rows(Person, told, count=2)
        assert Person.objects.get(pk=first).skills == ["a b", "c,d"]
        assert Person.objects.get(pk=second).skills == []
        assert Person.objects.get(pk=second).phone_index is None
        home = {"area": model.area, "person_id": [first, second], "address": "", "from_on": date(2026, 1, 1)}
        insert_rows(Residence, home, count=2)
        assert Residence.objects.filter(person__in=[first, second]).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value",
    [
        "", "plain", 'a "quoted" word', "back\\slash", "{brace,comma}", "NULL", " blank ", "new\nline\ttab", "覃",
        "'; --", "100%s",
    ],
)  # fmt: skip
def test_any_text_comes_back_as_it_was(value):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [array_text([value, None, value])])
        assert cursor.fetchone()[0] == [value, None, value]


@pytest.mark.django_db
def test_bytes_days_moments_and_truth_come_back_as_they_were(at):
    with connection.cursor() as cursor:
        for kind, values in {
            "bytea": [b"", b"\x00\\\"\xff"], "date": [date(2026, 1, 2), None], "timestamptz": [at],
            "boolean": [True, False], "bigint": [-1, 2**62],
        }.items():  # fmt: skip
            cursor.execute(f"SELECT %s::{kind}[]", [array_text(values)])
            assert [bytes(v) if kind == "bytea" else v for v in cursor.fetchone()[0]] == values


@pytest.mark.django_db
def test_a_text_that_is_too_long_is_refused_and_not_cut(at):
    with pytest.raises(DataError), within(CITY):
        households(2, at, booklet_no=["short", "x" * 31])


@pytest.mark.django_db
def test_one_of_many_values_is_found_as_by_a_parameter_of_each(at):
    odd = ['B"1', "B\\2", "B,3", "{B}", "NULL", "B" * 60, ""]
    with within(CITY):
        households(9, at, booklet_no=[*odd[:5], "B5", "B6", "B7", "B8"])
        for wanted in ([*odd, "B6"], ["B7"], []):
            one_by_one = Household.objects.filter(booklet_no__in=wanted)
            assert set(Household.objects.filter(any_of(Household, "booklet_no", wanted))) == set(one_by_one)
            assert len(one_by_one) == len({*wanted} & {*odd[:5], "B6", "B7"})
        sealed = [bytes([n, 0, 255 - n]) for n in range(3)]
        assert list(Person.objects.filter(any_of(Person, "id_number_index", sealed))) == []


@pytest.mark.django_db
def test_the_policy_of_the_area_and_the_constraints_hold_for_every_row(at):
    with pytest.raises(ProgrammingError, match="row-level security"), within("450103"):
        households(2, at, area=["450103001005", "450105001001"])
    with pytest.raises(IntegrityError, match="household_booklet_once"), within(CITY):
        households(2, at, booklet_no=["same", "same"])


@pytest.mark.django_db
def test_many_events_leave_the_journal_that_one_after_the_other_leaves(cast, at):
    from openpes.audit.models import JournalEntry
    from openpes.network.models import WorkingDay

    told = [
        event
        for number in range(3)
        for event in (
            PersonRegistered(person=number, area="450103001005", by=cast.township_clerk.actor.id, at=at),
            HouseholdJoined(
                household=7, person=number, area="450103001005", from_on=date(2026, 1, 2), by=0, at=at
            ),
        )
    ]  # fmt: skip
    with within(CITY):
        before = JournalEntry.objects.count()
        for event in told:
            publish(event)
        days = WorkingDay.objects.count()
        publish_all(told)
        names = ("at", "by", "event", "area", "person", "payload")
        lines = list(JournalEntry.objects.order_by("id").values_list(*names)[before:])
        assert lines[:6] == lines[6:]
        assert lines[1][-1] == {"household": 7, "from_on": "2026-01-02"}
        assert WorkingDay.objects.count() == days


def test_whoever_hears_every_event_hears_many_at_once():
    assert all(many_form(listener) for listener in heard_by(PersonRegistered))
