"""The quarterly supply-demand report of an area, computed from rows; how it compares; what went before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from openpes.engine.calendars import DAY, Period, add_months, quarter
from openpes.engine.indicators import (
    KEYS,
    Counted,
    OfficialRow,
    Tables,
    official_tables,
    overall,
)
from openpes.engine.occupations import report_class
from openpes.engine.parameters import parameters
from openpes.statistics.choices import Origin
from openpes.statistics.queries.counting import counted_sides, totals_of

CLASS_ROWS = {report_class(key): row for key, row in KEYS[5].items() if key != "0"} | {"0": KEYS[5]["0"]}
NO_WISH = "0"
QUARTERS_SHOWN = 8
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Report:
    """The twelve tables of one area and period as they are printed."""

    area: str
    period: Period
    allotted: bool
    tables: Tables

    @property
    def overall(self) -> tuple[OfficialRow, ...]:
        """Table 1."""
        return self.tables.overall

    @property
    def by_occupation(self) -> tuple[OfficialRow, ...]:
        """Table 5."""
        return self.tables.grouped[5]


@dataclass(frozen=True)
class Compared:
    """Table 1 of another period, to be set beside the one of a report."""

    period: Period
    rows: tuple[OfficialRow, ...]

    @property
    def valid(self) -> OfficialRow:
        """What was valid in that period."""
        return self.rows[-1]


def report(*, scope: str, area: str, period: Period, allotted: bool | None = None) -> Report:
    """The report of an area inside a scope; `allotted` None takes the city's own switch of that time.

    The count of a period is what was registered before and still valid at its start, and what was registered in it
    (instructions of the quarterly supply-demand report, table 1).
    """
    if allotted is None:
        allotted = bool(parameters().value("report_allotment", period.from_on))
    sides = counted_sides(scope=scope, area=area, period=period)
    return Report(area, period, allotted, official_tables(sides, allotted=allotted))


def compared(*, scope: str, area: str, period: Period) -> tuple[Compared, Compared]:
    """Table 1 of the period before, and of the same days a year before."""
    first, second = (
        Compared(other, _overall(scope, area, other)) for other in (period_before(period), a_year_before(period))
    )
    return first, second


def recent_quarters(*, scope: str, area: str, period: Period) -> list[Compared]:
    """Table 1 of the last quarters up to the one in which a period ends, the oldest first."""
    found, current = [], quarter(period.last_on or period.from_on)
    for _step in range(QUARTERS_SHOWN):
        found.append(Compared(current, _overall(scope, area, current)))
        current = quarter(current.from_on - DAY)
    return found[::-1]


def period_before(period: Period) -> Period:
    """The quarter before a quarter; of other periods as many days before."""
    if period == quarter(period.from_on):
        return quarter(period.from_on - DAY)
    return Period(period.from_on - DAY * period.days, period.from_on)


def a_year_before(period: Period) -> Period:
    """The same days a year before."""
    from_on, until_on = (add_months(day, -12) for day in (period.from_on, period.until_on or date.max))
    return Period(from_on, max(until_on, from_on + DAY))


def demand_counts(*, scope: str, area: str, period: Period) -> Counts:
    """Places by report class and origin; carried over are the places left at the start of the period."""
    return _by_class(counted_sides(scope=scope, area=area, period=period).demand[5])


def seeker_counts(*, scope: str, area: str, period: Period) -> Counts:
    """Job wishes by report class of their first occupation and origin; class 0 are those without one."""
    return _by_class(counted_sides(scope=scope, area=area, period=period).seekers[5])


def _overall(scope: str, area: str, period: Period) -> tuple[OfficialRow, ...]:
    demand, seekers = totals_of(scope=scope, area=area, period=period)
    return overall((demand.carried, seekers.carried), (demand.new, seekers.new))


def _by_class(counted: Mapping[str, Counted]) -> Counts:
    found: Counts = {}
    for code, count in counted.items():
        of_class = found.setdefault(report_class(code) if code else NO_WISH, {})
        for origin, number in ((Origin.CARRIED, count.carried), (Origin.NEW, count.new)):
            if number:
                of_class[origin] = of_class.get(origin, 0) + number
    return found
