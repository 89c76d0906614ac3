"""What ends in the register when a person dies or leaves for good, and is opened again when that was a mistake."""

from datetime import date, datetime

from openpes.kernel import Actor, action, within
from openpes.kernel.scope import CITY
from openpes.registration.actions.endings import end_wish_early, finish
from openpes.registration.actions.handbooks import close_handbook, revive_handbook
from openpes.registration.actions.restoring import restore, restore_wish
from openpes.registration.choices import (
    CANCELLED_BY_DEATH,
    CANCELLED_OTHERWISE,
    CANCELLED_WENT_ABROAD,
    EmploymentEnd,
    Status,
)
from openpes.registration.models import StatusPeriod
from openpes.registration.rules.endings import consequence_of

# What a departure of `people.choices.DepartureKind` ends an unemployment and an employment with.
ENDS = {
    "died": (CANCELLED_BY_DEATH, EmploymentEnd.DIED),
    "abroad": (CANCELLED_WENT_ABROAD, EmploymentEnd.OTHER),
    "away": (CANCELLED_OTHERWISE, EmploymentEnd.OTHER),
}


@action
def end_all(*, person: int, kind: str, on: date, by: Actor, at: datetime) -> None:
    """End the registration and the job wish of a person who died or left for good; of the dead the handbook too.

    Whatever the register thinks of the day, it follows the person's file: what began later ends on its first day.
    Source: 就业服务与就业管理规定 art. 66.
    """
    unemployed, employed = ENDS[kind]
    wish_ended = False
    with within(CITY):  # the registration may belong to another office than the file
        for period in StatusPeriod.objects.filter(person=person, until_on=None).order_by("id").select_for_update():
            reason = unemployed if period.status == Status.UNEMPLOYED else employed
            finish(period, reason=reason, on=max(on, period.from_on), note="", by=by, at=at)
            wish_ended = wish_ended or (period.status == Status.UNEMPLOYED and consequence_of(reason).ends_wish)
        if not wish_ended:
            end_wish_early(person, on, by, at)
        if kind == "died":
            close_handbook(person=person, by=by, at=at)


@action
def restore_all(*, person: int, area: str, on: date, ended_at: datetime, by: Actor, at: datetime) -> None:
    """Open again what a departure ended at a moment, as if it had not: registration, job wish, handbook.

    Whatever was registered since stands; the rest belongs to the office of the area that keeps the file.
    """
    with within(CITY):
        ended = StatusPeriod.objects.filter(person=person, ended_at=ended_at).order_by("id").select_for_update()
        for period in ended:
            later = StatusPeriod.objects.filter(person=person, from_on__gte=period.until_on).exclude(pk=period.pk)
            if not later.exists():
                restore(period, area, by, at)
        restore_wish(person, on, area, by, at)
        revive_handbook(person, ended_at, area, by, at)
