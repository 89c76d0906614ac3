"""Tables 1 and 5 of the quarterly report, against fetching every row and counting it in Python."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from bench.city import ON, BenchCity
from bench.table import Line, timed
from bench.timing import alternate
from openpes.engine.calendars import Period, quarter_of
from openpes.engine.indicators import Counted, Fact, counted, overall, supply_demand
from openpes.engine.occupations import report_class
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.registration.models import JobWish
from openpes.statistics.queries import CLASS_ROWS, NO_WISH, report
from openpes.vacancies.models import Fill, Vacancy

PEER = "every row fetched as values, counted one by one in Python (engine.indicators.counted)"
QUARTERS_BACK = 8
ROUNDS = 5
Facts = dict[str, list[Fact]]


def measure(city: BenchCity) -> list[Line]:
    """The last two years by quarter, for the whole city, five times."""
    periods = _quarters(ON)
    times = alternate(periods * ROUNDS, _ours, _plain)
    with within(CITY):
        rows = Vacancy.objects.published().count() + JobWish.objects.count() + Fill.objects.count()
    told = f"the same printed rows in {len(periods)} quarters; {rows:,} vacancies, wishes and fills"
    return [timed("report tables 1 and 5, whole city", times, PEER, told)]


def _quarters(on: date) -> list[Period]:
    last = on.year * 4 + (on.month - 1) // 3
    return [quarter_of(number // 4, number % 4 + 1) for number in range(last - QUARTERS_BACK + 1, last + 1)]


def _ours(period: Period) -> tuple[Any, ...]:
    with within(CITY):
        made = report(scope=CITY, area=CITY, period=period, allotted=True)
    return made.overall, made.by_occupation


def _plain(period: Period) -> tuple[Any, ...]:
    with within(CITY):
        demand, seekers = _demand_facts(), _seeker_facts()
    by_class = {code: (_count(demand, code, period), _count(seekers, code, period)) for code in CLASS_ROWS}
    rows: list[dict[str, Any]] = [
        {"row": row, "demand": by_class[code][0].total, "seekers": by_class[code][1].total}
        for code, row in CLASS_ROWS.items()
    ]
    rows[-1].pop("demand")
    both = [sum((pair[side] for pair in by_class.values()), Counted()) for side in (0, 1)]
    carried, new = (both[0].carried, both[1].carried), (both[0].new, both[1].new)
    return overall(carried, new), supply_demand(5, rows, "official")


def _demand_facts() -> Facts:
    filled: dict[int, list[date]] = defaultdict(list)
    for vacancy, day in Fill.objects.order_by("id").values_list("vacancy_id", "filled_on"):
        filled[vacancy].append(day)
    columns = ("id", "occupation", "published_on", "closes_on", "ended_on", "openings")
    facts: Facts = defaultdict(list)
    for key, code, published, closes, ended, openings in Vacancy.objects.published().values_list(*columns):
        last = closes + timedelta(days=1)
        fact = Fact(published, min(ended or last, last), openings, tuple(filled[key]))
        facts[report_class(code)].append(fact)
    return facts


def _seeker_facts() -> Facts:
    facts: Facts = defaultdict(list)
    for codes, begun, ended in JobWish.objects.values_list("occupations", "from_on", "until_on"):
        facts[report_class(codes[0]) if codes else NO_WISH].append(Fact(begun, ended))
    return facts


def _count(facts: Facts, code: str, period: Period) -> Counted:
    return counted(facts.get(code, []), period)
