"""The pages of the report."""

import csv
import io
import re
from collections import Counter

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
    page = client.get(reverse("statistics:figure"), {"quarter": "2026-4", "side": "demand", "table": "5", "row": "4"})
    assert page.status_code == 200
    assert "中餐厨师" in page.content.decode()
    assert "食品包装工" not in page.content.decode()


def test_the_list_of_seekers_masks_names(quarter_of_work, client):  # noqa: F811
    text = client.get(reverse("statistics:figure"), {"quarter": "2026-4", "side": "seekers"}).content.decode()
    assert "覃小梅" not in text
    assert "覃" in text


def test_the_file_has_the_rows_of_the_page(quarter_of_work, client):  # noqa: F811
    client.cookies["django_language"] = "zh-hans"
    asked = {"quarter": "2026-4", "allot": "none"}
    answer = client.get(reverse("statistics:report_csv"), asked)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(r["表号"], r["项目"], r["需求人数"], r["求职人数"]) for r in rows][:3] == [
        ("1", "上期结转", "4", "1"),
        ("1", "本期新增", "5", "2"),
        ("1", "合计（本期有效数）", "9", "3"),
    ]
    assert {(r["地区"], r["报告期"], r["“无要求”人数"]) for r in rows} == {
        ("南宁市青秀区", "2026年第4季度", "不分配（简单比值）")
    }
    assert {r["表号"] for r in rows} == {str(number) for number in range(1, 13)} - {"7"}  # nothing is in surplus


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


@pytest.mark.parametrize(("language", "title"), [("en", "Q4 2026"), ("zh-hans", "2026年第4季度")])
def test_a_quarter_cannot_be_taken_for_a_month(quarter_of_work, client, language, title):  # noqa: F811
    client.cookies["django_language"] = language
    for address in (REPORT, reverse("statistics:figure")):
        text = client.get(address, {"quarter": "2026-4", "side": "demand"}).content.decode()
        assert title in text
        assert ">2026-4" not in text and "· 2026-4 ·" not in text


@pytest.mark.parametrize(
    ("side", "origin", "total"), [("demand", "all", 9), ("demand", "carried", 4), ("seekers", "all", 3)]
)
def test_the_list_behind_a_figure_ends_with_its_sum(quarter_of_work, client, side, origin, total):  # noqa: F811
    page = client.get(reverse("statistics:figure"), {"quarter": "2026-4", "side": side, "origin": origin})
    assert f'<td class="num">{total}</td></tr></tfoot>' in page.content.decode()
    assert page.context["total"] == total


def test_links_of_figures_keep_the_rule_of_the_reader(quarter_of_work, client):  # noqa: F811
    for rule in ("none", "official"):
        text = client.get(REPORT, {"quarter": "2026-4", "allot": rule}).content.decode()
        links = [part.split('"')[0] for part in text.split('href="/statistics/figure/?')[1:]]
        assert len(links) > 10
        assert all(f"allot={rule}" in link for link in links)
        back = client.get("/statistics/figure/?" + links[0].replace("&amp;", "&")).content.decode()
        assert f"allot={rule}" in back


def test_quarters_and_compared_periods_open_to_as_much_as_they_tell(quarter_of_work, client):  # noqa: F811
    page = client.get(REPORT, {"quarter": "2026-4"})
    text = page.content.decode()
    links = re.findall(r'href="(/statistics/figure/[^"]*side=(?:demand|seekers))">(\d+)<', text)
    bars = [bar.count for group in page.context["chart"].groups for bar in (group.demand, group.seekers) if bar.count]
    assert bars
    assert not Counter(bars) - Counter(int(number) for _link, number in links), "a quarter without a list"
    for link, number in links:
        assert client.get(link.replace("&amp;", "&")).context["total"] == int(number), link


@pytest.mark.parametrize("side", ["demand", "seekers"])
def test_what_the_heat_map_adds_up_opens_to_as_much(quarter_of_work, client, side):  # noqa: F811
    page = client.get(reverse("statistics:board"), {"side": side})
    told = [f"{row['total']:,}" for row in page.context["heat"] if row["total"]]
    links = re.findall(r'href="([^"]*figure/[^"]*)">([\d,]+)</a></td></tr>', page.content.decode())
    assert [number for _link, number in links] == told != []
    for link, number in links:
        assert f"{client.get(link.replace('&amp;', '&')).context['total']:,}" == number, link
