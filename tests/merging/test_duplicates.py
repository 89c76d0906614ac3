"""Likely duplicates: at the counter before the act, in the night over the city, and what an officer says to them."""

from datetime import date

import pytest

from openpes.audit.models import JournalEntry
from openpes.kernel import Refused, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.people.actions import PersonChanges, change_person
from openpes.people.actions.duplicates import compare_files, register_newcomer, tell_apart
from openpes.people.actions.seeking import seek_duplicates
from openpes.people.choices import PairState
from openpes.people.models import LikelyPair, Person
from openpes.people.queries.duplicates import Stranger, likely_persons, waiting_pairs
from tests.cast import NEIGHBOUR
from tests.merging.factories import merged, twins, unmerged
from tests.people.factories import a_person, facts, id_number

BORN = date(1985, 2, 3)


@pytest.fixture
def officer(cast):
    return cast.county_clerk.actor


def renamed(person: Person, name: str) -> None:
    with within(CITY):
        Person.objects.filter(pk=person.pk).update(name=name)


def likes(scope, at, **told):
    known = {"id_number": id_number(BORN, "2", 88), "name": "覃小梅", "born_on": BORN, "sex": "2"}
    known["area"] = "450103001005"
    return likely_persons(scope=scope, stranger=Stranger(**(known | told)), on=at.date())


def test_a_slip_in_the_number_and_a_name_as_it_is_heard_are_met_at_the_counter(officer, at):
    here = a_person(by=officer, at=at, id_number=id_number(BORN, "2", 78), phone="13900000009")
    a_person(by=officer, at=at, id_number=id_number(date(1971, 1, 1), "2", 3), name="黄大力", phone="13700000000")
    (found,) = likes(officer.scope, at, name="秦晓梅")
    assert found.person == here.pk and found.own
    assert found.reasons == ["Identity numbers differ by one character, or two are swapped", "Names that sound alike",
                             "Same community or village"]  # fmt: skip
    (by_birth,) = likes(officer.scope, at, id_number="110101" + id_number(BORN, "2", 310)[6:])
    assert by_birth.reasons[:2] == ["Same birth date and sex", "Same name"]


def test_of_a_file_of_another_office_only_where_to_ask_is_told(cast, officer, at):
    a_person(by=cast.neighbour_clerk.actor, at=at, id_number=id_number(BORN, "2", 78), area=NEIGHBOUR + "001001")
    (found,) = likes(officer.scope, at)
    assert (found.own, found.reasons, found.office) == (False, [], "the city office")
    assert len(likes(cast.neighbour_clerk.actor.scope, at)[0].reasons) > 1


def test_a_newcomer_who_is_like_somebody_is_registered_after_the_clerk_says_why(cast, officer, at):
    known = a_person(by=officer, at=at, id_number=id_number(BORN, "2", 78))
    far = a_person(by=cast.neighbour_clerk.actor, at=at, id_number=id_number(BORN, "2", 77), area=NEIGHBOUR + "001001")
    told = facts(id_number=id_number(BORN, "2", 79))
    with pytest.raises(Refused, match="may be registered already"):
        register_newcomer(facts=told, seen=(), because="两人同时到场", by=officer, at=at)
    seen = [one.mark for one in likes(officer.scope, at, id_number=told.id_number)]
    assert len(seen) == 2 and not {known.pk, far.pk} & set(seen)
    with pytest.raises(Refused, match="how you know"):
        register_newcomer(facts=told, seen=seen, because=" ", by=officer, at=at)
    person = register_newcomer(facts=told, seen=seen, because="两人同时到场", by=officer, at=at)
    with within(CITY):
        own = LikelyPair.objects.get(first=known.pk, second=person.pk)
        other = LikelyPair.objects.get(first=far.pk, second=person.pk)
        line = JournalEntry.objects.filter(event="people.ToldApart").order_by("id").last()
    assert (own.state, own.answer, other.state, other.area) == ("apart", "两人同时到场", "waiting", CITY)
    assert line.person == person.pk and seek_duplicates(by=PLATFORM, at=at) == 3
    with within(CITY):
        own.refresh_from_db()
    assert own.state == "apart"


def test_the_night_finds_the_pair_once_and_forgets_what_is_not_likely_any_more(officer, at):
    first, second = twins(at, officer)
    a_person(by=officer, at=at, name="黄大力", id_number=id_number(date(1971, 1, 1), "1", 3), phone="13700000000")
    assert seek_duplicates(by=PLATFORM, at=at) == 1
    with officer.standing():
        (view,) = waiting_pairs(scope=officer.scope)
    assert (view.first.pk, view.second.pk) == (first.pk, second.pk)
    assert view.reasons == ["Identity numbers differ by one character, or two are swapped", "Names that sound alike"]
    before = view.pair
    assert seek_duplicates(by=PLATFORM, at=at) == 1
    with within(CITY):
        assert LikelyPair.objects.get().found_at == before.found_at
    renamed(second, "农卫国")
    assert seek_duplicates(by=PLATFORM, at=at) == 0
    with within(CITY):
        assert not LikelyPair.objects.exists()


def test_what_was_told_apart_comes_back_only_when_a_fact_is_another(officer, at):
    _first, second = twins(at, officer)
    seek_duplicates(by=PLATFORM, at=at)
    with within(CITY):
        pair = LikelyPair.objects.get()
    with pytest.raises(Refused, match="how you know"):
        tell_apart(pair=pair.pk, why="", by=officer, at=at)
    tell_apart(pair=pair.pk, why="是双胞胎姐妹，两人都来过", by=officer, at=at)
    seek_duplicates(by=PLATFORM, at=at)
    with within(CITY):
        pair.refresh_from_db()
    assert (pair.state, pair.answer) == (PairState.APART, "是双胞胎姐妹，两人都来过")
    change_person(person=second.pk, version=1, changes=PersonChanges(marital="10"), by=officer, at=at)
    seek_duplicates(by=PLATFORM, at=at)
    with within(CITY):
        pair.refresh_from_db()
    assert pair.state == PairState.APART, "who is married is no fact that was compared"
    renamed(second, "覃小梅")
    seek_duplicates(by=PLATFORM, at=at)
    with within(CITY):
        pair.refresh_from_db()
    assert pair.state == PairState.WAITING


def test_files_put_side_by_side_and_merged_are_not_proposed_again_after_the_undoing(cast, officer, at):
    first, second = twins(at, officer)
    pair = compare_files(first=second.pk, second=first.pk, by=officer, at=at)
    assert pair.reasons[-1] == "by_hand"
    with pytest.raises(Refused, match="with itself"):
        compare_files(first=first.pk, second=first.pk, by=officer, at=at)
    merge = merged(first, second, at, officer, cast.city_clerk.actor)
    unmerged(merge, at, officer, cast.city_clerk.actor)
    seek_duplicates(by=PLATFORM, at=at)
    with within(CITY):
        assert LikelyPair.objects.get().state == PairState.APART
        assert Person.objects.count() == 2
