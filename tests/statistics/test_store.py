"""The store of facts grows and never changes; it is seen by area, and its months are made ahead."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from openpes.engine.figures.kinds import KINDS
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.statistics.choices import FactKind
from openpes.statistics.models import Fact
from tests.cast import COUNTY, NEIGHBOUR
from tests.owner import owner_of

INSERT = (
    "INSERT INTO statistics_fact (subject, recorded_at, happened_on, counted_on, number, occupation, kind, industry,"
    " unit_type, economic_type, sex, age, education, skill, person_group, area)"
    " VALUES (1, now(), %s, %s, 1, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, %s)"
)


def add_fact(counted_on: date = date(2026, 11, 2), *, area: str = COUNTY, happened_on: date | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [happened_on or counted_on, counted_on, area])


def part_of(counted_on: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM statistics_fact WHERE counted_on = %s", [counted_on])
        return cursor.fetchone()[0]


def make_months(last_on: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statistics_make_months(%s)", [last_on])
        return cursor.fetchone()[0]


def test_the_kinds_are_those_of_the_kernel():
    assert FactKind.values == list(KINDS)


def test_a_fact_stands_in_the_part_of_its_month(db):
    with within(CITY):
        for day, part in ((date(2026, 11, 30), "2026_11"), (date(2024, 1, 1), "2024_01"), (date(1999, 5, 4), "early")):
            add_fact(day)
            assert part_of(day) == f"statistics_fact_{part}"


def test_months_are_made_ahead_once_by_whoever_serves_the_city(db):
    with within(CITY):
        with pytest.raises(DatabaseError, match="no partition"), transaction.atomic():
            add_fact(date(2028, 2, 29))
        assert make_months(date(2028, 2, 29)) == 2
        assert make_months(date(2028, 2, 29)) == 0
        add_fact(date(2028, 2, 29))
        assert part_of(date(2028, 2, 29)) == "statistics_fact_2028_02"
        assert make_months(date(1990, 1, 1)) == 0


def test_no_month_is_made_for_a_day_out_of_reach(db):
    with within(CITY), pytest.raises(DatabaseError, match="no month"), transaction.atomic():
        make_months(date(9999, 12, 31))


def test_no_part_is_read_or_written_past_the_store(db):
    make_months(date(2028, 1, 1))
    for part in ("early", "2026_11", "2028_01"):
        for sentence in ("SELECT FROM statistics_fact_{}", "DELETE FROM statistics_fact_{}"):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sentence.format(part))


def test_each_area_sees_and_adds_its_own_facts(db):
    with within(CITY):
        add_fact()
        add_fact(area=NEIGHBOUR)
    for scope, seen in ((COUNTY, [COUNTY]), (NEIGHBOUR, [NEIGHBOUR]), (CITY, [COUNTY, NEIGHBOUR]), ("", [])):
        with within(scope):
            assert sorted(Fact.objects.order_by("area").values_list("area", flat=True)) == sorted(seen)
    with within(COUNTY), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        add_fact(area=NEIGHBOUR)


def test_whoever_serves_the_city_has_no_right_to_change_facts(db):
    with within(CITY):
        add_fact()
        for change in (lambda: Fact.objects.update(number=2), lambda: Fact.objects.all().delete()):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                change()


CHANGES = ("UPDATE statistics_fact SET number = 2", "DELETE FROM statistics_fact")


def refused_to_the_owner(owner) -> list[str]:
    """Which changes of a fact the trigger refuses even to the owner of the table, who has every right."""
    refused = []
    for change in CHANGES:
        try:
            with owner.transaction():
                owner.execute("ALTER TABLE statistics_fact NO FORCE ROW LEVEL SECURITY")
                owner.execute(INSERT, [date(2026, 11, 2), date(2026, 11, 2), COUNTY])
                owner.execute(change)
        except Exception as error:
            assert "never changed or deleted" in str(error)
            refused.append(change)
    return refused


def test_the_trigger_refuses_changes_even_to_the_owner(city):
    with owner_of(city) as owner:
        assert refused_to_the_owner(owner) == list(CHANGES)


def test_a_store_without_its_trigger_is_found(city):
    with owner_of(city) as owner:
        owner.execute("DROP TRIGGER facts_stay ON statistics_fact")
        assert refused_to_the_owner(owner) == []


@pytest.mark.parametrize(
    ("happened_on", "number", "guard"),
    [(date(2026, 11, 3), 1, "fact_not_early"), (date(2026, 11, 2), 0, "fact_counts")],
)
def test_a_fact_counts_something_and_not_before_it_happened(db, happened_on, number, guard):
    refused = pytest.raises(IntegrityError, match=guard)
    with within(CITY), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT.replace("%s, 1, 0, 4", f"%s, {number}, 0, 4"), [happened_on, date(2026, 11, 2), COUNTY])
