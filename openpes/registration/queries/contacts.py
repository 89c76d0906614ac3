"""Confirmations: who is due, whom silence ends, what was confirmed, the days of one person."""

from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Coalesce, TruncDate

from openpes.kernel import Actor, clock, within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.registration.models import Contact, StatusPeriod, StatusPeriodQuerySet
from openpes.registration.rules.contacts import Rhythm, latest_silent, rhythm


@dataclass(frozen=True)
class DueContact:
    """A registered person with the days of confirmation, and how urgent it is."""

    period: StatusPeriod
    days: Rhythm
    tone: str


def to_be_reminded(*, scope: str, on: date) -> list[int]:
    """The open registrations whose confirmation is due and whose persons were not reminded yet, by id."""
    with within(scope):
        found = _silent(scope, on, "contact_interval_months").filter(reminded_on=None)
        return [row.pk for row in found if rhythm_of(row, on=on).is_due(on)]


def over_silence(*, scope: str, on: date) -> list[int]:
    """The open registrations that end by silence on a day, by id."""
    with within(scope):
        found = _silent(scope, on, "no_contact_months").exclude(reminded_on=None)
        return [row.pk for row in found if rhythm_of(row, on=on).is_over(on)]


def due_contacts(*, scope: str, on: date) -> StatusPeriodQuerySet:
    """The open registrations of the area whose confirmation may be due, the longest silence first."""
    last = Coalesce("contacted_on", TruncDate("registered_at"))
    return _silent(scope, on, "contact_interval_months").select_related("person").order_by(last, "id")


def contacts_in_words(periods: list[StatusPeriod], *, on: date) -> list[DueContact]:
    """Registrations with their days of confirmation and tones."""
    found = []
    for period in periods:
        days = rhythm_of(period, on=on)
        tone = "bad" if on >= days.silent_on else "wait" if days.is_due(on) else "ok"
        found.append(DueContact(period, days, tone))
    return found


def rhythm_of(period: StatusPeriod, *, on: date) -> Rhythm:
    """The days of confirmation of an open unemployment registration."""
    last_on = period.contacted_on or clock.day_of(period.registered_at)
    return rhythm(last_on=last_on, reminded_on=period.reminded_on, on=on)


def contacts_of(*, scope: str, person: int, limit: int = 6) -> list[Contact]:
    """The last confirmations of a person of the area, wherever in the city they were made."""
    holder = Person.objects.visible_to(scope).get(pk=person)
    with within(CITY):
        return list(Contact.objects.filter(person=holder).order_by("-id")[:limit])


def own_contacts(*, actor: Actor, limit: int = 6) -> list[Contact]:
    """The last confirmations of the person that a self-service account stands for."""
    return list(Contact.objects.filter(person=actor.person).order_by("-id")[:limit])


def _silent(scope: str, on: date, months: str) -> StatusPeriodQuerySet:
    found = StatusPeriod.objects.visible_to(scope).silent_since(latest_silent(on, months))
    return found.order_by("id")
