"""All that a person's page shows, with as few questions to the database as it can be read by."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db import connection, models

from openpes.appointments.choices import AHEAD
from openpes.appointments.models import Appointment
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.matters.models import Matter
from openpes.people.models import (
    Departure,
    EducationRecord,
    FormerName,
    GroupMembership,
    LedgerEntry,
    Person,
    Qualification,
    Residence,
)
from openpes.people.queries import (
    LedgerFacts,
    PersonCard,
    Standing,
    card_of,
    groups_in_force,
    latest_graduation,
    ledger_words,
    qualification_title,
)
from openpes.referrals.models import Referral
from openpes.registration.models import HandbookCopy, JobWish, StatusPeriod, WithdrawnRegistration
from openpes.registration.queries import RegisterFile, RuleResult

Row = TypeVar("Row", bound=models.Model)
TABLES: tuple[type[models.Model], ...] = (
    StatusPeriod, JobWish, WithdrawnRegistration, Residence, LedgerEntry, Referral, Matter, GroupMembership,
    EducationRecord, Qualification, FormerName, Departure, Appointment, HandbookCopy,
)  # fmt: skip


@dataclass(frozen=True)
class PersonFile:
    """What the city holds of a person whose file was opened; `scope` is the area of the reader.

    The register, the homes, appointments ahead and booklets to be issued go with the person, from whatever area;
    ledger, introductions and open matters are those of the reader's area.
    """

    holder: Person
    scope: str
    register: RegisterFile
    homes: list[Residence]
    entries: list[LedgerEntry]
    introductions: list[Referral]
    matters: list[Matter]
    memberships: list[GroupMembership]
    educations: list[EducationRecord]
    qualifications: list[Qualification]
    former_names: list[FormerName]
    departures: list[Departure]
    appointments: list[Appointment]
    booklets: list[HandbookCopy]

    def card_on(self, on: date) -> PersonCard:
        """The person at a glance."""
        home = next((home for home in self.homes if self._lives_at(home, on)), None)
        return card_of(self.holder, home, on, [row.name for row in self.former_names])

    @property
    def departure(self) -> Departure | None:
        """The death or departure that stands in the file."""
        return next((row for row in self.departures if row.taken_back_at is None and row.returned_on is None), None)

    def rules_on(self, on: date) -> list[RuleResult]:
        """Every rule of unemployment registration before its form was filled."""
        return self.register.rules_on(on, self.homes[0].from_on if self.homes else None)

    @property
    def ledger(self) -> list[LedgerFacts]:
        """What ledgers said, the latest survey first."""
        return [ledger_words(entry) for entry in self.entries]

    def groups_on(self, on: date) -> list[Standing]:
        """The groups in which the person stands on a day, recognised or derived by law."""
        return groups_in_force(self.holder, self.memberships, latest_graduation(self.educations), on)

    def certificates_on(self, on: date) -> list[str]:
        """The skill grades and licences that are valid on a day, in words."""
        held = [row for row in self.qualifications if not row.withdrawn_at and (not row.until_on or row.until_on > on)]
        return [qualification_title(row) for row in held]

    def _lives_at(self, home: Residence, on: date) -> bool:
        now = home.from_on <= on and (home.until_on is None or home.until_on > on)
        return now and home.area.startswith(self.scope)


def person_file(holder: Person, *, scope: str) -> PersonFile:
    """Read a file that was opened for an area: fourteen tables by one statement."""
    rows = _rows_of(holder.pk)
    return PersonFile(
        holder,
        scope,
        RegisterFile(
            holder,
            sorted(rows[StatusPeriod], key=lambda row: (row.from_on, row.pk)),
            sorted(rows[JobWish], key=_key),
            sorted(rows[WithdrawnRegistration], key=_key),
        ),
        sorted(rows[Residence], key=lambda row: row.from_on),
        sorted(_inside(rows[LedgerEntry], scope), key=lambda row: (row.surveyed_on, row.pk), reverse=True),
        sorted(_inside(rows[Referral], scope), key=_key, reverse=True),
        [row for row in sorted(_inside(rows[Matter], scope), key=_key) if row.closed_at is None],
        sorted(rows[GroupMembership], key=_key),
        sorted(rows[EducationRecord], key=_key),
        sorted(rows[Qualification], key=_key),
        sorted(rows[FormerName], key=lambda row: (row.until_on, row.pk), reverse=True),
        rows[Departure],
        sorted((row for row in rows[Appointment] if row.state in AHEAD), key=lambda row: (row.starts_at, row.pk)),
        [row for row in rows[HandbookCopy] if row.issued_at is None and row.ended_at is None],
    )


def _rows_of(person: int) -> dict[Any, list[Any]]:
    parts = [
        f"(SELECT coalesce(jsonb_agg(row), '[]') FROM {kind._meta.db_table} row WHERE person_id = %(person)s)"
        for kind in TABLES
    ]
    with within(CITY), connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", {"person": person})
        found = cursor.fetchone()
    return {kind: [_made(kind, row) for row in _read(text)] for kind, text in zip(TABLES, found, strict=True)}


def _read(text: str) -> list[dict[str, Any]]:
    return json.loads(text, parse_float=Decimal)


def _made(kind: type[Row], row: dict[str, Any]) -> Row:
    fields = kind._meta.concrete_fields
    values = [_value(field, row[str(field.column)]) for field in fields]
    return kind.from_db(connection.alias, [field.attname for field in fields], values)


def _value(field: models.Field, value: Any) -> Any:
    """A value of a JSON row as the field gives it; sealed bytes come as hexadecimal digits."""
    if isinstance(field, models.BinaryField):
        return None if value is None else bytes.fromhex(value.removeprefix("\\x"))
    return field.to_python(value)


def _inside(rows: list[Any], scope: str) -> list[Any]:
    return [row for row in rows if scope and row.area.startswith(scope)]


def _key(row: models.Model) -> Any:
    return row.pk
