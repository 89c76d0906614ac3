"""Resident identity numbers (GB 11643): normalise, check, upgrade from 15 to 18 digits."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from operator import mul
from typing import Literal

from openpes.engine.identifiers.counties import Counties, counties
from openpes.engine.identifiers.error import IdentifierError
from openpes.engine.message import Message

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
# Never assigned by GB/T 2260: numbers that begin with it cannot belong to a real person.
INVENTED_COUNTY = "450199"
EARLIEST_BIRTH = date(1900, 1, 1)

_BETWEEN = re.compile(r"[\s\u200b\u200e\u200f\ufeff\-\u2010-\u2015\u2212]+")
# Most numbers: nothing in them is to be normalised, and their form is right.
_WRITTEN_PLAINLY = re.compile(r"[0-9]{17}[0-9X]|[0-9]{15}")
_ROUNDED = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]+|[0-9]{15,18}\.0+")

Kind = Literal["resident", "hk_macao_taiwan", "foreign", "invented"]


@dataclass(frozen=True)
class ResidentId:
    """What an identity number says about its holder; `sex` is the code of GB/T 2261.1."""

    number: str
    county: str
    born_on: date
    sex: Literal["1", "2"]
    kind: Kind
    upgraded: bool = False
    warnings: tuple[Message, ...] = ()


def normalise_id(text: str) -> str:
    """The text as the standard writes it: half-width, capital X, without spaces and hyphens."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()


def resident_check_digit(first_17: str) -> str:
    """The 18th character that belongs to 17 digits (GB 11643, ISO 7064 MOD 11-2)."""
    if len(first_17) != len(WEIGHTS):
        raise ValueError(f"{len(WEIGHTS)} digits are expected, not {len(first_17)}")
    return CHECKS[sum(map(mul, WEIGHTS, map(int, first_17))) % 11]


def upgrade_id(old: str) -> str:
    """The 18-digit number of a 15-digit one: 19 goes before the birth date, the check character to the end."""
    first_17 = old[:6] + "19" + old[6:]
    return first_17 + resident_check_digit(first_17)


def compose_resident_id(county: str, born_on: date, order: int) -> str:
    """The number of the `order`-th person (0 to 999, odd for men) born on a day in a county."""
    first_17 = f"{county}{born_on:%Y%m%d}{order:03d}"
    return first_17 + resident_check_digit(first_17)


def parse_resident_id(text: str, on: date, known: Counties | None = None) -> ResidentId:
    """Read an identity number as it stood on a day.

    15 digits are upgraded. A county code that never existed is a warning and no error, because the tables of codes
    are less complete than the people. Numbers of residents of Hong Kong, Macao and Taiwan begin with 81, 82, 83
    and those of foreign permanent residents with 9.

    :raises IdentifierError: codes `empty`, `spreadsheet`, `character`, `length`, `date`, `future`, `check`
    """
    number = text
    if not _WRITTEN_PLAINLY.fullmatch(text):
        number = normalise_id(text)
        _refuse_wrong_form(number)
    upgraded = len(number) == 15
    if upgraded:
        number = upgrade_id(number)
    born_on = _birth_date(number, on)
    _refuse_wrong_check(number)
    county = number[:6]
    warnings = () if _is_known(county, known or counties()) else (_unknown_county(county),)
    sex: Literal["1", "2"] = "1" if int(number[16]) % 2 else "2"
    return ResidentId(number, county, born_on, sex, _kind(county), upgraded, warnings)


def _refuse_wrong_form(number: str) -> None:
    if not number:
        raise IdentifierError("empty", "The identity number is missing.")
    if _ROUNDED.fullmatch(number):
        raise IdentifierError(
            "spreadsheet",
            "The identity number was turned into a rounded number by a spreadsheet. "
            "Format the column as text and enter the number again.",
        )
    for place, character in enumerate(number, start=1):
        last_x = character == "X" and place == len(number) == 18
        if not last_x and character not in "0123456789":
            raise IdentifierError(
                "character",
                "Character %(place)s of the identity number is “%(character)s”. "
                "Only digits are allowed, and X in place 18 (GB 11643).",
                place=place,
                character=character,
            )
    if len(number) not in (15, 18):
        raise IdentifierError(
            "length",
            "The identity number has %(length)s characters. It must have 18, or 15 on an old card (GB 11643).",
            length=len(number),
        )


def _birth_date(number: str, on: date) -> date:
    digits = number[6:14]
    try:
        born_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        born_on = None
    if born_on is None or born_on < EARLIEST_BIRTH:
        raise IdentifierError(
            "date",
            "The birth date %(date)s in the identity number is impossible. Compare places 7 to 14 with the card.",
            date=f"{digits[:4]}-{digits[4:6]}-{digits[6:]}",
        )
    if born_on > on:
        raise IdentifierError(
            "future",
            "The birth date %(date)s in the identity number lies in the future. Compare places 7 to 14 with the card.",
            date=f"{digits[:4]}-{digits[4:6]}-{digits[6:]}",
        )
    return born_on


def _refuse_wrong_check(number: str) -> None:
    expected = resident_check_digit(number[:17])
    if number[17] == expected:
        return
    if number.endswith("000"):
        raise IdentifierError(
            "spreadsheet",
            "The identity number ends in 000 and its check digit is wrong: a spreadsheet has probably rounded it. "
            "Format the column as text and enter the number again.",
        )
    raise IdentifierError(
        "check",
        "The check digit of the identity number is %(found)s, but these digits require %(expected)s (GB 11643). "
        "Compare every digit with the card.",
        found=number[17],
        expected=expected,
    )


def _kind(county: str) -> Kind:
    if county == INVENTED_COUNTY:
        return "invented"
    if county[:2] in ("81", "82", "83"):
        return "hk_macao_taiwan"
    return "foreign" if county[0] == "9" else "resident"


def _is_known(county: str, known: Counties) -> bool:
    # A foreign permanent resident's number carries the issuing province and the country instead of a county.
    return county in known or county[0] == "9"


def _unknown_county(county: str) -> Message:
    return Message(
        "The county code %(county)s of the identity number is not in any edition of GB/T 2260. "
        "Compare the first six digits with the card.",
        {"county": county},
    )
