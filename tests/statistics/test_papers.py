"""The report as files, and what its reader is told when the figures are strange."""

import io
from datetime import date
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import translation

from openpes.engine.calendars import Period, quarter_of
from openpes.engine.indicators import Counted, Sides, official_tables
from openpes.network.models import AreaTerm
from openpes.statistics.queries import renamed_inside
from openpes.statistics.rules import notices
from tests.statistics.test_queries import clerk, quarter_of_work  # noqa: F401

TODAY = date(2026, 11, 23)
QUARTER = quarter_of(2026, 3)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def client(cast):
    return cast.county_clerk.client()


def tables_of(*, places=0, seekers=0, wish=True, stated=0):
    """Tables of a quarter: so many places and seekers, with a first wish or none, with a stated education or none."""
    demand = {3: {"3": Counted(places)}, 4: {"7": Counted(places)}, 5: {"4-03-02": Counted(places)}}
    demand[11] = {"0": Counted(places - stated), "4": Counted(stated)}
    all_of = {number: {"1": Counted(seekers)} for number in (8, 9, 10, 11, 12)}
    return official_tables(Sides(demand, {5: {"4-03-02" if wish else "": Counted(seekers)}, **all_of}), allotted=True)


def told(tables, period=QUARTER, renamed=()):
    return " ".join(notices(tables, period, TODAY, renamed))


def test_a_quarter_without_figures_says_so():
    assert "nothing to report" in told(tables_of())


def test_without_seekers_there_is_no_ratio_and_the_page_says_why():
    tables = tables_of(places=9)
    assert tables.overall[-1].ratio is None
    assert all(row.ratio is None for row in tables.grouped[5])
    assert "No job seeker was registered" in told(tables)


def test_no_requirement_everywhere_prints_no_ratio_and_says_why():
    tables = tables_of(places=9, seekers=4)
    assert all(row.ratio is None for number in (9, 10, 11, 12) for row in tables.grouped[number])
    assert "tables 9, 10, 11, 12" in told(tables)
    assert "tables 9, 10, 12" in told(tables_of(places=9, seekers=4, stated=2))


def test_when_nobody_names_an_occupation_the_reader_is_told():
    assert "named an occupation" in told(tables_of(places=9, seekers=4, wish=False))


def test_a_period_that_runs_or_has_not_begun_is_told():
    assert "not over" in told(tables_of(places=1, seekers=1), quarter_of(2026, 4))
    assert "begins on" in told(tables_of(), quarter_of(2027, 1))


def test_a_unit_renamed_inside_the_period_keeps_its_figures_and_is_named_twice(db):
    renamed = next(
        (term.area_id, term.from_on)
        for term in AreaTerm.objects.order_by("area_id", "from_on")
        if AreaTerm.objects.filter(area_id=term.area_id, from_on__lt=term.from_on).exclude(name=term.name).exists()
    )
    path, since = renamed
    inside = Period(date(since.year, 1, 1), date(since.year + 1, 1, 1))
    changes = renamed_inside(path, inside)
    assert [day for _was, _now, day in changes] == [since]
    was, now, _day = changes[0]
    assert f"{was} was renamed {now}" in told(tables_of(places=1, seekers=1), inside, changes)
    assert renamed_inside(path, Period(date(since.year + 1, 1, 1), date(since.year + 2, 1, 1))) == ()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"from": "2026-13-01", "to": "2026-09-30"}, "must both be days"),
        ({"from": "2026-09-30", "to": "2026-07-01"}, "before the first"),
        ({"from": "2026-07-01"}, "must both be days"),
        ({"from": "1999-07-01", "to": "1999-09-30"}, "has figures of 2007"),
    ],
)
def test_days_that_are_no_period_are_told_in_words(cast, client, days, words):
    page = client.get(reverse("statistics:report"), days, headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert words in page.content.decode()


def test_any_days_can_be_reported(quarter_of_work, client):  # noqa: F811
    asked = {"from": "2026-09-01", "to": "2026-09-30"}
    page = client.get(reverse("statistics:report"), asked, headers={"Accept-Language": "en"})
    made = page.context["made"]
    assert made.period == Period(date(2026, 9, 1), date(2026, 10, 1))
    assert (made.overall[1].demand, made.overall[1].seekers) == (12, 1)
    assert "from=2026-09-01&amp;to=2026-09-30" in page.content.decode()


def test_every_figure_of_every_table_is_what_its_list_adds_up_to(quarter_of_work, client):  # noqa: F811
    page = client.get(reverse("statistics:report"), {"quarter": "2026-4"})
    opened = 0
    for shown in [page.context["first"], *page.context["tables"]]:
        if shown["table"].number == 2:
            continue  # the sectors hold what was allotted
        for one in shown["lines"]:
            for cell in one["cells"]:
                if cell["link"] and cell["value"]:
                    behind = client.get(f"{reverse('statistics:figure')}?{cell['link']}")
                    assert behind.context["total"] == cell["value"], cell["link"]
                    opened += 1
    assert opened > 25


def test_the_workbook_has_a_sheet_for_every_table(quarter_of_work, client):  # noqa: F811
    client.cookies["django_language"] = "zh-hans"
    answer = client.get(reverse("statistics:report_xlsx"), {"quarter": "2026-4"})
    book = ZipFile(io.BytesIO(answer.content))
    assert len([name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]) == 12
    names = book.read("xl/workbook.xml").decode()
    assert all(f'name="表{number}"' in names for number in range(1, 13))
    words = book.read("xl/sharedStrings.xml").decode()
    assert "按职业分组的供求人数" in words
    assert "尚未记录" in words


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_report_is_printed_in_both_languages(quarter_of_work, client, language):  # noqa: F811
    client.cookies["django_language"] = language
    answer = client.get(reverse("statistics:report_pdf"), {"quarter": "2026-4"})
    assert answer.status_code == 200
    assert answer.content[:4] == b"%PDF"
