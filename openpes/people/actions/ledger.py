"""The rural ledger: what it says about a person, and taking back what one of its rows had become."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from openpes.intake.actions import erase_records
from openpes.kernel import Actor, Event, Refused, action, clock, publish
from openpes.kernel.publishing import publish_all
from openpes.people.actions.locks import held_person
from openpes.people.events import LedgerRecorded, LedgerRowWithdrawn
from openpes.people.models import Household, HouseholdMember, LedgerEntry, Person, Residence

Reference = tuple[str, int]
PERSON = Person._meta.label_lower
# In the order in which a row makes them; they are taken back the other way round.
WITHDRAWN: dict[str, Any] = {
    model._meta.label_lower: model for model in (Person, Residence, Household, HouseholdMember, LedgerEntry)
}


@dataclass(frozen=True, kw_only=True)
class LedgerFacts:
    """What a ledger says about a person besides the file; codes as in `LedgerEntry`, income of a year in fen."""

    status: str = ""
    industry: str = ""
    work_area: str = ""
    work_way: str = ""
    income_fen: int | None = None
    training_wish: str = ""
    intention: str = ""
    farmland_mu: Decimal | None = None
    land_taken: bool | None = None
    hardship: str = ""


@action
def record_ledger(
    *, person: int, household: int | None, facts: LedgerFacts, by: Actor, at: datetime
) -> LedgerEntry | None:
    """Record what a ledger says about a person today; nothing when the latest entry says the same.

    :raises Person.DoesNotExist: the person is not one of the actor's
    """
    found = held_person(person=person, by=by)
    latest = LedgerEntry.objects.filter(person=found).order_by("-surveyed_on", "-id").first()
    told = asdict(facts)
    if latest and latest.household_id == household and all(getattr(latest, key) == told[key] for key in told):
        return None
    entry = LedgerEntry.objects.create(
        area=found.area, person=found, household_id=household, surveyed_on=clock.day_of(at), recorded_at=at, **told
    )
    publish(LedgerRecorded(person=found.pk, area=found.area, surveyed_on=entry.surveyed_on, by=by.id, at=at))
    return entry


@action
def withdraw_ledger_rows(*, rows: Sequence[Sequence[Reference]], by: Actor, at: datetime) -> None:
    """Delete what rows of a ledger had become, each newest first, or nothing at all.

    :raises Refused: a file was changed since, or other records depend on one of them by now; of one row alone it
        says why
    """
    wanted = {label: [pk for row in rows for name, pk in row if name == label] for label in WITHDRAWN}
    sets = {label: WITHDRAWN[label].objects.visible_to(by.scope).filter(pk__in=pks) for label, pks in wanted.items()}
    found = {label: {record.pk: record for record in records.select_for_update()} for label, records in sets.items()}
    _refuse_unless_whole(found[PERSON], len(wanted[PERSON]))
    erase_records(
        records=[sets[label].order_by() for label in reversed(WITHDRAWN) if found[label]],
        otherwise=_("Other records of this person or household were made since; they must be withdrawn first."),
        by=by,
        at=at,
    )
    publish_all(event for row in rows for event in _withdrawn(row, found, by, at))


def _refuse_unless_whole(persons: Mapping[int, Any], expected: int) -> None:
    if len(persons) < expected:
        raise Refused(_("The file of this person belongs to another office by now."))
    if any(person.version > 1 for person in persons.values()):
        raise Refused(_("The file of this person was changed since."))


def _withdrawn(
    row: Sequence[Reference], found: Mapping[str, Mapping[int, Any]], by: Actor, at: datetime
) -> Iterable[Event]:
    records = [found[label][pk] for label, pk in reversed(row) if pk in found[label]]
    whole = any(isinstance(record, Person) for record in records)
    persons = {record.pk if isinstance(record, Person) else getattr(record, "person_id", 0) for record in records}
    for person in sorted(persons - {0}):
        yield LedgerRowWithdrawn(person=person, area=records[0].area, whole=whole, by=by.id, at=at)
