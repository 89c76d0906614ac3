"""Appointments: which times are free, the day of a point, those of a person, what the clock must do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from openpes.appointments.choices import HOLDING, AppointmentState
from openpes.appointments.models import Appointment, Recall
from openpes.appointments.rules import Terms, days_offered, terms, times_of, windows_for
from openpes.kernel import Actor, clock, within
from openpes.kernel.scope import CITY
from openpes.network.choices import WindowPurpose
from openpes.network.models import ServicePoint
from openpes.network.queries import offices_serving, purposes_served, stretches_of, windows_of
from openpes.people.models import Person

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class FreeTime:
    """A time that can be booked, and the windows that are free at it."""

    starts_at: datetime
    windows: tuple[int, ...]


@dataclass(frozen=True)
class FreeDay:
    """The free times of a day; none when it is shut or full."""

    on: date
    times: tuple[FreeTime, ...]

    @property
    def is_full(self) -> bool:
        """Whether nothing can be booked."""
        return not self.times


@dataclass(frozen=True)
class AppointmentRow:
    """An appointment with the name of the person, as the list of a day shows it."""

    appointment: Appointment
    name: str


def times_offered(*, point: int, purpose: str, day: date, known: Terms) -> dict[datetime, tuple[int, ...]]:
    """Every time that a point offers for a purpose on a day, with the windows at which it does, free or not."""
    windows = windows_for(windows_of(scope=CITY, point=point), purpose, known.window_percent)
    stretches = stretches_of(scope=CITY, point=point, days=[day])[day] if windows else ()
    return dict.fromkeys(times_of(day, stretches, known.slot, clock.BUSINESS_ZONE), windows)


def free_days(*, point: int, purpose: str, at: datetime) -> list[FreeDay]:
    """The coming days on which a point is open, with their free times for a purpose; anybody may know them."""
    known = terms(clock.day_of(at))
    days = days_offered(at.astimezone(clock.BUSINESS_ZONE), known)
    with within(CITY):
        windows = windows_for(windows_of(scope=CITY, point=point), purpose, known.window_percent)
        stretches = stretches_of(scope=CITY, point=point, days=days) if windows else {}
        taken = _taken(point, days)
    found = []
    for day in days:
        times = times_of(day, stretches.get(day, ()), known.slot, clock.BUSINESS_ZONE)
        later = [time for time in times if time >= at + known.notice]
        if later:
            free = [FreeTime(time, _free(windows, time, time + known.slot, taken)) for time in later]
            found.append(FreeDay(day, tuple(one for one in free if one.windows)))
    return found


def _taken(point: int, days: list[date]) -> list[tuple[int, datetime, datetime]]:
    begins, _end = clock_bounds(days[0])
    held = Appointment.objects.filter(point=point, state__in=HOLDING, ends_at__gt=begins).order_by("starts_at", "id")
    return list(held.values_list("window", "starts_at", "ends_at"))


def _free(
    windows: Iterable[int], begins: datetime, ends: datetime, taken: list[tuple[int, datetime, datetime]]
) -> tuple[int, ...]:
    busy = {window for window, from_at, until_at in taken if from_at < ends and until_at > begins}
    return tuple(window for window in windows if window not in busy)


def clock_bounds(day: date) -> tuple[datetime, datetime]:
    """The beginning of a day and of the next, in business time."""
    begins = datetime.combine(day, datetime.min.time(), clock.BUSINESS_ZONE)
    return begins, begins + A_DAY


def points_for(*, person: Person, on: date) -> list[ServicePoint]:
    """The offices at which a person can book: those that serve the home and have written down their windows."""
    with within(CITY):
        found = [point for point, _hours, known in offices_serving(area=person.area, on=on) if known]
        return [point for point in found if windows_of(scope=CITY, point=point.pk)]


def purposes_at(*, point: int) -> list[tuple[str, str]]:
    """What can be booked at a point, with its words."""
    with within(CITY):
        served = purposes_served(windows_of(scope=CITY, point=point))
    return [(purpose.value, str(purpose.label)) for purpose in WindowPurpose if purpose in served]


def day_of_point(*, scope: str, point: int, on: date) -> list[AppointmentRow]:
    """The appointments of a point on a day, in their order; offers that wait among them."""
    begins, ends = clock_bounds(on)
    shown = (*HOLDING, AppointmentState.MISSED)
    found = Appointment.objects.visible_to(scope).between(begins, ends).filter(point=point, state__in=shown)
    rows = list(found)
    with within(CITY):
        names = dict(
            Person.objects.filter(pk__in={row.person_id for row in rows}).order_by("pk").values_list("pk", "name")
        )
    return [AppointmentRow(row, names.get(row.person_id, "")) for row in rows]


def appointments_of(*, scope: str, person: int, limit: int = 8) -> list[Appointment]:
    """The appointments of a person of the area, the latest first, at whatever point they are.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    holder = Person.objects.visible_to(scope).get(pk=person)
    with within(CITY):
        return list(Appointment.objects.filter(person=holder).select_related("point").order_by("-starts_at")[:limit])


def recalls_of(*, person: int) -> list[Recall]:
    """On which recall lists a person is; whoever asks has the person's file open, or is the person."""
    with within(CITY):
        return list(Recall.objects.filter(person=person, closed_at=None).select_related("point").order_by("id"))


def own_appointments(*, actor: Actor, limit: int = 8) -> list[Appointment]:
    """The appointments of the person that a self-service account stands for, the latest first."""
    if actor.person is None:
        return []
    with within(CITY):
        found = Appointment.objects.filter(person=actor.person).select_related("point").order_by("-starts_at")
        return list(found[:limit])


def recall_list(*, scope: str, point: int, on: date) -> int:
    """How many wait for a time at a point."""
    return Recall.objects.visible_to(scope).filter(point=point, closed_at=None, until_on__gt=on).count()


# What the clock must do


def lapsed_offers(*, at: datetime) -> list[int]:
    """Offers whose time is over, by id."""
    with within(CITY):
        found = Appointment.objects.filter(state=AppointmentState.OFFERED, held_until__lte=at)
        return list(found.order_by("id").values_list("pk", flat=True))


def to_be_reminded(*, at: datetime) -> list[int]:
    """Booked appointments that come near and of which the person was not reminded, by id."""
    ends = at + terms(clock.day_of(at)).reminder
    with within(CITY):
        found = Appointment.objects.filter(state=AppointmentState.BOOKED, reminded_at=None)
        return list(found.filter(starts_at__gt=at, starts_at__lte=ends).order_by("id").values_list("pk", flat=True))


def not_kept(*, at: datetime) -> list[int]:
    """Booked appointments whose time and grace have passed, by id."""
    until = at - terms(clock.day_of(at)).grace
    with within(CITY):
        found = Appointment.objects.filter(state=AppointmentState.BOOKED, starts_at__lt=until)
        return list(found.order_by("id").values_list("pk", flat=True))


def recalls_over(*, on: date) -> list[int]:
    """Places on the recall list whose days have passed, by id."""
    with within(CITY):
        return list(Recall.objects.filter(closed_at=None, until_on__lte=on).order_by("id").values_list("pk", flat=True))
