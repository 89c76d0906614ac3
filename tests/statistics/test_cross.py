"""Any two groupings of what was counted: page, files, and the rows behind each cell."""

import csv
import io
import re
from collections import Counter

import pytest
from django.urls import reverse

from openpes.engine.calendars import DAY
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.people.queries import masks_of
from openpes.registration.models import JobWish
from openpes.statistics.choices import Dimension, FactKind, Stock
from openpes.statistics.queries.cross import Question, cross_table, rows_behind_subjects, subjects_behind
from tests.cast import COUNTY, NEIGHBOUR
from tests.statistics.histories import ELSEWHERE, feed, stocks_by_hand
from tests.statistics.test_facts import LATE, a_city

CROSS, ROWS = reverse("statistics:cross"), reverse("statistics:cross_rows")
TODAY = LATE.date()


@pytest.fixture
def city(db):
    made = a_city(LATE)
    for choice in range(3, 9):
        made.register(choice)
    for choice in range(9):
        made.go(made.steps.index(made.lose_job), choice)
        made.go(made.steps.index(made.wish), choice)
    made.go(made.steps.index(made.move), 1)
    made.go(made.steps.index(made.fill), 2)
    feed(made.at)
    return made


@pytest.fixture
def client(cast):
    return cast.county_clerk.client()


def asked(counted, rows, columns, *only, area: str = COUNTY) -> Question:
    return Question(area, TODAY.replace(month=1, day=1), TODAY + DAY, counted, rows, columns, only)


def test_a_stock_by_any_two_groupings_is_the_stock_of_the_rows(city):
    there = {"wishes": Stock.WISHES, "unemployed": Stock.UNEMPLOYED, "places": Stock.PLACES}
    with within(CITY):
        for name, stock in there.items():
            by_hand = sum(n for (what, _area), n in stocks_by_hand(TODAY + DAY).items() if what == name)
            for columns in (Dimension.SEX, Dimension.AGE, Dimension.MAJOR, Dimension.INDUSTRY, Dimension.PERSON_GROUP):
                table = cross_table(scope=CITY, question=asked(stock, Dimension.VILLAGE, columns))
                assert table.total == sum(map(table.of_row, table.rows)) == sum(map(table.of_column, table.columns))
                assert table.total == by_hand, (name, columns)


def test_cells_are_those_of_the_rows_by_group_and_sex(city):
    with within(CITY):
        wishes = JobWish.objects.in_force_on(TODAY).select_related("person").order_by("pk")
        by_group = Counter((wish.area, int(wish.category)) for wish in wishes)
        by_sex = Counter((wish.area, int(wish.person.sex)) for wish in wishes)
        for columns, by_hand in ((Dimension.PERSON_GROUP, by_group), (Dimension.SEX, by_sex)):
            table = cross_table(scope=CITY, question=asked(Stock.WISHES, Dimension.VILLAGE, columns))
            assert table.numbers == by_hand != {}


def test_every_cell_opens_to_rows_that_count_as_much(city):
    with within(CITY):
        for counted in (*Stock, *FactKind):
            question = asked(counted, Dimension.VILLAGE, Dimension.EDUCATION)
            table = cross_table(scope=CITY, question=question)
            for (row, column), number in table.numbers.items():
                cell = asked(counted, question.rows, question.columns, (question.rows, row), (question.columns, column))
                behind = list(subjects_behind(scope=CITY, question=cell))
                assert sum(one["counts"] for one in behind) == number
                found = rows_behind_subjects(scope=CITY, question=cell, subjects=[one["subject"] for one in behind])
                assert [one.pk for one in found] == [one["subject"] for one in behind]


def test_ends_are_counted_as_they_are_and_parts_are_left_out(city):
    with within(CITY):
        whole = cross_table(scope=CITY, question=asked(FactKind.PLACES_FILLED, Dimension.MONTH, Dimension.MAJOR))
        assert whole.rows == (202611,) and whole.total == 1
        women = asked(Stock.UNEMPLOYED, Dimension.VILLAGE, Dimension.AGE, (Dimension.SEX, 2))
        both = cross_table(scope=CITY, question=asked(Stock.UNEMPLOYED, Dimension.VILLAGE, Dimension.SEX))
        assert cross_table(scope=CITY, question=women).total == both.of_column(2) > 0


