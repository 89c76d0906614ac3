"""The queue: the order of calls, the ways a number may go, what the hall may see."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from openpes.counter.actions import call_again, call_next, move_ticket, take_ticket
from openpes.counter.forms import MoveForm
from openpes.counter.models import Ticket
from openpes.counter.queries import hall_queue, queue_for, queue_of
from openpes.counter.rules.queue import WAYS
from openpes.kernel import Actor, Refused, within
from openpes.network.actions import post_staff
from openpes.network.models import ServiceWindow
from tests.cast import COUNTY
from tests.network.factories import a_point


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def point(cast, at):
    """The market of the county, with the county's clerk at window 3 and the city's at window 4."""
    city = cast.city_clerk.actor
    place = a_point(COUNTY, at)
    post_staff(account=cast.county_clerk.account.pk, point=place.pk, window="3", by=city, at=at)
    post_staff(account=city.id, point=place.pk, window="4", by=city, at=at)
    return place


@pytest.fixture
def take(point, cast, at):
    """Give numbers, each a minute after the one before."""
    given = []

    def one(purpose="registration", **facts):
        moment = at + timedelta(minutes=len(given))
        given.append(take_ticket(point=point.pk, purpose=purpose, **facts, by=cast.county_clerk.actor, at=moment))
        return given[-1]

    return one


def with_windows(point, **served):
    with within("4501"):
        for number, purposes in served.items():
            for purpose in purposes:
                ServiceWindow.objects.create(area=point.area, point=point, number=int(number[1:]), purpose=purpose)


def test_numbers_count_up_for_each_purpose_and_begin_anew_every_day(take, point, cast, at):
    assert [take().number, take().number, take("placement").number] == ["B001", "B002", "C001"]
    tomorrow = take_ticket(
        point=point.pk, purpose="registration", by=cast.county_clerk.actor, at=at + timedelta(days=1)
    )
    assert tomorrow.number == "B001"


def test_who_came_first_is_called_first_unless_the_law_lets_somebody_go_before(take, cast, at):
    first, _second, third = take(), take(), take("placement", goes_first=True)
    by = cast.county_clerk.actor
    called = call_next(window=3, by=by, at=at)
    assert called == third
    move_ticket(ticket=called.pk, state="at_window", by=by, at=at)
    assert call_next(window=3, finish=True, by=by, at=at) == first
    with within(COUNTY):
        third.refresh_from_db()
    assert third.state == "done"


def test_a_window_calls_only_what_it_serves_and_one_for_all_matters_calls_everything(take, point, cast, at):
    with_windows(point, w3=["placement"], w4=["general"])
    take("insurance")
    wanted = take("placement")
    assert call_next(window=3, by=cast.county_clerk.actor, at=at) == wanted
    assert call_next(window=4, by=cast.city_clerk.actor, at=at).number == "F001"


def test_a_purpose_that_no_window_serves_gets_no_number(take, point):
    with_windows(point, w3=["placement"])
    with pytest.raises(Refused, match="No window here serves this purpose"):
        take("insurance")


def test_a_window_that_is_not_there_is_named_with_those_that_are(take, point, cast, at):
    with_windows(point, w3=["placement"], w5=["general"])
    with pytest.raises(Refused, match="no window 4") as refused:
        call_next(window=4, by=cast.county_clerk.actor, at=at)
    assert "3, 5" in str(refused.value.reasons[0].next_step)


def test_who_is_posted_nowhere_has_no_queue(cast, at):
    with pytest.raises(Refused, match="not posted"):
        call_next(window=1, by=cast.township_clerk.actor, at=at)


def test_nobody_waits_is_no_error(point, cast, at):
    assert call_next(window=3, by=cast.county_clerk.actor, at=at) is None


def test_an_officer_has_one_number_in_hand(take, cast, at):
    take(), take()
    call_next(window=3, by=cast.county_clerk.actor, at=at)
    with pytest.raises(Refused, match="B001 in hand already"):
        call_next(window=3, by=cast.county_clerk.actor, at=at)


def test_a_window_serves_one_number_whoever_sits_there(take, cast, at):
    take(), take()
    call_next(window=3, by=cast.county_clerk.actor, at=at)
    with pytest.raises(Refused, match="Window 3 is serving"):
        call_next(window=3, by=cast.city_clerk.actor, at=at)


def test_who_is_called_twice_and_does_not_come_is_missed_and_may_come_back_at_the_end(take, cast, at):
    by = cast.county_clerk.actor
    first, second = take(), take()
    call_next(window=3, by=by, at=at)
    with pytest.raises(Refused, match="called 1 of 2 times"):
        move_ticket(ticket=first.pk, state="missed", by=by, at=at)
    call_again(ticket=first.pk, by=by, at=at)
    move_ticket(ticket=first.pk, state="missed", by=by, at=at)
    move_ticket(ticket=first.pk, state="waiting", by=by, at=at + timedelta(minutes=30))
    assert call_next(window=3, by=by, at=at + timedelta(minutes=31)) == second


def test_who_is_handed_on_keeps_the_time_of_coming(take, cast, at):
    by = cast.county_clerk.actor
    first, second = take(), take("guidance")
    call_next(window=3, by=by, at=at + timedelta(minutes=5))
    moved = move_ticket(ticket=first.pk, state="waiting", purpose="guidance", by=by, at=at + timedelta(minutes=6))
    assert (moved.number, moved.purpose, moved.window) == ("B001", "guidance", None)
    assert call_next(window=3, by=by, at=at + timedelta(minutes=7)) == first
    assert second.number == "D001"


def test_a_number_put_aside_comes_back_to_any_window(take, cast, at):
    held = take()
    call_next(window=3, by=cast.county_clerk.actor, at=at)
    move_ticket(ticket=held.pk, state="held", by=cast.county_clerk.actor, at=at)
    assert call_again(ticket=held.pk, window=4, by=cast.city_clerk.actor, at=at).window == 4


@pytest.mark.parametrize("state", ["at_window", "held", "missed", "waiting"])
def test_another_officers_number_is_left_alone(take, cast, at, state):
    ticket = take()
    call_next(window=3, by=cast.county_clerk.actor, at=at)
    call_again(ticket=ticket.pk, by=cast.county_clerk.actor, at=at)
    with pytest.raises(Refused, match="with another officer"):
        move_ticket(ticket=ticket.pk, state=state, by=cast.city_clerk.actor, at=at)


def test_a_number_that_waits_cannot_be_served_without_a_call(take, cast, at):
    with pytest.raises(Refused, match="cannot become"):
        move_ticket(ticket=take().pk, state="done", by=cast.county_clerk.actor, at=at)


def test_the_average_wait_is_from_the_number_to_the_first_call(take, point, cast, at):
    take(), take()
    by = cast.county_clerk.actor
    first = call_next(window=3, by=by, at=at + timedelta(minutes=10))
    move_ticket(ticket=first.pk, state="at_window", by=by, at=at + timedelta(minutes=10))
    call_next(window=3, finish=True, by=by, at=at + timedelta(minutes=21))
    with within(COUNTY):
        found = queue_of(scope=COUNTY, point=point.pk, on=at.date())
    assert (found.average_wait, found.average_minutes) == (timedelta(minutes=15), 15)  # 10 and 20
    assert (found.served, len(found.waiting), [t.number for t in found.called]) == (1, 0, ["B002"])


def test_the_neighbour_does_not_see_the_number(take, cast, at):
    with pytest.raises(Ticket.DoesNotExist):
        move_ticket(ticket=take().pk, state="held", by=cast.neighbour_clerk.actor, at=at)


def test_the_hall_sees_numbers_and_windows_and_the_database_keeps_who_called_from_it(take, point, cast, at):
    take()
    call_next(window=3, by=cast.county_clerk.actor, at=at)
    with within(role="openpes_public"):
        assert [t.window for t in hall_queue(point=point.pk, on=at.date()).called] == [3]
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute("SELECT called_by FROM counter_ticket")


def test_the_pages_take_a_number_through_the_hall(point, cast):
    client = cast.county_clerk.client()
    assert "You are not posted" in cast.township_clerk.client().get(reverse("counter:queue")).content.decode()
    answer = client.post(reverse("counter:take"), {"purpose": "registration"}, headers={"Idempotency-Key": "k" * 20})
    slip = client.get(answer["Location"]).content.decode()
    assert "B001" in slip and "0 persons wait before you." in slip
    assert "Call the next number" in client.get(reverse("counter:pane")).content.decode()
    sent = {"window": "3", "finish": "on"}
    called = client.post(reverse("counter:next"), sent, headers={"Idempotency-Key": "n" * 20})
    assert called.status_code == 302
    assert "B001" in client.get(reverse("counter:queue")).content.decode()
    assert "B001" in client.get(reverse("counter:pane")).content.decode()
    visitor = Client()
    visitor.cookies["django_language"] = "en"
    hall = visitor.get(reverse("counter:hall", args=[point.pk])).content.decode()
    assert "B001" in hall and "average wait 0 minutes" in hall


def test_the_window_of_the_posting_is_offered_first(point, cast, at):
    with within(COUNTY):
        own = queue_for(scope=COUNTY, account=cast.county_clerk.account.pk, on=at.date())
    assert own.window == 3 and own.in_hand is None


def test_a_number_that_waits_is_never_called_out_of_turn(take, cast, at):
    take(), (second := take())
    with pytest.raises(Refused, match="cannot become “called”"):
        call_again(ticket=second.pk, window=3, by=cast.county_clerk.actor, at=at)
    with pytest.raises(Refused, match="cannot become “called”"):
        move_ticket(ticket=second.pk, state="called", by=cast.county_clerk.actor, at=at)


@pytest.mark.parametrize("state", ["waiting", "called", "at_window", "held"])
def test_no_state_can_be_left_for_called_by_a_move(state):
    assert "called" not in WAYS[state] and "called" not in dict(MoveForm().fields["state"].choices)


def test_a_number_is_called_again_only_in_its_own_hall(take, cast, at):
    held = take()
    call_next(window=3, by=cast.county_clerk.actor, at=at)
    move_ticket(ticket=held.pk, state="held", by=cast.county_clerk.actor, at=at)
    with pytest.raises(Refused, match="not posted"):
        call_again(ticket=held.pk, window=1, by=Actor(id=77, scope="4501"), at=at)
    elsewhere = a_point("450105", at)
    post_staff(account=cast.administrator.account.pk, point=elsewhere.pk, by=cast.city_clerk.actor, at=at)
    with pytest.raises(Refused, match="another service point"):
        call_again(ticket=held.pk, window=1, by=Actor(id=cast.administrator.account.pk, scope="4501"), at=at)


def test_a_number_is_called_again_only_to_a_window_that_is_there(take, point, cast, at):
    with_windows(point, w3=["general"])
    held = take()
    call_next(window=3, by=cast.county_clerk.actor, at=at)
    move_ticket(ticket=held.pk, state="held", by=cast.county_clerk.actor, at=at)
    with pytest.raises(Refused, match="no window 9"):
        call_again(ticket=held.pk, window=9, by=cast.county_clerk.actor, at=at)
    with within(COUNTY):
        Ticket.objects.filter(pk=held.pk).update(window=None)
    with pytest.raises(Refused, match="Which window"):
        call_again(ticket=held.pk, by=cast.county_clerk.actor, at=at)


def test_who_came_back_and_is_handed_on_stays_behind_those_who_did_not_miss_their_call(take, cast, at):
    by, back = cast.county_clerk.actor, at + timedelta(minutes=30)
    first, second = take(), take()
    call_next(window=3, by=by, at=at)
    call_again(ticket=first.pk, by=by, at=at)
    move_ticket(ticket=first.pk, state="missed", by=by, at=at)
    move_ticket(ticket=first.pk, state="waiting", by=by, at=back)
    assert call_next(window=3, by=by, at=back) == second
    move_ticket(ticket=second.pk, state="held", by=by, at=back)
    assert call_next(window=3, by=by, at=back) == first
    moved = move_ticket(ticket=first.pk, state="waiting", purpose="placement", by=by, at=back)
    assert moved.ready_at == back > moved.taken_at


@pytest.mark.parametrize(("typed", "told"), [("0", "Which window"), ("100", "Which window"), ("x", "Which window")])
def test_a_window_that_cannot_be_is_asked_for_again(take, cast, typed, told):
    take()
    answer = cast.county_clerk.client().post(reverse("counter:next"), {"window": typed, "idempotency_key": uuid4()})
    assert answer.status_code == 422 and told in answer.content.decode()


def test_asking_how_many_wait_reads_no_number(take, point, cast, at):
    take(), take()
    client = cast.county_clerk.client()
    with CaptureQueriesContext(connection) as asked:
        assert "2 wait" in client.get(reverse("counter:waiting")).content.decode()
    of_tickets = [query["sql"] for query in asked if "counter_ticket" in query["sql"]]
    assert len(of_tickets) == 1 and "COUNT(*)" in of_tickets[0]
    assert not [query for query in asked if "network_servicewindow" in query["sql"]]
