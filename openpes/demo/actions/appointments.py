"""A day in the hall of the demo city's county market: appointments of today and the next days, and the queue."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from openpes.access.models import Account
from openpes.appointments.actions import Slot, ask_recall, book_appointment, cancel_appointment, note_missed
from openpes.appointments.models import Appointment
from openpes.appointments.queries import clock_bounds, free_days, purposes_at
from openpes.demo.actions.staff import Desk, count_done, desk_of, residents, tried
from openpes.demo.rules.accounts import COUNTY, SEEKER, TOWN
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, action, clock
from openpes.network.models import ServicePoint
from openpes.people.models import Person

DAYS, A_DAY, RECALLED, FEW, SKIP = 4, 10, 8, 12, 220
SERVED, NUMBERS, FIRST_CALL, WINDOW = 5, 16, 4, 1
BOOKED_FOR = ("registration", "placement", "guidance", "insurance")
EARLY, OPEN_FOR, LONGEST = timedelta(minutes=6), timedelta(minutes=95), timedelta(minutes=20)
COMES = 3  # of four who booked
Act = Callable[..., Any]
Free = dict[tuple[str, date], list[datetime]]


@dataclass(frozen=True)
class Queue:
    """The acts of the counter's queue; whoever builds the city and may see the counter gives them."""

    take_ticket: Act
    welcome: Act
    call_next: Act
    move_ticket: Act


@action
def play_hall(*, queue: Queue | None = None, by: Actor, at: datetime) -> int:
    """Let people book times at the county market and take numbers in its hall; how many appointments there are.

    Nothing happens without the demo accounts, where the market offers no times, or where somebody has booked already.
    """
    desk = desk_of(by, at)
    if desk is None or Appointment.objects.visible_to(by.scope).exists():
        return 0
    with desk.county.standing():
        market = ServicePoint.objects.visible_to(COUNTY).filter(area=COUNTY).order_by("pk").first()
    if market is None or not purposes_at(point=market.pk):
        return 0
    people = residents(COUNTY, DAYS * A_DAY + RECALLED, desk.today, skip=SKIP)
    free = _free(market.pk, desk.ago(1))
    booked = [one for day in range(DAYS) for one in _booked(market.pk, day, people[day * A_DAY :][:A_DAY], free, desk)]
    booked += _elsewhere(by.scope, desk.city, desk) + _elsewhere(TOWN, desk.town, desk)
    _own(market.pk, free, desk)
    for number, person in enumerate(people[DAYS * A_DAY :]):
        told = {"person": person.pk, "point": market.pk, "purpose": BOOKED_FOR[number % 2]}
        tried(ask_recall, **told, until_on=desk.day(-14), by=desk.county, at=desk.ago(1))
    _passed_on(booked, desk)
    if queue:
        _received(queue, booked, desk)
        _queued(queue, market.pk, desk)
    return count_done(booked)


def _elsewhere(area: str, clerk: Actor, desk: Desk) -> list[Appointment]:
    """Some times at the point of another office, which residents of the town book for its next days."""
    with clerk.standing():
        point = ServicePoint.objects.visible_to(area).filter(area=area).order_by("pk").first()
    if point is None:
        return []
    free, people = _free(point.pk, desk.ago(1)), residents(TOWN, FEW, desk.today, skip=3 * len(area))
    there = replace(desk, county=clerk)
    return [one for day in range(DAYS) for one in _booked(point.pk, day, people[day::DAYS], free, there)]


def _free(point: int, at: datetime) -> Free:
    """The times that can be booked at a moment, by purpose and day."""
    return {
        (purpose, day.on): [time.starts_at for time in day.times]
        for purpose in BOOKED_FOR
        for day in free_days(point=point, purpose=purpose, at=at)
    }


def _booked(point: int, ahead: int, people: list[Person], free: Free, desk: Desk) -> list[Appointment]:
    """Every second time of a day, booked the day before; the others stay free."""
    found = []
    for number, person in enumerate(people):
        purpose = BOOKED_FOR[number % len(BOOKED_FOR)]
        times = free.get((purpose, desk.day(-ahead)))
        if times:
            slot = Slot(point, purpose, times[number // len(BOOKED_FOR) * 4 % len(times)])
            made = tried(book_appointment, person=person.pk, slot=slot, by=desk.county, at=desk.ago(1))
            found += [made] if made else []
    return found


def _own(point: int, free: Free, desk: Desk) -> None:
    """The seeker who has an account has booked too, where the market serves the home."""
    own = Account.objects.filter(username=SEEKER).values_list("person_id", flat=True).first()
    with desk.county.standing():
        person = Person.objects.visible_to(COUNTY).filter(pk=own).values_list("pk", flat=True).first()
    days = [times for (purpose, day), times in free.items() if purpose == "placement" and day > desk.today and times]
    if person and days:
        slot = Slot(point, "placement", days[0][-1])
        tried(book_appointment, person=person, slot=slot, by=desk.county, at=desk.ago(1))


def _passed_on(booked: list[Appointment], desk: Desk) -> None:
    """Two of the coming days are cancelled; their times are offered to who waits longest."""
    later = [one for one in booked if clock.day_of(one.starts_at) > desk.today and one.area == COUNTY]
    for one in later[:2]:
        tried(cancel_appointment, appointment=one.pk, by=desk.county, at=desk.at)


def _received(queue: Queue, booked: list[Appointment], desk: Desk) -> None:
    """Who came to an appointment of today, and who did not."""
    grace = timedelta(minutes=parameters().value("appointment_grace_minutes", desk.today))
    past = [one for one in booked if one.starts_at < desk.at and one.area == COUNTY]
    for number, one in enumerate(sorted(past, key=lambda one: (one.starts_at, one.pk))):
        missed_at = one.starts_at + grace + EARLY
        if number % (COMES + 1) < COMES:
            row = tried(queue.welcome, appointment=one.pk, by=desk.county, at=one.starts_at - EARLY)
            if row and one.starts_at + LONGEST < desk.at:
                moment = one.starts_at + timedelta(minutes=number % 4)
                _serve(queue, one.window, moment, ("at_window", "done"), timedelta(minutes=8), desk)
        elif missed_at < desk.at:
            tried(note_missed, appointment=one.pk, by=desk.county, at=missed_at)


def _queued(queue: Queue, point: int, desk: Desk) -> None:
    """Who took a number in the last hour and a half; some were served, one was put aside, the others wait."""
    begins, _ends = clock_bounds(desk.today)
    since = max(begins, desk.at - OPEN_FOR)
    apart = (desk.at - since) / (NUMBERS + 2)
    purposes = [purpose for purpose, _words in purposes_at(point=point)]
    for number in range(NUMBERS):
        told = {"point": point, "purpose": purposes[number % len(purposes)], "goes_first": number % 7 == 5}
        moment = since + apart * number
        tried(queue.take_ticket, **told, by=desk.county, at=moment)
        call, between = divmod(number - FIRST_CALL, 2)
        if not between and 0 <= call < SERVED:
            states = ("held",) if call == SERVED - 1 else ("at_window", "done")
            _serve(queue, call * 2 + WINDOW, moment, states, apart / 2, desk)


def _serve(
    queue: Queue, window: int, moment: datetime, states: tuple[str, ...], apart: timedelta, desk: Desk
) -> None:
    """Call the next number to a window, and bring it through these states, one after the other."""
    row = tried(queue.call_next, window=window, by=desk.county, at=moment)
    if row:
        for state in states:
            moment += apart
            tried(queue.move_ticket, ticket=row.pk, state=state, by=desk.county, at=moment)
