"""The pinyin initials under which names are filed."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

LONGEST_INITIALS = 40

# Surnames that are read otherwise than the same character in words; 覃 is Qin in Guangxi.
SURNAME_INITIALS = {
    "覃": "q", "单": "s", "曾": "z", "仇": "q", "区": "o", "解": "x", "查": "z", "盖": "g", "乐": "y", "朴": "p",
    "缪": "m", "冼": "x", "万俟": "mq", "尉迟": "yc", "长孙": "zs", "种": "c", "重": "c", "秘": "b", "召": "s",
    "黑": "h", "繁": "p", "员": "y", "折": "s", "那": "n", "隗": "w", "翟": "z", "宓": "f", "呙": "g", "洗": "x",
}  # fmt: skip


def initials_of(name: str) -> str:
    """The pinyin initials by which a name is found, lower case; characters without a reading are left out."""
    surname = next((name[:n] for n in (2, 1) if name[:n] in SURNAME_INITIALS), "")
    return (SURNAME_INITIALS.get(surname, "") + _read_aloud(name[len(surname) :])).lower()[:LONGEST_INITIALS]


@lru_cache(maxsize=16_384)  # given names repeat, and finding their readings takes longer than sealing a number
def _read_aloud(words: str) -> str:
    if len(words) == 2 and words not in PHRASES_DICT and words.isalpha() and not words.isascii():
        return _one_aloud(words[0]) + _one_aloud(words[1])  # only a phrase is read otherwise than its characters
    return "".join(lazy_pinyin(words, style=Style.FIRST_LETTER, errors=_plain_letters))


@lru_cache(maxsize=8_192)
def _one_aloud(character: str) -> str:
    return "".join(lazy_pinyin(character, style=Style.FIRST_LETTER, errors=_plain_letters))


def _plain_letters(characters: str) -> str:
    return "".join(word[0] for word in characters.split() if word[0].isascii() and word[0].isalpha())
