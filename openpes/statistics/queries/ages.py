"""The registrations behind one bar of the age pyramid."""

from datetime import date

from django.db.models import F, Func, IntegerField, QuerySet, Value

from openpes.registration.models import StatusPeriod
from openpes.statistics.queries.boards import BANDS


def labour_force_behind(
    *, scope: str, area: str, on: date, first: int, sex: str
) -> QuerySet[StatusPeriod]:  # fmt: skip
    """Registrations in force on a day of persons of a sex whose age lies in the band that begins with `first`.

    The bands are those of `boards.pyramid`: the youngest holds everybody younger, the last everybody older.
    """
    inside = area if area.startswith(scope or "-") else ""
    age = Func(Value(on), F("person__born_on"), template="extract(year FROM age(%(expressions)s))::int",
               output_field=IntegerField())  # fmt: skip
    rows = StatusPeriod.objects.visible_to(inside).in_force_on(on).filter(person__sex=sex).annotate(years=age)
    if first != BANDS[0]:
        rows = rows.filter(years__gte=first)
    if first != BANDS[-1]:
        rows = rows.filter(years__lt=BANDS[BANDS.index(first) + 1])
    return rows.order_by("from_on", "pk")
