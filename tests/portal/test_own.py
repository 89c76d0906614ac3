"""Self-service: everybody sees their own, and the database shows nothing else."""

import re

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from openpes.kernel import within
from openpes.people.actions import open_file
from openpes.people.models import Person
from openpes.referrals.actions import refer
from openpes.registration.models import JobWish, StatusPeriod
from tests.cast import VILLAGE, self_service
from tests.employers.factories import make_employer
from tests.people.factories import a_person
from tests.portal.factories import CLERK
from tests.registration.factories import unemployed, wishing
from tests.vacancies.factories import make_draft, make_open

ME, EMPLOYER = reverse("portal:me"), reverse("portal:employer")


@pytest.fixture
def clerk(cast):
    return cast.village_officer.actor


@pytest.fixture
def seekers(clerk, at):
    """Two seekers of one village, each with a wish, a registration and an account."""
    found = []
    for name, title in (("覃小梅", "甲村食品包装工"), ("黄大山", "乙村食品包装工")):
        person = a_person(by=clerk, at=at, name=name, area=VILLAGE)
        unemployed(person.pk, by=clerk, at=at)
        wishing(person.pk, by=clerk, at=at, occupations=("6-31-05-00",))
        row = make_open(CLERK, at, title=title)
        letter = refer(person=person.pk, vacancy=row.pk, score=9000, by=clerk, at=at)
        player = self_service(username=f"seeker-{person.pk}", person=person.pk, at=at)
        found.append((person, letter, player))
    return found


def test_a_seeker_sees_the_own_file_with_masked_identifiers(seekers, clerk, at):
    person, letter, player = seekers[0]
    open_file(person=person.pk, purpose="counter service", by=clerk, at=at)
    text = player.client().get(ME).content.decode()
    assert "覃小梅" in text and person.id_mask in text and "138****0000" in text
    assert str(person.id_number().reveal() if hasattr(person.id_number(), "reveal") else "13800000000") not in text
    assert letter.letter_no in text and "Registered unemployed" in text
    assert re.search(r"(Excellent|Good|Fair) \d+%", text)
    assert "counter service" in text and "village officer" in text
    assert text.count("Applied or introduced") == 1, "the suggestion whose employer is asked already"


def test_a_seeker_sees_nothing_of_another(seekers, clerk, at):
    (_first, _letter, player), (other, letter, _player) = seekers
    open_file(person=other.pk, purpose="secret purpose", by=clerk, at=at)
    text = player.client().get(ME).content.decode()
    for part in ("黄大山", other.id_mask, letter.letter_no, "secret purpose"):
        assert part not in text or part == seekers[0][0].id_mask, part


def test_the_database_shows_a_seeker_the_own_rows_only(seekers):
    person, _letter, player = seekers[0]
    with player.actor.standing():
        assert list(Person.objects.values_list("pk", flat=True)) == [person.pk]
        assert set(StatusPeriod.objects.values_list("person_id", flat=True)) == {person.pk}
        assert set(JobWish.objects.values_list("person_id", flat=True)) == {person.pk}


def test_an_account_whose_person_has_no_wish_is_told_what_to_do(clerk, at):
    person = a_person(by=clerk, at=at, area=VILLAGE)
    client = self_service(username="fresh", person=person.pk, at=at).client()
    text = client.get(ME).content.decode()
    assert "You have no job wish in force" in text and "Nobody has opened your file yet" in text


def test_an_employer_sees_own_vacancies_and_who_waits(seekers, cast, at):
    firm = make_employer(CLERK, at, name="南宁甲食品有限公司")
    other = make_employer(CLERK, at, name="南宁乙食品有限公司")
    row = make_open(CLERK, at, employer=firm.pk, title="本厂包装工", openings=3)
    draft = make_draft(CLERK, at, employer=firm.pk, title="草稿岗位")
    make_open(CLERK, at, employer=other.pk, title="别厂岗位")
    person, _letter, _player = seekers[0]
    refer(person=person.pk, vacancy=row.pk, score=None, by=cast.village_officer.actor, at=at)
    client = self_service(username="firm", employer=firm.pk, at=at).client()
    answer = client.get(EMPLOYER)
    text = answer.content.decode()
    assert "本厂包装工" in text and draft.title in text and "覃小梅" in text
    assert "别厂岗位" not in text and "乙食品" not in text and person.id_mask not in text
    work = answer.context["work"]
    assert (work.open_count, work.places_left, work.waiting_count) == (1, 3, 1)


def test_a_new_employer_is_told_to_write_a_vacancy(cast, at):
    firm = make_employer(CLERK, at)
    client = self_service(username="firm", employer=firm.pk, at=at).client()
    assert "You have no open vacancy." in client.get(EMPLOYER).content.decode()


def test_each_own_page_is_closed_to_everybody_else(seekers, cast, visitor, at):
    firm = self_service(username="firm", employer=make_employer(CLERK, at).pk, at=at)
    seeker = seekers[0][2]
    assert firm.client().get(ME).status_code == 403
    assert seeker.client().get(EMPLOYER).status_code == 403
    assert cast.county_clerk.client().get(ME).status_code == 403
    for page in (ME, EMPLOYER):
        assert visitor.get(page).status_code == 302


def test_own_pages_are_never_stored(seekers):
    assert "no-store" in seekers[0][2].client().get(ME)["Cache-Control"]


def test_own_pages_cost_few_queries(seekers, at, django_assert_max_num_queries):
    client = seekers[0][2].client()
    client.get(ME)
    with django_assert_max_num_queries(60):
        client.get(ME)


@pytest.mark.parametrize(
    "table", ["people_person", "vacancies_fill", "registration_jobwish", "audit_journalentry", "access_account"]
)
def test_a_planted_read_of_a_closed_table_fails_on_a_public_page(visitor, seekers, monkeypatch, table):
    from openpes.portal.views import public

    def planted(**_asked):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")

    monkeypatch.setattr(public, "found_openings", planted)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        visitor.get(reverse("portal:search"))


def test_the_public_role_can_write_nothing(vacancies):
    for statement in ("DELETE FROM vacancies_publishedvacancy", "UPDATE network_area SET level = level"):
        denied = pytest.raises(ProgrammingError, match="permission denied")
        with denied, within(role="openpes_public"), connection.cursor() as cursor:
            cursor.execute(statement)
