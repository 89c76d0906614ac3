"""What the journal answers: what happened, what happened about a person, who read a person's file, the seals."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from openpes.access.models import Account
from openpes.audit.choices import FIELDS, Purpose
from openpes.audit.models import JournalEntry, Seal
from openpes.audit.rules import BEHALF, journal_payload
from openpes.kernel import Event, clock, within
from openpes.kernel.days import spoken_day
from openpes.kernel.events import event_kinds
from openpes.kernel.scope import CITY
from openpes.network.models import Posting
from openpes.network.queries import area_full_name, area_name

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
CODE = re.compile(r"(?=.*[A-Za-z])[!-~]+((, |、)[!-~]+)*")  # choices as the platform keeps them: words without blanks
READ_MARK = "purpose"  # an event that names a purpose is the reading of a file


@dataclass(frozen=True)
class JournalLine:
    """One line as pages show it: `who` is the account's name, `unit` where it happened."""

    id: int
    at: datetime
    who: str
    event: str
    title: str
    area: str
    unit: str
    person: int | None
    payload: dict[str, Any]

    @property
    def details(self) -> list[tuple[str, str, bool]]:
        """What the event carried: label, value in the reader's language, whether it is a code; nothing empty."""
        told = {name: _in_words(name, value) for name, value in self.payload.items() if name != BEHALF}
        return [
            (str(FIELDS.get(name, name)), text, name != READ_MARK and CODE.fullmatch(text) is not None)
            for name, text in told.items()
            if text
        ]


@dataclass(frozen=True)
class Reading:
    """Somebody read a person's file."""

    at: datetime
    who: str
    unit: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class JournalFilter:
    """Which lines of the journal somebody wants to see; empty fields do not filter."""

    from_on: date | None = None
    until_on: date | None = None
    event: str = ""
    username: str = ""
    area: str = ""
    person: int | None = None
    before: int | None = None


def journal(*, scope: str, wanted: JournalFilter, limit: int) -> list[JournalLine]:
    """The newest lines inside an area that satisfy the filter; `before` continues with the lines older than one."""
    found = JournalEntry.objects.visible_to(scope).order_by("-id")
    if wanted.from_on:
        found = found.filter(at__gte=_midnight(wanted.from_on))
    if wanted.until_on:
        found = found.filter(at__lt=_midnight(wanted.until_on + timedelta(days=1)))
    if wanted.area:
        found = found.visible_to(wanted.area)
    if wanted.username:
        found = found.filter(by__in=Account.objects.filter(username=wanted.username).values("pk"))
    exact = {"event": wanted.event or None, "person": wanted.person, "id__lt": wanted.before}
    return _shown(found.filter(**{name: value for name, value in exact.items() if value is not None})[:limit])


def journal_of_person(*, scope: str, person: int, limit: int = 50) -> list[JournalLine]:
    """The newest lines about a person inside an area."""
    return _shown(JournalEntry.objects.visible_to(scope).filter(person=person).order_by("-id")[:limit])


def acts_of_day(*, scope: str, person: int, by: int, on: date) -> list[dict[str, str]]:
    """What somebody did for a person of an area on a day, in order: kinds of events with numbers, no readings."""
    begins = _midnight(on)
    lines = JournalEntry.objects.visible_to(scope).filter(person=person, by=by, at__gte=begins)
    told = lines.filter(at__lt=begins + timedelta(days=1)).exclude(payload__has_key=READ_MARK).order_by("id")
    return [{"event": line.event, "number": str(line.payload.get("number") or "")} for line in told]


def readers_of(person: int, limit: int = 100) -> list[Reading]:
    """Who read the file of a person, when, from which unit and for which purpose, the newest first.

    The caller's standing decides whose readings can be seen: a person sees their own, staff those of their area.
    """
    found = JournalEntry.objects.filter(person=person, payload__has_key=READ_MARK).order_by("-id")[:limit]
    lines = _shown(found)
    units = _units_of_readers(found)
    return [
        Reading(line.at, line.who, units.get(line.id, line.unit), _purpose(str(line.payload[READ_MARK])))
        for line in lines
    ]


def journal_events() -> list[tuple[str, str]]:
    """Every kind of event with its title, for a drop-down."""
    return [(kind.name(), pgettext("event", source_title(kind))) for kind in event_kinds()]


def source_title(kind: type[Event]) -> str:
    """The English title of an event: what its description says first."""
    return re.split(r"[.;:]", (kind.__doc__ or kind.__name__).strip().split("\n")[0])[0]


def event_title(name: str) -> str:
    """What an event says has happened, in the reader's language; the bare name when its class is gone."""
    return dict(journal_events()).get(name, name)


def seals_of_day(on: date) -> QuerySet[Seal]:
    """The seals of a day, the newest first, without the digests of their lines."""
    begins = _midnight(on)
    found = Seal.objects.filter(sealed_at__gte=begins, sealed_at__lt=begins + timedelta(days=1))
    return found.defer("lines").order_by("-id")


def _shown(entries: Iterable[JournalEntry]) -> list[JournalLine]:
    rows = list(entries)
    named = {row.by for row in rows} | {row.payload[BEHALF] for row in rows if BEHALF in row.payload}
    names = dict(Account.objects.filter(pk__in=named).values_list("pk", "name"))
    titles = dict(journal_events())
    return [
        JournalLine(
            id=row.pk,
            at=row.at,
            who=_who(row, names),
            event=row.event,
            title=titles.get(row.event, row.event),
            area=row.area,
            unit=area_name(row.area),
            person=row.person,
            payload=row.payload,
        )
        for row in rows
    ]


def _who(row: JournalEntry, names: dict[int, str]) -> str:
    name = names.get(row.by, _("The platform"))
    if BEHALF not in row.payload:
        return name
    return _("%(who)s on behalf of %(whom)s") % {"who": name, "whom": names.get(row.payload[BEHALF], "?")}


def _in_words(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return pgettext("journal", "yes") if value else pgettext("journal", "no")
    if isinstance(value, list | tuple):
        return _(", ").join(str(part) for part in value)
    text = "" if value is None else str(value)
    if name == READ_MARK and text:
        return _purpose(text)
    return spoken_day(date.fromisoformat(text)) if name.endswith("on") and ISO_DAY.fullmatch(text) else text


def _purpose(said: str) -> str:
    """A purpose in the reader's language: the journal keeps a code or the English words of the room."""
    known = dict(Purpose.choices).get(said) or (_(said) if said else "")
    return str(known)


def _units_of_readers(entries: Iterable[JournalEntry]) -> dict[int, str]:
    """The service point, by its full place, where each reader worked on the day of reading.

    A person may know where those who read their file work, although nobody shows them postings otherwise: so these,
    and only these, are read for the whole city.
    """
    rows = list(entries)
    with within(CITY):
        postings = list(Posting.objects.filter(account__in={row.by for row in rows}).select_related("point"))
    units: dict[int, str] = {}
    for row in rows:
        on = clock.day_of(row.at)
        for posting in postings:
            begun, ended = posting.from_on <= on, posting.until_on is not None and posting.until_on <= on
            if posting.account_id == row.by and begun and not ended:
                units[row.pk] = f"{area_full_name(posting.area)} {posting.point.name}"
    return units


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), clock.BUSINESS_ZONE)


def journal_form(payload: dict[str, Any]) -> dict[str, Any]:
    """The fields of an event as a journal line keeps them, for those who write many lines at once."""
    return journal_payload(payload)
