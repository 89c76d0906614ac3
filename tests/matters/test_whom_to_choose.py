"""Forms show the colleagues near, never the staff of the whole city; everybody else is found by a part of the name."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from openpes.access.actions import close_account, grant_role, open_account
from openpes.access.models import Account
from openpes.counter.queries.home import waiting_lines
from openpes.kernel import Actor, within
from openpes.kernel.action import PLATFORM
from openpes.matters.models import HandOver, Responsibility
from openpes.matters.queries import NEAR, colleague_of, colleagues_found, lists_found, near_colleagues, offers_to
from openpes.network.actions import post_staff
from tests.cast import COUNTY, NEIGHBOUR, TOWN
from tests.matters.test_actions import ask, offer, person  # noqa: F401
from tests.network.factories import a_point

MANY = 40


def a_colleague(number: int, at, scope: str = COUNTY, role: str = "county_clerk") -> Account:
    made = open_account(username=f"clerk{number:02}", name=f"韦同事{number:02}", password=None, by=PLATFORM, at=at)
    grant_role(account=made.pk, role=role, scope=scope, by=PLATFORM, at=at)
    return made


@pytest.fixture
def crowd(cast, at) -> list[Account]:
    """Forty colleagues of the county; the last one works at the clerk's own point."""
    made = [a_colleague(number, at) for number in range(MANY)]
    office = a_point(COUNTY, at)
    for account in (cast.county_clerk.account, made[-1]):
        post_staff(account=account.pk, point=office.pk, by=PLATFORM, at=at)
    return made


def send(client, name, *arguments, **told):
    return client.post(reverse(f"matters:{name}", args=arguments), told | {"idempotency_key": str(uuid4())})


def boxes(page: str) -> set[int]:
    return {int(value) for value in re.findall(r'name="receivers" value="(\d+)"', page)}


def test_those_near_come_first_and_are_not_many(crowd, cast, at):
    with within(COUNTY):
        near = near_colleagues(actor=cast.county_clerk.actor, on=at.date())
        assert len(near) == NEAR and set(list(near)[:2]) == {crowd[-1].pk, cast.county_clerk.account.pk}
        assert cast.neighbour_clerk.account.pk not in near and cast.city_clerk.account.pk not in near
        of_town = near_colleagues(actor=cast.county_clerk.actor, on=at.date(), area=TOWN)
        assert cast.township_clerk.account.pk in of_town


def test_anybody_else_is_found_by_a_part_of_the_name_and_meant_only_when_it_is_clear(crowd, cast, at):
    def meant(text: str) -> int | None:
        return colleague_of(scope=COUNTY, on=at.date(), text=text)

    with within(COUNTY):
        (found,) = colleagues_found(scope=COUNTY, on=at.date(), text="同事07")
        assert (found.pk, found.label, found.more) == (crowd[7].pk, "韦同事07 (clerk07)", "青秀区")
        assert len(colleagues_found(scope=COUNTY, on=at.date(), text="clerk")) == 12
        assert colleagues_found(scope=COUNTY, on=at.date(), text=" ") == []
        assert [meant(text) for text in (found.label, "clerk07", "韦同事07")] == [crowd[7].pk] * 3
        assert [meant(text) for text in ("同事", "clerk", "", "neighbour_clerk")] == [None] * 4
        twin = open_account(username="twin", name="韦同事07", password=None, by=PLATFORM, at=at)
        grant_role(account=twin.pk, role="county_clerk", scope=COUNTY, by=PLATFORM, at=at)
        assert meant("韦同事07") is None and meant("韦同事07 (twin)") == twin.pk
        close_account(account=twin.pk, by=cast.administrator.actor, at=at)
        assert meant("韦同事07") == crowd[7].pk


