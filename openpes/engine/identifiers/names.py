"""Names of persons as the card prints them."""

import re
import unicodedata
from collections.abc import Sequence

from openpes.engine.identifiers.error import IdentifierError

LONGEST_NAME = 50
# Dots that keyboards and other systems write for the middle dot U+00B7 of minority names.
_DOTS = re.compile(r"\s*[\u00b7\u2022\u2027\u22c5\u2219\u30fb\uff65\uff0e\u16eb\u0387\u25cf\u2024]\s*")
_DOT_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\.(?=[\u3400-\u9fff])")
_SPACES = re.compile(r"[\s\u200b\u200e\u200f\ufeff]+")
_HAN = r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
# Most names: nothing in them is to be normalised or can be wrong.
_PLAIN_HAN = re.compile(rf"[\u3400-\u4dbf\u4e00-\u9ffc]{{2,{LONGEST_NAME}}}")
_SPACE_BY_HAN = re.compile(rf"(?<={_HAN}) | (?={_HAN})")


def normalise_name(text: str) -> str:
    """A name in NFC with U+00B7 between its parts, without spaces beside Chinese characters."""
    name = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    name = _DOT_BETWEEN_HAN.sub("\u00b7", _DOTS.sub("\u00b7", name))
    return _SPACE_BY_HAN.sub("", name)


def names_plain(texts: Sequence[str]) -> list[bool]:
    """Which texts are names that `parse_name` gives back as they are, seen at a glance; it overlooks some."""
    return [_PLAIN_HAN.fullmatch(text) is not None for text in texts]


def parse_name(text: str) -> str:
    """Read the name of a person.

    :raises IdentifierError: codes `empty`, `character`, `length`
    """
    if _PLAIN_HAN.fullmatch(text):
        return text
    name = normalise_name(text)
    if not name:
        raise IdentifierError("empty", "The name is missing.")
    for character in name:
        if unicodedata.category(character)[0] not in "LM" and character not in "\u00b7 -'’.〇":
            raise IdentifierError(
                "character",
                "“%(character)s” cannot stand in a name. Enter the name as it is printed on the card.",
                character=character,
            )
    if not 2 <= len(name) <= LONGEST_NAME:
        raise IdentifierError(
            "length",
            "The name has %(length)s characters. It must have 2 to %(longest)s.",
            length=len(name),
            longest=LONGEST_NAME,
        )
    return name
