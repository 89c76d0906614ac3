"""What a clerk sees at a glance: hits of the find box, the to-do list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openpes.engine.calendars import age_on
from openpes.network.queries import area_name
from openpes.people.choices import Sex
from openpes.people.models import Departure, Person
from openpes.people.queries import (
    departure_words,
    departures_of,
    find_persons,
    former_names_of,
    matters_waiting,
)
from openpes.registration.models import StatusPeriod
from openpes.registration.queries import status_label, statuses_of

SHOWN = 12
# What waits in files: by its kind the right to decide it, and its page.
IN_FILES = {
    "request": ("people.correct", "people:correction_answer"),
    "appeal": ("people.correct", "people:correction_answer"),
    "group": ("people.recognise", "people:group"),
    "number": ("people.confirm", "people:number_answer"),
    "file": ("people.change", "people:handover_answer"),
}


@dataclass(frozen=True)
class Hit:
    """A person that the find box found, with the badge of the present status, and what tells namesakes apart."""

    person: Person
    badge: str
    tone: str
    about: str = ""


@dataclass(frozen=True)
class ToDo:
    """Something that waits for the office: what, about whom, since when, and how urgent (a tone)."""

    page: str
    key: int
    title: str
    about: str
    waiting_since_on: date
    days: int
    tone: str
    left: str = ""

    @property
    def waited(self) -> str:
        """How long it has waited, in words."""
        return ngettext("%(n)s day", "%(n)s days", self.days) % {"n": self.days}


def hits(*, scope: str, text: str, on: date) -> list[Hit]:
    """Persons of the area that a text may mean, with their status, what they were called before, and who is gone."""
    found = find_persons(scope=scope, text=text)
    persons = [person.pk for person in found]
    if not persons:
        return []
    statuses = statuses_of(scope=scope, persons=persons, on=on)
    gone, former = departures_of(scope=scope, persons=persons), former_names_of(scope=scope, persons=persons)
    return [
        Hit(
            person,
            *badge_words(statuses.get(person.pk), gone.get(person.pk)),
            _about(person, former.get(person.pk, []), on),
        )
        for person in found
    ]


def badge_words(status: StatusPeriod | None, gone: Departure | None) -> tuple[str, str]:
    """The words and the tone of a person's badge: gone for good before any status."""
    return (departure_words(gone), "bad") if gone else status_label(status)


def _about(person: Person, former: list[str], on: date) -> str:
    age = _("%(age)s years") % {"age": age_on(person.born_on, on)}
    before = [_("formerly %(names)s") % {"names": "、".join(former)}] if former else []
    return " · ".join([*before, str(Sex(person.sex).label), age, area_name(person.area), person.id_mask])


def to_dos(*, scope: str, on: date, rights: frozenset[str]) -> list[ToDo]:
    """What waits in the files of persons, the longest wait first."""
    return sorted(_in_files(scope, on, rights), key=lambda item: (item.waiting_since_on, item.page, item.key))


def badge_of(status: StatusPeriod | None, gone: Departure | None = None) -> dict[str, Any]:
    """The present status of a person with its badge."""
    label, tone = badge_words(status, gone)
    return {"status": status, "badge": label, "tone": tone}


def _in_files(scope: str, on: date, rights: frozenset[str]) -> Iterator[ToDo]:
    """What waits in the files of persons, by one statement: requests, appeals, groups, numbers, files that came."""
    kinds = {kind for kind, (right, _page) in IN_FILES.items() if right in rights}
    for matter in matters_waiting(scope=scope, on=on, kinds=kinds, limit=SHOWN):
        title, about, waited = matter.about, matter.person, (on - matter.since_on).days
        tone, left = matter.clock.tone, matter.clock.words
        if matter.kind == "number":
            title = _("Confirm another identity number: %(name)s") % {"name": matter.person}
            about, tone, left = matter.told, "wait", ""
        if matter.kind == "file":
            title = _("Accept the file of another county: %(name)s") % {"name": matter.person}
            about = area_name(matter.told)
        yield ToDo(IN_FILES[matter.kind][1], matter.pk, title, about, matter.since_on, waited, tone, left)
