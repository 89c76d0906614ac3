"""The pages of likely duplicates and merges, as officers of each area see them."""

import re
from datetime import date
from uuid import uuid4

import pytest

from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.people.actions.seeking import seek_duplicates
from openpes.people.models import LikelyPair, Merge, Person
from tests.cast import NEIGHBOUR
from tests.merging.factories import WHY, merged, twins, with_a_life
from tests.people.factories import a_person, id_number
from tests.reading import text_of

BORN = date(1985, 2, 3)


def send(client, url, **told):
    return client.post(url, {"idempotency_key": uuid4().hex, **told})


@pytest.fixture
def officer(cast):
    return cast.county_clerk


@pytest.fixture
def pair(officer, at):
    return twins(at, officer.actor)


@pytest.fixture
def found(pair, at):
    seek_duplicates(by=PLATFORM, at=at)
    with within(CITY):
        return LikelyPair.objects.get()


def newcomer(**changes):
    told = {"id_number": id_number(BORN, "2", 77), "name": "覃小梅", "area": "450103001005"}
    return told | changes


def test_a_clerk_sees_likely_files_before_the_act_and_goes_on_with_a_reason(officer, pair):
    client = officer.client()
    first = send(client, "/people/new", **newcomer())
    assert first.status_code == 422
    said = text_of(first)
    assert "2 registered files may be this person's" in said and pair[0].id_mask in said
    assert "Identity numbers differ by one character" in said
    seen = re.findall(r'name="seen" value="(\d+)"', first.content.decode())
    assert len(seen) == 2
    assert "Say how you know" in text_of(send(client, "/people/new", **newcomer(), seen=seen))
    done = send(client, "/people/new", **newcomer(), seen=seen, because="两人同时在场")
    assert done.status_code == 302
    with within(CITY):
        assert Person.objects.count() == 3


def test_a_file_of_another_office_is_not_told_at_the_counter(cast, officer, at):
    far = a_person(by=cast.neighbour_clerk.actor, at=at, id_number=id_number(BORN, "2", 81), area=NEIGHBOUR + "001001")
    said = send(officer.client(), "/people/new", **newcomer(name="秦晓梅"))
    assert "A file at another office" in text_of(said) and "the city office" in text_of(said)
    for hidden in (far.name, far.id_mask, "Same name", f"/person/{far.pk}", f"/people/{far.pk}"):
        assert hidden not in said.content.decode()


def test_a_wrong_check_character_leads_to_the_file_that_is_meant(officer, pair):
    number = pair[0].id_number().reveal()
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    said = text_of(officer.client().post("/people/identity", {"id_number": wrong}))
    assert "one slip away" in said and pair[0].id_mask in said


def test_two_files_become_one_and_two_again_on_the_pages(cast, officer, pair, found, at):
    stays, goes = pair
    with_a_life(goes, at, officer.actor, cast.city_clerk.actor)
    client, second = officer.client(), cast.city_clerk.client()
    assert "覃小梅" in text_of(client.get("/people/duplicates/"))
    side = text_of(client.get(f"/people/duplicates/{found.pk}/"))
    assert "Names that sound alike" in side and "Handbooks" in side and "新竹路 2 号" in side
    proposed = send(client, f"/people/duplicates/{found.pk}/", kept_phone="goes", why=WHY)
    assert proposed.status_code == 302
    page = proposed.url
    assert "You proposed this" in text_of(client.get(page))
    assert send(client, page + "confirm", seen="x").status_code == 422
    seen = re.search(r'name="seen" value="(\w+)"', second.get(page).content.decode())[1]
    assert send(second, page + "confirm", seen=seen).status_code == 302
    for url in (f"/people/{goes.pk}/edit", f"/counter/person/{goes.pk}/", f"/registration/persons/{goes.pk}/why"):
        led = client.get(url, follow=True)
        assert led.redirect_chain[-1][0].endswith(f"/{stays.pk}/"), url
        assert f"File No. {goes.pk} was merged into this one" in text_of(led)
    assert "What the merge did" in text_of(client.get(page))
    asked = send(client, page + "undo", why="是两个人，弄错了")
    assert asked.status_code == 302
    seen = re.search(r'name="seen" value="(\w+)"', second.get(page).content.decode())[1]
    assert send(second, page + "undone", seen=seen).status_code == 302
    assert client.get(f"/people/{goes.pk}/edit").status_code == 200
    assert "Undone" in text_of(client.get(page))


