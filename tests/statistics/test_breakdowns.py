"""Every breakdown of every indicator adds up to the whole, and each cell opens to its rows."""

import csv
import io
from collections import Counter
from datetime import date, timedelta

import pytest
from django.urls import reverse

from openpes.engine.calendars import Period
from openpes.engine.indicators.declared import BREAKDOWNS, declared, indicator_on
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.registration.models.periods import StatusPeriodQuerySet
from openpes.statistics.queries import breakdowns
from openpes.statistics.queries.breakdowns import KEYS, breakdown, rows_of_cell
from openpes.statistics.queries.indicators import measured
from openpes.statistics.queries.measures import Asked
from tests.statistics.small_city import HERE, THERE, build

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
ON = date(2026, 11, 20)
WHOLE = Asked(CITY, CITY, YEAR, ON)
DECLARED = [(one.code, by) for one in declared() if one.measured_by for by in one.breakdowns if by != "area"]


@pytest.fixture
def small_city(db, at):
    build()


def told(code: str, by: str, asked: Asked = WHOLE) -> dict[str, tuple]:
    made = breakdown(indicator=indicator_on(code, ON), by=by, asked=asked)
    return {key: (one.numerator, one.denominator) for key, one in made.parts}


def test_whatever_is_declared_can_be_broken_down():
    assert {"area", *KEYS} == set(BREAKDOWNS)
    assert {by for _code, by in DECLARED} == set(KEYS)


def parts_that_add_up(code: str, by: str) -> bool:
    """Whether the parts come to the whole and each to the length of its list, numerator and denominator alike."""
    indicator = indicator_on(code, ON)
    whole = measured(code=code, scope=CITY, area=CITY, period=YEAR, on=ON)
    made = breakdown(indicator=indicator, by=by, asked=WHOLE)
    held = made.whole == whole
    for over in (False, True) if indicator.has_denominator else (False,):
        for key, one in made.parts:
            with rows_of_cell(indicator=indicator, by=by, key=key, asked=WHOLE, denominator=over) as part:
                listed = sum(row.amount for row in part.rows)
            held &= listed == ((one.denominator if over else one.numerator) or 0)
    return held


@pytest.mark.parametrize("code", sorted({code for code, _by in DECLARED}))
def test_the_parts_add_up_to_the_whole_and_each_is_its_list(small_city, code):
    with within(CITY):
        assert [by for one, by in DECLARED if one == code and not parts_that_add_up(code, by)] == []


def test_a_breakdown_that_loses_or_doubles_a_row_is_found(small_city, monkeypatch):
    def lossy(part, by):
        return keyed(part, by).exclude(cell="1")

    keyed = breakdowns._keyed
    monkeypatch.setattr(breakdowns, "_keyed", lossy)
    with within(CITY):
        assert not parts_that_add_up("unemployed", "sex") or not parts_that_add_up("unemployed", "age")


def test_each_part_is_what_a_hand_counts(small_city):
    with within(CITY):
        assert told("unemployed", "reason") == {"10": (1, None), "20": (2, None)}  # c again; a and the older one
        assert told("unemployed_out", "end_reason") == {"30": (1, None), "60": (2, None)}  # c; b and d
        assert told("reemployed", "reason") == {"10": (1, 2), "20": (1, 4)}
        assert told("days_to_work", "reason") == {"10": (20, 1), "20": (60, 1)}
        assert told("retention", "months") == {"3": (1, 1), "6": (0, 1)}
        assert told("free_placements", "ground") == {"unemployed": (2, None)}
        assert told("places_offered", "occupation") == {"6": (12, None)}


def reconciled(stock: str, by: str, period: Period) -> bool:
    """Whether in every part the stock before a period, and what came less what went in it, is the stock after it."""

    def of(code: str, days: Period) -> Counter:
        made = breakdown(indicator=indicator_on(code, ON), by=by, asked=Asked(CITY, CITY, days, ON))
        return Counter({key: one.numerator for key, one in made.parts})

    before = of(stock, Period(date(2020, 1, 1), period.from_on))
    before.update(of(f"{stock}_in", period))
    before.subtract(of(f"{stock}_out", period))
    return +before == +of(stock, period) and not -before


@pytest.mark.parametrize(
    ("stock", "ways"),
    [("unemployed", ("sex", "age", "education", "reason")), ("employed", ("sex", "age", "education", "occupation"))],
)
def test_flows_and_stocks_reconcile_in_every_part_and_month(small_city, stock, ways):
    months = [Period(date(2026, month, 1), date(2026, month + 1, 1)) for month in range(1, 11)]
    with within(CITY):
        assert [(by, days) for by in ways for days in months if not reconciled(stock, by, days)] == []
        # A stock that takes in what ends on its last day is found.
        counted = StatusPeriodQuerySet.in_force_on
        with pytest.MonkeyPatch.context() as patched:
            late = lambda rows, day: counted(rows, day - timedelta(days=1))  # noqa: E731
            patched.setattr(StatusPeriodQuerySet, "in_force_on", late)
            assert [days for days in months if not reconciled(stock, "sex", days)]


