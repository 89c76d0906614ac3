"""Employers of an area, found by name or code, and the narrow card of any employer of the city."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import Coalesce

from openpes.employers.choices import BlacklistOutcome
from openpes.employers.models import BlacklistEntry, Employer, EmployerQuerySet
from openpes.kernel import Actor, within
from openpes.kernel.scope import CITY

ORGANISATION_LENGTH = 9


@dataclass(frozen=True)
class EmployerCard:
    """What everybody may know of an employer: its name, code, place and kind, and whether it can be reached.

    `unserved` are the periods `[from, until)` on the blacklist, each with its clause.
    """

    id: int
    name: str
    credit_code: str
    area: str
    address: str
    unit_type: str
    economic_type: str
    industry: str
    has_contact: bool
    unserved: tuple[tuple[date, date, str], ...] = ()

    def served_on(self, day: date) -> bool:
        """Whether vacancies of the employer are published, and people referred to it, on a day."""
        return not any(from_on <= day < until_on for from_on, until_on, _clause in self.unserved)


@dataclass(frozen=True)
class EmployerContact:
    """Where an introduced person goes and whom to call; printed in the letter of introduction."""

    name: str
    address: str
    contact_name: str
    contact_phone: str


def employer(*, scope: str, pk: int) -> Employer:
    """One employer of the area.

    :raises Employer.DoesNotExist: there is none of that id in the area
    """
    return Employer.objects.visible_to(scope).get(pk=pk)


def employer_of(*, actor: Actor) -> Employer:
    """The employer that a self-service account stands for.

    :raises Employer.DoesNotExist: the account stands for none
    """
    return Employer.objects.get(pk=actor.employer)


def employers_seen_by(*, actor: Actor) -> EmployerQuerySet:
    """The employers that an actor may see, the newest first."""
    return Employer.objects.seen_by(actor).order_by("-id")


def find_employers(*, scope: str, text: str, limit: int = 20) -> list[Employer]:
    """Employers of the area by a part of the name or the beginning of the code, in the order of names."""
    wanted = text.strip()
    if not wanted:
        return []
    return list(Employer.objects.visible_to(scope).matching(wanted).order_by("name", "id")[:limit])


def employer_options(*, text: str, limit: int = 12) -> list[tuple[str, str]]:
    """Credit codes and names of employers anywhere in the city that a text may mean, for a picker."""
    with within(CITY):
        found = Employer.objects.matching(text).order_by("name", "id")
        return list(found.values_list("credit_code", "name")[:limit])


def employer_card(*, pk: int) -> EmployerCard:
    """The card of any employer of the city: the labour market is one, so a vacancy names it everywhere.

    :raises Employer.DoesNotExist: there is none of that id in the city
    """
    with within(CITY):
        return _card(_with_blacklist().get(pk=pk))


def employer_card_by_code(*, credit_code: str) -> EmployerCard:
    """The card of the employer with exactly this credit code or organisation code, anywhere in the city.

    :raises Employer.DoesNotExist: the code is not registered
    """
    code = credit_code.strip().upper().replace("-", "")
    with within(CITY):
        rows = _with_blacklist()
        is_old = len(code) == ORGANISATION_LENGTH
        return _card(rows.of_organisation(code).get() if is_old else rows.get(credit_code=code))


def employer_cards_by_code(*, credit_codes: Collection[str]) -> dict[str, EmployerCard]:
    """The cards of the employers with these credit codes, anywhere in the city, by code; unknown ones are left out."""
    with within(CITY):
        found = _with_blacklist().filter(credit_code__in=list(credit_codes)).order_by("pk")
        return {row.credit_code: _card(row) for row in found}


def employer_contact(*, pk: int) -> EmployerContact:
    """The contact of any employer of the city, for a person who is introduced to it.

    :raises Employer.DoesNotExist: there is none of that id in the city
    """
    with within(CITY):
        row = Employer.objects.get(pk=pk)
    return EmployerContact(row.name, row.address, row.contact_name, row.contact_phone)


def employer_names(*, pks: set[int]) -> dict[int, str]:
    """Names of employers anywhere in the city, by id."""
    with within(CITY):
        return dict(Employer.objects.filter(pk__in=pks).order_by("pk").values_list("pk", "name"))


def employers_named(*, text: str, limit: int = 200) -> list[int]:
    """Ids of employers anywhere in the city whose name holds the text; a vacancy here may be of a firm elsewhere."""
    with within(CITY):
        found = Employer.objects.filter(name__icontains=text.strip()).order_by("name", "id")
        return list(found.values_list("pk", flat=True)[:limit])


def _with_blacklist() -> Any:
    """Employers with the beginnings, ends and clauses of their time on the blacklist."""
    entries = BlacklistEntry.objects.filter(employer=OuterRef("pk"), outcome=BlacklistOutcome.ENTERED).order_by("pk")
    ends = entries.annotate(until_on=Coalesce("lifted_on", "ends_on"))
    return Employer.objects.annotate(
        unserved_from=ArraySubquery(entries.values("begins_on")),
        unserved_until=ArraySubquery(ends.values("until_on")),
        unserved_by=ArraySubquery(entries.values("clause")),
    )


def _card(row: Employer) -> EmployerCard:
    return EmployerCard(
        id=row.pk,
        name=row.name,
        credit_code=row.credit_code,
        area=row.area,
        address=row.address,
        unit_type=row.unit_type,
        economic_type=row.economic_type,
        industry=row.industry,
        has_contact=bool(row.contact_phone),
        unserved=tuple(zip(row.unserved_from, row.unserved_until, row.unserved_by, strict=True)),
    )
