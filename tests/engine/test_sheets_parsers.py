"""What people type into cells, and what it means."""

from datetime import date, datetime

import pytest

from openpes.engine.message import Message
from openpes.engine.sheets import (
    Cell,
    CellRefused,
    Parser,
    choice,
    identifier,
    integer,
    loose_date,
    money_fen,
    plain_text,
    text,
)


def refusal(parse: Parser, cell: Cell) -> str:
    with pytest.raises(CellRefused) as refused:
        parse(cell)
    return str(refused.value)


@pytest.mark.parametrize("cell", [
    date(2026, 11, 1), datetime.fromisoformat("2026-11-01T08:30"),
    46327, 46327.0, 46327.5, 20261101, 20261101.0, "20261101",
    "2026-11-01", "2026-11-1", "2026/11/01", "2026.11.1", "2026年11月1日", "２０２６年１１月１日",
    " 2026 年 11 月 1 日 ",
    "2026-11-01 00:00:00",
])  # fmt: skip
def test_a_day_is_understood_in_every_common_form(cell: Cell) -> None:
    assert loose_date()(cell) == date(2026, 11, 1)


@pytest.mark.parametrize(("cell", "sentence"), [
    ("2026-02-30", "There is no day “2026-02-30” in the calendar."),
    (20261301, "There is no day “20261301”"),
    ("26-11-01", "is not a full date. Write year, month and day"),
    ("2026年11月", "is not a full date"),
    ("11/01/2026", "is not a full date"),
    (12, "“12” is not a full date"),
    (True, "is not a full date"),
    ("1890-01-01", "The date must be between 1900-01-01 and 2099-12-31."),
])  # fmt: skip
def test_a_day_that_cannot_be_is_refused(cell: Cell, sentence: str) -> None:
    assert sentence in refusal(loose_date(), cell)


def test_a_birthday_in_a_summer_of_clock_changes_stays_the_same_day() -> None:
    assert loose_date()(datetime.fromisoformat("1988-07-01")) == date(1988, 7, 1)


@pytest.mark.parametrize(("cell", "fen"), [
    (3500, 350_000), (3500.0, 350_000), (3500.5, 350_050), (0.1, 10), (1234567.89, 123_456_789), ("3500", 350_000),
    ("3,500.50", 350_050), ("¥3,500", 350_000), ("￥３５００元", 350_000),
    ("3500 元", 350_000), ("0.35万", 350_000), (0, 0),
])  # fmt: skip
def test_yuan_become_whole_fen(cell: Cell, fen: int) -> None:
    assert money_fen()(cell) == fen


@pytest.mark.parametrize(("cell", "sentence"), [
    (3500.005, "at most two decimals"), ("面议", "An amount in yuan is expected"), ("3000-5000", "An amount in yuan"),
    (-1, "between 0 and 1000000000 yuan"), ("1,00", "An amount in yuan"), (True, "An amount in yuan"),
    ("1e3", "An amount in yuan"), ("", "An amount in yuan"), (float("inf"), "An amount in yuan"),
])  # fmt: skip
def test_an_amount_that_is_none_is_refused(cell: Cell, sentence: str) -> None:
    assert sentence in refusal(money_fen(), cell)


def test_a_whole_number_is_read_within_its_limits() -> None:
    parse = integer(1, 5000)
    assert [parse(cell) for cell in (3, 3.0, "3", " ３ ", "1,000")] == [3, 3, 3, 3, 1000]
    assert refusal(parse, 3.5) == "A whole number is expected, such as 1."
    assert refusal(parse, "三") == "A whole number is expected, such as 1."
    assert refusal(parse, 0) == "The number must be between 1 and 5000."


SEX = choice([("1", ("男", "Male", "男性")), ("2", ("女", "Female"))])
ETHNIC = choice([("01", ("汉族", "Han")), ("08", ("壮族", "Zhuang"))])


def test_a_choice_is_taken_by_label_in_either_language_or_by_code() -> None:
    assert [SEX(cell) for cell in ("男", " 男 ", "male", 1, 1.0, "１", "1 男", "男性")] == ["1"] * 8
    assert [ETHNIC(cell) for cell in ("08", 8, "8", "壮族", "08 壮族", "zhuang")] == ["08"] * 6


def test_a_value_outside_the_choices_is_refused_with_them() -> None:
    assert refusal(SEX, "未知") == "“未知” is not among the choices: 男、女."
    assert "“01 壮族” is not among" in refusal(ETHNIC, "01 壮族")


def check_digits(number: str) -> str:
    if len(number) != 18:
        raise ValueError(f"{len(number)} characters instead of 18, that is 100% wrong")
    if number.endswith("000"):
        raise ValueError("wrong check digit")
    return number


ID = identifier(check_digits)


@pytest.mark.parametrize("cell", ["45010219900101123X", "４５０１０２１９９００１０１１２３ｘ",
                                  " 450102 19900101 123X ", "'45010219900101123X",
                                  "\u200b45010219900101123X"])  # fmt: skip
def test_an_identity_number_is_made_plain_before_it_is_checked(cell: str) -> None:
    assert ID(cell) == "45010219900101123X"


@pytest.mark.parametrize(("cell", "shown"), [
    (450102199001011234.0, "4.50102199001011E+17"), (450102199001011234, "4.50102199001011E+17"),
    ("4.50102E+17", "4.50102E+17"), ("4.5E+17", "4.5E+17"), ("４.５e+17", "4.5e+17"),
    ("450102199001011000", "450102199001011000"),
])  # fmt: skip
def test_digits_lost_by_excel_are_named(cell: Cell, shown: str) -> None:
    sentence = refusal(ID, cell)
    assert sentence.startswith(f"Excel has turned the number into {shown} and lost the digits after the fifteenth.")
    assert "“Text” and type all 18 digits again" in sentence


def test_a_fifteen_digit_number_kept_whole_as_a_number_goes_to_the_check() -> None:
    assert identifier(str)(450102650101123.0) == "450102650101123"


def test_the_sentence_of_the_check_is_shown() -> None:
    assert refusal(ID, "123") == "3 characters instead of 18, that is 100% wrong"

    class Refused(ValueError):
        message = Message("The check digit should be %(right)s.", {"right": "X"})

    def check(_: str) -> str:
        raise Refused

    assert refusal(identifier(check), "123") == "The check digit should be X."


def test_text_is_made_plain_and_bounded() -> None:
    assert text()("　李　四\u200b ") == "李 四"
    assert plain_text(3.0) == "3"
    assert refusal(text(3), "abcd") == "The text has 4 characters; at most 3 fit."
    assert "control characters" in refusal(text(), "a\x07b")
