"""Workbooks that go out: a template that can be filled in, and mistakes written where they were made."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from openpes.engine.sheets import (
    Choice,
    Column,
    Grid,
    Limits,
    PlainPage,
    Sheet,
    annotated_workbook,
    check,
    choice,
    plain_workbook,
    read_rows,
    template_workbook,
    text,
)
from openpes.engine.sheets.writing import Language
from tests.engine.test_sheets_checking import HEADINGS, LEDGER, WHO


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def stored(tmp_path: Path, content: bytes) -> Path:
    (tmp_path / "out.xlsx").write_bytes(content)
    return tmp_path / "out.xlsx"


@pytest.mark.parametrize(("language", "first", "labels"), [("zh", "姓名*", "男,女"), ("en", "Name*", "Male,Female")])
def test_a_template_has_headings_help_lists_and_text_columns(language: Language, first: str, labels: str) -> None:
    page = opened(template_workbook(LEDGER, language)).worksheets[0]
    assert page["A1"].value == first
    assert page["B1"].comment.text == LEDGER.column("id").help(language)
    (rule,) = page.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("C2:C5001", f'"{labels}"')
    assert page.freeze_panes == "A2"


def test_the_id_column_of_a_template_keeps_what_is_typed_as_text() -> None:
    page = opened(template_workbook(LEDGER, "zh")).worksheets[0]
    assert page.column_dimensions["B"].number_format == "@"
    assert page.column_dimensions["A"].number_format == "General"


def test_a_long_list_stands_on_a_hidden_sheet() -> None:
    options = tuple(Choice(f"{i:02}", f"民族名称第{i}号", f"Ethnic group {i}") for i in range(56))
    column = Column(key="e", title_zh="民族", title_en="Ethnic group", choices=options,
                    parse=choice([(o.code, (o.label_zh,)) for o in options]))  # fmt: skip
    book = opened(template_workbook(Sheet(name="x", title_zh="表", title_en="T", columns=(column,)), "zh"))
    (rule,) = book.worksheets[0].data_validations.dataValidation
    assert rule.formula1 == "lists!$A$1:$A$56"
    assert book["lists"].sheet_state == "hidden"
    assert [cell.value for cell in book["lists"]["A"]][::55] == ["民族名称第0号", "民族名称第55号"]


def test_a_filled_in_template_is_read_back(tmp_path: Path) -> None:
    book = opened(template_workbook(LEDGER, "zh"))
    book.worksheets[0].append(["李四", WHO, "女", None, None, "2026-11-01"])
    book.save(tmp_path / "filled.xlsx")
    checked = check(LEDGER, read_rows(tmp_path / "filled.xlsx"))
    assert (checked.errors, [row.values["sex"] for row in checked.good]) == ([], ["2"])


DIRTY = Grid(
    "台账",
    [
        ["2026年台账"],
        [*HEADINGS, "备注"],
        ["李四", WHO, "女", 36, 3500.5, "2026-11-01", None, "=cmd|'/c calc'!A1"],
        ["@SUM(1)", "1", "不详", True, None, "2026-11-01", None, "+86 771", "beyond"],
    ],
)


def test_mistakes_are_written_beside_their_rows_and_nothing_is_a_formula(tmp_path: Path) -> None:
    content = annotated_workbook(LEDGER, DIRTY, check(LEDGER, DIRTY).errors, "zh")
    page = opened(content).worksheets[0]
    assert page.title == "台账"
    assert page["J2"].value == "错误说明"
    assert page["J3"].value is None
    assert page["J4"].value.splitlines() == [
        "身份证号码: The id must have 18 characters.",
        "性别: “不详” is not among the choices: 男、女.",
        "年龄: A whole number is expected, such as 16.",
    ]
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    assert (page["H3"].value, page["H3"].quotePrefix) == ("=cmd|'/c calc'!A1", True)
    assert (page["A4"].value, page["A4"].quotePrefix) == ("@SUM(1)", True)
    assert page["C4"].fill.fgColor.rgb == "FFFDE7E9"
    assert page["C3"].fill.fgColor.rgb != "FFFDE7E9"
    assert page["J4"].font.color.rgb == "FFB00020"
    assert read_rows(stored(tmp_path, content)).rows[2][:9] == [*DIRTY.rows[2], None]


def test_an_annotated_file_sent_back_gives_the_same_mistakes_and_one_column_of_them(tmp_path: Path) -> None:
    errors = check(LEDGER, DIRTY).errors
    again = read_rows(stored(tmp_path, annotated_workbook(LEDGER, DIRTY, errors, "zh")), Limits())
    assert check(LEDGER, again).errors == errors
    twice = opened(annotated_workbook(LEDGER, again, errors, "zh")).worksheets[0]
    assert [cell.value for cell in twice[2]].count("错误说明") == 1
    assert twice["J4"].value.count("\n") == 2


def test_the_sentences_are_translated() -> None:
    def to_chinese(sentence: str) -> str:
        return {"A whole number is expected, such as %(example)s.": "请填写整数，如 %(example)s。"}.get(
            sentence, sentence
        )

    page = opened(annotated_workbook(LEDGER, DIRTY, check(LEDGER, DIRTY).errors, "zh", to_chinese)).worksheets[0]
    assert page["J4"].value.splitlines()[2] == "年龄: 请填写整数，如 16。"


def test_a_title_that_excel_forbids_becomes_an_allowed_name_of_a_worksheet() -> None:
    column = Column(key="a", title_zh="甲", title_en="A", parse=text())
    sheet = Sheet(name="x", title_zh="2026/第三季度:[表]" + "长" * 40, title_en="x", columns=(column,))
    title = opened(template_workbook(sheet, "zh")).worksheets[0].title
    assert (title[:14], len(title)) == ("2026_第三季度__表_长", 31)


def test_plain_tables_stand_on_pages_of_their_own_and_no_text_becomes_a_formula() -> None:
    pages = [
        PlainPage("甲", ["名", "数"], [["=1+1", 7], ["013800", None], ["比", Decimal("1.25")]]),
        PlainPage("甲", ["名"], [["乙"]]),
        PlainPage("A/B", ["名"], []),
    ]
    book = opened(plain_workbook(pages))
    assert book.sheetnames == ["甲", "2 甲", "A_B"]
    first = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in first.rows]
    assert rows == [["名", "数"], ["=1+1", 7], ["013800", None], ["比", 1.25]]
    assert first["A2"].data_type == "s" and first["A3"].data_type == "s"
