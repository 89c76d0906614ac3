"""Filings of employers: of an area, of one employer, and the own staff with what is still to be filed."""

from dataclasses import dataclass
from datetime import date

from openpes.codes.queries import occupation_label
from openpes.employers.queries import employer_names
from openpes.kernel import Actor, within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.registration.choices import Filed
from openpes.registration.models import Filing, FilingQuerySet, StatusPeriod
from openpes.registration.rules.filings import filing_due_on


@dataclass(frozen=True)
class FilingRow:
    """A filing with the names of its person and its employer."""

    filing: Filing
    name: str
    employer: str


@dataclass(frozen=True)
class StaffRow:
    """An employment at the own unit; `file_by_on` is the last day for filing its end when the contract ran out."""

    period: StatusPeriod
    name: str
    occupation: str
    file_by_on: date | None
    is_late: bool = False


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
    staff = [_staff_row(row, names[row.person_id], on) for row in rows]
    return sorted(staff, key=lambda row: row.file_by_on or date.max)


def filing_days(filed: Filed, *, on: date) -> int:
    """Within how many days an employer files a hire or an end, by the law of a day."""
    return (filing_due_on(filed, on) - on).days


def own_employment(*, actor: Actor, pk: int) -> StaffRow:
    """One open employment at the own unit.

    :raises StatusPeriod.DoesNotExist: the own unit has none of that id
    """
    row = StatusPeriod.objects.employed().filter(employer=actor.employer, until_on=None).get(pk=pk)
    return StaffRow(row, _names({row.person_id})[row.person_id], "", None)


def _staff_row(row: StatusPeriod, name: str, on: date) -> StaffRow:
    ran_out_on = row.contract_until_on
    file_by_on = filing_due_on(Filed.END, ran_out_on) if ran_out_on and ran_out_on <= on else None
    work = occupation_label(row.occupation) if row.occupation else ""
    return StaffRow(row, name, work, file_by_on, file_by_on is not None and file_by_on < on)


def _names(persons: set[int]) -> dict[int, str]:
    with within(CITY):
        return dict(Person.objects.filter(pk__in=persons).order_by("pk").values_list("pk", "name"))