def test_nothing_is_counted_outside_the_scope(city):
    question = asked(Stock.UNEMPLOYED, Dimension.COUNTY, Dimension.SEX, area=CITY)
    with within(NEIGHBOUR):
        assert cross_table(scope=CITY, question=question).total == 0
    with within(CITY):
        assert cross_table(scope=NEIGHBOUR, question=question).total == 0
        assert cross_table(scope=COUNTY, question=question).total > 0
        assert cross_table(scope=ELSEWHERE, question=question).total <= 1


def test_the_page_shows_the_table_and_every_number_opens(city, client):
    text = client.get(CROSS, {"what": "wish_begun", "rows": "village", "columns": "sex"}).content.decode()
    assert "Female" in text and "Job wishes registered" in text
    links = re.findall(r'href="([^"]*cross/rows/[^"]*)">(\d+)<', text)
    assert len(links) > 3
    for link, number in links:
        behind = client.get(link.replace("&amp;", "&"))
        assert behind.status_code == 200
        counts = re.findall(r'class="num">(\d+)</td></tr>', behind.content.decode())
        assert sum(map(int, counts)) == int(number), link
    numbers = re.findall(r'class="num">(?:<a [^>]*>)?([\d,]+)<', text)
    assert numbers == [number for _link, number in links], "a sum without a list"


def test_a_row_that_went_to_another_office_counts_on_without_its_name(city, client):
    with within(CITY):
        wishes = JobWish.objects.order_by("pk")
        wishes.update(area=NEIGHBOUR)  # told in a moment, and not yet looked at again
        names = {mask.name for mask in masks_of(pks=set(wishes.values_list("person_id", flat=True))).values()}
    text = client.get(ROWS, {"what": "wishes"}).content.decode()
    assert text.count("kept by another office by now") == text.count('class="num">1</td></tr>') > 3
    assert not any(name in text for name in names)


def test_files_hold_what_the_page_shows(city, client):
    ask = {"what": "unemployed", "rows": "age", "columns": "sex"}
    answer = client.get(reverse("statistics:cross_csv"), ask)
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0][0] == "Age" and lines[-1][0] == "Sum"
    assert sum(int(line[-1]) for line in lines[1:-1]) == int(lines[-1][-1]) > 0
    book = client.get(reverse("statistics:cross_xlsx"), ask)
    assert book.content[:2] == b"PK" and "facts-unemployed-450103" in book["Content-Disposition"]


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        ({"rows": "sex", "columns": "sex"}, "two different groupings"),
        ({"what": "wishes", "columns": "month"}, "A stock is of one day"),
        ({"what": "hire"}, "Nothing of this was counted"),
    ],
)
def test_a_question_without_an_answer_is_answered_in_words(city, client, ask, said):
    page = client.get(CROSS, ask)
    assert page.status_code == 200 and said in page.content.decode()


@pytest.mark.parametrize(
    "ask",
    [
        {"what": "people"}, {"rows": "name"}, {"columns": "subject"}, {"only": "sex"}, {"only": "sex:x"},
        {"only": "name:1"}, {"area": NEIGHBOUR}, {"only": "minor:99999999999"},
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_not_found(city, client, ask):
    assert client.get(CROSS, ask).status_code == 404


def test_too_many_columns_are_refused_in_words(city, client, monkeypatch):
    monkeypatch.setattr("openpes.statistics.views.cross.MOST_COLUMNS", 1)
    text = client.get(CROSS, {"what": "unemployed", "rows": "age", "columns": "sex"}).content.decode()
    assert "choose a coarser grouping" in text


def test_the_page_is_chinese_for_chinese_readers(city, cast):
    text = cast.county_clerk.client("zh-hans").get(CROSS, {"rows": "month", "what": "wish_begun"}).content.decode()
    assert "统计数据交叉查询" in text and "2026年11月" in text
