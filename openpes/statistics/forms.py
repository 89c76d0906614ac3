"""What a reader of reports chooses: the quarter, the area, the switch."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from openpes.engine.calendars import Period, quarter, quarter_number, quarter_of
from openpes.network.queries import area_exists
from openpes.statistics.choices import Origin, Side
from openpes.statistics.queries import CLASS_ROWS, Figure

FIRST_YEAR = 2007


@dataclass(frozen=True)
class Chosen:
    """A quarter of a year in an area, with the allotment as the city has it (None) or as the reader wants it."""

    area: str
    period: Period
    allotted: bool | None

    @property
    def code(self) -> str:
        """The quarter as in addresses: 2026-3."""
        return f"{self.period.from_on.year}-{quarter_number(self.period)}"

    @property
    def title(self) -> str:
        """The quarter as it is read: Q3 2026."""
        return quarter_title(self.period)


def read_choice(query: QueryDict, *, scope: str, on: date) -> Chosen:
    """What an address asks for; the last full quarter and the reader's own area without a choice.

    :raises Http404: the quarter is none, or the area is not inside the scope
    """
    area = query.get("area") or scope
    if not area.startswith(scope) or not area_exists(area):
        raise Http404
    allot = {"official": True, "none": False}.get(query.get("allot", ""))
    return Chosen(area, _quarter(query.get("quarter", ""), on), allot)


def read_figure(query: QueryDict) -> Figure:
    """The figure that an address asks to open.

    :raises Http404: there is no such figure
    """
    side, code, origin = query.get("side", ""), query.get("class", ""), query.get("origin", Origin.ALL)
    if side not in Side.values or origin not in Origin.values or (code and code not in CLASS_ROWS):
        raise Http404
    return Figure(side, code, origin)


def quarter_title(period: Period) -> str:
    """A quarter in the words of the reader."""
    return _("Q%(number)s %(year)s") % {"number": quarter_number(period), "year": period.from_on.year}


def quarter_choices(on: date, count: int = 12) -> list[tuple[str, str]]:
    """The current quarter and those before it: code and title."""
    period, found = quarter(on), []
    for _step in range(count):
        found.append((f"{period.from_on.year}-{quarter_number(period)}", quarter_title(period)))
        period = quarter(date.fromordinal(period.from_on.toordinal() - 1))
    return found


def _quarter(text: str, on: date) -> Period:
    if not text:
        return quarter(date.fromordinal(quarter(on).from_on.toordinal() - 1))
    year, _dash, number = text.partition("-")
    if not (year.isascii() and year.isdigit() and number in ("1", "2", "3", "4")):
        raise Http404
    if not FIRST_YEAR <= int(year) <= on.year:
        raise Http404
    return quarter_of(int(year), int(number))
