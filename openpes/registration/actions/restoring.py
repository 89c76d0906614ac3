"""What ended by mistake is opened again, with everything that ended with it."""

from datetime import date, datetime

from openpes.kernel import Actor, clock, publish
from openpes.registration.actions.handbooks import revive_handbook
from openpes.registration.choices import Status
from openpes.registration.events import EmploymentRestored, JobWishRestored, RegistrationRestored
from openpes.registration.models import JobWish, StatusPeriod


def restore(period: StatusPeriod, area: str, by: Actor, at: datetime) -> None:
    """Open a locked registration again as if it had not ended, for the office of an area.

    The job wish and the booklet that ended with it live again. The caller sees the whole city.
    """
    ended_on, ended_at = period.until_on, period.ended_at
    assert ended_on is not None
    period.area, period.until_on, period.end_reason, period.end_note, period.ended_at = area, None, "", "", None
    if period.status == Status.UNEMPLOYED:
        period.contacted_on, period.reminded_on = clock.day_of(at), None
    period.save(
        update_fields=["area", "until_on", "end_reason", "end_note", "ended_at", "contacted_on", "reminded_on"]
    )
    kind = RegistrationRestored if period.status == Status.UNEMPLOYED else EmploymentRestored
    publish(
        kind(
            person=period.person_id,
            area=area,
            period=period.pk,
            number=period.number,
            from_on=period.from_on,
            by=by.id,
            at=at,
        )
    )
    if period.status == Status.UNEMPLOYED:  # the end of an employment cuts no wish short
        restore_wish(period.person_id, ended_on, area, by, at)
    if ended_at is not None:
        revive_handbook(period.person_id, ended_at, area, by, at)


def restore_wish(person: int, ended_on: date, area: str, by: Actor, at: datetime) -> None:
    """Let the job wish that was cut short on a day last as long as it would have, unless there is another one."""
    cut = JobWish.objects.select_for_update().filter(person=person, until_on__gte=ended_on).cut_short()
    wish = cut.order_by("-id").first()
    if wish is None or wish.planned_until_on is None:
        return
    if JobWish.objects.filter(person=person, from_on__gte=wish.until_on).exclude(pk=wish.pk).exists():
        return
    wish.area, wish.until_on, wish.planned_until_on = area, wish.planned_until_on, None
    wish.version += 1
    wish.save(update_fields=["area", "until_on", "planned_until_on", "version"])
    publish(
        JobWishRestored(person=person, area=area, wish=wish.pk, until_on=wish.until_on, by=by.id, at=at)
    )
