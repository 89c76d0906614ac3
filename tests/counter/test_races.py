"""Eight windows at once: every number is called once, and no number is given twice."""

from threading import Barrier

import pytest

from openpes.access.actions import open_account
from openpes.counter.actions import call_next, take_ticket
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
def officers(city, at):
    """Eight officers of one hall, and the hall."""
    hall = a_point(COUNTY, at)
    accounts = [
        open_account(username=f"window_{n}", name=f"window {n}", password=None, by=PLATFORM, at=at)
        for n in range(WINDOWS)
    ]
    for account in accounts:
        post_staff(account=account.pk, point=hall.pk, by=Actor(id=0, scope=COUNTY), at=at)
    return hall, [Actor(id=account.pk, scope=COUNTY) for account in accounts]


def test_eight_windows_call_eight_different_numbers(officers, at):
    hall, actors = officers
    for _person in actors:
        take_ticket(point=hall.pk, purpose="general", by=actors[0], at=at)
    called = at_once(lambda pair: call_next(window=pair[0], by=pair[1], at=at).number, list(enumerate(actors, 1)))
    assert sorted(called) == [f"A{n:03d}" for n in range(1, WINDOWS + 1)]


def test_reading_the_first_number_without_taking_the_row_calls_it_many_times(officers, at):
    """The planted mistake: everybody looks, then everybody calls."""
    hall, actors = officers
    take_ticket(point=hall.pk, purpose="general", by=actors[0], at=at)
    between = Barrier(WINDOWS, timeout=20)

    def call(pair) -> int:
        window, by = pair
        with within(COUNTY):
            first = Ticket.objects.of(hall.pk, at.date()).waiting().first()
            between.wait()
            called = {"state": TicketState.CALLED, "window": window, "called_by": by.id}
            return Ticket.objects.filter(pk=first.pk).update(**called)

    assert sum(at_once(call, list(enumerate(actors, 1)))) > 1


def test_eight_people_at_the_entrance_get_eight_numbers(officers, at):
    hall, actors = officers
    given = at_once(lambda by: take_ticket(point=hall.pk, purpose="placement", by=by, at=at).number, actors)
    assert sorted(given) == [f"C{n:03d}" for n in range(1, WINDOWS + 1)]


def test_one_window_is_one_number_whoever_calls_to_it(officers, at):
    hall, actors = officers
    for _person in actors:
        take_ticket(point=hall.pk, purpose="general", by=actors[0], at=at)
    called = at_once(or_refused(lambda by: str(call_next(window=1, by=by, at=at))), actors)
    assert called.count("refused") == WINDOWS - 1
