"""Reads a query of the search box: its pieces become concepts with a sign, a certainty and their place in the text."""

import re

from openpes.engine.understanding.kinds import LONGEST_QUERY, Concept, Kind, Reading, Sign
from openpes.engine.understanding.lexicon import FILLER, PRODUCT, SIGN, THING
from openpes.engine.understanding.pieces import Piece, pieces
from openpes.engine.understanding.plain import plain_query

_SIGNS = {"-": Sign.WITHOUT, "!": Sign.WITHOUT, "+": Sign.MUST, "~": Sign.NICE}
_WORD_SIGNS = {"without": Sign.WITHOUT, "nice": Sign.NICE, "must": Sign.MUST}
_HEAVIEST = 3
_UPWARDS = re.compile(r"(?:生)?(?:学历|文凭|文化程度|文化|毕业生|毕业)?(?:及其?以上|或以上|以上|起)(?:学历|文凭)?")
_SCHOOLING = re.compile(r"(?:学历|文凭|文化程度|文化|毕业生|毕业|专业|生(?![产活物鲜]))?")
_SUBJECT = re.compile(r"[语数英物化生政史地体音美]|老师|教师|部|晚托|家教|班主任")
_BARE_SCHOOLS = frozenset({"小学", "初中", "高中"})
_LIST = frozenset("、和或及/")
_REST = re.compile(r"[\u3400-\u9fff]{2,}|[a-z0-9][a-z0-9+#.]*")
# Letters that fill a sentence when they stand alone, but as often begin or end a word that is not known.
_STICKY = frozenset("会有能月里内等及给当干活需急求证岗类对或和与份个一")
_LOOKING_ROUND = (Kind.PLACE, Kind.EDUCATION, Kind.NEAR)
_PLAIN = (THING, PRODUCT, Kind.WORD)
_NEAR = frozenset(["附近", "周边", "周围", "一带", "旁边", "离家近", "家附近", "靠近", "near"])
_PEOPLE = frozenset(["工人", "人员", "技工", "师傅", "学徒", "小工"])


def read_query(text: str) -> Reading:
    """What a query asks for. Any text is answered, none raises; beyond 2,000 characters nothing is read.

    The rules: quoted words are a phrase and are not read; the longest words win that leave the fewest letters over;
    what is left over is tried as pinyin and with one character changed; a name of an employer swallows the areas and
    kinds of work in it; the other places of a query decide between areas of one name.
    """
    text = text[:LONGEST_QUERY]
    plain = plain_query(text)
    concepts = _signed(plain, _with_rest(plain, pieces(plain)))
    return Reading(text, tuple(_agreed(concepts)))


def _with_rest(plain: str, found: list[Piece]) -> list[Piece]:
    """The pieces and, as plain words, what none of them covers, in the order of the text."""
    kept = [piece for piece in found if piece.kind != FILLER or not _belongs_to_unknown(plain, piece, found)]
    whole: list[Piece] = []
    at = 0
    for piece in kept:
        if piece.start > at:
            whole += _rest(plain, at, piece.start)
        whole.append(piece)
        at = piece.end
    return whole + _rest(plain, at, len(plain)) if at < len(plain) else whole


def _belongs_to_unknown(plain: str, piece: Piece, found: list[Piece]) -> bool:
    """会 in 会展 is no word of its own: a filling letter with unknown letters beside it is part of theirs."""
    if piece.end - piece.start > 1 or plain[piece.start] not in _STICKY:
        return False
    starts, ends = {one.start for one in found}, {one.end for one in found}
    before, after = plain[piece.start - 1 : piece.start], plain[piece.end : piece.end + 1]
    return (before.isalpha() and piece.start not in ends) or (after.isalpha() and piece.end not in starts)


def _rest(plain: str, start: int, end: int) -> list[Piece]:
    return [Piece(hit.start(), hit.end(), 0, Kind.WORD) for hit in _REST.finditer(plain, start, end)]


