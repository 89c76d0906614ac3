"""How a time is chosen, at the counter and on the own page alike."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from openpes.appointments import queries
from openpes.appointments.actions import Slot, ask_recall, book_appointment
from openpes.appointments.forms import PlaceForm, RecallForm, TimeForm
from openpes.appointments.models import Appointment
from openpes.appointments.rules import terms
from openpes.kernel import Refused
from openpes.kernel.days import spoken_moment
from openpes.network.models import ServicePoint
from openpes.people.models import Person

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Choice:
    """What somebody looks at: offices and purposes to choose from, the one chosen, its free times by day."""

    place: PlaceForm
    point: int | None
    purpose: str
    days: list[queries.FreeDay]

    @property
    def is_full(self) -> bool:
        """Whether times are offered but none of them is free."""
        return bool(self.days) and all(day.is_full for day in self.days)

    def context(self) -> dict[str, Any]:
        """What the template shows."""
        return {"place": self.place, "point": self.point, "purpose": self.purpose, "days": self.days,
                "is_full": self.is_full, "has_points": bool(self.place.fields["point"].choices)}  # fmt: skip


def choice_of(request: HttpRequest, person: Person) -> Choice:
    """The office and purpose that the address names, else the first ones, with their free times."""
    points = [(place.pk, place.name) for place in queries.points_for(person=person, on=request.on)]
    asked = request.GET.get("point", "")
    point = next((pk for pk, _name in points if str(pk) == asked), points[0][0] if points else None)
    purposes = queries.purposes_at(point=point) if point else []
    wanted = request.GET.get("purpose", "")
    purpose = wanted if wanted in dict(purposes) else (purposes[0][0] if purposes else "")
    days = queries.free_days(point=point, purpose=purpose, at=request.at) if point else []
    form = PlaceForm(initial={"point": point, "purpose": purpose}, points=points, purposes=purposes)
    return Choice(form, point, purpose, days)


def booked(request: HttpRequest, person: int, chosen: Choice, form: TimeForm) -> Appointment | None:
    """Book what the form names; nothing, with the reasons at the form, when it cannot be."""
    if not form.is_valid() or chosen.point is None:
        return None
    slot = Slot(chosen.point, chosen.purpose, form.cleaned_data["starts_at"])
    try:
        return book_appointment(person=person, slot=slot, by=request.actor, at=request.at)
    except (Person.DoesNotExist, ServicePoint.DoesNotExist):
        raise Http404 from None
    except Refused as refused:
        form.refuse(refused)
        return None


def told_of(made: Appointment) -> str:
    """What is said of a booked time: its day and hour, the office and the number to name there."""
    told = {"when": spoken_moment(made.starts_at), "office": made.point.name, "number": made.number}
    return _("Booked for %(when)s at %(office)s: appointment %(number)s.") % told


def put_on_list(request: HttpRequest, person: Person, form: RecallForm) -> bool:
    """Put a person on the recall list of what the address names; with the reasons at the form when not."""
    chosen = choice_of(request, person)
    if not form.is_valid() or chosen.point is None:
        return False
    until_on: date = form.cleaned_data["until_on"] + A_DAY  # people name the last day, periods the day after it
    told = {"person": person.pk, "point": chosen.point, "purpose": chosen.purpose, "until_on": until_on}
    try:
        ask_recall(**told, by=request.actor, at=request.at)
    except (Person.DoesNotExist, ServicePoint.DoesNotExist):
        raise Http404 from None
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def latest_day(request: HttpRequest) -> date:
    """The last day for which times can be booked, as the recall form offers it first."""
    return request.on + terms(request.on).days_ahead * A_DAY
