"""The queue: giving numbers, calling them, putting them aside, handing them on, finishing them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.appointments.actions import receive_arrival
from openpes.counter.choices import IN_HAND, LETTER, TicketState
from openpes.counter.events import TicketCalled, TicketMoved, TicketTaken
from openpes.counter.models import Ticket, TicketQuerySet, TicketSeries
from openpes.counter.rules import queue as rules
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, Refused, action, clock, publish, refuse_if
from openpes.network.choices import WindowPurpose
from openpes.network.models import ServicePoint
from openpes.network.queries import posting_of, purposes_served, windows_of


@action
def take_ticket(*, point: int, purpose: str, goes_first: bool = False, by: Actor, at: datetime) -> Ticket:
    """Give the next number of a purpose at a point; `goes_first` for those whom the law lets go first.

    :raises ServicePoint.DoesNotExist: the point is outside one's area
    :raises Refused: it is not open today, or no window of it serves the purpose
    """
    today = clock.day_of(at)
    place = ServicePoint.objects.visible_to(by.scope).get(pk=point)
    open_today = ServicePoint.objects.visible_to(by.scope).open_on(today).filter(pk=point).exists()
    served = purposes_served(windows_of(scope=by.scope, point=point))
    refuse_if(rules.why_not_take(open_today=open_today, served=purpose in served))
    return _given(place, purpose, {"goes_first": goes_first, "ready_at": at}, by, at)


@action
def welcome(*, appointment: int, by: Actor, at: datetime) -> Ticket:
    """Receive somebody who comes to an appointment: the number counts as waiting since before the time.

    :raises Appointment.DoesNotExist: the point is outside one's area
    :raises Refused: the appointment is over, was cancelled, or is not today
    """
    kept, ready_at = receive_arrival(appointment=appointment, by=by, at=at)
    return _given(kept.point, kept.purpose, {"appointment": kept, "ready_at": ready_at}, by, at)


@action
def call_next(*, window: int | None, finish: bool = False, by: Actor, at: datetime) -> Ticket | None:
    """Call the number that has waited longest for what a window serves; nothing when nobody waits.

    Two windows never call the same number: the row is taken with SKIP LOCKED. With `finish` the number that one
    has at the window is finished first.

    :raises Refused: one is not posted to a point, the window is not there or not free, or a number is in hand
    """
    today = clock.day_of(at)
    place = _window_of(by, window, today)
    if finish:
        _finish_at_window(by, at)
    refuse_if(rules.why_not_another(in_hand=[str(row) for row in _in_hand(by, today)]))
    waiting = Ticket.objects.visible_to(by.scope).of(place.point, today).waiting().filter(purpose__in=place.serves)
    ticket = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    return ticket and _call(ticket, place.number, by, at)


@action
def call_again(*, ticket: int, window: int | None = None, by: Actor, at: datetime) -> Ticket:
    """Call a number that has not come yet, or one that was put aside, to one's window.

    Nobody is called out of turn: a number that waits is called by `call_next` alone. Without `window` it is called to
    the window to which it was called before.

    :raises Ticket.DoesNotExist: outside one's area
    :raises Refused: it is not called or put aside, another officer or another hall has it, one is not posted to a
        point, or the window is not there or not free
    """
    today = clock.day_of(at)
    row = _locked(ticket, by)
    place = _window_of(by, window or row.window, today)
    own = row.called_by in (None, by.id) or row.state == TicketState.HELD
    here = row.point_id == place.point and row.taken_on == today
    refuse_if(rules.why_not_call_again(number=row.number, before=row.state, own=own, here=here))
    others = _in_hand(by, today).exclude(pk=row.pk)
    refuse_if(rules.why_not_another(in_hand=[str(other) for other in others]))
    return _call(row, place.number, by, at)


@action
def move_ticket(*, ticket: int, state: str, purpose: str = "", by: Actor, at: datetime) -> Ticket:
    """Bring a number to the window, put it aside, hand it on, mark it as missed, take it back, or finish it.

    Handing on is the state `waiting` with another purpose: it keeps the time at which the person came. Who missed the
    call and comes back waits from now.

    :raises Ticket.DoesNotExist: outside one's area
    :raises Refused: it cannot go there from where it is, another officer has it, or it was not called often enough
    """
    row = _locked(ticket, by)
    own = row.state not in IN_HAND or row.called_by == by.id
    refuse_if(rules.why_not_move(number=row.number, before=row.state, state=state, own=own))
    if state == TicketState.MISSED:
        least = int(parameters().value("queue_calls_before_missed", clock.day_of(at)))
        refuse_if(rules.why_not_missed(calls=row.calls, least=least))
    return _moved(row, state, purpose, by, at)


@dataclass(frozen=True)
class _Place:
    """A window at which an officer works: the point, the number, and the purposes that it serves."""

    point: int
    number: int
    serves: frozenset[str]


def _window_of(by: Actor, window: int | None, today: date) -> _Place:
    """The window to which somebody calls numbers, at the point of the posting.

    :raises Refused: one is not posted to a point, or the window is not there
    """
    posting = posting_of(by.id, today)
    found = windows_of(scope=by.scope, point=posting.point_id) if posting else {}
    refuse_if(rules.why_not_call(posted=posting is not None, window=window, windows=found))
    assert posting is not None and window is not None
    return _Place(posting.point_id, window, purposes_served({window: found[window]} if found else {}))


def _given(place: ServicePoint, purpose: str, told: dict[str, Any], by: Actor, at: datetime) -> Ticket:
    today = clock.day_of(at)
    ticket = Ticket.objects.create(
        area=place.area, point=place, taken_on=today, purpose=purpose, letter=LETTER[WindowPurpose(purpose)],
        serial=_next_serial(place, today, purpose), taken_at=at, **told,
    )  # fmt: skip
    publish(TicketTaken(ticket=ticket.pk, point=place.pk, area=ticket.area, by=by.id, at=at))
    return ticket


def _finish_at_window(by: Actor, at: datetime) -> None:
    row = _in_hand(by, clock.day_of(at)).filter(state=TicketState.AT_WINDOW).select_for_update().first()
    if row is not None:
        _moved(row, TicketState.DONE, "", by, at)


def _call(row: Ticket, window: int, by: Actor, at: datetime) -> Ticket:
    row.state, row.window, row.called_by, row.called_at = TicketState.CALLED, window, by.id, at
    row.first_called_at = row.first_called_at or at
    row.calls += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise _not_free(taken, window) from taken
    publish(
        TicketCalled(ticket=row.pk, point=row.point_id, window=window, calls=row.calls, area=row.area, by=by.id, at=at)
    )
    return row


def _in_hand(by: Actor, today: date) -> TicketQuerySet:
    return Ticket.objects.visible_to(by.scope).filter(taken_on=today, called_by=by.id).in_hand()


def _not_free(taken: IntegrityError, window: int) -> Exception:
    if "one_ticket_an_officer" in str(taken):
        return Refused(*rules.why_not_another(in_hand=["…"]))
    if "one_ticket_a_window" in str(taken):
        return Refused(
            _("Window %(window)s is serving somebody else's number.") % {"window": window},
            field="window",
            next_step=_("Choose your own window."),
        )
    return taken


def _moved(row: Ticket, state: str, purpose: str, by: Actor, at: datetime) -> Ticket:
    before, row.state = row.state, TicketState(state)
    if state == TicketState.WAITING:
        row.window = row.called_by = None
        row.calls = 0
        row.purpose = WindowPurpose(purpose or row.purpose)
        if before == TicketState.MISSED:
            row.ready_at = at
        row.ended_at = None
    elif state == TicketState.AT_WINDOW:
        row.begun_at = at
    elif state in (TicketState.MISSED, TicketState.DONE):
        row.ended_at = at
    row.save()
    publish(
        TicketMoved(
            ticket=row.pk, point=row.point_id, before=before, state=str(state), purpose=row.purpose, area=row.area,
            by=by.id, at=at,
        )
    )  # fmt: skip
    return row


def _locked(ticket: int, by: Actor) -> Ticket:
    return Ticket.objects.visible_to(by.scope).select_for_update().get(pk=ticket)


def _next_serial(place: ServicePoint, today: date, purpose: str) -> int:
    key = {"point": place, "taken_on": today, "purpose": purpose}
    TicketSeries.objects.get_or_create(**key, defaults={"area": place.area})
    series = TicketSeries.objects.visible_to(place.area).select_for_update().get(**key)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last
