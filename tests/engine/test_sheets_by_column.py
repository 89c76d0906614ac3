"""Large tables are read by the column: the same rows, values and sentences as by the row, for whatever people type."""

import random
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pytest

from openpes.engine.identifiers import INVENTED_COUNTY, compose_resident_id
from openpes.engine.message import Message
from openpes.engine.sheets import (
    CellRefused,
    Checked,
    Choice,
    Column,
    ColumnMapping,
    Grid,
    Parser,
    Sheet,
    SheetRefused,
    check,
    choice,
    integer,
    loose_date,
    mapped_sheet,
    money_fen,
    text,
)
from openpes.engine.sheets.coded import CodedRows
from openpes.engine.sheets.parsers import Knowing, plain_text
from openpes.engine.sheets.persons import person_name, phone_number, resident_id
from tests.engine import mutants

ON = mutants.ON
LEVELS = (Choice("1", "初中", "Junior"), Choice("2", "高中", "Senior"))


def _named(values: Mapping[str, Any]) -> Iterable[tuple[str, Message]]:
    if values["name"] == values["head"]:
        yield "head", Message("Both are %(name)s.", {"name": values["name"]})


LEDGER = Sheet(
    name="ledger", title_zh="台账", title_en="Ledger", unique=("id_number", "booklet"), row_rules=(_named,),
    columns=(
        Column(key="booklet", title_zh="编号", title_en="No.", parse=text(30), as_text=True),
        Column(key="head", title_zh="户主", title_en="Head", parse=person_name),
        Column(key="name", title_zh="姓名", title_en="Name", parse=person_name, required=True),
        Column(key="id_number", title_zh="公民身份号码", title_en="Identity number", as_text=True, required=True,
               parse=resident_id(ON)),
        Column(key="level", title_zh="文化程度", title_en="Level", choices=LEVELS,
               parse=choice([(one.code, (one.label_zh, one.label_en)) for one in LEVELS])),
        Column(key="phone", title_zh="电话", title_en="Phone", parse=phone_number, as_text=True),
        Column(key="pay_fen", title_zh="月收入", title_en="Pay", parse=money_fen()),
        Column(key="from_on", title_zh="始期", title_en="From", parse=loose_date()),
        Column(key="openings", title_zh="人数", title_en="Openings", parse=integer()),
        Column(key="note", title_zh="备注", title_en="Note", parse=text(20)),
    ),
)  # fmt: skip
MAPPED = mapped_sheet(
    LEDGER,
    ColumnMapping({column.key: column.title_zh for column in LEDGER.columns}, {"level": {"读过书": "1", "不详": "-"}}),
)
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def number(rng: random.Random) -> str:
    """An identity number; few days and orders, so that some come twice."""
    born_on = date(rng.randrange(1900, 2027), rng.randrange(1, 13), rng.randrange(1, 29))
    return compose_resident_id(INVENTED_COUNTY, born_on, rng.randrange(1000))


def mistyped(typed: str, rng: random.Random) -> Any:
    """A number or a name as people mistype it."""
    at = rng.randrange(len(typed))
    return rng.choice((
        typed[:at] + rng.choice("0123456789xX覃 ") + typed[at + 1 :], typed[:at] + typed[at + 1 :], typed.lower(),
        typed.translate(FULL_WIDTH), f" {typed} ", f"{typed[:at]} {typed[at:]}", f"'{typed}", typed + "\u200b",
        typed[:6] + typed[8:17], typed[:-3] + "000", typed + typed,
    ))  # fmt: skip


def cell(key: str, rng: random.Random) -> Any:
    """A cell of a column: mostly right, sometimes mistyped, sometimes anything."""
    chance = rng.random()
    if chance < 0.04:
        return rng.choice(mutants.DIRTY)
    right: dict[str, Any] = {
        "booklet": f"H{rng.randrange(10**6)}", "head": rng.choice(("覃大山", "韦小兰", "陆一")),
        "name": rng.choice(("覃大山", "韦小兰", "买买提·阿不都", "O'Brien")), "id_number": number(rng),
        "level": rng.choice(("初中", "高中", "Junior", "1 初中", 1.0, "读过书", "不详", None)),
        "phone": rng.choice((f"1{rng.randrange(3, 10)}{rng.randrange(10**9):09d}", "0771-5555555", None)),
        "pay_fen": rng.choice((3500.0, "3,500", "0.35万", "面议", None, 12.345)),
        "from_on": rng.choice(("2026-01-05", "20260105", 46000.0, date(2026, 1, 5), "2026-02-30", None)),
        "openings": rng.choice((1.0, "2", "两", 1.5, None, True)), "note": rng.choice(("a", "x" * 21, "无", None)),
    }  # fmt: skip
    found = right[key]
    return mistyped(found, rng) if chance < 0.15 and isinstance(found, str) else found


