"""Employers of an area, found by name or code, and the narrow card of any employer of the city."""

from collections.abc import Collection
from dataclasses import dataclass

from openpes.employers.models import Employer, EmployerQuerySet
from openpes.kernel import Actor, within
from openpes.kernel.scope import CITY


@dataclass(frozen=True)
class EmployerCard:
    """What everybody may know of an employer: its name, code, place and kind, and whether it can be reached."""

    id: int
    name: str
    credit_code: str
    area: str
    address: str
    unit_type: str
    economic_type: str
    industry: str
    has_contact: bool


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
        return _card(Employer.objects.get(pk=pk))


def employer_card_by_code(*, credit_code: str) -> EmployerCard:
    """The card of the employer with exactly this credit code, anywhere in the city.

    :raises Employer.DoesNotExist: the code is not registered
    """
    with within(CITY):
        return _card(Employer.objects.get(credit_code=credit_code.strip().upper()))


def employer_cards_by_code(*, credit_codes: Collection[str]) -> dict[str, EmployerCard]:
    """The cards of the employers with these credit codes, anywhere in the city, by code; unknown ones are left out."""
    with within(CITY):
        found = Employer.objects.filter(credit_code__in=list(credit_codes)).order_by("pk")
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
    )
