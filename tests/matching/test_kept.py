"""Kept columns are what one would read anew, for every reader, after every kind of write."""

from datetime import timedelta

import psycopg
import pytest
from django.db import transaction

from openpes.config import database
from openpes.engine.matching import Seekers, Vacancies
from openpes.kernel import Actor, within
from openpes.matching.queries import kept
from openpes.matching.queries.columns import seeker_columns, vacancy_columns
from openpes.matching.queries.kept import KeptColumns, open_vacancies, seekers_within
from openpes.people.models import Person
from openpes.registration.models import JobWish
from openpes.vacancies.models import PublishedVacancy
from tests.cast import COUNTY, TOWN
from tests.matching.test_queries import market, seeker  # noqa: F401
from tests.people.factories import a_person
from tests.registration.factories import unemployed, wishing

pytestmark = pytest.mark.city


@pytest.fixture
def clerk(city) -> Actor:
    return Actor(id=9000, scope=COUNTY)


def same(one, other) -> bool:
    names = (Vacancies if isinstance(one, Vacancies) else Seekers).SHAPES
    return all(getattr(one, name).tolist() == getattr(other, name).tolist() for name in names)


def vacancies_now(at) -> Vacancies:
    with within(role="openpes_public"):
        taken = open_vacancies(on=at.date())
        assert same(taken, vacancy_columns(on=at.date()))
        assert open_vacancies(on=at.date()) is taken
    return taken


def seekers_now(at, scope=COUNTY) -> Seekers:
    with within(scope):
        taken = seekers_within(scope=scope, on=at.date())
        assert same(taken, seeker_columns(scope=scope, on=at.date()))
        assert seekers_within(scope=scope, on=at.date()) is taken
    return taken


def change(row: PublishedVacancy, **values) -> None:
    with within("4501"):
        PublishedVacancy.objects.filter(pk=row.pk).update(**values)


def test_kept_vacancies_are_never_stale(market, at, monkeypatch):  # noqa: F811
    before = vacancies_now(at)
    asked = []
    monkeypatch.setattr(
        kept,
        "vacancy_columns",
        lambda on, vacancies: asked.append(vacancies) or vacancy_columns(on=on, vacancies=vacancies),
    )
    with within("4501"):
        row = PublishedVacancy.objects.order_by("pk").first()
    change(row, pay_min_fen=row.pay_min_fen + 1)
    assert row.pay_min_fen + 1 in vacancies_now(at).pay_min_fen.tolist()
    change(row, places_left=0)
    assert len(vacancies_now(at)) == len(before) - 1
    change(row, places_left=1)
    with within("4501"):
        PublishedVacancy.objects.filter(pk=row.pk).delete()
    assert row.pk not in vacancies_now(at).id.tolist()
    with within("4501"):
        row.save(force_insert=True)
    assert row.pk in vacancies_now(at).id.tolist()
    assert asked == [[row.pk]] * 4, "only what was written is read again"
    with within(role="openpes_public"):
        assert open_vacancies(on=at.date() + timedelta(days=400)).id.tolist() == []


def test_what_is_taken_back_was_never_kept(market, at):  # noqa: F811
    before = vacancies_now(at)
    with within("4501"):
        row = PublishedVacancy.objects.order_by("pk").first()
        PublishedVacancy.objects.filter(pk=row.pk).delete()
        assert len(open_vacancies(on=at.date())) == len(before) - 1
        transaction.set_rollback(True)
    assert vacancies_now(at) is before


def test_kept_seekers_follow_wishes_and_what_is_known_of_the_person(seeker, clerk, at):  # noqa: F811
    assert seekers_now(at).id.tolist() == [seeker.pk]
    another = a_person(by=clerk, at=at)
    unemployed(another.pk, by=clerk, at=at)
    wish = wishing(another.pk, by=clerk, at=at, min_pay_fen=200_000)
    assert seekers_now(at).id.tolist() == [seeker.pk, another.pk]
    with within(COUNTY):
        Person.objects.filter(pk=another.pk).update(education="11", skills=["C1"])
    assert seekers_now(at).education.tolist()[1] > 0
    with within(COUNTY):
        JobWish.objects.filter(pk=wish.pk).update(until_on=at.date())
    assert seekers_now(at).id.tolist() == [seeker.pk]


def test_a_narrow_reader_leaves_nothing_to_a_wider_one(seeker, at):  # noqa: F811
    with within("450105"):
        assert len(seekers_within(scope=COUNTY, on=at.date())) == 0
    assert seekers_now(at).id.tolist() == seekers_now(at, TOWN).id.tolist() == [seeker.pk]
    with within("450105"):
        assert len(seekers_within(scope=COUNTY, on=at.date())) == 0


def test_without_its_notes_a_kept_table_grows_stale(market, at, city, monkeypatch):  # noqa: F811
    """The planted mistake: a table that is written without a note."""
    monkeypatch.setattr(kept, "_vacancies", KeptColumns[Vacancies]("open vacancy"))
    before = vacancies_now(at)
    with psycopg.connect(database.conninfo_for(city, database.OWNER), autocommit=True) as owner:
        owner.execute("DROP TRIGGER note_delete ON vacancies_publishedvacancy")
    with within("4501"):
        PublishedVacancy.objects.filter(pk=before.id[0].item()).delete()
    with within(role="openpes_public"):
        assert open_vacancies(on=at.date()) is before


def test_the_table_nobody_asked_for_longest_goes_first(seeker, at, monkeypatch):  # noqa: F811
    monkeypatch.setattr(kept, "PLACES", 2)
    monkeypatch.setattr(kept, "_seekers", KeptColumns[Seekers]("job seeker"))
    first = seekers_now(at)
    seekers_now(at, TOWN)
    assert seekers_now(at) is first
    seekers_now(at, "4501")
    assert seekers_now(at) is first
    assert len(kept._seekers._kept) == 2
