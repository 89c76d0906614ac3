"""The demo city as it is shown: accounts, opening hours, refusals, and a load that is cut off."""

import psycopg
import pytest
from django.utils import translation

from openpes.access.models import Account, Grant
from openpes.access.queries import city_is_invented
from openpes.demo.actions import build_city, loading, open_demo_accounts, record_opening_hours, whole
from openpes.demo.actions.ids import WRITTEN
from openpes.demo.queries import city_is_empty, demo_accounts, demo_password
from openpes.demo.rules.accounts import COUNTY, STAFF, VILLAGE
from openpes.employers.models import Employer
from openpes.kernel import Refused, clock, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.network.actions import lay_out_service_points
from openpes.network.models import Posting
from openpes.network.queries import board
from openpes.people.models import Person
from openpes.referrals.models import Referral
from openpes.registration.models import Handbook, PreferenceCertificate, Transfer
from openpes.vacancies.models import Vacancy
from tests.demo.factories import SEED, owner_of

ROLES = {
    "city_clerk", "county_clerk", "township_clerk", "village_officer", "supervisor", "statistician", "auditor",
    "administrator",
}  # fmt: skip


def test_every_role_has_an_account_that_can_sign_in(db, at):
    lay_out_service_points(by=PLATFORM, at=at)
    build_city(people=40, seed=SEED, by=PLATFORM, at=at)
    opened = open_demo_accounts(by=PLATFORM, at=at)
    assert len(opened) == len(STAFF) + 2
    assert set(Grant.objects.values_list("role", flat=True)) == ROLES
    shown = demo_accounts()
    assert [account.username for account in shown][-2:] == ["seeker", "employer"]
    assert all(account.role_name and account.place for account in shown)
    for account in opened[:1] + opened[-2:]:
        assert account.check_password(demo_password())
        assert not account.check_password("something else")
    seeker, firm = Account.objects.get(username="seeker"), Account.objects.get(username="employer")
    with within(CITY):
        assert Person.objects.filter(pk=seeker.person_id).exists()
        assert firm.employer_id is not None
        assert Posting.objects.count() == len(STAFF)


def test_accounts_are_opened_once(db, at):
    lay_out_service_points(by=PLATFORM, at=at)
    open_demo_accounts(by=PLATFORM, at=at)
    assert open_demo_accounts(by=PLATFORM, at=at) == []


def test_most_points_of_the_city_are_online_and_some_are_not(db, at):
    lay_out_service_points(by=PLATFORM, at=at)
    record_opening_hours(seed=SEED, by=PLATFORM, at=at)
    with within(CITY):
        total = board(scope=CITY, on=clock.day_of(at)).total
    assert total.points == 1858
    assert 0.75 < total.share < 0.98


def test_a_second_city_is_refused_and_changes_nothing(db, at):
    build_city(people=5, seed=SEED, by=PLATFORM, at=at)
    with translation.override("en"), pytest.raises(Refused, match="There are persons in the city already"):
        build_city(people=5, seed=SEED + 1, by=PLATFORM, at=at)
    with within(CITY):
        assert Person.objects.visible_to(CITY).count() == 5


@pytest.mark.parametrize("people", [0, 8_000_000])
def test_a_city_of_impossible_size_is_refused(db, at, people):
    with pytest.raises(Refused, match="7500000"):
        build_city(people=people, seed=SEED, by=PLATFORM, at=at)


@pytest.mark.city
@pytest.mark.parametrize("step", ["put_back", "check"])
def test_a_load_that_fails_leaves_no_row_and_every_guard_in_place(city, at, monkeypatch, step):
    owner = owner_of(city)
    before = schema_of(owner)

    def broken(owner, undone, table):
        raise OSError("the disk is full")

    monkeypatch.setattr(loading, step, broken)
    with pytest.raises(OSError, match="disk is full"):
        build_city(people=200, seed=SEED, owner=owner, by=PLATFORM, at=at)
    assert schema_of(owner) == before
    assert city_is_empty()
    monkeypatch.undo()
    build_city(people=200, seed=SEED, owner=owner, by=PLATFORM, at=at)
    assert schema_of(owner) == before
    assert not city_is_empty()


@pytest.mark.city
def test_a_load_that_was_killed_is_mended_by_the_next_one(city, at):
    owner = owner_of(city)
    before = schema_of(owner)
    loading.set_aside(owner, WRITTEN)
    assert schema_of(owner) != before
    assert loading.mend(owner)
    assert schema_of(owner) == before
    assert not loading.mend(owner)


@pytest.mark.city
def test_work_goes_on_after_a_bulk_load(city, at):
    from openpes.engine.identifiers import compose_resident_id
    from openpes.people.actions import PersonFacts, register_person

    build_city(people=100, seed=SEED, owner=owner_of(city), by=PLATFORM, at=at)
    number = compose_resident_id("450199", at.date().replace(year=1980), 999)
    facts = PersonFacts(id_number=number, name="韦新来", area=f"{COUNTY}001005")
    assert register_person(facts=facts, by=PLATFORM, at=at).pk == 101


@pytest.mark.city
def test_a_whole_demo_city_can_be_shown(city, at):
    told = whole.build_demo_city(people=600, seed=SEED, owner=owner_of(city), by=PLATFORM, at=at)
    assert "600" in told
    assert city_is_invented()
    with within(CITY):
        assert Handbook.objects.count() > 0 and PreferenceCertificate.objects.count() > 0
        assert Transfer.objects.waiting().count() > 0
    assert len(demo_accounts()) == len(STAFF) + 2


@pytest.mark.city
def test_the_demo_employer_of_a_small_city_has_people_to_answer_and_an_open_vacancy(city, at):
    whole.build_demo_city(people=3000, seed=1, owner=owner_of(city), by=PLATFORM, at=at)
    firm = Account.objects.get(username="employer").employer_id
    with within(CITY):
        assert Employer.objects.get(pk=firm).area.startswith(COUNTY)
        offered = Vacancy.objects.filter(employer=firm).open_on(clock.day_of(at))
        waiting = Referral.objects.filter(employer=firm, answer="", vacancy__in=offered)
        assert offered.exists() and waiting.count() >= 2
        village = Person.objects.visible_to(VILLAGE).count()
    assert village >= 3


def test_nobody_but_the_owner_may_load(db, at):
    with pytest.raises(psycopg.Error):
        loading.connect("host=/nowhere user=nobody dbname=none")


def schema_of(owner: str) -> list[tuple]:
    """Constraints, indexes and forced row-level security of all tables."""
    with psycopg.connect(owner) as connection:
        rows = connection.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = current_schema()::regnamespace"
            " UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
            " UNION ALL SELECT relname, 'forced', relforcerowsecurity::text FROM pg_class"
            " WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
        ).fetchall()
    return sorted(rows)
