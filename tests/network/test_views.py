"""The board and its pages as staff of each area see them."""

import re
from uuid import uuid4

import pytest

from openpes.kernel import publish, within
from openpes.kernel.action import PLATFORM
from openpes.network.actions import post_staff
from openpes.network.events import ServicePointOpened
from openpes.network.models import Posting, ServicePoint
from tests.cast import COUNTY, NEIGHBOUR, TOWN, VILLAGE
from tests.network.factories import a_point
from tests.reading import text_of


@pytest.fixture
def places(cast, at):
    found = {area: a_point(area, at, name=f"{area}站") for area in (COUNTY, TOWN, VILLAGE, NEIGHBOUR)}
    post_staff(account=cast.village_officer.account.pk, point=found[VILLAGE].pk, window="1", by=PLATFORM, at=at)
    with cast.village_officer.actor.standing():
        publish(ServicePointOpened(point=0, area=VILLAGE, by=cast.village_officer.actor.id, at=at))
    return found


def test_the_city_reads_how_many_of_the_plan_are_online(places, cast):
    response = cast.city_clerk.client().get("/network/")
    assert response.status_code == 200
    assert "1 of 1,858 service points online" in text_of(response)
    assert "Qingxiu District" in text_of(response)
    assert "within the last 7 days" in text_of(response)


def links_of(response) -> set[str]:
    return {link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*)"', response.content.decode())}


def test_the_board_drills_down_to_the_point_and_every_number_opens_its_list(places, cast):
    client, page = cast.city_clerk.client(), "/network/"
    for area in (COUNTY, TOWN, VILLAGE):
        response = client.get(page)
        lists = {link for link in links_of(response) if link.startswith("/network/points?") and f"area={area}" in link}
        assert {link.partition("&")[2] for link in lists if link.split("&")[0].endswith(area)} == {
            "", "online=yes", "online=no",
        }  # fmt: skip
        assert {client.get(link).status_code for link in lists} == {200}
        page = f"/network/{area}"
        assert page in links_of(response)
    assert f"/network/points/{places[VILLAGE].pk}" in links_of(client.get(page))


def test_the_list_behind_the_online_number_holds_that_many_points(places, cast):
    client = cast.city_clerk.client()
    online = client.get("/network/points?area=4501&online=yes").context["page"]
    offline = client.get("/network/points?area=4501&online=no").context["page"]
    assert ([point.area for point in online], [point.area for point in offline]) == (
        [VILLAGE], [COUNTY, TOWN, NEIGHBOUR],
    )  # fmt: skip


def test_a_point_shows_its_staff_and_its_last_working_day(places, cast):
    text = text_of(cast.county_clerk.client().get(f"/network/points/{places[VILLAGE].pk}"))
    assert "village officer" in text
    assert "23 Nov 2026" in text
    assert "Post from that day on" not in text


@pytest.mark.parametrize("url", ["/network/450105", "/network/points?area=450105", "/network/points/{pk}"])
def test_what_lies_outside_the_area_does_not_exist(places, cast, url):
    url = url.format(pk=places[NEIGHBOUR].pk)
    assert cast.county_clerk.client().get(url).status_code == 404
    assert cast.city_clerk.client().get(url).status_code == 200


def test_an_area_page_shows_its_dated_names_and_codes(db, cast):
    text = text_of(cast.county_clerk.client().get("/network/areas/450181"))
    for word in ("横县", "横州市", "450127", "29 Jul 2021"):
        assert word in text
    assert cast.county_clerk.client().get("/network/areas/450199").status_code == 404


def test_a_stranger_is_led_to_the_door_and_a_seeker_is_refused(places, cast, at, client):
    from tests.cast import self_service

    assert client.get("/network/").url == "/sign-in/login/?next=/network/"
    seeker = self_service(username="seeker", person=7, at=at)
    assert seeker.client().get("/network/").status_code == 403


def test_the_administrator_posts_staff_and_a_clerk_cannot(places, cast):
    url = f"/network/points/{places[COUNTY].pk}/post"
    form = {"account": "county_clerk", "window": "２", "idempotency_key": str(uuid4())}
    assert cast.county_clerk.client().post(url, form).status_code == 403
    response = cast.administrator.client().post(url, form)
    assert (response.status_code, response.url) == (302, url.removesuffix("/post"))
    with within("4501"):
        posting = Posting.objects.get(point=places[COUNTY])
    assert (posting.account, posting.window) == (cast.county_clerk.account, "2")


def test_a_wrong_user_name_is_named_at_its_field(places, cast):
    form = {"account": "nobody", "idempotency_key": str(uuid4())}
    response = cast.administrator.client().post(f"/network/points/{places[COUNTY].pk}/post", form)
    assert response.status_code == 422
    assert "There is no staff account “nobody”" in text_of(response)


def test_the_administrator_opens_a_point_and_reads_every_reason_when_refused(cast):
    client = cast.administrator.client()
    good = {"area": COUNTY, "name": "分市场", "opened_on": "2026年11月1日", "idempotency_key": str(uuid4())}
    assert client.post("/network/points/open", good).status_code == 302
    with within("4501"):
        assert ServicePoint.objects.get(name="分市场").area == COUNTY
    bad = {"area": "450199", "name": "x", "opened_on": "2026-13-01", "idempotency_key": str(uuid4())}
    response = client.post("/network/points/open", bad)
    assert response.status_code == 422
    assert "is not a date" in text_of(response)
    response = client.post("/network/points/open", bad | {"opened_on": "20261101"})
    assert "The city has no area 450199" in text_of(response)
