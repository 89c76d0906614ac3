"""Days and moments as the reader's language writes them."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from openpes.kernel.days import spoken_day, spoken_moment

LATE = datetime(2026, 11, 22, 17, 5, tzinfo=UTC)  # five past one of the next morning in Nanning


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [("en", "23 Nov 2026", "23 Nov 2026, 01:05"), ("zh-hans", "2026年11月23日", "2026年11月23日 01:05")],
)
def test_a_day_is_written_as_the_language_does_and_a_moment_in_business_time(language, day, moment):
    with override(language):
        assert spoken_day(date(2026, 11, 23)) == spoken_day(LATE) == day
        assert spoken_moment(LATE) == moment
