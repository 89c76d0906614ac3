"""Taking back what rows of a hiring roster did."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from openpes.employers.models import Employer
from openpes.kernel import Actor, Refused, action, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.registration.actions.endings import take_back_period
from openpes.registration.actions.restoring import restore
from openpes.registration.choices import Filed
from openpes.registration.events import RosterEntryWithdrawn
from openpes.registration.models import Filing, RosterEntry, StatusPeriod
from openpes.registration.rules.rosters import CHANGED, ENDED, NEW, RENEWED, TERMS, why_not_withdraw_entry

Reference = tuple[str, int]
ENTRY = RosterEntry._meta.label_lower
DATES = ("contract_until_on",)


@action
def withdraw_roster_rows(*, rows: Sequence[Sequence[Reference]], by: Actor, at: datetime) -> None:
    """Take back what rows of a hiring roster did, the last first, or nothing at all.

    A registered employment is taken back as at the counter, and the unemployment that it ended is open again; changed
    terms are as before; an ended employment is open again and its filing gone. Decisions stay.

    :raises Refused: the employment was changed, ended or followed by another registration since
    """
    wanted = [pk for row in rows for label, pk in row if label == ENTRY]
    with within(CITY):  # the staff of an employer live anywhere in the city
        entries = list(RosterEntry.objects.filter(pk__in=wanted).order_by("-pk"))
        _refuse_unless_seen({entry.employer_id for entry in entries}, by)
        people = sorted({entry.person_id for entry in entries})
        list(Person.objects.filter(pk__in=people).order_by("pk").select_for_update().values_list("pk"))
        refuse_if([] if len(entries) == len(wanted) else why_not_withdraw_entry(is_last=False, stands=False))
        try:
            with transaction.atomic():
                for entry in entries:
                    _withdraw(entry, by, at)
        except IntegrityError:
            raise Refused(*why_not_withdraw_entry(is_last=False, stands=False)) from None


def _refuse_unless_seen(employers: Iterable[int], by: Actor) -> None:
    with by.standing():
        seen = set(Employer.objects.seen_by(by).filter(pk__in=employers).values_list("pk", flat=True))
    if seen != set(employers):
        raise Employer.DoesNotExist


def _withdraw(entry: RosterEntry, by: Actor, at: datetime) -> None:
    period = StatusPeriod.objects.select_for_update().get(pk=entry.period_id)
    is_last = not RosterEntry.objects.filter(period=period, pk__gt=entry.pk).exists()
    refuse_if(why_not_withdraw_entry(is_last=is_last, stands=_stands(entry, period)))
    entry.delete()
    if entry.contract_state == NEW:
        take_back_period(period, by, at)
    elif entry.contract_state in (RENEWED, CHANGED):
        for name in TERMS:
            setattr(period, name, _typed(name, entry.before[name]))
        period.save(update_fields=[*TERMS])
    elif entry.contract_state == ENDED:
        Filing.objects.filter(period=period, filed=Filed.END).delete()
        restore(period, Person.objects.get(pk=period.person_id).area, by, at)  # the office that has the file by now
    publish(
        RosterEntryWithdrawn(
            person=entry.person_id,
            area=entry.area,
            period=entry.period_id,
            contract_state=entry.contract_state,
            by=by.id,
            at=at,
        )
    )


def _stands(entry: RosterEntry, period: StatusPeriod) -> bool:
    """Whether the registration is still as the row left it, and nothing was registered after it."""
    if StatusPeriod.objects.filter(person=period.person_id, pk__gt=period.pk).exists():
        return False
    if entry.contract_state == ENDED:
        return period.ended_at == entry.recorded_at
    if period.ended_at is not None:
        return False
    same = period.contract_until_on == entry.contract_until_on and period.pay_fen == entry.pay_fen
    return same or entry.contract_state not in (NEW, RENEWED, CHANGED)


def _typed(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name in DATES and value else value
