"""Nobody is shown a way that is closed to them: every link of every role's start page is walked."""

import re
from html import unescape

import pytest
from django.urls import reverse

from openpes.access.actions import grant_role, open_account
from openpes.access.permissions import roles
from openpes.config.roles import ROLES
from openpes.kernel.action import PLATFORM, Actor
from tests.cast import COUNTY, TOWN, VILLAGE, Player

LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
AREAS = {"city": "4501", "county": COUNTY, "town": TOWN, "village": VILLAGE, "": COUNTY}
STAFF = [role.code for role in ROLES if not role.self_service]


@pytest.fixture
def holder(at):
    def of(code: str) -> Player:
        scope = AREAS[next(role.level for role in roles() if role.code == code)]
        account = open_account(username=f"only_{code}", name=code, by=PLATFORM, at=at)
        grant_role(account=account.pk, role=code, scope=scope, by=PLATFORM, at=at)
        return Player(account, Actor(id=account.pk, scope=scope, name=code))

    return of


def links_of(client, page: str) -> set[str]:
    text = client.get(page, follow=True).content.decode()
    return {unescape(address) for address in LINK.findall(text)}


def closed_links(client, page: str) -> set[str]:
    return {address for address in links_of(client, page) if client.get(address, follow=True).status_code == 403}


@pytest.mark.parametrize("code", STAFF)
def test_no_link_of_a_start_page_is_closed_to_its_reader(db, code, holder):
    client = holder(code).client()
    assert len(links_of(client, "/")) >= 3
    assert closed_links(client, "/") == set()


def test_a_closed_link_would_be_found(db, holder):
    """The page of the desk as a clerk sees it, walked by a supervisor."""
    shown = links_of(holder("county_clerk").client(), reverse("counter:home"))
    supervisor = holder("supervisor").client()
    closed = {address for address in shown if supervisor.get(address).status_code == 403}
    assert {reverse("people:new"), reverse("vacancies:new")} <= closed


def test_hits_tell_namesakes_apart(cast, at):
    from tests.people.factories import a_person

    person = a_person(by=cast.county_clerk.actor, at=at)
    page = cast.county_clerk.client("zh-hans").post(
        reverse("counter:find"), {"q": person.name}, headers={"HX-Request": "true"}
    )
    text = page.content.decode()
    assert re.search(r"[男女] · \d+岁 · \S+ · \S+\*", text), text


def test_a_missing_page_keeps_the_navigation_of_who_is_signed_in(cast, client):
    for page in ("/persons/999999999/", "/there/is/nothing"):
        seen = cast.county_clerk.client().get(page)
        assert seen.status_code == 404
        assert reverse("people:list") in links_of_text(seen.content.decode())
        stranger = client.get("/there/is/nothing").content.decode()
        assert reverse("people:list") not in links_of_text(stranger)


def links_of_text(text: str) -> set[str]:
    return set(LINK.findall(text))