def test_what_is_not_on_record_is_a_part_of_its_own(small_city):
    with within(CITY):
        people = Person.objects.filter(area=THERE)
        people.update(education="")
        found = told("unemployed", "education")
        assert found["0"] == (1, None)
        assert sum(number for number, _over in found.values()) == 3
        people.update(education="61", born_on=date(2001, 4, 2))  # 24 until the day after the registration
        assert told("unemployed", "age", Asked(CITY, THERE, YEAR, ON)) == {"1": (1, None)}
        people.update(born_on=date(2001, 4, 1))
        assert told("unemployed", "age", Asked(CITY, THERE, YEAR, ON)) == {"2": (1, None)}


def test_a_person_at_home_elsewhere_counts_where_the_registration_is(small_city, monkeypatch):
    with within(CITY):
        Person.objects.filter(area=THERE).update(area=HERE)
    with within(THERE):
        there = Asked(THERE, THERE, YEAR, ON)
        assert sum(number for number, _over in told("unemployed", "sex", there).values()) == 1
        assert told("unemployed", "sex", Asked(THERE, HERE, YEAR, ON)) == {}
        monkeypatch.setattr(StatusPeriodQuerySet, "visible_to", lambda rows, _scope: rows)  # it forgets the area
        assert sum(number for number, _over in told("unemployed", "sex", Asked(THERE, HERE, YEAR, ON)).values()) == 1


def test_a_breakdown_that_is_not_declared_or_not_measured_is_none(db):
    for code, by in (("unemployed", "colour"), ("points_online", "sex"), ("trained", "sex"), ("unemployed", "area")):
        with pytest.raises(KeyError):
            breakdown(indicator=indicator_on(code, ON), by=by, asked=WHOLE)


NAMES = ("breakdown", "breakdown_csv", "breakdown_xlsx", "rows")
PAGE, FILE, BOOK, ROWS = (reverse(f"statistics:indicator_{name}") for name in NAMES)


def test_the_page_leads_from_an_indicator_to_its_parts_and_their_rows(cast):
    build()
    client = cast.county_clerk.client()
    page = client.get(PAGE, {"indicator": "reemployed", "by": "reason", "period": "2026"})
    text = page.content.decode()
    assert page.status_code == 200 and "by=reason&amp;key=10" in text and "50.00" in text
    rows = client.get(ROWS, {"indicator": "reemployed", "by": "reason", "key": "10", "period": "2026"})
    assert rows.context["page"].paginator.count == 1 and "Back to the parts" in rows.content.decode()
    over = client.get(ROWS, {"indicator": "reemployed", "by": "age", "key": "1", "part": "denominator"})
    assert over.status_code == 200
    lines = list(csv.DictReader(io.StringIO(client.get(FILE, {"indicator": "unemployed"}).content.decode("utf-8-sig"))))
    assert sum(int(line["Numerator"]) for line in lines[:-1]) == int(lines[-1]["Numerator"]) == 2
    book = client.get(BOOK, {"indicator": "unemployed"})
    assert book.status_code == 200 and book.content.startswith(b"PK")


@pytest.mark.parametrize("code", [one.code for one in declared() if one.measured_by])
def test_every_breakdown_of_every_indicator_has_its_page(cast, code):
    client = cast.city_clerk.client()
    for by in indicator_on(code, ON).breakdowns:
        assert client.get(PAGE, {"indicator": code, "by": by}).status_code == 200, by


@pytest.mark.parametrize(
    "query",
    [{"indicator": "trained"}, {"indicator": "unemployed", "by": "kind"}, {"indicator": "nothing"}, {},
     {"indicator": "unemployed", "area": "450105"}],
)  # fmt: skip
def test_what_has_no_such_parts_is_404(cast, query):
    client = cast.county_clerk.client()
    assert client.get(PAGE, query).status_code == 404
    assert client.get(ROWS, {"indicator": "unemployed", "by": "area", "key": "x"} | query).status_code == 404


@pytest.mark.parametrize(("by", "key"), [("sex", "x'"), ("age", "99"), ("education", ""), ("reason", "<b>")])
def test_a_key_that_is_none_has_no_rows(cast, by, key):
    page = cast.county_clerk.client().get(ROWS, {"indicator": "unemployed", "by": by, "key": key})
    assert page.status_code == 200 and page.context["page"].paginator.count == 0
