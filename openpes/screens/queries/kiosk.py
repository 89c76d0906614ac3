"""What a person reads at a kiosk: own introductions and appointments, and nothing that others could use."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from openpes.appointments.choices import AHEAD
from openpes.appointments.models import Appointment
from openpes.engine.identifiers import mask_name, normalise_id
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.people.queries.persons import numbered
from openpes.referrals.models import Referral
from openpes.screens.rules import is_tail

MOST = 12
NUMBER = re.compile(r"\d{17}[\dX]|\d{15}", re.ASCII)


@dataclass(frozen=True)
class IntroductionLine:
    """An introduction with its letter."""

    letter_no: str
    title: str
    employer: str
    valid_until_on: date
    answer: str


@dataclass(frozen=True)
class AppointmentLine:
    """An appointment that is ahead."""

    number: str
    starts_at: datetime
    place: str
    purpose: str


@dataclass(frozen=True)
class OwnLines:
    """What the kiosk shows: the name only in part, introductions and appointments."""

    name: str
    introductions: tuple[IntroductionLine, ...]
    appointments: tuple[AppointmentLine, ...]


def person_at_kiosk(*, id_number: str, tail: str) -> Person | None:
    """The person of an identity number whose telephone ends like this; nothing when either is not so."""
    number = normalise_id(id_number)
    if not NUMBER.fullmatch(number):
        return None
    with within(CITY):
        found = numbered(Person.objects.order_by("pk"), number).first()
    phone = found.phone() if found else None
    return found if phone is not None and is_tail(phone.reveal(), tail) else None


def own_lines(*, person: Person, at: datetime) -> OwnLines:
    """The latest introductions of a person and the appointments ahead; whoever asks has shown to be the person."""
    with within(CITY):
        letters = Referral.objects.filter(person=person).select_related("vacancy", "employer")
        booked = Appointment.objects.filter(person=person, state__in=AHEAD, starts_at__gte=at).select_related("point")
        return OwnLines(
            name=mask_name(person.name),
            introductions=tuple(_introduction(row) for row in letters.order_by("-made_on", "-id")[:MOST]),
            appointments=tuple(
                AppointmentLine(row.number, row.starts_at, row.point.name, str(row.get_purpose_display()))
                for row in booked.order_by("starts_at")[:MOST]
            ),
        )


def _introduction(row: Referral) -> IntroductionLine:
    answer = str(row.get_answer_display()) if row.answer else _("No answer yet")
    return IntroductionLine(row.letter_no, row.vacancy.title, row.employer.name, row.valid_until_on, answer)
