"""Chinese text as plain index terms: its words, and the two-character pieces that substring search needs."""

import re
import unicodedata
from functools import lru_cache

import rjieba
from pypinyin import Style, lazy_pinyin

LONGEST_TERM = 40
_SPEAKING = re.compile(r"[0-9a-z+#.]+|[\u3400-\u9fff\U00020000-\U0003ffff]+")


def plain_text(text: str) -> str:
    """Lower-case text in ordinary width (NFKC), as it is indexed and as it is looked up."""
    return unicodedata.normalize("NFKC", text).lower()


@lru_cache(maxsize=50_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in their order, without punctuation; every word as often as it occurs."""
    found = (word.strip() for word in rjieba.cut_for_search(plain_text(text)))
    return tuple(word[:LONGEST_TERM] for word in found if _SPEAKING.search(word))


def bigrams(text: str) -> tuple[str, ...]:
    """Every pair of neighbouring Chinese characters, so that a part of a title is found as well as its words."""
    runs = (run for run in _SPEAKING.findall(plain_text(text)) if not run[0].isascii())
    return tuple(run[at : at + 2] for run in runs for at in range(len(run) - 1))


def title_terms(title: str) -> frozenset[str]:
    """The index terms of a title: words, pairs and single characters together, since words alone lose recall.

    Whatever `wanted_terms` makes of a piece of the title is among them, as long as no Latin word or number is cut.
    """
    runs = _SPEAKING.findall(plain_text(title))
    single = {letter for run in runs if not run[0].isascii() for letter in run}
    latin = {word for run in runs if run[0].isascii() for word in words(run)}
    return frozenset(words(title)) | frozenset(bigrams(title)) | single | latin


def wanted_terms(text: str) -> frozenset[str]:
    """The terms that all must be in a row for a search text: bigrams of Chinese runs, words of everything else."""
    pairs = frozenset(bigrams(text))
    rest = [run for run in _SPEAKING.findall(plain_text(text)) if run[0].isascii() or len(run) == 1]
    return pairs | frozenset(word for run in rest for word in words(run))


@lru_cache(maxsize=5_000)
def sounds(text: str) -> tuple[str, str]:
    """The pinyin of a text without tones and its initials, both lower case and without blanks: (chache, cc)."""
    plain = re.sub(r"\s+", "", plain_text(text))
    full = lazy_pinyin(plain, style=Style.NORMAL)
    return "".join(full), "".join(lazy_pinyin(plain, style=Style.FIRST_LETTER))


def search_line(*names: str) -> str:
    """Everything under which a named thing is found by typing: its names in every language, pinyin, initials."""
    heard = [sound for name in names if not name.isascii() for sound in sounds(name)]
    return " ".join(dict.fromkeys(plain_text(part) for part in (*names, *heard) if part))
