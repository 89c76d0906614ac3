"""The queue of a hall: who waits, for how long, which number is at which window."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Avg, Count, F, Q

from openpes.counter.choices import IN_HAND, TicketState
from openpes.counter.models import Ticket, TicketQuerySet
from openpes.kernel.scope import CITY
from openpes.network.models import ServicePoint
from openpes.network.queries import posting_of, windows_of


@dataclass(frozen=True)
class Queue:
    """The queue of one point on one day.

    `average_wait` is the mean time from taking a number to its first call, of all numbers that were called on the day;
    nothing when none was. `called` are the numbers at windows, the latest call first.
    """

    point: ServicePoint
    waiting: list[Ticket]
    called: list[Ticket]
    held: list[Ticket]
    missed: list[Ticket]
    served: int
    average_wait: timedelta | None

    @property
    def average_minutes(self) -> int | None:
        """The average wait in whole minutes, half a minute counting as one."""
        return None if self.average_wait is None else int(self.average_wait.total_seconds() / 60 + 0.5)

    @property
    def waiting_count(self) -> int:
        """How many wait."""
        return len(self.waiting)


@dataclass(frozen=True)
class OwnQueue:
    """The queue as the officer at one window sees it: the number in hand, and the windows to choose from."""

    queue: Queue
    in_hand: Ticket | None
    window: int | None
    windows: tuple[int, ...]


def queue_of(*, scope: str, point: int, on: date) -> Queue:
    """The queue of a point on a day.

    :raises ServicePoint.DoesNotExist: not inside the scope
    """
    return _queue(ServicePoint.objects.visible_to(scope).get(pk=point), Ticket.objects.visible_to(scope).of(point, on))


def queue_for(*, scope: str, account: int, on: date) -> OwnQueue | None:
    """The queue of the point to which an account is posted; nothing when it is posted nowhere."""
    posting = posting_of(account, on)
    if posting is None:
        return None
    queue = queue_of(scope=scope, point=posting.point_id, on=on)
    in_hand = next((ticket for ticket in queue.called if ticket.called_by == account), None)
    windows = tuple(sorted(windows_of(scope=scope, point=posting.point_id)))
    own = int(posting.window) if posting.window.isdecimal() else None
    return OwnQueue(queue, in_hand, in_hand.window if in_hand else own, windows)


def waiting_count(*, scope: str, account: int, on: date) -> int | None:
    """How many wait at the point to which an account is posted; nothing when it is posted nowhere."""
    posting = posting_of(account, on)
    if posting is None:
        return None
    return Ticket.objects.visible_to(scope).of(posting.point_id, on).waiting().count()


def hall_queue(*, point: int, on: date) -> Queue:
    """The queue as the hall may see it: numbers, windows and the average wait, of whatever area.

    :raises ServicePoint.DoesNotExist: there is no such point
    """
    place = ServicePoint.objects.visible_to(CITY).get(pk=point)
    return _queue(place, Ticket.objects.visible_to(CITY).of(point, on).defer("called_by", "appointment"))


def _queue(place: ServicePoint, today: TicketQuerySet) -> Queue:
    waited = today.exclude(first_called_at=None).aggregate(
        wait=Avg(F("first_called_at") - F("taken_at")), served=Count("pk", filter=Q(state=TicketState.DONE))
    )
    tickets = [*today.exclude(state=TicketState.DONE).order_by("-goes_first", "ready_at", "pk")]

    def those(*states: str) -> list[Ticket]:
        return [ticket for ticket in tickets if ticket.state in states]

    called = sorted(those(*IN_HAND), key=lambda ticket: (ticket.called_at, ticket.pk), reverse=True)
    return Queue(
        place, those(TicketState.WAITING), called, those(TicketState.HELD), those(TicketState.MISSED),
        waited["served"], waited["wait"],
    )  # fmt: skip
