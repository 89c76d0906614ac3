"""Flows from status to status: each is its rows, and stock + came - left = stock in every area and month."""

import io
import re
from datetime import date
from itertools import pairwise

import openpyxl
import pytest
from django.urls import reverse

from openpes.engine.calendars import DAY, Period, add_months
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.statistics.queries.ages import labour_force_behind
from openpes.statistics.queries.boards import BANDS, pyramid
from openpes.statistics.queries.flows import Flows, flows, rows_of_flow
from openpes.statistics.queries.indicators import measured
from openpes.statistics.views.downloads import as_file
from openpes.statistics.views.sankey import LEAST, STAYED, sankey
from tests.statistics.small_city import HERE, THERE, build

ON = date(2026, 11, 20)
U, E, OUT = "unemployed", "employed", ""


def month(n: int) -> Period:
    first = add_months(date(2026, 1, 1), n)
    return Period(first, add_months(first, 1))


def moved(made: Flows) -> dict:
    return {flow: number for flow, number in made.numbers.items() if number}


def test_who_went_where_is_counted_by_hand(db):
    build()
    told = {
        month(2): {(U, U): 1, (E, E): 1, (U, E): 1},  # March: b finds work
        month(4): {(U, U): 1, (E, E): 2, (OUT, U): 1},  # May: c registers
        month(5): {(U, U): 2, (E, E): 2, (OUT, E): 1},  # June: d registers and finds work
        month(8): {(U, U): 2, (E, E): 2, (E, OUT): 1},  # September: the work of d has ended
        Period(date(2026, 1, 1), date(2027, 1, 1)): {(U, U): 1, (E, E): 1, (OUT, U): 1, (OUT, E): 1},
    }
    with within(HERE):
        assert {period: moved(flows(scope=HERE, area=HERE, period=period, on=ON)) for period in told} == told


def test_stock_and_flows_reconcile_with_the_indicators_in_every_area_and_month(db):
    build()
    with within(CITY):
        for area in (CITY, HERE, THERE):
            for last, period in pairwise(month(n) for n in range(-2, 11)):
                where = {"scope": CITY, "area": area, "period": period, "on": ON}
                made = flows(**where)
                for state in (U, E):
                    before = measured(code=state, scope=CITY, area=area, period=last, on=period.from_on - DAY)
                    begun, ended = (measured(code=f"{state}_{way}", **where).numerator for way in ("in", "out"))
                    assert made.opening(state) == before.numerator
                    assert made.closing(state) == measured(code=state, **where).numerator
                    assert made.opening(state) + made.came(state) - made.left(state) == made.closing(state)
                    assert made.came(state) - made.left(state) == begun - ended
                behind = {flow: rows_of_flow(**where, flow=flow).count() for flow in made.numbers}
                assert behind == dict(made.numbers)


def test_a_flow_that_is_lost_breaks_the_sums(db):
    """The planted mistake: who changed the status is forgotten."""
    build()
    with within(HERE):
        made = flows(scope=HERE, area=HERE, period=month(2), on=ON)
        stock = measured(code=E, scope=HERE, area=HERE, period=month(2), on=ON).numerator
    forgot = Flows(made.first_on, made.last_on, {flow: n for flow, n in made.numbers.items() if flow != (U, E)})
    assert made.closing(E) == stock != forgot.closing(E)


def test_bands_fill_their_bars_on_both_sides():
    numbers = {(U, U): 900, (U, E): 40, (U, OUT): 10, (E, U): 5, (E, E): 9000, (E, OUT): 0, (OUT, U): 60, (OUT, E): 1}
    drawn = sankey(Flows(ON, ON, numbers), lambda origin, to: f"{origin}.{to}")
    assert {one.address for one in drawn.ribbons} == {f"{a}.{b}" for (a, b), number in numbers.items() if number}
    sides = [[column for column in drawn.columns if column.side == side] for side in ("end", "start")]
    assert [round(sum(column.height for column in side)) for side in sides] == [
        round(210 * 115 / 116 + LEAST + 2 * STAYED)
    ] * 2
    assert [column.number for column in sides[0]] == [950, 9005, None]
    assert all(b.y >= a.y + a.height for side in sides for a, b in pairwise(side))
    assert sankey(Flows(ON, ON, dict.fromkeys(numbers, 0)), lambda *_flow: "").ribbons == ()


def test_every_bar_of_the_pyramid_is_the_list_behind_it(db):
    build()
    with within(CITY):
        for band in pyramid(scope=CITY, area=CITY, on=ON):
            for sex, number in (("1", band.men), ("2", band.women)):
                told = {"scope": CITY, "area": CITY, "on": ON, "first": band.first, "sex": sex}
                assert labour_force_behind(**told).count() == number
    assert BANDS[0] == 16


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("flow_chart", ""), ("flow_rows", "flow=none.unemployed"), ("age_rows", "band=36&sex=1"), ("flow_csv", ""),
        ("flow_xlsx", ""),
    ],
)  # fmt: skip
def test_each_page_is_there_for_the_area_and_not_for_the_neighbour(cast, name, query):
    address = reverse(f"statistics:{name}")
    assert cast.county_clerk.client().get(f"{address}?{query}").status_code == 200
    assert cast.county_clerk.client().get(f"{address}?{query}&area={THERE}").status_code == 404
    wrong = {"flow_rows": "flow=none.none", "age_rows": "band=17"}.get(name, "period=2026-13")
    assert cast.county_clerk.client().get(f"{address}?{wrong}").status_code == 404


@pytest.mark.parametrize("period", ["2026", "2026-q2", "2026-05", "2026-09"])
def test_stocks_before_and_at_the_end_open_to_as_many_registrations(cast, period):
    build()
    client = cast.county_clerk.client()
    page = client.get(reverse("statistics:flow_chart"), {"period": period})
    table = page.content.decode().partition("How it adds up")[2].partition("</tbody>")[0]
    links = re.findall(r'href="([^"]*indicators/rows/[^"]*)">(\d+)<', table)
    told = [str(line[end]) for line in page.context["lines"] for end in ("opening", "closing")]
    assert [number for _link, number in links] == told
    assert [str(client.get(link.replace("&amp;", "&")).context["page"].paginator.count) for link, _n in links] == told


@pytest.mark.parametrize("name", ["board_xlsx", "flow_xlsx", "indicator_xlsx", "public_board_xlsx", "quarters_xlsx"])
def test_every_table_is_a_workbook_that_opens(cast, name):
    answer = cast.city_clerk.client().get(reverse(f"statistics:{name}"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet.max_row >= 1
    assert answer["Content-Disposition"].endswith('.xlsx"')


def test_no_text_of_a_workbook_becomes_a_formula():
    answer = as_file("xlsx", "x", "t", ["=1+1"], [["=HYPERLINK(1)", 3], ["+2", None]])
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s", "n"}
    assert "'=HYPERLINK(1)" in as_file("csv", "x", "t", ["a"], [["=HYPERLINK(1)"]]).content.decode()
