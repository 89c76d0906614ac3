"""The database itself guards rows: by area in both directions, by owner, and the journal against everybody."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from openpes.audit.models import JournalEntry
from openpes.kernel import policies, within
from openpes.kernel.scope import CITY
from openpes.network.choices import Level
from openpes.network.models import ServicePoint
from openpes.people.actions import open_file
from openpes.people.models import Person, Residence
from openpes.registration.models import StatusPeriod
from tests.cast import COUNTY, NEIGHBOUR, self_service
from tests.owner import owner_of
from tests.people.factories import a_person
from tests.referrals.factories import CLERK, OTHER, unemployed

THERE = "450105001001"


@pytest.fixture
def persons(db, at) -> dict[str, Person]:
    return {"here": a_person(by=CLERK, at=at), "there": a_person(by=OTHER, at=at, area=THERE, name="韦小兰")}


def names() -> list[str]:
    return sorted(Person.objects.order_by("name").values_list("name", flat=True))


def ask(sentence: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sentence, values)
        return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]


# By area


def test_each_side_sees_its_own(persons):
    both = ["覃小梅", "韦小兰"]
    for scope, seen in ((COUNTY, both[:1]), (NEIGHBOUR, both[1:]), (CITY, both), ("45", both), ("", [])):
        with within(scope):
            assert names() == seen, scope


@pytest.mark.parametrize("scope", ["%", "_", "4501' OR '1'='1", "450103~", "~", "\\", "9", "450103001005001"])
def test_no_scope_that_is_not_an_area_shows_anything(persons, scope):
    with within(scope):
        assert names() == []


def test_a_prefix_holds_what_begins_with_it_and_nothing_beside_it(db, at):
    areas = ["45010", "450102999999", "450103", "450103000", "450103999999", "450104", "450104000000", "4501"]
    with within("45"):
        for area in areas:
            ServicePoint.objects.create(
                area=area, level=Level.COUNTY, kind="county_market", name=area, opened_on=at.date()
            )
    with within(COUNTY):
        seen = sorted(ServicePoint.objects.values_list("area", flat=True))
    assert seen == ["450103", "450103000", "450103999999"]


def test_rows_elsewhere_are_neither_changed_nor_deleted(persons):
    with within(COUNTY):
        assert ask("UPDATE people_person SET name = 'x' WHERE id = %s", persons["there"].pk) == [(0,)]
        assert ask("DELETE FROM people_residence WHERE person_id = %s", persons["there"].pk) == [(0,)]
        assert ask("SELECT count(*) FROM people_person WHERE id = %s", persons["there"].pk) == [(0,)]
    with within(CITY):
        assert Person.objects.get(pk=persons["there"].pk).name == "韦小兰"


def test_rows_are_neither_pushed_out_nor_put_elsewhere(persons):
    with pytest.raises(ProgrammingError, match="row-level security"), within(COUNTY):
        Person.objects.filter(pk=persons["here"].pk).update(area=THERE)
    with pytest.raises(ProgrammingError, match="row-level security"), within(COUNTY):
        Residence.objects.create(area=THERE, person=persons["there"], from_on="2020-01-01", until_on="2020-02-01")


def test_a_policy_that_guards_reading_only_lets_rows_be_put_elsewhere(city, at):
    """The planted mistake: a policy WITH CHECK (true). The test above would notice."""
    here = a_person(by=CLERK, at=at)
    with owner_of(city) as owner:
        owner.execute("ALTER POLICY by_area ON people_residence WITH CHECK (true)")
    with within(COUNTY):
        put = "INSERT INTO people_residence (area, person_id, address, from_on, until_on) VALUES (%s, %s, '', %s, %s)"
        ask(put, THERE, here.pk, "2020-01-01", "2020-02-01")
    with within(NEIGHBOUR):
        assert Residence.objects.count() == 1


def test_without_the_force_the_owner_sees_everything_and_with_it_nothing(city, at):
    a_person(by=CLERK, at=at)
    with owner_of(city) as owner:
        count = "SELECT count(*) FROM people_person"
        assert owner.execute(count).fetchone() == (0,)
        owner.execute("ALTER TABLE people_person NO FORCE ROW LEVEL SECURITY")
        assert owner.execute(count).fetchone() == (1,)


def test_a_policy_can_be_taken_back(city):
    made = policies.row_policy("planted", person="person_id")
    with owner_of(city) as owner:
        owner.execute("CREATE TABLE planted (area text, person_id bigint)")
        for sentences, expected in ((made.sql, 2), (made.reverse_sql, 0), (made.sql, 2)):
            for sentence in sentences:
                owner.execute(sentence)
            count = "SELECT count(*) FROM pg_policies WHERE tablename = 'planted'"
            assert owner.execute(count).fetchone() == (expected,)


# By owner


def test_somebody_who_serves_oneself_sees_the_own_rows_only(persons, at):
    mine, other = unemployed(at), unemployed(at, OTHER, area=THERE)
    me = self_service(username="seeker", person=mine.pk, at=at).actor
    with me.standing():
        assert list(Person.objects.values_list("pk", flat=True)) == [mine.pk]
        assert set(StatusPeriod.objects.order_by("id").values_list("person", flat=True)) == {mine.pk}
        assert not Person.objects.filter(pk=other.pk).exists()
        assert ask("UPDATE people_person SET name = 'x' WHERE id = %s", other.pk) == [(0,)]
    with pytest.raises(ProgrammingError, match="row-level security"), me.standing():
        Residence.objects.create(area=COUNTY, person=persons["here"], from_on="2020-01-01", until_on="2020-02-01")


def test_a_scope_gives_somebody_who_serves_oneself_nothing_more(persons):
    with within(CITY, role="openpes_self", person=persons["here"].pk):
        assert names() == ["覃小梅"]
    with within(CITY, role="openpes_self"):
        assert names() == []


def test_a_person_reads_who_read_the_own_file_and_nobody_elses(persons, at):
    open_file(person=persons["here"].pk, purpose="counter", by=CLERK, at=at)
    open_file(person=persons["there"].pk, purpose="counter", by=OTHER, at=at)
    with within(role="openpes_self", person=persons["here"].pk):
        assert set(JournalEntry.objects.order_by("id").values_list("person", flat=True)) == {persons["here"].pk}


# What nobody changes


@pytest.mark.parametrize("role", ["none", "openpes_self"])
@pytest.mark.parametrize(
    "sentence",
    [
        "UPDATE audit_journalentry SET by = 0", "DELETE FROM audit_journalentry", "TRUNCATE audit_journalentry",
        "UPDATE audit_seal SET head = ''", "DELETE FROM audit_seal",
    ],
)  # fmt: skip
def test_nobody_who_serves_the_city_changes_the_journal(persons, role, sentence):
    with pytest.raises(ProgrammingError, match="permission denied"), within(CITY, role=role, person=persons["here"].pk):
        ask(sentence)


def test_without_the_revocation_the_journal_could_be_changed(city, at):
    """The planted mistake: the rights that new tables are given by default."""
    a_person(by=CLERK, at=at)
    with owner_of(city) as owner:
        owner.execute(policies.append_only("audit_journalentry").reverse_sql)
        owner.execute("ALTER TABLE audit_journalentry DISABLE ROW LEVEL SECURITY")
    with within(CITY):
        assert ask("UPDATE audit_journalentry SET by = 0")[0][0] > 0


def test_the_public_reads_what_is_published_and_writes_nothing(db):
    for table in ("people_person", "audit_journalentry", "access_account", "django_session", "vacancies_fill"):
        with pytest.raises(ProgrammingError, match="permission denied"), within(role="openpes_public"):
            ask(f"SELECT 1 FROM {table}")
    with pytest.raises(ProgrammingError, match="permission denied"), within(role="openpes_public"):
        ask("DELETE FROM vacancies_publishedvacancy")
    with within(role="openpes_public"):
        assert ask("SELECT count(*) FROM vacancies_publishedvacancy") == [(0,)]


@pytest.mark.parametrize("role", ["openpes_owner", "postgres", "openpes_auditor"])
def test_the_web_server_takes_on_no_stronger_role(db, role):
    with pytest.raises(DatabaseError), within(CITY, role=role):
        ask("SELECT 1")


def test_no_role_of_the_city_passes_the_policies(db):
    strong = "SELECT rolname FROM pg_roles WHERE rolname LIKE %s AND (rolbypassrls OR rolsuper OR rolcreaterole)"
    assert ask(strong, "openpes%") == []


# Periods


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        (("2020-01-01", "2020-02-01"), ("2020-02-01", "2020-03-01"), False),
        (("2020-01-01", "2020-02-02"), ("2020-02-01", "2020-03-01"), True),
        (("2020-01-01", None), ("2024-01-01", "2024-02-01"), True),
        (("2020-01-01", "2020-02-01"), ("2020-01-10", "2020-01-11"), True),
    ],
)
def test_periods_of_one_person_touch_but_never_overlap(persons, first, second, clash):
    with within(COUNTY):
        Residence.objects.all().delete()
        _live(persons["here"], *first)
        if clash:
            with pytest.raises(IntegrityError, match="one_residence_at_a_time"), transaction.atomic():
                _live(persons["here"], *second)
        else:
            _live(persons["here"], *second)


def _live(person: Person, from_on: str, until_on: str | None) -> None:
    Residence.objects.create(area=COUNTY, person=person, from_on=from_on, until_on=until_on)
