"""The pages of appointments, at the counter and on the own page; walls and bad input."""

from uuid import uuid4

import pytest
from django.urls import reverse

from openpes.appointments.models import Appointment
from openpes.kernel import within
from openpes.network.actions import post_staff
from tests.appointments.factories import PURPOSE, booked, tomorrow
from tests.appointments.test_actions import by, market, people  # noqa: F401
from tests.cast import self_service


def send(client, name, *arguments, asked="", **told):
    told |= {"idempotency_key": str(uuid4())}
    return client.post(reverse(f"appointments:{name}", args=arguments) + asked, told)


def of(market) -> str:  # noqa: F811
    return f"?point={market.pk}&purpose={PURPOSE}"


def test_a_clerk_books_receives_and_calls(market, people, cast, at):  # noqa: F811
    client = cast.county_clerk.client()
    post_staff(account=cast.county_clerk.account.pk, point=market.pk, window="1", by=cast.city_clerk.actor, at=at)
    page = client.get(reverse("appointments:new", args=[people[0].pk]) + of(market)).content.decode()
    assert 'value="202611231030"' in page and 'value="202611230830"' not in page
    send(client, "new", people[0].pk, asked=of(market), starts_at="202611231030")
    assert people[0].name in client.get(reverse("appointments:day")).content.decode()
    queue = client.get(reverse("counter:queue")).content.decode()
    assert "Has come" in queue
    with within("4501"):
        pk = Appointment.objects.get().pk
    came = client.post(reverse("counter:arrive", args=[pk]), {"idempotency_key": str(uuid4())})
    assert "B001" in client.get(came["Location"]).content.decode()
    assert "Has come" not in client.get(reverse("counter:queue")).content.decode()


def test_a_person_books_and_cancels_on_the_own_page_and_takes_an_offer(market, people, cast, by, at):  # noqa: F811
    own = self_service(username="booker", person=people[0].pk, at=at).client()
    other = self_service(username="other", person=people[1].pk, at=at).client()
    send(own, "own_new", asked=of(market), starts_at="202611240910")
    assert "Y0" in own.get(reverse("appointments:own")).content.decode()
    taken = send(other, "own_new", asked=of(market), starts_at="202611240910")
    assert taken.status_code == 422 and "just been taken" in taken.content.decode()
    send(other, "own_recall", asked=of(market), until_on="2026-12-01")
    with within("4501"):
        pk = Appointment.objects.get().pk
    assert send(other, "own_cancel", pk).status_code == 404
    send(own, "own_cancel", pk)
    assert "This time is kept for you until" in other.get(reverse("appointments:own")).content.decode()
    with within("4501"):
        offer = Appointment.objects.get(state="offered").pk
    send(other, "own_take", offer)
    assert "Booked" in other.get(reverse("appointments:own")).content.decode()


@pytest.mark.parametrize("typed", ["", "2026-11-24", "999999999999", "202611240911"])
def test_a_time_that_is_none_is_told(market, people, cast, typed):  # noqa: F811
    answer = send(cast.county_clerk.client(), "new", people[0].pk, asked=of(market), starts_at=typed)
    assert answer.status_code == 422


@pytest.mark.parametrize("asked", ["?point=999999999999999999999", "?point=x&purpose=y", "?on=x", ""])
def test_an_odd_address_shows_the_first_office(market, people, cast, asked):  # noqa: F811
    client = cast.county_clerk.client()
    assert client.get(reverse("appointments:new", args=[people[0].pk]) + asked).status_code == 200
    assert client.get(reverse("appointments:day") + asked).status_code == 200


def test_the_neighbour_meets_no_appointment(market, people, cast, by, at):  # noqa: F811
    made = booked(people[0].pk, market, tomorrow(at), by=by, at=at)
    client = cast.neighbour_clerk.client()
    for name in ("cancel", "take"):
        assert send(client, name, made.pk).status_code == 404
    assert client.get(reverse("appointments:new", args=[people[0].pk])).status_code == 404
    assert client.post(reverse("counter:arrive", args=[made.pk]), {"idempotency_key": "a" * 20}).status_code == 404


@pytest.mark.parametrize("asked", ["0001-01-01", "9999-12-31", "x"])
def test_a_day_that_nobody_can_mean_shows_today(market, people, cast, asked):  # noqa: F811
    page = cast.county_clerk.client().get(reverse("appointments:day"), {"on": asked})
    assert page.status_code == 200 and page.context["is_today"]
