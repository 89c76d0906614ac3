"""The last weeks of the service points: on which days each of them was at work."""

from datetime import date, datetime

from openpes.demo.rules.days import working_days
from openpes.demo.rules.points import days_at_work
from openpes.kernel import Actor, action, clock
from openpes.network.models import ServicePoint, WorkingDay

WEEKS_BACK, BATCH = 5, 5000


@action
def record_opening_hours(*, seed: int, by: Actor, at: datetime) -> int:
    """Record the working days of the points in the weeks before; a few stay closed. Returns the number of rows."""
    today = clock.day_of(at).toordinal()
    days = working_days(today - 7 * WEEKS_BACK, today)
    points = list(ServicePoint.objects.visible_to(by.scope).order_by("area", "pk").values_list("pk", "area"))
    worked = days_at_work(len(points), len(days), seed)
    rows = [
        WorkingDay(point_id=pk, area=area, worked_on=date.fromordinal(int(day)))
        for (pk, area), open_on in zip(points, worked, strict=True)
        for day in days[open_on]
    ]
    WorkingDay.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)
