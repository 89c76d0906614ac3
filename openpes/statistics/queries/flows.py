"""Where the registered labour force of an area went within a period: from which status to which, person by person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from openpes.engine.calendars import DAY, Period
from openpes.registration.choices import Status
from openpes.registration.models import StatusPeriod, StatusPeriodQuerySet
from openpes.statistics.queries.measures import Asked

OUTSIDE = ""  # not in the register of the area on that day
REGISTERED = (Status.UNEMPLOYED.value, Status.EMPLOYED.value)
STATES = (*REGISTERED, OUTSIDE)


@dataclass(frozen=True)
class Flows:
    """Persons by their status on the day before a period and on its last day; each person counts once.

    Nobody has two statuses on one day, so the persons that began with a status are its flows together, and so are
    those that end with it: stock + came - left = stock.
    """

    first_on: date
    last_on: date
    numbers: Mapping[tuple[str, str], int]

    def opening(self, state: str) -> int:
        """Who had a status on the day before."""
        return sum(number for (origin, _to), number in self.numbers.items() if origin == state)

    def closing(self, state: str) -> int:
        """Who has a status on the last day."""
        return sum(number for (_origin, to), number in self.numbers.items() if to == state)

    def stayed(self, state: str) -> int:
        """Who had it on both days."""
        return self.numbers.get((state, state), 0)

    def came(self, state: str) -> int:
        """Who has it and had another or none."""
        return self.closing(state) - self.stayed(state)

    def left(self, state: str) -> int:
        """Who had it and has another or none."""
        return self.opening(state) - self.stayed(state)


def flows(*, scope: str, area: str, period: Period, on: date) -> Flows:
    """Every flow between two statuses of an area, counted from its registrations.

    Who kept the same registration is counted at once; only who moved is looked up again.
    """
    asked = Asked(scope, area, period, on)
    rows, first, last = _rows(asked), period.from_on, asked.last_on
    numbers = dict.fromkeys(((a, b) for a in STATES for b in STATES if a or b), 0)
    kept = rows.filter(from_on__lt=first).filter(Q(until_on__isnull=True) | Q(until_on__gt=last))
    for status, number in kept.values_list("status").annotate(n=Count("pk")):
        numbers[status, status] += number
    ended = rows.filter(from_on__lt=first, until_on__gte=first, until_on__lte=last)
    moved = ended.annotate(to=_status_on(asked, last)).values_list("status", "to")
    for status, to, number in moved.annotate(n=Count("pk")):
        numbers[status, to or OUTSIDE] += number
    for status, number in _new(asked).order_by().values_list("status").annotate(n=Count("pk")):
        numbers[OUTSIDE, status] += number
    return Flows(first, last, numbers)


def rows_of_flow(
    *, scope: str, area: str, period: Period, on: date, flow: tuple[str, str]
) -> QuerySet[StatusPeriod]:  # fmt: skip
    """The registrations behind a flow: those of the day before, or those of the last day of who was not registered."""
    asked, (origin, to) = Asked(scope, area, period, on), flow
    if origin == OUTSIDE:
        return _new(asked).filter(status=to).order_by("from_on", "pk")
    began = _rows(asked).in_force_on(period.from_on - DAY).filter(status=origin)
    after = began.annotate(to=_status_on(asked, asked.last_on))
    found = after.filter(to__isnull=True) if to == OUTSIDE else after.filter(to=to)
    return found.order_by("from_on", "pk")


def _rows(asked: Asked) -> StatusPeriodQuerySet:
    return StatusPeriod.objects.visible_to(asked.inside).order_by()


def _status_on(asked: Asked, day: date) -> Subquery:
    same = _rows(asked).in_force_on(day).filter(person=OuterRef("person"))
    return Subquery(same.values("status")[:1])


def _new(asked: Asked) -> StatusPeriodQuerySet:
    """Registrations of the last day whose person had none in the area on the day before the period."""
    before = _rows(asked).in_force_on(asked.period.from_on - DAY).filter(person=OuterRef("person"))
    begun = _rows(asked).filter(from_on__gte=asked.period.from_on).in_force_on(asked.last_on)
    return begun.filter(~Exists(before))
