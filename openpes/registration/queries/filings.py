"""Filings of employers: of an area, of one employer, and the own staff with what is still to be filed."""

from dataclasses import dataclass
from datetime import date

from openpes.codes.queries import occupation_label
from openpes.employers.queries import employer_names
from openpes.kernel import Actor, within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.registration.models import Filing, FilingQuerySet, StatusPeriod


@dataclass(frozen=True)
class FilingRow:
    """A filing with the names of its person and its employer."""

    filing: Filing
    name: str
    employer: str


@dataclass(frozen=True)
class StaffRow:
    """An employment at the own unit."""

    period: StatusPeriod
    name: str
    occupation: str
    contract_over: bool


def filings(*, actor: Actor, late: bool = False) -> FilingQuerySet:
    """The filings that an actor may see, the latest first; with `late` those after their last day."""
    found = Filing.objects.seen_by(actor)
    return (found.late() if late else found).order_by("-filed_on", "-id")


def filings_in_words(found: list[Filing]) -> list[FilingRow]:
    """Filings with names; they were read under the reader's standing, the persons may have moved since."""
    names = _names({row.person_id for row in found})
    employers = employer_names(pks={row.employer_id for row in found})
    return [FilingRow(row, names[row.person_id], employers[row.employer_id]) for row in found]


def own_staff(*, actor: Actor, on: date) -> list[StaffRow]:
    """Who is registered as employed by the own unit, the contracts that ran out first."""
    found = StatusPeriod.objects.employed().filter(employer=actor.employer, until_on=None).order_by("from_on", "id")
    rows = list(found)
    names = _names({row.person_id for row in rows})
    staff = [
        StaffRow(
            row,
            names[row.person_id],
            occupation_label(row.occupation) if row.occupation else "",
            row.contract_until_on is not None and row.contract_until_on <= on,
        )
        for row in rows
    ]
    return sorted(staff, key=lambda row: not row.contract_over)


def own_employment(*, actor: Actor, pk: int) -> StaffRow:
    """One open employment at the own unit.

    :raises StatusPeriod.DoesNotExist: the own unit has none of that id
    """
    row = StatusPeriod.objects.employed().filter(employer=actor.employer, until_on=None).get(pk=pk)
    return StaffRow(row, _names({row.person_id})[row.person_id], "", False)


def _names(persons: set[int]) -> dict[int, str]:
    with within(CITY):
        return dict(Person.objects.filter(pk__in=persons).order_by("pk").values_list("pk", "name"))
