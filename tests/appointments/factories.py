"""Points with windows and hours, and times at them, for tests."""

from datetime import datetime, timedelta

from openpes.appointments.actions import Slot, book_appointment
from openpes.appointments.models import Appointment
from openpes.kernel import Actor
from openpes.network.models import ServicePoint
from tests.cast import COUNTY
from tests.network.factories import a_point, described

PURPOSE = "registration"


def a_market(at: datetime, area: str = COUNTY, **changes) -> ServicePoint:
    """A market with two windows for registration, open from 8:30 to 12:00 and from 14:30 to 17:30 on working days."""
    return described(a_point(area, at), at, **changes)


def slot(point: ServicePoint, starts_at: datetime, purpose: str = PURPOSE) -> Slot:
    return Slot(point.pk, purpose, starts_at)


def tomorrow(at: datetime, hour: int = 9, minute: int = 10) -> datetime:
    """A time of the day after, which the market offers (9:10 is the third slot of a morning)."""
    return (at + timedelta(days=1)).replace(hour=hour, minute=minute)


def booked(person: int, point: ServicePoint, starts_at: datetime, *, by: Actor, at: datetime) -> Appointment:
    return book_appointment(person=person, slot=slot(point, starts_at), by=by, at=at)
