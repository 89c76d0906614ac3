"""Unified social credit codes (GB 32100) with the organisation code inside (GB 11714)."""

from dataclasses import dataclass

from openpes.engine.identifiers.error import IdentifierError
from openpes.engine.identifiers.resident import normalise_id

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class CreditCode:
    """What a credit code says about its holder: who registered it, where, and its organisation code."""

    number: str
    registrar: str
    county: str
    organisation: str


def credit_check_digit(first_17: str) -> str:
    """The 18th character that belongs to 17 characters (GB 32100, mod 31)."""
    return ALPHABET[-sum(w * ALPHABET.index(c) for w, c in zip(WEIGHTS, first_17, strict=True)) % 31]


def organisation_check_digit(first_8: str) -> str:
    """The 9th character of an organisation code (GB 11714, mod 11; letters count from A = 10)."""
    rest = -sum(w * int(c, 36) for w, c in zip(ORGANISATION_WEIGHTS, first_8, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def compose_credit_code(registrar: str, county: str, organisation_8: str) -> str:
    """The credit code of a registrar (two characters, 91 for enterprises), a county and eight characters."""
    first_17 = registrar + county + organisation_8 + organisation_check_digit(organisation_8)
    return first_17 + credit_check_digit(first_17)


def parse_credit_code(text: str) -> CreditCode:
    """Read a unified social credit code.

    :raises IdentifierError: codes `empty`, `character`, `length`, `check`, `organisation`
    """
    number = normalise_id(text)
    _refuse_wrong_form(number)
    expected = credit_check_digit(number[:17])
    if number[17] != expected:
        raise IdentifierError(
            "check",
            "The check character of the credit code is %(found)s, but these characters require %(expected)s "
            "(GB 32100). Compare every character with the licence.",
            found=number[17],
            expected=expected,
        )
    organisation = number[8:17]
    expected = organisation_check_digit(organisation[:8])
    if organisation[8] != expected:
        raise IdentifierError(
            "organisation",
            "The organisation code %(organisation)s inside the credit code must end in %(expected)s (GB 11714). "
            "Compare places 9 to 17 with the licence.",
            organisation=organisation,
            expected=expected,
        )
    return CreditCode(number, number[:2], number[2:8], organisation)


def parse_organisation_code(text: str) -> str:
    """Read an organisation code of nine characters (GB 11714), with or without the dash before the last.

    :raises IdentifierError: codes `character`, `length`, `check`
    """
    number = normalise_id(text).replace("-", "")
    if len(number) != 9:
        raise IdentifierError(
            "length",
            "The organisation code has %(length)s characters. It must have 9 (GB 11714).",
            length=len(number),
        )
    for place, character in enumerate(number, start=1):
        if not (character.isascii() and character.isalnum()):
            raise IdentifierError(
                "character",
                "Character %(place)s of the organisation code is “%(character)s”, which cannot stand there (GB 11714).",
                place=place,
                character=character,
            )
    expected = organisation_check_digit(number[:8])
    if number[8] != expected:
        raise IdentifierError(
            "check",
            "The check character of the organisation code is %(found)s, but these characters require %(expected)s "
            "(GB 11714). Compare every character with the certificate.",
            found=number[8],
            expected=expected,
        )
    return number


def parse_employer_code(text: str) -> str:
    """The code under which an employer is registered: its credit code, or the organisation code that came before.

    :raises IdentifierError: as `parse_credit_code`, or as `parse_organisation_code` for nine characters
    """
    if len(normalise_id(text).replace("-", "")) == 9:
        return parse_organisation_code(text)
    return parse_credit_code(text).number


def organisation_of(code: str) -> str:
    """The organisation code of an employer that is registered under this code, of 18 characters or nine."""
    return code[-10:][:9]


def _refuse_wrong_form(number: str) -> None:
    if not number:
        raise IdentifierError("empty", "The unified social credit code is missing.")
    for place, character in enumerate(number, start=1):
        if character not in ALPHABET or (3 <= place <= 8 and character not in "0123456789"):
            raise IdentifierError(
                "character",
                "Character %(place)s of the credit code is “%(character)s”, which cannot stand there. "
                "The letters I, O, S, V and Z are not used, and places 3 to 8 are digits (GB 32100).",
                place=place,
                character=character,
            )
    if len(number) != 18:
        raise IdentifierError(
            "length",
            "The credit code has %(length)s characters. It must have 18 (GB 32100).",
            length=len(number),
        )
