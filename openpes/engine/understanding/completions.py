"""What somebody who types may want to write: areas, kinds of work and conditions by characters, pinyin or initials."""

from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from pypinyin import lazy_pinyin

from openpes.engine.understanding.kinds import Kind
from openpes.engine.understanding.lexicon import Word, is_chinese, lexicon
from openpes.engine.understanding.plain import plain_query

OFFERED = (Kind.PLACE, Kind.OCCUPATION, Kind.BENEFIT, Kind.TERM, Kind.SKILL)
LONGEST_WORD, LONGEST_PREFIX = 10, 30
_LAST = "\U0010ffff"


class Completion(NamedTuple):
    """A word that begins as typed, what it is, and its codes."""

    text: str
    kind: Kind
    codes: tuple[str, ...]


@lru_cache(maxsize=1)
def _entries() -> tuple[list[str], list[Word]]:
    """Everything under which a word is begun, in order, each beside its word."""
    found = []
    for word in lexicon():
        if word.kind in OFFERED and word.weight and 1 < len(word.text) <= LONGEST_WORD and is_chinese(word.text):
            syllables = lazy_pinyin(word.text)
            heard = {"".join(syllables), "".join(syllable[0] for syllable in syllables)}
            found += [(key, word) for key in {word.text, *heard}]
    found.sort(key=lambda entry: (entry[0], entry[1].text))
    return [key for key, _word in found], [word for _key, word in found]


def completions(typed: str, limit: int = 8) -> list[Completion]:
    """The words that begin with what was typed, the most advertised first; shorter before longer ones."""
    prefix = plain_query(typed).strip()[:LONGEST_PREFIX]
    if not prefix:
        return []
    keys, words = _entries()
    first, last = bisect_left(keys, prefix), bisect_left(keys, prefix + _LAST)
    ranked = sorted({word.text: word for word in words[first:last]}.values(), key=_rank)
    # Of conditions one word for each is enough; names of work differ in what they find.
    once = {word.text if word.kind == Kind.OCCUPATION else word.codes: word for word in reversed(ranked)}
    kept = sorted(once.values(), key=_rank)[:limit]
    return [Completion(word.text, Kind(word.kind), word.codes) for word in kept]


def _rank(word: Word) -> tuple[int, int, str]:
    return (-word.weight, len(word.text), word.text)