def _signed(plain: str, found: list[Piece]) -> list[Concept]:
    """The pieces as concepts, each with the sign that stands before it or, for 优先, behind it."""
    made: list[Concept] = []
    pending = Sign.MUST
    for piece in found:
        if made and piece.start < made[-1].end:
            continue  # what an education has taken along: 以上学历
        if piece.kind == SIGN:
            sign = _WORD_SIGNS[piece.word.codes[0]]  # type: ignore[union-attr]
            if sign == Sign.NICE and made and made[-1].end == piece.start:
                made[-1] = made[-1]._replace(sign=sign)
            else:
                pending = sign
            continue
        if piece.kind == FILLER and plain[piece.start : piece.end] not in _NEAR:
            continue
        concept = _concept(plain, piece)
        if concept.name in _PEOPLE and made and made[-1].kind == Kind.OCCUPATION and made[-1].end == concept.start:
            made[-1] = made[-1]._replace(end=concept.end)  # 环卫 工人 is one kind of work
            continue
        if piece.start and plain[piece.start - 1] in _SIGNS:
            concept = _marked(plain, concept)
        elif pending:
            concept = concept._replace(sign=pending)
        made.append(concept)
        if plain[concept.end : concept.end + 1] not in _LIST or concept.end >= len(plain):
            pending = Sign.MUST
    return made


def _marked(plain: str, concept: Concept) -> Concept:
    """A concept behind + - or ~, where the mark begins a word; more of them weigh more."""
    at = concept.start
    while at and plain[at - 1] == plain[concept.start - 1] and concept.start - at < _HEAVIEST:
        at -= 1
    if at and plain[at - 1].isalnum():
        return concept
    return concept._replace(sign=_SIGNS[plain[at]], weight=concept.start - at)


def _concept(plain: str, piece: Piece) -> Concept:
    kind, start, end, word = piece.kind, piece.start, piece.end, piece.word
    if piece.amount is not None:
        _kind, _start, _end, low, high, unit, certainty = piece.amount
        return Concept(Kind(kind), start, end, (unit,) if kind == Kind.IGNORED else (), certainty=certainty, low=low,
                       high=high, unit=unit)  # fmt: skip
    if kind == Kind.PHRASE:
        return Concept(Kind.PHRASE, start, end, name=plain[start + 1 : end - 1].strip())
    if kind == FILLER:
        return Concept(Kind.NEAR, start, end, name="near", certainty=70, unit="km")
    if word is None or kind in _PLAIN:
        kind = Kind.WORD if kind in _PLAIN else Kind(kind)
        return Concept(kind, start, end, name=plain[start:end], certainty=piece.certainty)
    said = word.text if piece.corrected else ""
    concept = Concept(
        Kind(kind), start, end, word.codes, word.text, Sign.MUST, 1, piece.certainty, 0, 0, "", said, piece.others
    )
    if kind == Kind.EDUCATION:
        return _schooling(plain, concept)
    if kind == Kind.EXPERIENCE:
        return concept._replace(low=0, unit="years")
    return concept._replace(low=int(word.codes[0]), unit="days") if kind == Kind.NEWEST else concept


def _schooling(plain: str, concept: Concept) -> Concept:
    """An education with what follows it: 大专以上学历 is junior college or more, 初中数学 is a subject of a school."""
    end = concept.end
    upwards = _UPWARDS.match(plain, end)
    if upwards and concept.codes != ("none",):
        return concept._replace(end=upwards.end(), unit="up")
    if concept.name in _BARE_SCHOOLS and _SUBJECT.match(plain, end):
        return concept._replace(kind=Kind.WORD, codes=(), name=plain[concept.start : end])
    told = _SCHOOLING.match(plain, end)
    return concept._replace(end=told.end() if told else end)


def _agreed(concepts: list[Concept]) -> list[Concept]:
    """The concepts after they have looked at each other: areas of one name, schools beside teachers, distances."""
    if not any(one.kind in _LOOKING_ROUND for one in concepts):
        return concepts
    places = [code for one in concepts if one.kind == Kind.PLACE for code in one.codes]
    teaching = any(one.codes and one.codes[0].startswith(("2-08", "teaching")) for one in concepts)
    agreed = []
    for one in concepts:
        if one.kind == Kind.PLACE and len(one.codes) > 1:
            one = one._replace(codes=_settled(one.codes, places))
        elif teaching and one.kind == Kind.EDUCATION and one.name in _BARE_SCHOOLS and one.end - one.start == 2:
            one = one._replace(kind=Kind.WORD, codes=())
        elif one.kind == Kind.NEAR and not one.low and any(o.kind == Kind.NEAR and o.low for o in concepts):
            continue
        agreed.append(one)
    return agreed


def _settled(codes: tuple[str, ...], places: list[str]) -> tuple[str, ...]:
    inside = [
        code
        for code in codes
        if any(code != other and code.startswith(other) for other in places if other not in codes)
    ]
    if inside:
        return (inside[0],) if len(inside) == 1 else tuple(inside)
    highest = min(map(len, codes))
    return tuple(code for code in codes if len(code) == highest)
