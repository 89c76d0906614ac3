"""The sheet of the hiring roster: its 23 columns as cells are read, with what a row needs by its contract."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpes.engine.message import Message
from openpes.engine.rosters import RosterColumn, hiring_roster
from openpes.engine.sheets import Choice, Column, Parser, Sheet, choice, loose_date, money_fen, text
from openpes.engine.sheets.persons import occupation, person_name, phone_number, postcode, resident_id

Option = tuple[str, str, str]
WIDE = {"id_number": 22, "address": 30, "occupation": 22, "end_reason": 20}
AS_TEXT = ("identity", "phone", "postcode")
# What rosters write for the codes besides their names.
ALSO: dict[str, dict[str, tuple[str, ...]]] = {
    "contract_state": {
        "1": ("新签订", "新订", "初签", "签订"),
        "2": ("续订", "续签合同"),
        "3": ("变更合同",),
        "4": ("中止合同",),
        "5": ("终止", "解除", "终止或解除", "终止/解除", "终止、解除"),
    },
    "contract_type": {
        "1": ("固定期限合同", "有固定期限", "固定"),
        "2": ("无固定期限合同", "无固定"),
        "3": ("以完成一定工作任务", "完成一定工作任务", "项目制"),
    },
    "contract_end_reason": {
        "10": ("协商一致解除", "协商一致"),
        "20": ("辞职", "劳动者辞职", "个人原因"),
        "30": ("辞退", "单位解除"),
        "40": ("期满", "合同到期", "到期"),
        "50": ("达到退休年龄", "享受养老待遇"),
        "60": ("单位破产", "单位关闭", "停业"),
    },
    "employment_category": {"010": ("单位", "在单位就业", "用人单位就业")},
    "hukou": {"10": ("非农业", "城镇", "非农"), "20": ("农业", "农村"), "50": ("居民",)},
}


@dataclass(frozen=True)
class Lists:
    """What the drop-downs offer: the codes of a set as (code, Chinese, English), and the names of provinces."""

    codes: Callable[[str], Iterable[Option]]
    provinces: tuple[str, ...]


def roster_sheet(lists: Lists, on: date) -> Sheet:
    """The hiring roster as it is checked on a day (就业服务与就业管理规定 art. 62)."""
    roster = hiring_roster()
    return Sheet(
        name="hiring_roster",
        title_zh=roster.title_zh,
        title_en=roster.title_en,
        columns=tuple(_column(column, lists, on) for column in roster.columns),
        row_rules=(row_faults,),
        unique=("id_number",),
    )


def row_faults(values: Mapping[str, Any]) -> Iterable[tuple[str, Message]]:
    """What is wrong between the cells of a row, by column."""
    yield from hiring_roster().faults(values)
    begins, ends = values["from_on"], values["contract_until_on"]
    if begins and ends and ends < begins:
        yield "contract_until_on", Message("The contract ends before it begins. Compare the two dates.")


def _column(column: RosterColumn, lists: Lists, on: date) -> Column:
    options = _options(column, lists)
    zh, en = _when(column, lists)
    return Column(
        key=column.key,
        title_zh=column.zh,
        title_en=column.en,
        parse=_parser(column, options, on),
        required=column.always,
        choices=tuple(Choice(code, name, english) for code, name, english, _also in options),
        help_zh="；".join(filter(None, (column.help_zh, zh))),
        help_en="; ".join(filter(None, (column.help_en, en))),
        as_text=column.reads in AS_TEXT,
        width=WIDE.get(column.key, 16),
        also=column.also,
        worded=column.reads == "occupation",
    )


def _options(column: RosterColumn, lists: Lists) -> list[tuple[str, str, str, tuple[str, ...]]]:
    if column.reads == "province":
        return [(name, name, name, (_short(name),)) for name in lists.provinces]
    if column.reads != "codes":
        return []
    known = ALSO.get(column.set, {})
    return [(code, zh, en, _words(column.set, code, zh, known)) for code, zh, en in lists.codes(column.set)]


def _words(set_name: str, code: str, name: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    bare = (name.removesuffix("族"),) if set_name == "ethnic" and name.endswith("族") else ()
    return (*known.get(code, ()), *bare)


def _short(province: str) -> str:
    for ending in ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "特别行政区", "省", "市"):
        if province.endswith(ending):
            return province.removesuffix(ending)
    return province


def _parser(column: RosterColumn, options: list[tuple[str, str, str, tuple[str, ...]]], on: date) -> Parser:
    if options:
        return choice([(code, (zh, en, *also)) for code, zh, en, also in options])
    parsers: dict[str, Callable[[], Parser]] = {
        "text": lambda: text(column.longest),
        "identity": lambda: resident_id(on),
        "name": lambda: person_name,
        "phone": lambda: phone_number,
        "date": loose_date,
        "money": lambda: money_fen(1),
        "occupation": lambda: occupation,
        "postcode": lambda: postcode,
    }
    return parsers[column.reads]()


def _when(column: RosterColumn, lists: Lists) -> tuple[str, str]:
    """In which rows the column is needed, in both languages."""
    if not column.needed:
        return "", ""
    states = [(zh, en) for code, zh, en in lists.codes("contract_state") if code in column.needed]
    types = [(zh, en) for code, zh, en in lists.codes("contract_type") if code in column.only_for]
    chinese = "、".join(zh for zh, _en in states) + "时必填"
    english = "needed when " + " or ".join(en.lower() for _zh, en in states)
    if types:
        chinese += "（仅" + "、".join(zh for zh, _en in types) + "）"
        english += " (" + ", ".join(en.lower() for _zh, en in types) + " only)"
    return chinese, english
