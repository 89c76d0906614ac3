"""Workbooks for tests, made as people make them, and ledgers with households in them."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from itertools import count
from typing import Any

import xlsxwriter

from openpes.engine.identifiers import INVENTED_COUNTY, compose_resident_id
from openpes.intake.actions import receive_file
from openpes.intake.models import Batch

VILLAGE_NAME = "新竹社区居委会"
COLUMNS = ("户口簿编号", "所在村（社区）", "户主姓名", "姓名", "公民身份号码", "与户主关系")
# As a village heads its own table.
OWN_HEADINGS = ["户号码", "村", "户主名", "家庭成员", "证件", "关系", "文化", "外出情况"]
_orders = count(1)


def id_number(born_on: date = date(1985, 3, 9)) -> str:
    """An identity number that no real person can have."""
    return compose_resident_id(INVENTED_COUNTY, born_on, next(_orders) % 1000)


def workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    """A workbook with these rows on its first sheet; texts stay texts, numbers numbers."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False}) as book:
        page = book.add_worksheet("台账")
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell is not None:
                    page.write(at, place, cell)
    return buffer.getvalue()


def member(booklet: str, head: str, name: str, relation: str, **cells: Any) -> dict[str, Any]:
    """One row of a rural ledger by Chinese titles."""
    told = {
        "户口簿编号": booklet,
        "所在村（社区）": VILLAGE_NAME,
        "户主姓名": head,
        "姓名": name,
        "公民身份号码": id_number(),
        "与户主关系": relation,
        "文化程度": "初中及以下",
        "户口性质": "农业",
        "联系电话": "13800000000",
        "就业状态": "劳务输出",
        "从事行业": "制造业",
        "就业地区类型": "市外省内",
        "外出就业方式": "托亲戚朋友",
        "年收入（元）": 36000,
        "培训意愿": "电工",
        "就业意向": "就近转移",
    }
    if relation == "户主":
        told |= {"耕地面积（亩）": 3.5, "是否被征地": "否", "农户类型": "一般农户"}
    return told | cells


def household(booklet: str = "H001", head: str = "覃大山", **cells: Any) -> list[dict[str, Any]]:
    """A household of three; `cells` go to the row of the head."""
    return [
        member(booklet, head, head, "户主", **cells),
        member(booklet, head, "韦小兰", "配偶"),
        member(booklet, head, "覃小宝", "子"),
    ]


def ledger(rows: Sequence[dict[str, Any]], *, without: Sequence[str] = ()) -> bytes:
    """A rural ledger as a workbook."""
    titles = [title for title in dict.fromkeys(title for row in rows for title in row) if title not in without]
    return workbook([titles, *([row.get(title) for title in titles] for row in rows)])


def own_ledger(*, booklet: str = "H1", last: str = "外出情况") -> bytes:
    """A ledger as a village keeps it for itself: other headings, other words; `last` heads its last column."""
    rows = [
        [booklet, VILLAGE_NAME, "覃大山", "覃大山", id_number(), "当家的", "读过书", "外出"],
        [booklet, VILLAGE_NAME, "覃大山", "韦小兰", id_number(), "配偶", "读过书", None],
    ]
    return workbook([["二〇二六年台账"], [*OWN_HEADINGS[:-1], last], *rows])


def bring_in(content: bytes, *, player: Any, at: Any, kind: str = "rural_ledger", name: str = "台账.xlsx") -> Batch:
    return receive_file(
        kind=kind, name=name, content=content, area=player.actor.scope, by=player.actor, at=at
    )
