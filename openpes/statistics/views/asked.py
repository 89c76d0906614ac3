"""What a reader of indicators chooses: the area, the period, the indicator."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from openpes.engine.calendars import DAY, Period, add_months, quarter, quarter_number, quarter_of
from openpes.engine.indicators.declared import Indicator, indicator_on
from openpes.network.queries import area_exists
from openpes.statistics.queries.named import month_words, room_of, title_of, unit_of
from openpes.statistics.rules import quarter_title

__all__ = [
    "AskedFor", "month_words", "period_choices", "period_of", "period_words", "read_asked", "read_indicator", "room_of",
    "title_of", "unit_of",
]  # fmt: skip
FIRST_YEAR = 2007


@dataclass(frozen=True)
class AskedFor:
    """An area and a period as an address names them: 2026, 2026-q3, 2026-09."""

    area: str
    period: Period
    code: str

    @property
    def title(self) -> str:
        """The period as it is read."""
        return period_words(self.period, self.code)

    def address(self, **more: object) -> str:
        """The query of an address that asks for the same, and more."""
        return urlencode({"area": self.area, "period": self.code} | {key: str(value) for key, value in more.items()})


def read_asked(request: HttpRequest) -> AskedFor:
    """What an address asks for; this year and the reader's own area without a choice.

    :raises Http404: the period is none or has not begun, or the area is not inside the scope
    """
    query, scope = request.GET, request.actor.scope
    area = query.get("area") or scope
    if not area.startswith(scope) or not area_exists(area):
        raise Http404
    code = query.get("period") or str(request.on.year)
    return AskedFor(area, period_of(code, request.on), code)


def read_indicator(query: QueryDict, on: date) -> Indicator:
    """The indicator that an address names.

    :raises Http404: there is none
    """
    try:
        return indicator_on(query.get("indicator", ""), on)
    except KeyError:
        raise Http404 from None


def period_of(code: str, on: date) -> Period:
    """The year, quarter or month of a code.

    :raises Http404: there is none, or it has not begun
    """
    year, _dash, part = code.partition("-")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and int(year) >= FIRST_YEAR):
        raise Http404
    if not part:
        found = Period(date(int(year), 1, 1), date(int(year) + 1, 1, 1))
    elif part in ("q1", "q2", "q3", "q4"):
        found = quarter_of(int(year), int(part[1]))
    elif part.isascii() and part.isdigit() and len(part) == 2 and 1 <= int(part) <= 12:
        first = date(int(year), int(part), 1)
        found = Period(first, add_months(first, 1))
    else:
        raise Http404
    if found.from_on > on:
        raise Http404
    return found


def period_choices(on: date) -> list[tuple[str, str]]:
    """Two years, four quarters and six months up to a day, each with its title."""
    codes = [str(on.year), str(on.year - 1)]
    step = quarter(on)
    for _n in range(4):
        codes.append(f"{step.from_on.year}-q{quarter_number(step)}")
        step = quarter(step.from_on - DAY)
    month = on.replace(day=1)
    codes += [f"{add_months(month, -n):%Y-%m}" for n in range(6)]
    return [(code, period_words(period_of(code, on), code)) for code in codes]


def period_words(period: Period, code: str) -> str:
    """A period in the words of the reader."""
    if "-" not in code:
        return _("%(year)s (whole year)") % {"year": code}
    return quarter_title(period) if "q" in code else month_words(period.from_on)
