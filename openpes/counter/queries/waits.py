"""How long people waited at the windows, for the indicators of `statistics`."""

from collections.abc import Sequence

from django.db.models import F, FloatField, Func, IntegerField
from django.db.models.functions import Cast, Round

from openpes.counter.models import Ticket
from openpes.statistics.queries.measures import Asked, Pair, Part, RowWords


def waiting_minutes(asked: Asked) -> Pair:
    """Minutes from taking a number to its first call, each rounded, of the numbers taken in the days that were called.

    The same rows as the average wait of one point on one day (`queue_of`).
    """
    rows = Ticket.objects.visible_to(asked.inside).exclude(first_called_at=None).order_by("taken_on", "pk")
    called = rows.filter(taken_on__gte=asked.period.from_on, taken_on__lt=asked.until_on)
    seconds = Func(F("first_called_at") - F("taken_at"), template="extract(epoch FROM %(expressions)s)",
                   output_field=FloatField())  # fmt: skip
    minutes = Cast(Round(seconds / 60.0), IntegerField())
    return Pair(Part(called, amount=minutes, told=_told), Part(called, told=_told))


def _told(rows: Sequence[Ticket]) -> list[RowWords]:
    return [RowWords(row.number, row.area, row.taken_on, row.get_purpose_display()) for row in rows]
