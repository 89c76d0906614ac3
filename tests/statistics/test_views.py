"""The pages of the report."""

import csv
import io

import pytest
from django.urls import reverse

from tests.statistics.test_queries import clerk, quarter_of_work  # noqa: F401

REPORT = reverse("statistics:report")


@pytest.fixture
def client(cast):
    return cast.county_clerk.client()


def test_the_report_shows_both_tables_and_links_to_the_rows(quarter_of_work, client):  # noqa: F811
    page = client.get(REPORT, {"quarter": "2026-4"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "Table 1" in text
    assert "Table 5" in text
    assert "side=demand&amp;origin=new" in text


def test_the_list_behind_a_figure_shows_its_rows(quarter_of_work, client):  # noqa: F811
    page = client.get(reverse("statistics:figure"), {"quarter": "2026-4", "side": "demand", "class": "4"})
    assert page.status_code == 200
    assert "中餐厨师" in page.content.decode()
    assert "食品包装工" not in page.content.decode()


def test_the_list_of_seekers_masks_names(quarter_of_work, client):  # noqa: F811
    text = client.get(reverse("statistics:figure"), {"quarter": "2026-4", "side": "seekers"}).content.decode()
    assert "覃小梅" not in text
    assert "覃" in text


def test_the_file_has_the_rows_of_the_page(quarter_of_work, client):  # noqa: F811
    answer = client.get(reverse("statistics:report_csv"), {"quarter": "2026-4"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(r["table"], r["row"], r["demand"], r["seekers"]) for r in rows][:3] == [
        ("1", "上期结转", "4", "1"),
        ("1", "本期新增", "5", "2"),
        ("1", "合计(本期有效数)", "9", "3"),
    ]
    assert len(rows) == 3 + 9


@pytest.mark.parametrize("query", [{"quarter": "2026-5"}, {"quarter": "x"}, {"area": "450105"}, {"area": "4501031"}])
def test_a_quarter_or_area_that_is_not_there_is_404(cast, client, query):
    assert client.get(REPORT, query).status_code == 404


def test_an_unknown_figure_is_404(client):
    assert client.get(reverse("statistics:figure"), {"side": "planted"}).status_code == 404


def test_without_the_right_it_is_forbidden(cast):
    assert cast.administrator.client().get(REPORT).status_code == 403


def test_a_stranger_is_sent_to_sign_in(db, client):
    from django.test import Client

    assert Client().get(REPORT).status_code == 302
