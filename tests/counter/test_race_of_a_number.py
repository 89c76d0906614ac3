"""One number that was put aside, called again by eight windows at once, goes to one of them."""

from threading import Barrier

import pytest

from openpes.access.actions import open_account
from openpes.counter.actions import call_again, call_next, move_ticket, take_ticket
from openpes.counter.choices import TicketState
from openpes.counter.models import Ticket
from openpes.kernel import Actor, within
from openpes.kernel.action import PLATFORM
from openpes.network.actions import post_staff
from tests.cast import COUNTY
from tests.network.factories import a_point
from tests.races import at_once, or_refused

pytestmark = pytest.mark.city
WINDOWS = 8


@pytest.fixture
def aside(city, at):
    """A number that was put aside, and the officers at the eight windows of its hall."""
    hall = a_point(COUNTY, at)
    officers = []
    for n in range(WINDOWS):
        account = open_account(username=f"window_{n}", name=f"window {n}", password=None, by=PLATFORM, at=at)
        post_staff(account=account.pk, point=hall.pk, by=Actor(id=0, scope=COUNTY), at=at)
        officers.append(Actor(id=account.pk, scope=COUNTY))
    take_ticket(point=hall.pk, purpose="general", by=officers[0], at=at)
    called = call_next(window=1, by=officers[0], at=at)
    move_ticket(ticket=called.pk, state="held", by=officers[0], at=at)
    return called, list(enumerate(officers, 1))


def test_a_number_that_eight_call_again_goes_to_one_window(aside, at):
    ticket, windows = aside
    call = or_refused(lambda pair: call_again(ticket=ticket.pk, window=pair[0], by=pair[1], at=at).window)
    answers = at_once(call, windows)
    assert answers.count("refused") == WINDOWS - 1
    with within(COUNTY):
        ticket.refresh_from_db()
    assert ticket.window in answers and ticket.calls == 2


def test_looking_first_and_calling_then_sends_one_person_to_eight_windows(aside, at):
    """The planted mistake: everybody sees that the number is put aside, then everybody calls it."""
    ticket, windows = aside
    between = Barrier(WINDOWS)

    def call(pair) -> int:
        window, by = pair
        with within(COUNTY):
            assert Ticket.objects.get(pk=ticket.pk).state == TicketState.HELD
            between.wait(20)
            told = {"state": TicketState.CALLED, "window": window, "called_by": by.id}
            return Ticket.objects.filter(pk=ticket.pk).update(**told)

    assert sum(at_once(call, windows)) == WINDOWS
