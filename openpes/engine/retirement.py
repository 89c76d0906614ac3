"""When a working life ends: retirement ages by sex, with the gradual rise from 2025."""

from datetime import date

from openpes.engine.calendars import add_months, age_on
from openpes.engine.parameters import Parameters, parameters

MALE, FEMALE = "1", "2"


def retirement_months(born_on: date, track: str, on: date, known: Parameters | None = None) -> int:
    """The retirement age in months, by the law of a day.

    `track` is `men`, `women_55` or `women_50`: the base age before the rise. From 2025 the age rises by one month
    for every four months (women_50: every two) of birth after the first affected month, up to the longest delay.

    Source: 国发〔1978〕104号; 国务院关于渐进式延迟法定退休年龄的办法 (2024), art. 1 and its tables.

    :raises ParameterError: the track is unknown or the law of that day is not
    """
    table = (known or parameters()).value(f"retirement_{track}", on)
    months_after = (born_on.year - table["born_from_year"]) * 12 + born_on.month - table["born_from_month"]
    if months_after < 0:
        return int(table["base"])
    return int(table["base"] + min(months_after // table["step"] + 1, table["longest"]))


def retires_on(born_on: date, sex: str, on: date, known: Parameters | None = None) -> date:
    """The day on which a person reaches the age that ends registration (sex codes of GB/T 2261.1)."""
    asked = known or parameters()
    track = asked.value("registration_age_track_women", on) if sex == FEMALE else "men"
    return add_months(born_on, retirement_months(born_on, track, on, asked))


def born_by(sex: str, on: date, known: Parameters | None = None) -> date:
    """The latest day of birth whose holder has reached the age that ends registration on a day.

    Found by halves among the days of the last 120 years, since nobody retires before somebody older does.
    """
    too_old, too_young = date(on.year - 120, 1, 1).toordinal(), on.toordinal()
    while too_young - too_old > 1:
        middle = (too_old + too_young) // 2
        if retires_on(date.fromordinal(middle), sex, on, known) <= on:
            too_old = middle
        else:
            too_young = middle
    return date.fromordinal(too_old)


def is_of_working_age(born_on: date, sex: str, on: date, known: Parameters | None = None) -> bool:
    """Whether a person is between the youngest working age and retirement on a day (劳动法 art. 15)."""
    asked = known or parameters()
    return age_on(born_on, on) >= asked.value("working_age_min", on) and on < retires_on(born_on, sex, on, asked)
