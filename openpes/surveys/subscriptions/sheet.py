"""The sheet of a village's workbook: a row a member, its household by number, the questions of the survey."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from openpes.engine.message import Message
from openpes.engine.questionnaires import questionnaires_on
from openpes.engine.sheets import Choice, Column, Sheet, choice, integer, loose_date, text
from openpes.intake.choices import kind_of
from openpes.kernel.scope import CITY
from openpes.surveys.choices import Outcome

YES, NO = "yes", "no"
OUTCOMES = {
    Outcome.MET: ("已访", "Answered", ("已调查", "完成")),
    Outcome.NOT_MET: ("未遇", "Nobody met", ("无人在家", "未遇到")),
    Outcome.REFUSED: ("拒访", "Refused", ("拒绝",)),
    Outcome.MOVED: ("整户迁出", "Moved away", ("迁出", "已迁出")),
}


@lru_cache(maxsize=64)
def visit_sheet(*, area: str, on: date) -> Sheet:
    """The workbook of a survey for an area on a day; the questions are read by the columns of their ledgers."""
    return Sheet(
        name="survey_visits",
        title_zh="入户调查表",
        title_en="Survey of households",
        columns=(*_visit_columns(on), *_question_columns(area, on)),
        row_rules=(_member_is_named, _first_row_has_date),
    )


def _visit_columns(on: date) -> tuple[Column, ...]:
    return (
        Column(
            key="household_no", title_zh="调查户编号", title_en="Survey no. of the household", parse=integer(1),
            required=True, as_text=True, help_zh="系统预填，请勿修改", help_en="Filled in; leave it as it is",
        ),
        Column(
            key="seen", title_zh="上次记录号", title_en="Last record", parse=integer(0), as_text=True,
            help_zh="系统预填，请勿修改", help_en="Filled in; leave it as it is",
        ),
        Column(
            key="outcome", title_zh="入户结果", title_en="Result of the visit",
            parse=choice([(code, (zh, en, *more)) for code, (zh, en, more) in OUTCOMES.items()]),
            choices=tuple(Choice(code, zh, en) for code, (zh, en, _more) in OUTCOMES.items()),
            help_zh="每户只填在第一行", help_en="In the first row of each household only",
        ),
        Column(
            key="surveyed_on", title_zh="入户日期", title_en="Day of the visit", parse=loose_date(most=on),
            help_zh="每户只填在第一行", help_en="In the first row of each household only",
        ),
        Column(
            key="member_no", title_zh="成员编号", title_en="Member no.", parse=integer(1), as_text=True,
            help_zh="系统预填；新增成员不填", help_en="Filled in; empty for a new member",
        ),
        replace(
            kind_of("rural_ledger").sheet(area=CITY, on=on).column("id_number"), required=False,
            title_zh="新增成员身份证号码", title_en="Identity number of a new member",
            also=(), help_zh="仅新增成员填写，文本格式", help_en="Only for a new member, as text",
        ),
        Column(
            key="left", title_zh="是否已离户", title_en="Has left the household",
            parse=choice([(YES, ("是", "Yes")), (NO, ("否", "No"))]),
            choices=(Choice(YES, "是", "Yes"), Choice(NO, "否", "No")),
        ),
        Column(key="note", title_zh="备注", title_en="Remark", parse=text(300), width=24),
    )  # fmt: skip


def _question_columns(area: str, on: date) -> tuple[Column, ...]:
    found: dict[str, Column] = {}
    for asked in questionnaires_on(on):
        ledger = kind_of(asked.sheet).sheet(area=area, on=on)
        for question in asked.questions:
            found.setdefault(question.key, replace(ledger.column(question.key), required=False))
    return tuple(found.values())


def _member_is_named(values: Mapping[str, Any]) -> Iterable[tuple[str, Message]]:
    if values["member_no"] and values["id_number"]:
        yield "id_number", Message("This member is known by its number; write identity numbers of new members only.")
    met = values["outcome"] in (None, Outcome.MET)
    if met and not values["member_no"] and not values["id_number"]:
        yield "member_no", Message("Say who this row is about: the member no., or the identity number of a new member.")
    if values["id_number"] and not values["name"]:
        yield "name", Message("Write the name of the new member.")
    if values["id_number"] and not values["relation"]:
        yield "relation", Message("Write how the new member is related to the head of the household.")


def _first_row_has_date(values: Mapping[str, Any]) -> Iterable[tuple[str, Message]]:
    if values["outcome"] and not values["surveyed_on"]:
        yield "surveyed_on", Message("Write the day of the visit.")
