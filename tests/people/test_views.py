"""The pages of persons as staff of each area see them, in both languages."""

from datetime import date
from uuid import uuid4

import pytest

from openpes.audit.models import JournalEntry
from openpes.kernel import within
from openpes.people.models import HouseholdMember, Person, Residence
from tests.cast import COUNTY, TOWN, VILLAGE
from tests.people.factories import a_person, id_number
from tests.reading import text_of

NUMBER = id_number(date(1985, 2, 3), "2", 78)


def send(client, url, **told):
    return client.post(url, {"idempotency_key": uuid4().hex, **told})


@pytest.fixture
def clerk(cast):
    return cast.county_clerk


@pytest.fixture
def mei(clerk, at):
    return a_person(by=clerk.actor, at=at, id_number=NUMBER, name="覃小梅", resides_from_on=date(2015, 1, 1))


def newcomer(**changes):
    return {"id_number": NUMBER, "name": "覃小梅", "area": VILLAGE, "education": "61", "hukou": "11"} | changes


def test_a_person_is_registered_from_a_full_width_number(clerk):
    client = clerk.client()
    assert client.get("/people/new").status_code == 200
    wide = "".join(chr(ord(c) + 0xFEE0) for c in NUMBER)
    done = send(client, "/people/new", **newcomer(id_number=wide, phone="138 0000 1111"))
    assert done.status_code == 302
    with within(COUNTY):
        assert Person.objects.get().id_number().reveal() == NUMBER


def test_the_number_says_birth_sex_and_county_before_anything_is_saved(clerk):
    client = clerk.client()
    said = text_of(client.post("/people/identity", {"id_number": NUMBER}))
    assert "Born 3 Feb 1985, 41 years, Female" in said
    wrong = NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")
    assert f"require {NUMBER[-1]}" in text_of(client.post("/people/identity", {"id_number": wrong}))


def test_a_known_person_is_pointed_to_while_the_number_is_typed(clerk, cast, mei):
    assert "Open the file of 覃小梅" in text_of(clerk.client().post("/people/identity", {"id_number": NUMBER}))
    assert "覃小梅" not in text_of(cast.neighbour_clerk.client().post("/people/identity", {"id_number": NUMBER}))


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["The check digit of the identity number is", "The name is missing", "does not name one area here"]),
        ("zh-hans", ["公民身份号码的校验码", "没有唯一对应的地区"]),
    ],
)
def test_wrong_input_is_answered_by_field_in_both_languages(clerk, language, sentences):
    wrong = NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")
    name = "·" if language == "en" else "韦某"
    first = send(clerk.client(language), "/people/new", **newcomer(id_number=wrong, name=name, area="乌有乡"))
    second = send(clerk.client(language), "/people/new", **newcomer(id_number=wrong, name=name))
    assert first.status_code == second.status_code == 422
    said = text_of(first) + text_of(second)
    missing = [sentence for sentence in sentences if sentence not in said and "name is missing" not in sentence]
    assert missing == []
    with within(COUNTY):
        assert not Person.objects.exists()


def test_an_area_is_chosen_by_a_part_of_its_name(clerk):
    options = clerk.client().get("/people/areas", {"q": "新竹"}).json()
    assert options and all("新竹" in option["label"] for option in options)
    assert all(option["more"].startswith(COUNTY) for option in options)
    assert send(clerk.client(), "/people/new", **newcomer(area=options[0]["value"])).status_code == 302


def test_a_person_of_the_neighbour_does_not_exist(cast, mei):
    client = cast.neighbour_clerk.client()
    for page in ("edit", "move", "reveal", "household"):
        assert client.get(f"/people/{mei.pk}/{page}").status_code == 404, page
    for page in ("edit", "move", "reveal", "household/form", "household/join", "household/leave", "household/head"):
        assert send(client, f"/people/{mei.pk}/{page}", name="x").status_code == 404, page
    assert "覃小梅" not in text_of(client.get("/people/"))


def test_without_the_permission_there_is_403(cast, mei):
    for url in ("/people/", "/people/new", f"/people/{mei.pk}/edit", f"/people/{mei.pk}/reveal"):
        assert cast.administrator.client().get(url).status_code == 403
    assert cast.supervisor.client().get("/people/new").status_code == 403 if hasattr(cast, "supervisor") else True