def ledger(rows: int, rng: random.Random) -> list[list[Any]]:
    """A table with a title, headings in some order, empty and short rows."""
    columns = list(LEDGER.columns)
    rng.shuffle(columns)
    table: list[list[Any]] = [["台账"], [], [column.title_zh for column in columns] + ["其他"]]
    for _ in range(rows):
        row = [cell(column.key, rng) for column in columns]
        table.append([] if rng.random() < 0.02 else row[: rng.randrange(1, 11)] if rng.random() < 0.05 else row)
    return table


def told(checked: Checked) -> str:
    """Everything that was found, with its types."""
    return repr(checked)


@pytest.mark.parametrize("seed", range(12))
def test_by_the_column_and_by_the_row_thousands_of_dirty_rows_are_read_alike(seed: int) -> None:
    rng = random.Random(seed)
    table = ledger(1500, rng)
    for sheet in (LEDGER, MAPPED):
        by_row = check(sheet, Grid("x", table))
        by_column = check(sheet, Grid("x", CodedRows.of(table, at_a_time=rng.choice((1, 7, 400, 5000)))))
        assert told(by_column) == told(by_row)
        assert len(by_row.good) > 100 and len(by_row.wrong) > 100
        assert {error.column for error in by_row.errors} == {column.key for column in LEDGER.columns}


@pytest.mark.parametrize("number", range(0, 900, 3))
def test_mutated_tables_are_read_alike(number: int) -> None:
    rows = mutants.cells(random.Random(number))
    rng = random.Random(number)
    for _ in range(20):
        rows[rng.randrange(len(rows))][rng.randrange(5)] = rng.choice(mutants.DIRTY)
    grids = Grid("x", rows), Grid("x", CodedRows.of(rows, at_a_time=5))
    assert outcome(grids[0]) == outcome(grids[1])


def outcome(grid: Grid) -> str:
    try:
        return told(check(mutants.SHEET, grid))
    except SheetRefused as refused:
        return f"refused: {refused}"


def overlooked(parser: Knowing, texts: list[str]) -> list[str]:
    """The texts that a parser knows to mean themselves, although they are refused or mean something else."""
    return [
        typed for typed, same in zip(texts, parser.same(texts), strict=True) if same and not means_itself(parser, typed)
    ]


def means_itself(parser: Parser, typed: str) -> bool:
    try:
        return plain_text(typed) != "" and bool(parser(typed) == typed)
    except CellRefused:
        return False


def typed_texts() -> list[str]:
    rng = random.Random(5)
    texts = [word for word in mutants.DIRTY if isinstance(word, str)]
    for _ in range(4000):
        words = str(cell(rng.choice(("booklet", "name", "id_number", "phone", "note")), rng))
        texts += [words, str(mistyped(words, rng)) if words else ""]
    return texts


@pytest.mark.parametrize("parser", [text(30), text(3), person_name, phone_number, resident_id(ON)])
def test_what_a_parser_knows_at_a_glance_is_what_it_reads(parser: Parser) -> None:
    assert isinstance(parser, Knowing)
    texts = typed_texts()
    assert overlooked(parser, texts) == []
    assert sum(parser.same(texts)) > 50
    assert not any(parser.same([""]))


def test_a_parser_that_knows_too_much_would_be_found() -> None:
    careless = Knowing(phone_number.parse, lambda texts: [len(typed) == 11 for typed in texts])
    assert overlooked(careless, typed_texts())
    assert overlooked(Knowing(text(3), lambda texts: [True] * len(texts)), ["", "a", "abcd"]) == ["", "abcd"]


def test_rows_that_arrive_in_pieces_are_a_sequence_like_any_other() -> None:
    table = ledger(50, random.Random(1))
    width = max(map(len, table))
    for at_a_time in (1, 7, 100):
        rows = CodedRows.of(table, at_a_time)
        assert rows[:10] == [row + [None] * (len(rows[at]) - len(row)) for at, row in enumerate(table[:10])]
        assert len(rows) == len(table) and max(len(row) for row in rows) == width
        assert [list(row) for row in rows][-1] == rows[-1] == rows[len(table) - 1]
        with pytest.raises(IndexError):
            rows[len(table)]


def test_a_cell_that_names_no_value_is_refused() -> None:
    import numpy as np

    rows = CodedRows([(["a"], np.array([[0, 1]], np.int32))])
    with pytest.raises(ValueError, match="without a value"):
        rows[0]
