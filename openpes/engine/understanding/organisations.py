"""Names of employers in a query: an area or a legal form with a name of its own in between."""

import re
from collections.abc import Iterator, Mapping

_LETTER = r"[\u4e00-\u9fff]"
_ENDINGS = (
    r"(?:有限责任公司|股份有限公司|有限公司|股份公司|公司|集团|人民医院|医院|保健院|卫生院|学校|大学|学院|中学|小学|幼儿园|"
    r"银行|研究院|研究所|设计院|合作社)"
)
_HINT = re.compile(r"公司|集团|[院校园行所社中小]|学|职")
_LEGAL = re.compile(rf"({_LETTER}{{2,20}}?)(?:有限责任公司|股份有限公司|有限公司|股份公司|集团公司|集团)")
_TAIL = re.compile(rf"({_LETTER}{{1,14}}?){_ENDINGS}(?:(?:第[一二三四五六]|附属|实验){_LETTER}{{0,6}}?{_ENDINGS})?")
_NUMBERED = re.compile(
    r"第?[一二三四五六七八九十]{1,3}(?:职业技术学校|职校|职中|中(?![学班])|小(?!学|时)|幼(?!儿)|医院)"
)
_SCHOOL = re.compile(r"(?:高中|职中|职校|中职|技校)(?![\u4e00-\u9fff])")
# Words that stand between an area and a kind of workplace without making it a name.
_NO_NAME = re.compile(r"[的找招在有去想和或做与]|附近|周边|工作|上班|哪")


def may_name_employer(plain: str) -> bool:
    """Whether a query holds a word with which names of employers end."""
    return _HINT.search(plain) is not None


def organisations(plain: str, areas: Mapping[int, int], generic: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where names of employers stand in a query, from and to.

    `areas` tells for a place of the text where the name of an area that begins there ends; `generic` are kinds of
    workplaces, which are no names (学校, 电子厂).
    """
    last = 0
    for start in sorted(areas):
        if start < last:
            continue
        bare = _after(start, areas)
        hit = _NUMBERED.match(plain, bare) or _SCHOOL.match(plain, bare) or _named(plain, bare, generic)
        if hit:
            last = hit.end()
            yield start, last
    for hit in _LEGAL.finditer(plain):
        if hit.start() >= last and hit[0] not in generic and not _NO_NAME.search(hit[1]):
            yield hit.start(), hit.end()


def _named(plain: str, bare: int, generic: frozenset[str]) -> re.Match[str] | None:
    hit = _TAIL.match(plain, bare)
    return None if hit is None or hit[0] in generic or _NO_NAME.search(hit[1]) else hit


def _after(start: int, areas: Mapping[int, int]) -> int:
    """The end of a chain of areas that stand side by side: 南宁市邕宁区."""
    at = start
    while areas.get(at, 0) > at:
        at = areas[at]
    return at