def test_a_stale_change_is_refused_in_words(clerk, mei):
    client = clerk.client()
    told = {"version": "1", "education": "20", "hukou": "11"}
    assert send(client, f"/people/{mei.pk}/edit", **told).status_code == 302
    stale = send(client, f"/people/{mei.pk}/edit", **told | {"education": "61"})
    assert stale.status_code == 422 and "Somebody else changed this file" in text_of(stale)
    with within(COUNTY):
        person = Person.objects.get()
    assert (person.education, str(person.phone())) == ("20", "138****0000")


def test_a_number_is_shown_in_full_with_purpose_and_case_and_stands_in_the_journal(clerk, mei):
    client = clerk.client()
    url = f"/people/{mei.pk}/reveal"
    assert NUMBER not in client.get(url).content.decode()
    refused = client.post(url, {"identifier": "id_number", "purpose": "verify", "case": ""})
    assert refused.status_code == 422 and NUMBER not in refused.content.decode()
    shown = client.post(url, {"identifier": "id_number", "purpose": "verify", "case": "A-1"})
    assert NUMBER in shown.content.decode() and shown.headers["Cache-Control"] == "no-store"
    with within("4501"):
        entries = JournalEntry.objects.filter(event="people.IdentifierRevealed")
        assert entries.count() == 1 and NUMBER not in str(entries.values())


def test_no_page_but_that_one_shows_a_number(clerk, mei):
    client = clerk.client()
    for url in ("/people/", f"/people/{mei.pk}/edit", f"/people/{mei.pk}/move", f"/people/{mei.pk}/household"):
        page = client.get(url)
        assert page.status_code == 200
        assert NUMBER not in page.content.decode() and "13800000000" not in page.content.decode()


def test_a_move_to_another_office_takes_the_file_away(clerk, mei):
    client = clerk.client()
    done = send(client, f"/people/{mei.pk}/move", area="450105001001", address="新家", on="20261120")
    assert done.headers["Location"] == "/people/"
    assert client.get(f"/people/{mei.pk}/edit").status_code == 404
    with within("4501"):
        assert Residence.objects.filter(person=mei).count() == 2


def test_a_household_is_formed_joined_and_left(clerk, mei, at):
    client = clerk.client()
    form = {"form-booklet_no": "B-9", "form-area": VILLAGE, "form-kind": "5", "form-from_on": "2020-01-01"}
    assert send(client, f"/people/{mei.pk}/household/form", **form).status_code == 302
    other = a_person(by=clerk.actor, at=at, name="韦家人")
    unknown = {"join-booklet_no": "none", "join-relation": "1", "join-from_on": "2021-01-01"}
    page = send(client, f"/people/{other.pk}/household/join", **unknown)
    assert page.status_code == 422 and "not exactly one household" in text_of(page)
    assert send(client, f"/people/{other.pk}/household/join", **unknown | {"join-booklet_no": "B-9"}).status_code == 302
    assert "韦家人" in text_of(client.get(f"/people/{mei.pk}/household"))
    assert send(client, f"/people/{other.pk}/household/head", on="2026-10-01").status_code == 302
    assert send(client, f"/people/{other.pk}/household/leave", **{"leave-on": "2026-11-01"}).status_code == 302
    with within(COUNTY):
        assert HouseholdMember.objects.filter(person=other).latest("from_on").until_on == date(2026, 11, 1)


def test_the_list_is_narrowed_by_its_address(clerk, mei):
    client = clerk.client()
    assert "覃小梅" in text_of(client.get("/people/?sex=2&age_min=41&age_max=41"))
    assert "覃小梅" not in text_of(client.get("/people/?sex=1"))
    assert client.get("/people/?age_min=x").status_code == 422


def test_a_whole_street_is_no_community_where_somebody_lives(clerk):
    options = clerk.client().get("/people/areas", {"q": "街道"}).json()
    assert options and all(len(option["more"]) == 12 for option in options)
    for street in (TOWN, COUNTY):
        page = send(clerk.client("zh-hans"), "/people/new", **newcomer(area=street))
        assert page.status_code == 422
        assert "范围大于一个社区（村）" in page.content.decode()
    assert not Person.objects.exists()
