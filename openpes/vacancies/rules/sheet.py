"""The sheet of a vacancy list: one row a vacancy, its employer by credit code."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpes.engine.identifiers import parse_credit_code
from openpes.engine.message import Message
from openpes.engine.sheets import (
    Cell,
    Choice,
    Column,
    Parser,
    Sheet,
    choice,
    identifier,
    integer,
    loose_date,
    money_fen,
    plain_text,
    text,
)
from openpes.engine.sheets.persons import occupation
from openpes.vacancies.choices import Benefit, Term

PUBLISH, DRAFT, NO_MINIMUM = "publish", "draft", "none"
SEPARATORS = str.maketrans("，,；;/|\n", "、" * 7)
Options = Sequence[tuple[str, str, str, tuple[str, ...]]]

TERMS: Options = (
    (Term.OPEN_ENDED, "长期", "Permanent", ("无固定期限", "长期用工")),
    (Term.FIXED, "一年及以上", "One year or more", ("固定期限", "一年以上")),
    (Term.SHORT, "一年以下", "Under one year", ("短期", "季节工", "临时")),
    (Term.PART_TIME, "非全日制", "Part-time", ("兼职", "小时工")),
)
BENEFITS: Options = (
    (Benefit.BOARD, "包吃", "Meals", ("包餐", "工作餐")),
    (Benefit.LODGING, "包住", "Lodging", ("提供住宿",)),
    (Benefit.INSURANCE, "社会保险", "Social insurance", ("五险", "社保", "缴纳社保")),
    (Benefit.HOUSING_FUND, "住房公积金", "Housing fund", ("公积金",)),
    (Benefit.WEEKENDS, "双休", "Weekends off", ("周末双休",)),
    (Benefit.DAY_SHIFT, "白班", "Day shift only", ("长白班",)),
    (Benefit.TRAINING, "免费培训", "Free training", ("岗前培训",)),
    (Benefit.SHUTTLE, "班车接送", "Shuttle bus", ("班车",)),
)
ACTIONS: Options = ((PUBLISH, "发布", "Publish", ("公开",)), (DRAFT, "存为草稿", "Draft", ("草稿",)))


@dataclass(frozen=True, kw_only=True)
class Lists:
    """What the drop-downs offer: places of the area as (path, names), education, and skills as (code, names)."""

    places: Sequence[tuple[str, str]]
    place: Parser
    education: Options
    skills: Options


def vacancy_sheet(lists: Lists, on: date) -> Sheet:
    """The vacancy list for the places of an area, as it is checked on a day."""
    return Sheet(
        name="vacancy_list",
        title_zh="招聘岗位信息表",
        title_en="Vacancy list",
        columns=(*_employer_columns(), *_work_columns(lists, on), *_condition_columns(lists)),
        row_rules=(_pay_in_order, _published_is_dated),
    )


def _employer_columns() -> tuple[Column, ...]:
    return (
        Column(
            key="credit_code", title_zh="统一社会信用代码", title_en="Unified social credit code", required=True,
            parse=identifier(lambda typed: parse_credit_code(typed).number), as_text=True, width=24,
            also=("信用代码", "社会信用代码"),
        ),
        Column(key="employer_name", title_zh="用人单位名称", title_en="Employer", parse=text(120), required=True,
               width=30, also=("单位名称", "企业名称")),
        Column(key="employer_address", title_zh="单位地址", title_en="Employer's address", parse=text(200), width=30,
               help_zh="新登记的单位必填", help_en="Needed for an employer that is not registered yet"),
        Column(key="contact_name", title_zh="联系人", title_en="Contact", parse=text(80)),
        Column(key="contact_phone", title_zh="单位联系电话", title_en="Contact phone", parse=text(30), as_text=True,
               also=("联系电话",)),
    )  # fmt: skip


def _work_columns(lists: Lists, on: date) -> tuple[Column, ...]:
    return (
        Column(key="title", title_zh="岗位名称", title_en="Title", parse=text(120), required=True, width=24),
        Column(key="occupation", title_zh="职业（工种）", title_en="Occupation", parse=occupation, required=True,
               worded=True, width=22, also=("职业", "工种", "职业编码"), help_zh="2022年版职业分类大典的职业名称或编码",
               help_en="Name or code of the occupational classification of 2022"),
        Column(key="openings", title_zh="招聘人数", title_en="Openings", parse=integer(1, 10_000), required=True),
        _choices("term", "用工期限", "Term", TERMS),
        Column(key="pay_min_fen", title_zh="月薪下限（元）", title_en="Monthly pay from (yuan)", parse=money_fen(),
               also=("最低月薪", "月薪下限")),
        Column(key="pay_max_fen", title_zh="月薪上限（元）", title_en="Monthly pay to (yuan)", parse=money_fen(),
               also=("最高月薪", "月薪上限")),
        Column(key="area", title_zh="工作地点", title_en="Place of work", parse=lists.place, required=True, width=26,
               choices=tuple(Choice(path, names, names) for path, names in lists.places),
               help_zh="县（市、区）或乡镇（街道）名称", help_en="County, district, town or street"),
        Column(key="address", title_zh="详细地址", title_en="Address of work", parse=text(200), width=30),
        Column(key="description", title_zh="工作内容", title_en="Content of the work", parse=text(2000), width=40),
        _choices("action", "处理方式", "What to do", ACTIONS, required=True),
        Column(key="closes_on", title_zh="招聘截止日期", title_en="Public until", parse=loose_date(least=on),
               also=("截止日期",)),
    )  # fmt: skip


def _condition_columns(lists: Lists) -> tuple[Column, ...]:
    none = (NO_MINIMUM, "不限", "No minimum", ("无要求", "无"))
    return (
        _choices("education_min", "学历要求", "Education", [none, *lists.education]),
        Column(key="experience_min", title_zh="工作经验（年）", title_en="Experience (years)", parse=integer(0, 50)),
        Column(key="skills_required", title_zh="技能要求", title_en="Skills required", parse=several(lists.skills),
               width=24, help_zh="多项用顿号分隔", help_en="Separate several with commas"),
        Column(key="benefits", title_zh="福利待遇", title_en="Benefits", parse=several(BENEFITS), width=24,
               help_zh="多项用顿号分隔，如：包吃、包住、社会保险", help_en="Separate several with commas"),
        Column(key="conditions", title_zh="其他条件", title_en="Other conditions", parse=text(1000), width=30),
    )  # fmt: skip


def several(options: Options) -> Parser:
    """Read several options, separated as people separate them; returns their codes in the order typed."""
    one = _reader(options)

    def parse(cell: Cell) -> tuple[str, ...]:
        words = plain_text(cell).translate(SEPARATORS).split("、")
        return tuple(dict.fromkeys(one(word) for word in words if word.strip()))

    return parse


def _choices(key: str, zh: str, en: str, options: Options, *, required: bool = False) -> Column:
    return Column(
        key=key,
        title_zh=zh,
        title_en=en,
        parse=_reader(options),
        required=required,
        choices=tuple(Choice(str(code), label, english) for code, label, english, _more in options),
    )


def _reader(options: Options) -> Callable[[Cell], str]:
    return choice([(str(code), (label, english, *more)) for code, label, english, more in options])


def _pay_in_order(values: Mapping[str, Any]) -> Iterable[tuple[str, Message]]:
    low, high = values["pay_min_fen"], values["pay_max_fen"]
    if low is not None and high is not None and high < low:
        yield "pay_max_fen", Message("The highest pay is below the lowest. Exchange the two amounts.")


def _published_is_dated(values: Mapping[str, Any]) -> Iterable[tuple[str, Message]]:
    if values["action"] == PUBLISH and values["closes_on"] is None:
        yield (
            "closes_on",
            Message("A vacancy that is published needs its last day. Write it, or choose the draft."),
        )
