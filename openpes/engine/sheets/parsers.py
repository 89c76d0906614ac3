"""What a cell means: text, numbers, money, dates, choices and identity numbers, as people type them."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from openpes.engine.message import Message
from openpes.engine.sheets.grid import Cell

Parser = Callable[[Cell], Any]

Same = Callable[[Sequence[str]], Sequence[bool]]

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
EXPONENT = re.compile(r"\d(\.\d+)?[eE]\+?\d{2}")
DAY = re.compile(r"(\d{4})\s?[-./年]\s?(\d{1,2})\s?[-./月]\s?(\d{1,2})\s?日?(?:\s\d{1,2}:\d{2}(?::\d{2})?)?")
# Excel counts days from here; from 1900-03-01 on, the leap day that 1900 never had makes no difference.
EXCEL_DAY_ZERO = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 61, 73050  # 1900-03-01 to 2099-12-31
EXACT_DIGITS = 15


class CellRefused(ValueError):
    """A cell cannot be understood; the message says what is expected."""

    def __init__(self, text: str, **params: Any) -> None:
        self.message = Message(text, params)
        super().__init__(str(self.message))


@dataclass(frozen=True)
class Knowing:
    """A parser that knows at a glance many texts that mean themselves; everything else `parse` judges.

    `same` says for texts of a column which ones `parse` would give back as they are. It may overlook some.
    """

    parse: Parser
    same: Same

    def __call__(self, cell: Cell) -> Any:
        return self.parse(cell)


def plain_text(cell: Cell) -> str:
    """Return a cell as text: full-width forms made plain, invisible characters and outer spaces gone."""
    if type(cell) is str and cell.isascii() and cell.isprintable() and "  " not in cell:
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**EXACT_DIGITS:
        return str(int(cell))
    if isinstance(cell, float) and abs(cell) >= 10**EXACT_DIGITS:
        return f"{cell:.14E}"  # as Excel shows it: no digit that it does not have
    words = str(cell)
    if words.isprintable() and "  " not in words and unicodedata.is_normalized("NFKC", words):
        return words.strip()  # most cells are plain already
    words = unicodedata.normalize("NFKC", words).translate(INVISIBLE)
    return re.sub(r"[^\S\n]+", " ", words).strip()


def text(most: int = 200) -> Parser:
    """Read text of at most `most` characters."""

    def parse(cell: Cell) -> str:
        words = plain_text(cell)
        if len(words) > most:
            raise CellRefused("The text has %(length)s characters; at most %(most)s fit.", length=len(words), most=most)
        if any(unicodedata.category(character) == "Cc" and character != "\n" for character in words):
            raise CellRefused("The text contains control characters. Type it again.")
        return words

    def same(texts: Sequence[str]) -> list[bool]:
        return [0 < len(text) <= most and text.isascii() and _is_tidy(text) for text in texts]

    return Knowing(parse, same)


def _is_tidy(text: str) -> bool:
    return text.isprintable() and "  " not in text and text == text.strip()


def integer(least: int = 0, most: int = 10**9) -> Parser:
    """Read a whole number between two limits."""

    def parse(cell: Cell) -> int:
        number = _decimal(cell)
        if number is None or number != number.to_integral_value():
            raise CellRefused("A whole number is expected, such as %(example)s.", example=max(least, 1))
        if not least <= number <= most:
            raise CellRefused("The number must be between %(least)s and %(most)s.", least=least, most=most)
        return int(number)

    return parse


def money_fen(least_fen: int = 0, most_fen: int = 10**11) -> Parser:
    """Read an amount of yuan such as 3500, ¥3,500.50, 3500元 or 0.35万 as integer fen."""

    def parse(cell: Cell) -> int:
        number = _decimal(cell, money=True)
        if number is None:
            raise CellRefused("An amount in yuan is expected, such as 3500 or 3500.50.")
        fen = number * 100
        if fen != fen.to_integral_value():
            raise CellRefused("An amount has at most two decimals (fen).")
        if not least_fen <= fen <= most_fen:
            raise CellRefused(
                "The amount must be between %(least)s and %(most)s yuan.",
                least=_yuan(least_fen),
                most=_yuan(most_fen),
            )
        return int(fen)

    return parse


def loose_date(least: date = date(1900, 1, 1), most: date = date(2099, 12, 31)) -> Parser:
    """Read a day: a date cell, 2026-11-01, 2026.11.1, 2026年11月1日, 20261101 or the number of an Excel day."""

    def parse(cell: Cell) -> date:
        day = _day(cell)
        if not least <= day <= most:
            raise CellRefused("The date must be between %(least)s and %(most)s.", least=least, most=most)
        return day

    return parse


def choice(options: Sequence[tuple[str, Sequence[str]]]) -> Parser:
    """Read one of several options, each a code with the labels that mean it; returns the code."""
    codes: dict[str, str] = {}
    for code, labels in options:
        for name in (*labels, code):
            codes.setdefault(_key(name), code)
        if code.isdigit():  # Excel drops the zeros before a number
            codes.setdefault(code.lstrip("0") or "0", code)
    known = "、".join(labels[0] if labels else code for code, labels in options[:12])
    known += "……" if len(options) > 12 else ""

    def parse(cell: Cell) -> str:
        words = plain_text(cell)
        if (found := codes.get(_key(words))) is not None:
            return found
        code, _, rest = words.partition(" ")
        if rest and codes.get(_key(code)) is not None and codes.get(_key(code)) == codes.get(_key(rest)):
            return codes[_key(code)]
        raise CellRefused("“%(value)s” is not among the choices: %(choices)s.", value=words, choices=known)

    return parse


def identifier(check: Callable[[str], Any], digits: int = 18) -> Parser:
    """Read a long number that must be typed as text, such as a resident id, and give it to its own check.

    `check` takes the text and returns the value; it raises ValueError, whose `message` or text is shown.
    Excel keeps 15 digits of a number, so that an 18-digit number typed as a number has lost its last three.
    """

    def parse(cell: Cell) -> Any:
        words = plain_text(cell)
        if isinstance(cell, int | float) and abs(cell) >= 10**EXACT_DIGITS:
            raise _digits_lost(f"{float(cell):.14E}", digits)
        if EXPONENT.fullmatch(words):
            raise _digits_lost(words, digits)
        compact = words.replace(" ", "").lstrip("'`").upper()
        try:
            return check(compact)
        except ValueError as error:
            if len(compact) == digits and compact.endswith("000") and compact.isdigit():
                raise _digits_lost(compact, digits) from None
            message = getattr(error, "message", None)
            if message is None:
                raise CellRefused(str(error)) from None
            raise CellRefused(message.text, **message.params) from None

    return parse


def _digits_lost(shown: str, digits: int) -> CellRefused:
    return CellRefused(
        "Excel has turned the number into %(shown)s and lost the digits after the fifteenth. Set the column to the "
        "format “Text” and type all %(digits)s digits again.",
        shown=shown,
        digits=digits,
    )


def _key(name: str) -> str:
    return plain_text(name).casefold().replace(" ", "")


def _yuan(fen: int) -> str:
    return f"{Decimal(fen) / 100:f}"


def _decimal(cell: Cell, *, money: bool = False) -> Decimal | None:
    """Return a number typed as a number or as text, None where it is none."""
    if isinstance(cell, bool | date | datetime):
        return None
    words = repr(cell) if isinstance(cell, float) else plain_text(cell).replace(" ", "")
    factor = 1
    if money and isinstance(cell, str):
        words = re.sub(r"^[¥￥$]|(元|RMB|CNY)$", "", words, flags=re.IGNORECASE)
        words, factor = (words[:-1], 10_000) if words.endswith("万") else (words, 1)
    if isinstance(cell, str):
        words = re.sub(r"(?<=\d),(?=\d{3}(\D|$))", "", words)
        if not re.fullmatch(r"[+-]?\d+(\.\d+)?", words, flags=re.ASCII):
            return None
    try:
        number = Decimal(words) * factor
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    words = plain_text(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and FIRST_SERIAL <= cell <= LAST_SERIAL:
        return EXCEL_DAY_ZERO + timedelta(days=int(cell))
    compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", words, flags=re.ASCII)
    if found := compact or DAY.fullmatch(words):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            raise CellRefused("There is no day “%(value)s” in the calendar.", value=words) from None
    raise CellRefused("“%(value)s” is not a full date. Write year, month and day, such as 2026-11-01.", value=words)
