"""The rural ledger: what it says about a person, and taking back what one of its rows had become."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext as _

from openpes.intake.actions import erase_records
from openpes.kernel import Actor, Refused, action, clock, publish
from openpes.people.events import LedgerRecorded, LedgerRowWithdrawn
from openpes.people.models import Household, HouseholdMember, LedgerEntry, Person, Residence

WITHDRAWN: dict[str, type[models.Model]] = {
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
    found = Person.objects.held_by(by).get(pk=person)
    latest = LedgerEntry.objects.filter(person=found).order_by("-surveyed_on", "-id").first()
    told = asdict(facts)
    if latest and latest.household_id == household and all(getattr(latest, key) == told[key] for key in told):
        return None
    entry = LedgerEntry.objects.create(
        area=found.area, person=found, household_id=household, surveyed_on=clock.day_of(at), recorded_at=at, **told
    )
    publish(
        LedgerRecorded(person=found.pk, area=found.area, surveyed_on=entry.surveyed_on, by=by.id, at=at)
    )
    return entry


@action
def withdraw_ledger_row(*, became: Sequence[tuple[str, int]], by: Actor, at: datetime) -> None:
    """Delete what one row of a ledger had become, newest first.

    :raises Refused: the file was changed since, or other records depend on it by now
    """
    records = [record for label, pk in reversed(became) for record in _record(label, pk, by)]
    whole = [record for record in records if isinstance(record, Person)]
    if len(whole) < sum(label == Person._meta.label_lower for label, _pk in became):
        raise Refused(_("The file of this person belongs to another office by now."))
    if any(person.version > 1 for person in whole):
        raise Refused(_("The file of this person was changed since."))
    persons = {record.pk if isinstance(record, Person) else getattr(record, "person_id", 0) for record in records}
    areas = [record.area for record in records]
    erase_records(
        records=records,
        otherwise=_("Other records of this person or household were made since; they must be withdrawn first."),
        by=by,
        at=at,
    )
    for person in sorted(persons - {0}):
        publish(LedgerRowWithdrawn(person=person, area=areas[0], whole=bool(whole), by=by.id, at=at))


def _record(label: str, pk: int, by: Actor) -> list[models.Model]:
    return list(WITHDRAWN[label].objects.visible_to(by.scope).select_for_update().filter(pk=pk))
