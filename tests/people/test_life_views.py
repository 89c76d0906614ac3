"""The pages of a life as staff see them: what stands, what waits, what is refused, and who may not look."""

from datetime import date
from uuid import uuid4

import pytest

from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.people.actions import HouseholdFacts, form_household, join_household, move_residence
from openpes.people.models import Departure, FileHandover, Household, HouseholdMember, NumberChange, Person
from tests.cast import COUNTY, VILLAGE
from tests.people.factories import a_person, id_number
from tests.reading import text_of

SINCE = date(2020, 1, 1)
VILLAGE_WORDS = VILLAGE
PAGES = ("life", "name", "number", "hukou", "departure", "departure/take-back", "return")
HOUSE_PAGES = ("household/head", "household/split", "household/move")


def send(client, url, **told):
    return client.post(url, {"idempotency_key": uuid4().hex, **told})


@pytest.fixture
def clerk(cast):
    return cast.county_clerk


@pytest.fixture
def mei(clerk, at):
    return a_person(by=clerk.actor, at=at, name="覃小梅", resides_from_on=SINCE)


@pytest.fixture
def spouse(clerk, at, mei):
    house = form_household(
        facts=HouseholdFacts(area=VILLAGE, booklet_no="B-3"), head=mei.pk, from_on=SINCE, by=clerk.actor, at=at
    )
    person = a_person(by=clerk.actor, at=at, name="韦大山", resides_from_on=SINCE)
    join_household(household=house.pk, person=person.pk, relation="1", from_on=SINCE, by=clerk.actor, at=at)
    return person


def named(**changes):
    return {
        "name": "覃晓梅",
        "kind": "changed",
        "on": "2026-11-02",
        "evidence": "booklet",
        "evidence_no": "5",
    } | changes


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_of_a_life_opens_in_both_languages(clerk, mei, spouse, language):
    client = clerk.client(language)
    for page in (*PAGES, *HOUSE_PAGES):
        answer = client.get(f"/people/{mei.pk}/{page}")
        assert answer.status_code == 200, page
        assert "覃小梅" in text_of(answer)
    for page in ("numbers", "handovers"):
        assert client.get(f"/people/{page}").status_code == 200


def test_a_neighbour_meets_a_wall_and_who_only_reads_changes_nothing(cast, mei, spouse):
    neighbour, reader = cast.neighbour_clerk.client(), cast.auditor.client()
    for page in (*PAGES, *HOUSE_PAGES):
        assert neighbour.get(f"/people/{mei.pk}/{page}").status_code == 404, page
        assert send(neighbour, f"/people/{mei.pk}/{page}").status_code in (404, 405), page
        assert reader.get(f"/people/{mei.pk}/{page}").status_code == 403, page


def test_a_name_is_changed_and_stands_as_formerly_on_every_card(clerk, mei):
    client = clerk.client()
    wrong = send(client, f"/people/{mei.pk}/name", **named(on="2027-01-01", evidence="booklet"))
    assert wrong.status_code == 422 and "lies in the future" in text_of(wrong)
    assert send(client, f"/people/{mei.pk}/name", **named()).status_code == 302
    for page in (f"/people/{mei.pk}/life", f"/counter/person/{mei.pk}/"):
        said = text_of(client.get(page))
        assert "覃晓梅" in said and "Formerly" in said and "覃小梅" in said
    assert "formerly 覃小梅" in text_of(client.post("/counter/find/", {"q": "覃小梅"}))


def test_a_number_is_written_in_by_one_and_confirmed_by_another(clerk, cast, mei):
    new = id_number()
    told = {
        "kind": "corrected",
        "id_number": new,
        "on": "2026-11-02",
        "evidence": "card",
        "evidence_no": "",
        "note": "",
    }
    assert send(clerk.client(), f"/people/{mei.pk}/number", **told | {"id_number": ""}).status_code == 422
    assert send(clerk.client(), f"/people/{mei.pk}/number", **told).status_code == 302
    with within(COUNTY):
        change = NumberChange.objects.get()
    assert "waits for a second officer" in text_of(clerk.client().get(f"/people/{mei.pk}/life"))
    assert "覃小梅" in text_of(clerk.client().get("/people/numbers"))
    own = clerk.client().get(f"/people/numbers/{change.pk}")
    assert "a colleague answers" in text_of(own) and new not in own.content.decode()
    answer = {"content_hash": change.content_hash, "answer": "confirmed", "typed": new, "note": ""}
    assert "does not confirm it" in text_of(send(clerk.client(), f"/people/numbers/{change.pk}", **answer))
    assert send(cast.city_clerk.client(), f"/people/numbers/{change.pk}", **answer).status_code == 302
    with within(COUNTY):
        assert Person.objects.get().id_number().reveal() == new
    assert cast.neighbour_clerk.client().get(f"/people/numbers/{change.pk}").status_code == 404


