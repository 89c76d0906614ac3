"""What discriminates and what only names goods, customers or places: the table is the policy."""

import csv
from pathlib import Path

import pytest

from openpes.engine.adverts import discrimination_in, limits_in

TITLES = Path(__file__).resolve().parents[2] / "openpes" / "data" / "job_titles.csv"


def grounds(text: str) -> list[str]:
    return [finding.ground for finding in discrimination_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("限男性", ["sex"]),
        ("限 男 性", ["sex"]),
        ("仅限女生，形象好", ["sex"]),
        ("只招男工", ["sex"]),
        ("性别：男", ["sex"]),
        ("性别要求：女", ["sex"]),
        ("女士优先", ["sex"]),
        ("男性优先录用", ["sex"]),
        ("招女服务员5名", ["sex"]),
        ("茶叶女导购3名", ["sex"]),
        ("要求女性，会电脑", ["sex"]),
        ("男保安", ["sex"]),
        ("不招女性", ["sex"]),
        ("男2名，女3名", ["sex"]),
        ("限男性包装工", ["sex"]),
        ("只招女客服", ["sex"]),
        ("限女表演者", ["sex"]),
        ("要求女性美容师", ["sex"]),
        ("Male only", ["sex"]),
        ("仅限汉族", ["ethnicity"]),
        ("少数民族勿扰", ["ethnicity"]),
        ("汉族优先", ["ethnicity"]),
        ("不招维吾尔族", ["ethnicity"]),
        ("仅限白人", ["race"]),
        ("白人外教", ["race"]),
        ("无宗教信仰者优先", ["religion"]),
        ("信教者勿扰", ["religion"]),
        ("不要基督徒", ["religion"]),
        ("限女性、汉族优先、信教免谈", ["sex", "ethnicity", "religion"]),
    ],
)
def test_words_that_choose_people_are_found(text, found):
    assert grounds(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "男装导购",
        "只招男装导购",
        "招聘女装店长",
        "高新万达女装导购",
        "男士亚健康调理师",
        "招聘男士亚健康调理师",
        "女鞋设计师",
        "女生宿舍管理员",
        "男女不限",
        "性别不限",
        "性别：男女不限",
        "不限男女",
        "男女均可，年龄不限",
        "香米先生招聘收银",
        "妇女儿童医院护士",
        "女职工委员会干事",
        "负责子女教育咨询",
        "男科医生",
        "要求女性用品销售经验",
        "壮族歌舞表演者，会唱山歌",
        "会说壮语",
        "少数民族优先",
        "傣族餐厅厨师",
        "宗教事务专员",
        "清真餐厅厨师",
        "黑人牙膏促销",
        "限时入职，奖励500元",
    ],
)
def test_words_that_name_goods_customers_or_nobody_pass(text):
    assert grounds(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("28岁以下优先", ["age"]),
        ("分拣包装 16-50岁", ["age"]),
        ("年龄35以内", ["age"]),
        ("已婚已育", ["marriage"]),
        ("限本地户口", ["registration"]),
        ("要求南宁户籍", ["registration"]),
        ("工作满1年，带薪年假", []),
        ("3-5岁幼儿教师", []),
    ],
)
def test_limits_that_the_law_does_not_list_are_only_pointed_out(text, found):
    assert [finding.ground for finding in limits_in(text)] == found
    assert discrimination_in(text) == []


def test_none_of_the_four_thousand_titles_of_the_platform_chooses_people():
    with TITLES.open(encoding="utf-8") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    assert len(titles) == 4000
    assert [title for title in titles if discrimination_in(title) or limits_in(title)] == []
    assert discrimination_in(f"{titles[0]}，限男性")
