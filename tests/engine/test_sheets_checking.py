"""A filled-in sheet against its columns: headings by name, mistakes by cell, right rows only when all is right."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pytest

from openpes.engine.message import Message
from openpes.engine.sheets import (
    Choice,
    Column,
    Grid,
    Row,
    Sheet,
    SheetRefused,
    check,
    choice,
    identifier,
    integer,
    loose_date,
    money_fen,
    text,
)

SEXES = (Choice("1", "男", "Male"), Choice("2", "女", "Female"))


def eighteen(number: str) -> str:
    if len(number) != 18:
        raise ValueError("The id must have 18 characters.")
    return number


def ends_after_it_begins(values: Mapping[str, Any]) -> Iterable[tuple[str, Message]]:
    if values["ends"] and values["ends"] < values["begins"]:
        yield "ends", Message("It ends before it begins on %(day)s.", {"day": values["begins"]})


LEDGER = Sheet(
    name="ledger",
    title_zh="农村劳动力台账",
    title_en="Rural ledger",
    columns=(
        Column(key="name", title_zh="姓名", title_en="Name", parse=text(20), required=True),
        Column(key="id", title_zh="身份证号码", title_en="Resident ID", parse=identifier(eighteen), required=True,
               as_text=True, also=("公民身份号码",), help_zh="18位，按文本填写", help_en="18 characters, as text"),
        Column(key="sex", title_zh="性别", title_en="Sex", choices=SEXES,
               parse=choice([(c.code, (c.label_zh, c.label_en)) for c in SEXES])),
        Column(key="age", title_zh="年龄", title_en="Age", parse=integer(16, 100)),
        Column(key="pay_fen", title_zh="月收入", title_en="Monthly income", parse=money_fen()),
        Column(key="begins", title_zh="开始日期", title_en="Begins on", parse=loose_date(), required=True),
        Column(key="ends", title_zh="结束日期", title_en="Ends on", parse=loose_date()),
    ),
    row_rules=(ends_after_it_begins,),
    unique=("id",),
)  # fmt: skip

HEADINGS = ["姓名", "身份证号码", "性别", "年龄", "月收入", "开始日期", "结束日期"]
WHO = "45010219900101123X"


def grid(*rows: list[Any], headings: list[Any] | None = None) -> Grid:
    return Grid("台账", [HEADINGS if headings is None else headings, *rows])


def told(*rows: list[Any], headings: list[Any] | None = None) -> list[tuple[str, str, str]]:
    return [(e.cell, e.value, str(e.message)) for e in check(LEDGER, grid(*rows, headings=headings)).errors]


def test_a_right_row_comes_with_its_number_in_excel_and_its_values() -> None:
    checked = check(LEDGER, grid(["李四", WHO, "男", 36.0, "3,500元", "2026.11.1", None]))
    values = {"name": "李四", "id": WHO, "sex": "1", "age": 36, "pay_fen": 350_000, "begins": date(2026, 11, 1),
              "ends": None}  # fmt: skip
    assert checked.good == [Row(2, values)]
    assert (checked.errors, checked.rows, checked.heading_row, checked.unknown) == ([], 1, 1, ())


def test_headings_are_found_in_any_order_in_either_language_below_a_title() -> None:
    rows = [["2026年台账", None], [], [" Begins on ", "公民身份号码", "姓 名*", "备注", "ＳＥＸ", "错误说明"],
            ["2026-11-01", WHO, "李四", "x", "女", "old mistake"]]  # fmt: skip
    checked = check(LEDGER, Grid("台账", rows))
    assert checked.good == [Row(4, {"name": "李四", "id": WHO, "sex": "2", "age": None, "pay_fen": None,
                                    "begins": date(2026, 11, 1), "ends": None})]  # fmt: skip
    assert (checked.heading_row, checked.unknown) == (3, ("备注",))


def test_every_mistake_of_a_row_is_told_with_its_cell_and_what_was_typed() -> None:
    assert told(["", 450102199001011234.0, "不详", "十六", "面议", "2026-02-30"]) == [
        ("A2", "", "This cell must be filled in."),
        ("B2", "4.50102199001011E+17", "Excel has turned the number into 4.50102199001011E+17 and lost the digits "
         "after the fifteenth. Set the column to the format “Text” and type all 18 digits again."),
        ("C2", "不详", "“不详” is not among the choices: 男、女."),
        ("D2", "十六", "A whole number is expected, such as 16."),
        ("E2", "面议", "An amount in yuan is expected, such as 3500 or 3500.50."),
        ("F2", "2026-02-30", "There is no day “2026-02-30” in the calendar."),
    ]  # fmt: skip


def test_a_row_rule_is_asked_only_when_every_cell_is_right() -> None:
    wrong_way = ["李四", WHO, "男", 36, 3500, "2026-11-01", "2026-10-01"]
    assert told(wrong_way) == [("G2", "2026-10-01", "It ends before it begins on 2026-11-01.")]
    assert told([*wrong_way[:3], "x", *wrong_way[4:]]) == [("D2", "x", "A whole number is expected, such as 16.")]


def test_a_row_with_a_mistake_is_not_good_and_the_others_are() -> None:
    rows = [["甲", WHO, None, None, None, "2026-11-01"], [], ["乙", "1", None, None, None, "2026-11-01"]]
    checked = check(LEDGER, grid(*rows))
    assert [row.number for row in checked.good] == [2]
    assert checked.bad_rows == (4,)
    assert checked.rows == 2


def test_the_same_id_twice_names_the_row_that_had_it_first() -> None:
    row = ["甲", WHO, None, None, None, "2026-11-01"]
    full_width = ["乙", "４５０１０２１９９００１０１１２３ｘ", None, None, None, "2026-11-01"]
    assert told(row, full_width) == [
        ("B3", "45010219900101123x", "The same value already stands in row 2.")
    ]  # fmt: skip


def test_missing_and_unknown_headings_are_named() -> None:
    with pytest.raises(SheetRefused) as refused:
        check(LEDGER, grid(["李四", WHO], headings=["姓名", "证件号"]))
    assert str(refused.value) == (
        "These headings are missing: 身份证号码、开始日期. These are not known: 证件号. "
        "Use the template, or rename the columns."
    )


def test_a_sheet_without_any_heading_does_not_call_its_cells_headings() -> None:
    with pytest.raises(SheetRefused) as refused:
        check(LEDGER, Grid("台账", [["a", "b"], ["c", "d"]]))
    assert str(refused.value) == "These headings are missing: 姓名、身份证号码、开始日期. Use the template."


def test_a_heading_given_twice_is_refused() -> None:
    with pytest.raises(SheetRefused, match="stand twice: 姓名"):
        check(LEDGER, grid(["a"], headings=[*HEADINGS, "Name"]))


def test_headings_without_rows_are_refused() -> None:
    for rows in ([], [[None, " "]]):
        with pytest.raises(SheetRefused, match="no rows below the headings"):
            check(LEDGER, grid(*rows))
    with pytest.raises(SheetRefused, match="worksheet is empty"):
        check(LEDGER, Grid("台账", []))


def test_two_columns_may_not_share_a_name() -> None:
    column = Column(key="a", title_zh="姓名", title_en="Name", parse=text())
    with pytest.raises(ValueError, match="share the name '姓名'"):
        Sheet(name="x", title_zh="x", title_en="x", columns=(column, Column(key="b", title_zh="姓 名", title_en="B",
                                                                          parse=text())))  # fmt: skip