def test_a_death_is_recorded_shown_and_taken_back(clerk, mei):
    client = clerk.client()
    told = {"kind": "died", "on": "2026-11-20", "evidence": "medical", "reporter": "relative"}
    assert send(client, f"/people/{mei.pk}/departure", **told | {"reporter": ""}).status_code == 422
    assert send(client, f"/people/{mei.pk}/departure", **told).status_code == 302
    assert "Died on 20 Nov 2026" in text_of(client.get(f"/people/{mei.pk}/life"))
    page = text_of(client.get(f"/counter/person/{mei.pk}/"))
    assert "Died on 20 Nov 2026" in page and "Register as unemployed" not in page
    assert "Died on 20 Nov 2026" in text_of(client.post("/counter/find/", {"q": "覃小梅"}))
    refused = send(client, f"/people/{mei.pk}/move", area=VILLAGE_WORDS, address="", on="2026-11-21")
    assert refused.status_code == 422 and "nothing new is registered" in text_of(refused)
    assert send(client, f"/people/{mei.pk}/departure/take-back", why="").status_code == 422
    assert send(client, f"/people/{mei.pk}/departure/take-back", why="本人到场").status_code == 302
    with within(COUNTY):
        assert not Departure.objects.standing().exists()
    assert "Died on 20 Nov 2026" not in text_of(client.get(f"/counter/person/{mei.pk}/"))


def test_who_left_for_good_comes_back(clerk, mei):
    client = clerk.client()
    told = {"kind": "away", "on": "2026-11-02", "evidence": "migration", "reporter": "self"}
    assert send(client, f"/people/{mei.pk}/departure", **told).status_code == 302
    assert "Return to the city" in text_of(client.get(f"/people/{mei.pk}/life"))
    assert send(client, f"/people/{mei.pk}/return", on="2026-11-22", address="旧村").status_code == 302
    assert "Came back to the city" in text_of(client.get(f"/people/{mei.pk}/life"))


def test_a_household_registration_is_changed_and_shown_with_its_place(clerk, mei):
    told = {"kind": "21", "place": "450103", "address": "旧村 7 号", "on": "2026-11-02", "evidence": "booklet"}
    assert send(clerk.client(), f"/people/{mei.pk}/hukou", **told | {"place": "1"}).status_code == 422
    assert send(clerk.client(), f"/people/{mei.pk}/hukou", **told).status_code == 302
    said = text_of(clerk.client().get(f"/people/{mei.pk}/life"))
    assert "Local agricultural" in said and "青秀区" in said


def test_a_file_of_another_county_is_accepted_on_its_page(clerk, cast, mei, at):
    move_residence(person=mei.pk, area="450105001001", address="江南路", on=at.date(), by=clerk.actor, at=at)
    with within(CITY):
        row = FileHandover.objects.get().pk
    there, here = cast.neighbour_clerk.client(), clerk.client()
    assert "覃小梅" in text_of(there.get("/people/handovers"))
    assert "to be accepted or returned" in text_of(there.get(f"/people/{mei.pk}/life"))
    assert here.get(f"/people/handovers/{row}").status_code == 404
    assert "覃小梅" not in (said := text_of(here.get("/people/handovers"))) and "waiting" in said
    assert send(there, f"/people/handovers/{row}", accepts="no", note="").status_code == 422
    assert send(there, f"/people/handovers/{row}", accepts="no", note="查无此人").status_code == 302
    assert "Returned" in text_of(here.get("/people/handovers"))
    with within(COUNTY):
        assert Person.objects.get().area == VILLAGE


def test_a_household_whose_head_died_says_so(clerk, mei, spouse):
    client = clerk.client()
    told = {"kind": "died", "on": "2026-11-20", "evidence": "medical", "reporter": "relative"}
    assert "Nobody is the head" not in text_of(client.get(f"/people/{spouse.pk}/household"))
    assert send(client, f"/people/{mei.pk}/departure", **told).status_code == 302
    assert "Nobody is the head" in text_of(client.get(f"/people/{spouse.pk}/household"))
    assert send(client, f"/people/{spouse.pk}/household/head", on="2026-11-21").status_code == 302
    assert "Nobody is the head" not in text_of(client.get(f"/people/{spouse.pk}/household"))


def test_a_household_gets_a_head_is_split_and_moves(clerk, mei, spouse):
    client = clerk.client()
    assert send(client, f"/people/{spouse.pk}/household/head", on="2026-11-02").status_code == 302
    assert "the head of the household changed" in text_of(client.get(f"/people/{mei.pk}/household"))
    told = {f"goes_{mei.pk}": "on", "new_head": mei.pk, "on": "2026-11-10", "booklet_no": "B-4", "area": VILLAGE_WORDS}
    nobody = send(client, f"/people/{spouse.pk}/household/split", **{k: v for k, v in told.items() if "goes" not in k})
    assert nobody.status_code == 422 and "Choose who goes" in text_of(nobody)
    assert send(client, f"/people/{spouse.pk}/household/split", **told).status_code == 302
    with within(COUNTY):
        assert Household.objects.count() == 2
        assert HouseholdMember.objects.filter(until_on=None, is_head=True).count() == 2
    move = {"movers": [mei.pk], "area": "450103001006", "address": "新村", "on": "2026-11-12"}
    assert send(client, f"/people/{mei.pk}/household/move", **move | {"movers": []}).status_code == 422
    assert send(client, f"/people/{mei.pk}/household/move", **move).status_code == 302
    with within(COUNTY):
        assert Household.objects.get(booklet_no="B-4").area == Person.objects.get(pk=mei.pk).area == "450103001006"
