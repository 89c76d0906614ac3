"""The pages of matters: noted, handed over, accepted, ended; walls and bad input."""

from uuid import uuid4

import pytest
from django.urls import reverse

from openpes.kernel import Refused, within
from openpes.matters.actions import take_hand_over_back
from openpes.matters.models import Matter
from tests.cast import self_service
from tests.matters.test_actions import ask, offer, person  # noqa: F401


def send(client, name, *arguments, **told):
    told |= {"idempotency_key": str(uuid4())}
    return client.post(reverse(f"matters:{name}", args=arguments), told)


def test_a_matter_goes_through_the_pages_from_question_to_outcome(person, cast):  # noqa: F811
    clerk, colleague = cast.county_clerk.client(), cast.township_clerk.client()
    noted = send(clerk, "new", person.pk, subject="registration", asked="手册丢失怎么补办")
    page = clerk.get(noted["Location"]).content.decode()
    assert "Tell the outcome" in page and "手册丢失怎么补办" in page
    with within("4501"):
        pk = Matter.objects.get().pk
    assert person.name in clerk.get(reverse("matters:mine")).content.decode()
    send(clerk, "hand_over", pk, to=str(cast.township_clerk.account.pk), reason="属街道办理")
    offered = colleague.get(reverse("matters:mine")).content.decode()
    assert "Offered to you" in offered and "属街道办理" in offered
    with within("4501"):
        from openpes.matters.models import HandOver

        hand_over = HandOver.objects.get().pk
    send(colleague, "answer", hand_over, accepts="1")
    assert "Tell the outcome" not in clerk.get(reverse("matters:detail", args=[pk])).content.decode()
    ended = send(colleague, "close", pk, outcome="settled", answer="已补办", told="counter")
    assert ended.status_code == 302
    seeker = self_service(username="asker", person=person.pk, at=_now())
    assert "已补办" in seeker.client().get(reverse("matters:own")).content.decode()


def _now():
    from openpes.kernel import clock

    return clock.now()


@pytest.mark.parametrize(
    ("name", "told", "field"),
    [
        ("new", {"subject": "registration"}, "What the person asks for"),
        ("hand_over", {"reason": "业务"}, "To a colleague or an office"),
        ("close", {"outcome": "settled", "told": "phone"}, "What the person was told"),
    ],
)
def test_bad_input_is_told_at_its_field(person, cast, at, name, told, field):  # noqa: F811
    matter = ask(person, cast.county_clerk.actor, at)
    answer = send(cast.county_clerk.client(), name, person.pk if name == "new" else matter.pk, **told)
    assert answer.status_code == 422 and field in answer.content.decode()


def test_a_list_is_shown_before_it_is_offered(person, cast, at):  # noqa: F811
    for _one in range(3):
        ask(person, cast.county_clerk.actor, at)
    client, taker = cast.county_clerk.client(), cast.township_clerk
    told = {"officer": cast.county_clerk.account.pk, "receivers": taker.account.pk, "reason": "休假"}
    shown = send(client, "hand_list", **told).content.decode()
    assert "This would be offered:" in shown and "township clerk: 3 matters" in shown
    with within("4501"):
        from openpes.matters.models import HandOver

        assert not HandOver.objects.exists()
    send(client, "hand_list", sure="1", **told)
    page = taker.client().get(reverse("matters:mine")).content.decode()
    assert "Accept 3 matters of one list" in page
    with within("4501"):
        number = HandOver.objects.first().list_no
    send(taker.client(), "accept_all", list_no=str(number))
    assert "Offered to you" not in taker.client().get(reverse("matters:mine")).content.decode()


def test_nobody_hands_over_the_list_of_another_without_the_right(person, cast, at):  # noqa: F811
    ask(person, cast.county_clerk.actor, at)
    told = {
        "officer": cast.county_clerk.account.pk,
        "receivers": cast.city_clerk.account.pk,
        "reason": "x",
        "sure": "1",
    }
    assert send(cast.village_officer.client(), "hand_list_of", **told).status_code == 403
    own = send(cast.township_clerk.client(), "hand_list", **told)
    assert own.status_code == 422 and "no open matter that is not offered already" in own.content.decode()


def test_the_neighbour_meets_no_matter(person, cast, at):  # noqa: F811
    matter = ask(person, cast.county_clerk.actor, at)
    offered = offer(matter, cast.county_clerk, cast.township_clerk, at)
    client = cast.neighbour_clerk.client()
    assert client.get(reverse("matters:detail", args=[matter.pk])).status_code == 404
    assert send(client, "answer", offered.pk, accepts="1").status_code == 404
    assert send(client, "take_back", offered.pk).status_code == 404
    assert client.get(reverse("matters:new", args=[person.pk])).status_code == 404


def test_an_offer_is_answered_by_whom_it_is_made_to_and_taken_back_by_who_leads(person, cast, at):  # noqa: F811
    clerk, other = cast.county_clerk.client(), cast.city_clerk
    send(clerk, "new", person.pk, subject="registration", asked="手册丢失怎么补办")
    with within("4501"):
        pk = Matter.objects.get().pk
    send(clerk, "hand_over", pk, to=str(cast.township_clerk.account.pk), reason="属街道办理")
    page = other.client().get(reverse("matters:detail", args=[pk])).content.decode()
    assert 'name="accepts"' not in page
    assert 'name="accepts"' in cast.township_clerk.client().get(reverse("matters:detail", args=[pk])).content.decode()
    with within("4501"):
        from openpes.matters.models import HandOver

        offered = HandOver.objects.get()
        with pytest.raises(Refused):
            take_hand_over_back(hand_over=offered.pk, by=other.actor, at=at)
        assert take_hand_over_back(hand_over=offered.pk, leads=True, by=other.actor, at=at).answer == "withdrawn"
