"""What cells about persons and their work mean: names, telephones, identity numbers, postcodes, occupations."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np

from openpes.engine.identifiers import (
    names_plain,
    parse_name,
    parse_phone,
    parse_resident_id,
    phones_plain,
    resident_ids_valid,
)
from openpes.engine.message import Message
from openpes.engine.occupations import LEVELS, UnknownOccupation, occupations
from openpes.engine.sheets.grid import Cell
from openpes.engine.sheets.parsers import CellRefused, Knowing, Parser, identifier, plain_text

POSTCODE = re.compile(r"\d{6}", re.ASCII)
ID_LENGTH = 18


def resident_id(on: date) -> Parser:
    """Read an identity number as it can be on a day; 15 digits of an old card are upgraded."""

    def same(texts: Sequence[str]) -> list[bool]:
        numbers = np.array([text if len(text) == ID_LENGTH else "" for text in texts], f"U{ID_LENGTH}")
        return [bool(valid) for valid in resident_ids_valid(numbers, on)]

    return Knowing(identifier(lambda typed: parse_resident_id(typed, on).number), same)


def postcode(cell: Cell) -> str:
    """Read a postcode of six digits; Excel drops a leading zero."""
    words = plain_text(cell)
    words = words.zfill(6) if words.isdigit() and isinstance(cell, int | float) else words
    if not POSTCODE.fullmatch(words):
        raise CellRefused("A postcode has six digits, such as 530000.")
    return words


def occupation(cell: Cell) -> str:
    """Read an occupation by its code or its exact name; a near miss is answered with what may be meant."""
    words, tree = plain_text(cell), occupations()
    try:
        found = tree[tree.normalise(words)]
    except UnknownOccupation:
        return _named(words)
    if found.level != LEVELS:
        raise CellRefused(
            "“%(value)s” is a whole class of occupations. Write one occupation of it, such as %(example)s.",
            value=words,
            example=next(o.name for o in tree.search(found.code, limit=1)),
        )
    return found.code


def _named(words: str) -> str:
    near = occupations().search(words, limit=50)
    exact = [o.code for o in near if o.name == words] or [o.code for o in near if words in o.aliases]
    if len(exact) == 1:
        return exact[0]
    if near:
        raise CellRefused(
            "“%(value)s” is no occupation of the classification of 2022. Perhaps one of these is meant: %(names)s.",
            value=words,
            names="、".join(o.name for o in near[:4]),
        )
    raise CellRefused(
        "“%(value)s” is no occupation of the classification of 2022. Write its name or code as in the classification.",
        value=words,
    )


def _name(cell: Cell) -> str:
    return str(_told(parse_name, str(cell)))


def _phone(cell: Cell) -> str:
    return str(_told(parse_phone, plain_text(cell)))


def _told(parse: Callable[[str], Any], typed: str) -> Any:
    try:
        return parse(typed)
    except ValueError as error:
        message = getattr(error, "message", Message(str(error)))
        raise CellRefused(message.text, **message.params) from None


person_name = Knowing(_name, names_plain)
phone_number = Knowing(_phone, phones_plain)
