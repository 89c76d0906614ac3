"""The pieces of a query: every word, amount and name that may stand somewhere, and the best way to cover the text."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from openpes.engine.understanding.amounts import Amount, amounts
from openpes.engine.understanding.automaton import Automaton
from openpes.engine.understanding.corrections import Guess, corrections
from openpes.engine.understanding.kinds import Kind
from openpes.engine.understanding.lexicon import FILLER, PRODUCT, THING, Word, lexicon
from openpes.engine.understanding.organisations import may_name_employer, organisations

_UNKNOWN = -20  # what a letter costs that no word covers
_ROAD = re.compile(
    r"(?:东|西|南|北|中)?(?:路(?!桥)|大道|大街|街(?!道)|巷|广场|公园|大厦|花园|小区|水库|大桥|火车站|站|市场|商圈|万达|吾悦)"
)
_SHOP = re.compile(r"(?:店|馆|厂|餐厅|公司)")
_DISH = re.compile(r"(?:菜|烤鸭|口味|料理|话)")
_QUOTED = re.compile(r'"([^"]{1,100})"')
_LATIN = re.compile(r"[a-z][a-z0-9+#.']*(?: [a-z][a-z']*)*")
_RUN = re.compile(r"[\u3400-\u9fff]+")
_ENDED = re.compile(r"[区县市镇乡村]$|街道$|社区$|开发区$")
_AREAS = (Kind.PLACE, Kind.PROVINCE)
LONGEST_CORRECTED, MOST_CORRECTED = 6, 40


class Piece(NamedTuple):
    """Something that may stand at a place of the text: a word, an amount, a name, a phrase."""

    start: int
    end: int
    score: int
    kind: str
    word: Word | None = None
    amount: Amount | None = None
    certainty: int = 95
    others: tuple[str, ...] = ()
    corrected: bool = False


class _Known(NamedTuple):
    words: tuple[Word, ...]
    automaton: Automaton
    plain: tuple[int, ...]  # by number: what a word that means what it says is worth; 0 where that has to be looked at
    generic: frozenset[str]


Offered = dict[int, list[tuple[int, int, "int | Piece"]]]  # by start: end, score, number of a word or a piece


@lru_cache(maxsize=1)
def known() -> _Known:
    """The lexicon and its automaton; built once in a process."""
    words = lexicon()
    generic = frozenset(word.text for word in words if word.kind == Kind.INDUSTRY)
    plain = tuple(0 if _is_looked_at(word) else _worth(0, len(word.text)) - 5 * (word.kind == FILLER) for word in words)
    return _Known(words, Automaton((word.text, number) for number, word in enumerate(words)), plain, generic)


def _is_looked_at(word: Word) -> bool:
    """Whether a word means something else beside certain letters."""
    if word.text[0].isascii() or word.text[-1].isascii() or word.kind == PRODUCT:
        return True
    if word.kind in _AREAS:
        return not _ENDED.search(word.text)
    return word.kind == Kind.IGNORED and len(word.text) == 1


def pieces(plain: str) -> list[Piece]:
    """The pieces that cover a query best, from the left: longest words, fewest letters left over.

    What is left over is then tried as pinyin and as a word with one wrong character, and the text covered again.
    """
    offered = _offered(plain)
    chosen, bare = _cover(plain, offered)
    if bare and _mend(plain, offered, bare):
        chosen, _bare = _cover(plain, offered)
    words = known().words
    return [piece if type(piece) is Piece else _of_word(piece, words) for piece in chosen]


def _of_word(found: tuple[int, int, int], words: tuple[Word, ...]) -> Piece:
    start, end, number = found
    word = words[number]
    return Piece(start, end, 0, word.kind, word, None, word.certainty)


def _worth(start: int, end: int) -> int:
    return 10 * (end - start) * (end - start)


def _offer(offered: Offered, piece: Piece) -> None:
    offered.setdefault(piece.start, []).append((piece.end, piece.score, piece))


def _offered(plain: str) -> Offered:
    words, automaton, worths, generic = known()
    offered: Offered = {}
    found = automaton.words_in(plain)
    for start, end, number in found:
        worth = worths[number]
        if worth:
            offered.setdefault(start, []).append((end, worth, number))
        elif _may_stand(plain, start, end, words[number]):
            _offer(offered, _told(plain, start, end, words[number]))
    for amount in amounts(plain):
        worth = _worth(amount.start, amount.end) + 50
        _offer(offered, Piece(amount.start, amount.end, worth, amount.kind, None, amount, amount.certainty))
    if '"' in plain:
        for hit in _QUOTED.finditer(plain):
            _offer(offered, Piece(hit.start(), hit.end(), 10**7, Kind.PHRASE))
    if not may_name_employer(plain):
        return offered
    areas = {start: end for start, end, number in found if words[number].kind in _AREAS}
    for start, end in organisations(plain, areas, generic):
        _offer(offered, Piece(start, end, _worth(start, end) + 10, Kind.EMPLOYER, certainty=85))
    return offered


def _may_stand(plain: str, start: int, end: int, word: Word) -> bool:
    """Latin words stand between letters that are not Latin; 男 and 女 alone stand at the end of their run."""
    if word.text[0].isascii() and start and plain[start - 1].isascii() and plain[start - 1].isalnum():
        return False
    following = plain[end : end + 1]
    if word.text[-1].isascii() and following.isascii() and following.isalnum():
        return False
    return not (word.kind == Kind.IGNORED and end - start == 1 and _RUN.match(following))


def _told(plain: str, start: int, end: int, word: Word) -> Piece:
    """A word as a piece; the name of a road, a park or a dish is not the area or province that it begins with."""
    worth = _worth(start, end)
    if word.kind in _AREAS and not _ENDED.search(word.text):
        beyond = _ROAD.match(plain, end) or (_DISH.match(plain, end) if word.kind == Kind.PROVINCE else None)
        if beyond:
            return Piece(start, beyond.end(), _worth(start, beyond.end()), THING, word)
    shop = _SHOP.match(plain, end) if word.kind == PRODUCT else None
    if shop:
        return Piece(start, shop.end(), _worth(start, shop.end()), Kind.EMPLOYER, certainty=80)
    return Piece(start, end, worth - 5 if word.kind == FILLER else worth, word.kind, word, None, word.certainty)


def _cover(plain: str, offered: Offered) -> tuple[list[Any], list[int]]:
    """The choice of pieces with the highest worth, and the places that none of them covers."""
    size = len(plain)
    best = [0] * (size + 1)
    pick: list[Any] = [None] * size
    get = offered.get
    for at in range(size - 1, -1, -1):
        score = best[at + 1] + (_UNKNOWN if plain[at].isalnum() else 0)
        for piece in get(at, ()):
            with_it = best[piece[0]] + piece[1]
            if with_it >= score:
                score, pick[at] = with_it, piece
        best[at] = score
    chosen, bare, at = [], [], 0
    while at < size:
        picked = pick[at]
        if picked is not None:
            thing = picked[2]
            chosen.append(thing if type(thing) is Piece else (at, picked[0], thing))
            at = picked[0]
        else:
            if plain[at].isalnum():
                bare.append(at)
            at += 1
    return chosen, bare


def _mend(plain: str, offered: Offered, bare: Sequence[int]) -> bool:
    """Offer corrections for what no word covers; whether there were any."""
    found = False
    uncovered = set(bare)
    for hit in _LATIN.finditer(plain):
        if hit.start() in uncovered or hit.end() - 1 in uncovered:
            found |= _mend_letters(plain, hit.start(), hit.end(), offered, uncovered)
    for start, end in _windows(plain, bare[:MOST_CORRECTED]):
        guess = corrections().of_characters(plain[start:end])
        if guess and (end - start > 2 or _alone(plain, start, end, uncovered)):
            _offer(offered, _guessed(start, end, guess, _worth(start, end) - 15 * (end - start)))
            found = True
    return found


def _windows(plain: str, bare: Sequence[int]) -> list[tuple[int, int]]:
    """Every stretch of two to six Chinese characters with a bare place in it."""
    spans: set[tuple[int, int]] = set()
    for hit in _RUN.finditer(plain):
        begin, finish = hit.span()
        for at in bare:
            if begin <= at < finish:
                spans.update(
                    (start, end)
                    for start in range(max(begin, at - LONGEST_CORRECTED + 1), at + 1)
                    for end in range(max(at + 1, start + 2), min(finish, start + LONGEST_CORRECTED) + 1)
                )
    return sorted(spans)


def _alone(plain: str, start: int, end: int, uncovered: set[int]) -> bool:
    """Two characters are corrected only where they stand for themselves: nothing unknown beside them."""
    return start - 1 not in uncovered and end not in uncovered


def _mend_letters(plain: str, start: int, end: int, offered: Offered, uncovered: set[int]) -> bool:
    """Latin words as pinyin: up to four of them together, the longest first."""
    starts = [start] + [at + 1 for at in range(start, end) if plain[at] == " "]
    ends = [at for at in range(start, end) if plain[at] == " "] + [end]
    found = False
    for first, begin in enumerate(starts):
        for finish in ends[first : first + 4]:
            if begin not in uncovered:
                continue
            guess = corrections().of_letters(plain[begin:finish])
            if guess:
                _offer(offered, _guessed(begin, finish, guess, _worth(begin, finish) - 5))
                found = True
    return found


def _guessed(start: int, end: int, guess: Guess, score: int) -> Piece:
    number, certainty, rivals = guess
    words = known().words
    word = words[number]
    others = tuple(dict.fromkeys(words[rival].text for rival in rivals if words[rival].codes != word.codes))
    return Piece(start, end, score, word.kind, word, None, certainty, others, corrected=True)
