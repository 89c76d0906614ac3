"""Texts of a search as the terms by which rows are found."""

import unicodedata

from openpes.engine.words import plain_text, wanted_terms, words

UPPER, LOWER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
_SMALL = str.maketrans(UPPER, LOWER)


def folded(title: str) -> str:
    """A title in which phrases are looked for: ordinary width, Latin letters small; a database can do the same."""
    return unicodedata.normalize("NFKC", title).translate(_SMALL)


def cut(text: str) -> tuple[str, ...]:
    """The terms that all must be in a row for a text, in one order."""
    return tuple(sorted(wanted_terms(text)))


def beginning(text: str) -> str:
    """What a term has to begin with: the last word of the text; empty when it has none."""
    found = words(plain_text(text))
    return found[-1] if found else ""