def test_what_stands_against_a_merge_is_listed_with_what_to_do_first(cast, officer, pair, found, at):
    for person in pair:
        with_a_life(person, at, officer.actor, cast.city_clerk.actor)
    page = officer.client().get(f"/people/duplicates/{found.pk}/")
    said = text_of(page)
    assert "Take one of the two booklets in first" in said
    assert "End one of the two registrations first" in said
    assert "Propose the merge" not in said


def test_not_the_same_is_kept_with_its_reason(officer, found):
    client = officer.client()
    assert send(client, f"/people/duplicates/{found.pk}/apart", **{"apart-why": ""}).status_code == 422
    assert send(client, f"/people/duplicates/{found.pk}/apart", **{"apart-why": "双胞胎姐妹"}).status_code == 302
    assert "No two files here" in text_of(client.get("/people/duplicates/"))
    assert "双胞胎姐妹" in text_of(client.get(f"/people/duplicates/{found.pk}/"))


def test_another_file_is_put_beside_by_its_number(officer, pair):
    stays, goes = pair
    client = officer.client()
    assert "No other file" in text_of(send(client, f"/people/{stays.pk}/duplicates", id_number="123"))
    done = send(client, f"/people/{stays.pk}/duplicates", id_number=goes.id_number().reveal())
    assert done.status_code == 302
    assert "Put side by side by an officer" in text_of(client.get(done.url))
    swapped = client.get(done.url + f"?stays={goes.pk}").content.decode()
    assert swapped.index(f"No. {goes.pk}") < swapped.index(f"No. {stays.pk}")


def test_pairs_and_merges_do_not_exist_for_others(cast, officer, pair, found, at):
    merge = merged(*pair, at, officer.actor, cast.city_clerk.actor)
    urls = ["/people/duplicates/", f"/people/duplicates/{found.pk}/", f"/people/merges/{merge.pk}/"]
    for url in urls:
        assert cast.township_clerk.client().get(url).status_code == 403
        assert cast.village_officer.client().get(url).status_code == 403
    neighbour = cast.neighbour_clerk.client()
    for url in [*urls[1:], f"/people/{pair[1].pk}/edit", f"/people/merged/{pair[1].pk}/"]:
        assert neighbour.get(url).status_code == 404, url


def test_an_office_whose_file_went_elsewhere_is_told_whom_to_ask(cast, officer, at):
    neighbour = cast.neighbour_clerk
    far = a_person(by=neighbour.actor, at=at, id_number=id_number(BORN, "2", 81), area=NEIGHBOUR + "001001")
    here = a_person(by=officer.actor, at=at, id_number=id_number(BORN, "2", 82))
    merged(here, far, at, cast.city_clerk.actor, Merge_officer(cast))
    told = neighbour.client().get(f"/people/{far.pk}/edit", follow=True)
    assert "is kept at another office now" in text_of(told) and here.name not in text_of(told)


def Merge_officer(cast):
    from dataclasses import replace

    return replace(cast.city_clerk.actor, id=cast.statistician.actor.id)


def test_the_pages_speak_chinese(cast, officer, pair, found, at):
    client = officer.client("zh-hans")
    said = text_of(client.get("/people/duplicates/")) + text_of(client.get(f"/people/duplicates/{found.pk}/"))
    assert "疑似重复" in said and "公民身份号码" in said
    assert not re.search(r"Likely|Merge|File", said)
    with within(CITY):
        assert not Merge.objects.exists()
