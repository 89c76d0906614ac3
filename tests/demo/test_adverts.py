"""Titles of the demo: what an advertisement says beside the kind of work does not stay in the repository."""

import hashlib
import re

import pytest

from openpes.demo.rules.adverts import is_plain, place_names, plain_title
from openpes.engine.files import rows
from openpes.engine.occupations import occupations

CODES = "cb51fbedc84793830152254b321d711c04e4a90e8cb2f9b7812a579ebf30d5c6"


@pytest.mark.parametrize(
    ("advert", "title"),
    [
        ("沙市区周小明...招聘缝纫工", "缝纫工"),
        ("海珠区配送员8K", "快递员"),
        ("需求分析师-武汉洪山", "需求分析师"),
        ("服装卖手 3~5万", "服装卖手"),
        ("销售代表（长治）15400000000", "销售代表"),
        ("福州少儿数学教师(J10865)", "少儿数学教师"),
        ("王老师 诚聘", "快递员"),
        ("招聘专员", "快递员"),
        ("高薪+五险+双休", "快递员"),
        ("男装导购", "男装导购"),
        ("4S店客服", "4S店客服"),
        ("招商经理", "招商经理"),
        ("", "快递员"),
    ],
)
def test_only_the_kind_of_work_stays(advert, title):
    assert plain_title(advert, "快递员") == title


@pytest.mark.parametrize("planted", ["宁波配送员", "孙彪招聘缝纫工", "司机8000", "销售...", "黄女士", "经理", "李师傅"])
def test_a_planted_advertisement_is_not_plain(planted):
    assert not is_plain(planted)


def test_the_file_holds_four_thousand_plain_titles_with_the_codes_of_the_source():
    tree, found = occupations(), rows("job_titles.csv")
    assert len(found) == 4000
    codes = hashlib.sha256("\n".join(row["occupation"] for row in found).encode()).hexdigest()
    assert codes == CODES
    own = [(row["title"], tree[row["occupation"]].name) for row in found]
    assert [title for title, name in own if plain_title(title, name) != title] == []
    assert [title for title, name in own if title != name and not is_plain(title)] == []
    assert sum(title != name for title, name in own) > 3000


def test_no_title_names_a_place_pay_or_a_person():
    titles = {row["title"] for row in rows("job_titles.csv")}
    tree = occupations()
    names = {tree[row["occupation"]].name for row in rows("job_titles.csv")}
    assert [
        title for title in titles - names if re.search(r"\d{2}|\.\.|…|[万千]元|招聘|诚聘|先生|女士|电话\d", title)
    ] == []
    assert [title for title in titles - names if place_names().search(title)] == []
    for place in ("沙市", "柯桥", "武汉", "内蒙古", "凉山", "绍兴市", "海珠区", "西乡塘"):
        assert place_names().match(place), place
