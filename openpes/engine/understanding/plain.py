"""A query as it is looked up: ordinary width, lower case, simplified characters, letter for letter."""

import unicodedata

from openpes.engine.files import rows

_BLANKS = "\t\n\r\x0b\x0c\u3000\u00a0\u200b\u200c\u200d\u2060\ufeff"
# What people type for the marks of the search box.
_MARKS = {"“": '"', "”": '"', "「": '"', "」": '"', "『": '"', "』": '"', "＂": '"', "－": "-", "—": "-", "–": "-",
          "～": "~", "〜": "~", "＋": "+", "−": "-", "‑": "-"}  # fmt: skip


def _table() -> dict[int, str]:
    """Every character that is looked up as another one; always one for one, so that places in the text stay."""
    table: dict[int, str] = {}
    for number in (*range(0x41, 0x5B), *range(0xFF01, 0xFF5F)):
        plain = unicodedata.normalize("NFKC", chr(number)).lower()
        table[number] = plain if len(plain) == 1 else chr(number)
    table |= dict.fromkeys((*range(32), 127, *map(ord, _BLANKS)), " ")
    table |= {ord(mark): plain for mark, plain in _MARKS.items()}
    for row in rows("traditional_characters.csv"):
        table |= {ord(written): row["simplified"] for written in row["traditional"]}
    return table


_TABLE = _table()


def plain_query(text: str) -> str:
    """The text as it is looked up; exactly as long as the text."""
    return text.translate(_TABLE)
