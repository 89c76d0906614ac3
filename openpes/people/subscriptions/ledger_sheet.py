"""The sheet of the rural ledger: one household one form, one row a member."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from openpes.codes.queries import code_items, industry_sections
from openpes.engine.message import Message
from openpes.engine.sheets import (
    Cell,
    CellRefused,
    Choice,
    Column,
    Parser,
    Sheet,
    choice,
    money_fen,
    plain_text,
    text,
)
from openpes.engine.sheets.persons import person_name, phone_number, resident_id
from openpes.intake.queries import place_parser
from openpes.network.choices import Level
from openpes.network.queries import UnknownArea, area_choices, path_of_code
from openpes.people.choices import Relation

NUMBER = re.compile(r"\d{1,6}(\.\d{1,2})?", re.ASCII)

# GB/T 4761-2008: the classes, and the words that ledgers write for them.
RELATIONS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    Relation.HEAD: ("户主", "Head", ("本人", "户主本人")),
    Relation.SPOUSE: ("配偶", "Spouse", ("妻", "妻子", "夫", "丈夫", "之妻", "之夫")),
    Relation.SON: ("子", "Son", ("儿子", "长子", "次子", "三子", "独生子", "之子")),
    Relation.DAUGHTER: ("女", "Daughter", ("女儿", "长女", "次女", "三女", "独生女", "之女")),
    Relation.GRANDCHILD: ("孙子女", "Grandchild", ("孙子", "孙女", "外孙", "外孙子", "外孙女", "外孙子女")),
    Relation.PARENT: ("父母", "Parent", ("父", "母", "父亲", "母亲", "岳父", "岳母", "公公", "婆婆")),
    Relation.GRANDPARENT: ("祖父母", "Grandparent", ("祖父", "祖母", "爷爷", "奶奶", "外祖父", "外祖母")),
    Relation.SIBLING: ("兄弟姐妹", "Brother or sister", ("兄", "弟", "姐", "妹", "哥哥", "弟弟", "姐姐", "妹妹")),
    Relation.OTHER: ("其他", "Other", ("儿媳", "媳妇", "女婿", "侄子", "侄女", "非亲属")),
}
HUKOU = {"1": "10", "2": "20", "3": "50"}
YES, NO = "yes", "no"


@lru_cache(maxsize=64)
def ledger_sheet(*, area: str, on: date) -> Sheet:
    """The rural ledger for the villages of an area, as it is checked on a day (DOMAIN: the official household form)."""
    return Sheet(
        name="rural_ledger",
        title_zh="农村劳动力资源台账",
        title_en="Rural labour ledger",
        columns=(*_household_columns(area), *_person_columns(on), *_work_columns(), *_land_columns()),
        row_rules=(_head_is_named,),
        unique=("id_number",),
    )


def _household_columns(within: str) -> tuple[Column, ...]:
    villages = area_choices(within, Level.VILLAGE)
    return (
        Column(
            key="booklet_no", title_zh="户口簿编号", title_en="Household booklet no.", parse=text(30), required=True,
            as_text=True, also=("户号", "户编号", "户口簿号"),
            help_zh="同一户的各行填写相同编号", help_en="The same number in every row of one household",
        ),
        Column(
            key="area", title_zh="所在村（社区）", title_en="Village or community", parse=_village(villages),
            required=True, choices=tuple(Choice(path, label, label) for path, label in villages),
            width=26, also=("村（社区）", "行政村", "村名", "所在村"),
            help_zh="村（社区）名称或12位统计区划代码", help_en="The name, or the 12-digit statistical code",
        ),
        Column(
            key="head", title_zh="户主姓名", title_en="Head of household", parse=person_name, required=True,
            also=("户主",),
        ),
    )  # fmt: skip


def _person_columns(on: date) -> tuple[Column, ...]:
    return (
        Column(key="name", title_zh="姓名", title_en="Name", parse=person_name, required=True, also=("成员姓名",)),
        Column(
            key="id_number", title_zh="公民身份号码", title_en="Identity number", parse=resident_id(on), required=True,
            as_text=True, width=22, also=("身份证号码", "身份证号", "公民身份证号码"),
            help_zh="文本格式，18位（旧证15位自动升位）", help_en="As text, 18 digits; 15 of an old card are upgraded",
        ),
        _choice_column("relation", "与户主关系", "Relation to head", _relation_options(), required=True),
        _choice_column("education", "文化程度", "Education", _code_options("education_2006"), also=("学历",)),
        _choice_column("hukou", "户口性质", "Household registration", _code_options("hukou_simple")),
        Column(
            key="phone", title_zh="联系电话", title_en="Telephone", parse=phone_number, as_text=True,
            also=("手机号", "电话"),
        ),
    )  # fmt: skip


def _work_columns() -> tuple[Column, ...]:
    return (
        _choice_column("status", "就业状态", "Status", _code_options("rural_status")),
        _choice_column("industry", "从事行业", "Industry", _industry_options()),
        _choice_column("work_area", "就业地区类型", "Place of work", _code_options("rural_work_area")),
        _choice_column("work_way", "外出就业方式", "How work away was found", _code_options("rural_work_way")),
        Column(key="income_fen", title_zh="年收入（元）", title_en="Income of the year (yuan)", parse=money_fen(),
               also=("年收入", "年纯收入（元）")),
        Column(key="training_wish", title_zh="培训意愿", title_en="Training wish", parse=text(60), also=("培训需求",),
               help_zh="希望参加的培训，无意愿填“无”", help_en="The wanted training; “无” for none"),
        _choice_column("intention", "就业意向", "Intention", _code_options("rural_intent")),
    )  # fmt: skip


def _land_columns() -> tuple[Column, ...]:
    return (
        Column(key="farmland_mu", title_zh="耕地面积（亩）", title_en="Farmland (mu)", parse=_mu, also=("耕地面积",),
               help_zh="填写在户主行", help_en="In the row of the head"),
        _choice_column("land_taken", "是否被征地", "Land taken",
                       [(YES, "是", "Yes", ("有", "已征")), (NO, "否", "No", ("无", "未征"))]),
        _choice_column("hardship", "农户类型", "Type of household", _code_options("rural_household_type"),
                       also=("困难情况", "困难类型")),
    )  # fmt: skip


Options = list[tuple[str, str, str, tuple[str, ...]]]


def _choice_column(
    key: str, zh: str, en: str, options: Options, *, required: bool = False, also: tuple[str, ...] = ()
) -> Column:
    return Column(
        key=key,
        title_zh=zh,
        title_en=en,
        parse=choice([(code, (label, english, *more)) for code, label, english, more in options]),
        required=required,
        choices=tuple(Choice(code, label, english) for code, label, english, _ in options),
        also=also,
    )


def _code_options(name: str) -> Options:
    return [(item.code, item.name_zh, item.name_en, ()) for item in code_items(name)]


def _industry_options() -> Options:
    return [(code, name, name_en, ()) for code, name, name_en in industry_sections()]


def _relation_options() -> Options:
    return [(str(code), zh, en, more) for code, (zh, en, more) in RELATIONS.items()]


def _head_is_named(values: Mapping[str, Any]) -> Iterable[tuple[str, Message]]:
    if values["relation"] == Relation.HEAD and values["name"] != values["head"]:
        yield "head", Message("This row is the head's, but another name stands under “户主姓名”. Write the same name.")


def _mu(cell: Cell) -> Decimal:
    words = plain_text(cell).removesuffix("亩").strip()
    if not NUMBER.fullmatch(words):
        raise CellRefused("Write the area in mu with at most two decimals, such as 3.5.")
    return Decimal(words)


def _village(villages: Sequence[tuple[str, str]]) -> Parser:
    def path_of(code: str) -> str:
        try:
            return path_of_code(code, date.max)
        except UnknownArea:
            return ""

    return place_parser(villages, path_of_code=path_of)
