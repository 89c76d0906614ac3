"""The waiting time of the indicators is that of the queue."""

from datetime import date, timedelta

from openpes.counter.models import Ticket
from openpes.engine.calendars import Period
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.statistics.queries.indicators import measured, rows_of
from tests.cast import COUNTY
from tests.network.factories import a_point


def test_minutes_to_the_first_call_are_averaged_over_the_numbers_called(cast, at):
    point = a_point(COUNTY, at)
    with within(CITY):
        for serial, minutes in enumerate((4, 11, None)):
            called = None if minutes is None else at + timedelta(minutes=minutes, seconds=20)
            Ticket.objects.create(
                area=COUNTY, point=point, taken_on=date(2026, 11, 23), purpose="general", letter="A", serial=serial,
                taken_at=at, ready_at=at, first_called_at=called,
            )  # fmt: skip
        asked = {"scope": CITY, "area": COUNTY, "period": Period(date(2026, 1, 1), date(2027, 1, 1))}
        made = measured(code="waiting_minutes", **asked, on=date(2026, 11, 23))
        with rows_of(code="waiting_minutes", **asked, on=date(2026, 11, 23)) as part:
            told = part.told(list(part.rows))
        before = measured(code="waiting_minutes", **asked, on=date(2026, 11, 22))
    assert (made.numerator, made.denominator, str(made.value)) == (15, 2, "7.50")
    assert [row.title for row in told] == ["A000", "A001"]
    assert before.value is None