def test_a_list_is_handed_to_somebody_named_who_then_has_a_box(crowd, person, cast, at):  # noqa: F811
    for _one in range(2):
        ask(person, cast.county_clerk.actor, at)
    client = cast.county_clerk.client()
    near = boxes(client.get(reverse("matters:hand_list")).content.decode())
    assert len(near) <= NEAR and cast.county_clerk.account.pk not in near
    far = cast.township_clerk.account
    assert far.pk not in near
    shown = send(client, "hand_list", another="township_clerk", receivers=crowd[-1].pk, reason="休假").content.decode()
    assert "township clerk: 1 matter" in shown and f'value="{far.pk}"' in shown and "township_clerk" not in shown
    assert not re.search(r'name="another"[^>]* value="[^"]', shown)
    told = {"receivers": [crowd[-1].pk, far.pk], "reason": "休假", "sure": "1"}
    assert send(client, "hand_list", **told).status_code == 302
    with within("4501"):
        assert set(HandOver.objects.waiting().values_list("to_officer", flat=True)) == {crowd[-1].pk, far.pk}


def test_whose_list_is_named_also_when_they_have_left_and_only_inside_ones_area(crowd, person, cast, at):  # noqa: F811
    ask(person, Actor(id=crowd[3].pk, scope=COUNTY), at)
    close_account(account=crowd[3].pk, by=cast.administrator.actor, at=at)
    client = cast.city_clerk.client()
    assert client.get(reverse("matters:lists"), {"q": "同事"}).json() == [
        {"value": "韦同事03 (clerk03)", "label": "韦同事03 (clerk03)", "more": "1"}
    ]
    with within(NEIGHBOUR):
        assert lists_found(scope=NEIGHBOUR, text="同事") == []
    assert cast.village_officer.client().get(reverse("matters:lists"), {"q": "同事"}).status_code == 403
    told = {"officer": "韦同事03 (clerk03)", "another": "county_clerk", "reason": "离职", "sure": "1"}
    assert send(client, "hand_list_of", **told).status_code == 302
    with within("4501"):
        assert HandOver.objects.get().to_officer_id == cast.county_clerk.account.pk
    unknown = send(client, "hand_list_of", **told | {"officer": "谁"})
    assert unknown.status_code == 422 and "names nobody, or more than one" in unknown.content.decode()


@pytest.mark.parametrize("both", [False, True])
def test_one_matter_goes_to_exactly_one(crowd, person, cast, at, both):  # noqa: F811
    matter = ask(person, cast.county_clerk.actor, at)
    client = cast.county_clerk.client()
    told = {"to": crowd[-1].pk, "another": "clerk07"} if both else {}
    assert send(client, "hand_over", matter.pk, reason="业务", **told).status_code == 422
    assert send(client, "hand_over", matter.pk, reason="业务", another="clerk07").status_code == 302
    with within("4501"):
        assert HandOver.objects.get().to_officer_id == crowd[7].pk


def test_chosen_persons_are_assigned_to_somebody_named(crowd, person, cast, at):  # noqa: F811
    client = cast.county_clerk.client()
    told = {"act": "assign", "pick": person.pk, "shown": "1", "asked": "年前走访"}
    page = client.post(reverse("counter:bulk"), told).content.decode()
    assert page.count("<option") <= NEAR + 1 and "one of them" in page
    done = client.post(
        reverse("counter:bulk_act"), told | {"another": "韦同事07 (clerk07)", "idempotency_key": str(uuid4())}
    )
    assert done.status_code == 302
    with within("4501"):
        assert HandOver.objects.get().to_officer_id == crowd[7].pk
        assert Responsibility.objects.present().get().officer_id == cast.county_clerk.account.pk


def test_what_is_offered_counts_on_the_start_page_as_on_its_list_also_on_behalf(person, cast, at):  # noqa: F811
    matter = ask(person, cast.county_clerk.actor, at)
    offer(matter, cast.county_clerk, cast.township_clerk, at)
    own = cast.township_clerk.actor
    stand_in = Actor(id=own.id, scope=COUNTY, behalf=cast.village_officer.account.pk)
    for actor, many in ((own, 1), (stand_in, 0)):
        with within(COUNTY):
            assert len(offers_to(actor=actor, on=at.date())) == many
            lines = waiting_lines(actor=actor, rights=frozenset({"matters.answer"}), on=at.date())
            assert [line.rows for line in lines if line.page == "matters:mine"] == [many] * bool(many)
