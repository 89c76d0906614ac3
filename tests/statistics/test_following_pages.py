"""The pages of what staff follow: forms answer in words, nothing of another area is seen, a wrong code counts."""

from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.messages.models import Consent
from openpes.statistics.models import Subscription, Threshold
from tests.statistics.followed import followed
from tests.statistics.small_city import HERE


def url(name: str, *args: int) -> str:
    return reverse(f"statistics:{name}", args=args)


def sent(client: Client, address: str, told: dict[str, str]) -> HttpResponse:
    """The answer to a form, sent once."""
    return client.post(address, told | {"idempotency_key": uuid4().hex})


@pytest.fixture
def rows(cast, at) -> dict[str, int]:
    return followed(HERE, cast.county_clerk.account.pk, "An office moved here", at)


def test_a_subscription_is_begun_paused_and_ended_on_its_pages(cast):
    client = cast.county_clerk.client()
    wanted = {"content": "report", "language": "en", "day": "31"}
    refused = sent(client, url("subscribe"), wanted)
    assert refused.status_code == 422 and "not there every month" in refused.content.decode()
    assert sent(client, url("subscribe"), wanted | {"day": "5"}).status_code == 302
    with within(CITY):
        row = Subscription.objects.get()
    for change, shown in (("pause", "paused"), ("resume", "in force"), ("end", "ended by its holder")):
        assert sent(client, url("change_subscription", row.pk), {"change": change}).status_code == 302
        assert shown in client.get(url("subscription", row.pk)).content.decode()
    assert sent(client, url("change_subscription", row.pk), {"change": "resume"}).status_code == 422


def test_who_may_see_who_gets_what_sees_it_and_nobody_elsewhere(cast, rows):
    for name, kind in (("subscription", "subscription"), ("issue", "subscription issue"), ("threshold", "threshold")):
        address = url(name, rows[kind])
        assert cast.county_clerk.client().get(address).status_code == 200
        assert cast.city_clerk.client().get(address).status_code == 200
        assert cast.neighbour_clerk.client().get(address).status_code == 404
    assert cast.county_clerk.account.name in cast.statistician.client().get(url("recipients")).content.decode()
    assert cast.village_officer.client().get(url("recipients")).status_code == 403
    assert (
        sent(cast.city_clerk.client(), url("change_subscription", rows["subscription"]), {"change": "end"}).status_code
        == 422
    )


def test_a_figure_is_watched_acknowledged_and_left_on_its_pages(cast, rows):
    client = cast.county_clerk.client()
    nonsense = {"indicator": "hires", "sense": "above", "bound": "5", "rhythm": "day", "runs": "1"}
    refused = sent(client, url("threshold_set"), nonsense)
    assert refused.status_code == 422 and "no value of a day" in refused.content.decode()
    assert sent(client, url("threshold_set"), nonsense | {"rhythm": "month"}).status_code == 302
    page = url("threshold", rows["threshold"])
    silent = sent(client, url("alert_acknowledge", rows["figure alert"]), {"words": ""})
    assert silent.status_code == 422 and "Say what is known" in silent.content.decode()
    assert (
        sent(client, url("alert_acknowledge", rows["figure alert"]), {"words": "Asked the office"}).status_code == 302
    )
    told = client.get(page).content.decode()
    assert "An office moved here" in told and "Asked the office" in told
    board = client.get(url("board")).content.decode()
    assert page in board
    assert sent(client, url("threshold_end", rows["threshold"]), {}).status_code == 302
    assert page not in client.get(url("board")).content.decode()
    with within(CITY):
        assert Threshold.objects.open().count() == 1
    assert sent(cast.village_officer.client(), url("threshold_set"), nonsense).status_code == 403


def test_a_wrong_code_is_told_and_counted(cast):
    client = cast.county_clerk.client()
    assert sent(client, url("confirm_address"), {"code": "1"}).status_code == 422
    assert sent(client, url("give_address"), {"to": "nobody"}).status_code == 422
    assert sent(client, url("give_address"), {"to": "clerk@example.org"}).status_code == 302
    answer = sent(client, url("confirm_address"), {"code": "x"})
    assert "not the code" in answer.content.decode()
    with within(CITY):
        assert Consent.objects.get().guesses == 1
    assert sent(client, url("take_address_back"), {}).status_code == 302
    with within(CITY):
        assert Consent.objects.get().ended_at is not None
