"""The own job wish online: registered, changed and ended by the person, in force at once, nobody else's."""

from uuid import uuid4

import pytest
from django.urls import reverse

from openpes.kernel import Actor, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.registration.models import JobWish
from tests.cast import COUNTY, self_service
from tests.people.factories import a_person

CLERK = Actor(id=1, scope=COUNTY)
PAGE = "registration:own_wish"


def told(**more) -> dict:
    wanted = {"category": "4", "occupation_1": "6-31-05-00", "min_pay_fen": "3500"}
    return wanted | {"idempotency_key": str(uuid4())} | more


@pytest.fixture
def me(db, at):
    return self_service(username="me", person=a_person(by=CLERK, at=at, area=COUNTY).pk, at=at)


def wishes() -> list[tuple]:
    with within(CITY):
        return list(JobWish.objects.order_by("pk").values_list("person", "min_pay_fen", "version", "registered_by"))


def test_a_person_registers_changes_and_ends_the_own_wish(me, at):
    client = me.client()
    assert client.post(reverse(PAGE), told()).status_code == 302
    assert wishes() == [(me.actor.person, 350_000, 1, me.actor.id)]
    page = client.get(reverse(PAGE)).content.decode()
    assert "6-31-05-00" in page
    client.post(reverse(PAGE), told(min_pay_fen="4000", version="1"))
    assert wishes() == [(me.actor.person, 400_000, 2, me.actor.id)]
    client.post(reverse("registration:own_wish_end"), {"idempotency_key": str(uuid4())})
    with within(CITY):
        assert JobWish.objects.get().until_on == day_of(at)


def test_what_is_wrong_is_said_at_the_form(me):
    answer = me.client().post(reverse(PAGE), told(experience_years="60"))
    assert answer.status_code == 422 and wishes() == []


def test_a_page_that_was_open_too_long_does_not_overwrite(me):
    client = me.client()
    client.post(reverse(PAGE), told())
    client.post(reverse(PAGE), told(version="1"))
    assert client.post(reverse(PAGE), told(version="1")).status_code == 422


def test_staff_and_visitors_have_no_own_wish(cast, client):
    assert cast.county_clerk.client().get(reverse(PAGE)).status_code == 403
    assert client.get(reverse(PAGE)).status_code == 302
