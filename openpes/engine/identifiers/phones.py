"""Telephone numbers of the mainland: mobile, landline, service lines."""

import re
import unicodedata
from collections.abc import Sequence

from openpes.engine.identifiers.error import IdentifierError

_BETWEEN = re.compile(r"[\s\u200b\u200e\u200f\ufeff\-\u2010-\u2015\u2212()]+")
_COUNTRY = re.compile(r"^(\+|00)86")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[1-9][0-9]{1,2}[2-9][0-9]{6,7}")
_SERVICE_LINE = re.compile(r"[48]00[0-9]{7}|1?[1-9][0-9]{4}")


def normalise_phone(text: str) -> str:
    """Half-width digits without the country code, spaces, hyphens and brackets."""
    return _COUNTRY.sub("", _BETWEEN.sub("", unicodedata.normalize("NFKC", text)))


def parse_mobile(text: str) -> str:
    """Read a mobile number: 11 digits that begin with 13 to 19.

    :raises IdentifierError: codes `empty`, `character`, `length`, `prefix`
    """
    number = _digits(text)
    if len(number) != 11:
        raise IdentifierError("length", "The mobile number has %(length)s digits. It must have 11.", length=len(number))
    if not _MOBILE.fullmatch(number):
        raise IdentifierError(
            "prefix",
            "A mobile number begins with 13 to 19, not with %(prefix)s. Compare the first digits.",
            prefix=number[:2],
        )
    return number


def phones_plain(texts: Sequence[str]) -> list[bool]:
    """Which texts are mobile numbers that `parse_phone` gives back as they are, seen at a glance."""
    return [_MOBILE.fullmatch(text) is not None for text in texts]


def parse_phone(text: str) -> str:
    """Read a mobile number, a landline with its area code, or a service line.

    :raises IdentifierError: codes `empty`, `character`, `form`
    """
    if _MOBILE.fullmatch(text):
        return text
    number = _digits(text)
    if not any(form.fullmatch(number) for form in (_MOBILE, _LANDLINE, _SERVICE_LINE)):
        raise IdentifierError(
            "form",
            "“%(number)s” is neither a mobile number (11 digits) nor a landline with its area code "
            "(for Nanning 0771 and seven digits).",
            number=number,
        )
    return number


def _digits(text: str) -> str:
    number = normalise_phone(text)
    if not number:
        raise IdentifierError("empty", "The telephone number is missing.")
    for character in number:
        if character not in "0123456789":
            raise IdentifierError(
                "character",
                "“%(character)s” cannot stand in a telephone number. Enter one number, digits only.",
                character=character,
            )
    return number
