"""The words that the search box knows, from the area tree, the classification, titles, and `query_words.csv`."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from openpes.engine.areas import areas
from openpes.engine.files import rows
from openpes.engine.occupations import occupations
from openpes.engine.understanding.kinds import Kind
from openpes.engine.understanding.plain import plain_query

# What a word does that is no concept by itself.
FILLER, SIGN, THING, PRODUCT = "filler", "sign", "thing", "product"
_CONCEPTS = {
    "benefit": Kind.BENEFIT, "condition": Kind.CONDITION, "term": Kind.TERM, "education": Kind.EDUCATION,
    "experience": Kind.EXPERIENCE, "group": Kind.GROUP, "ignored": Kind.IGNORED, "employer": Kind.EMPLOYER_TYPE,
    "industry": Kind.INDUSTRY, "skill": Kind.SKILL, "newest": Kind.NEWEST, "occupation": Kind.OCCUPATION,
    "province": Kind.PROVINCE, "place": Kind.PLACE, "name": Kind.EMPLOYER,
}  # fmt: skip
# Short names of towns that mean something else more often: they need their ending or a place beside them.
_NOT_ALONE = frozenset({
    "太平", "大桥", "新桥", "中华", "中和", "三里", "永州", "江西", "延安", "明亮", "百合", "新江", "新福",
    "平马", "南乡", "武陵", "两江", "长塘",
})  # fmt: skip
_TOWN_ENDINGS = re.compile(r"(瑶族乡|街道|镇|乡)$")
_COUNTY_ENDINGS = re.compile(r"[区县市]$")
_VILLAGE_ENDINGS = re.compile(r"(社区)?(居委会|居民委员会|村委会|村民委员会)$")
_NO_KIND_OF_WORK = re.compile(r"^其他|不便分类|从业人员$|^专业技术人员$|有关人员$|^企业经理$")
_PARTS = re.compile(r"[/（）()]")
_RANKS = frozenset({
    "经理", "主管", "总监", "助理", "专员", "主任", "顾问", "学徒", "工程师", "副总监", "经纪人", "总裁",
    "管理员", "分析", "数据", "项目", "运营", "平台", "管理", "社区", "活动", "内容",
})  # fmt: skip
_CHINESE = re.compile(r"^[\u3400-\u9fff]+$")
LONGEST_TITLE = 12
_ASKED = (Kind.BENEFIT, Kind.TERM, Kind.EDUCATION, Kind.CONDITION, Kind.PLACE)
_COMMON, _LISTED = 5, 3  # conditions are asked for as often as a frequent title; work listed by hand is not rare


class Word(NamedTuple):
    """A word with what it means; `weight` says how often people advertise it, for choosing between two."""

    text: str
    kind: str
    codes: tuple[str, ...]
    certainty: int
    weight: int = 0


@lru_cache(maxsize=1)
def lexicon() -> tuple[Word, ...]:
    """Every word once. Where two sources give the same word, the one that is asked first stands."""
    found: dict[str, Word] = {}
    for source in (_listed, _places, _official_names, _titles, _skills, _villages):
        for word in source():
            found.setdefault(word.text, word)
    return tuple(found.values())


def _listed() -> Iterator[Word]:
    often = title_counts()
    for row in rows("query_words.csv"):
        kind = _CONCEPTS.get(row["kind"], row["kind"])
        codes = tuple(row["code"].split("+")) if row["code"] else ()
        for text in row["words"].split("|"):
            weight = often[text] + (_COMMON if kind in _ASKED else _LISTED if kind == Kind.OCCUPATION else 1)
            yield Word(plain_query(text), kind, codes, 95, weight)


def _places() -> Iterator[Word]:
    """Counties and towns by every name that they have or had, with and without the ending."""
    tree = areas()
    named: dict[str, list[str]] = defaultdict(list)
    for area in (*tree.all("county"), *tree.all("town")):
        for name in dict.fromkeys((area.name, *(term.name for term in tree.terms(area.path)))):
            short = (_COUNTY_ENDINGS if area.level == "county" else _TOWN_ENDINGS).sub("", name)
            for text in {name, short} - _NOT_ALONE:
                if len(text) > 1 and area.path not in named[text]:
                    named[text].append(area.path)
    for row in rows("area_names_en.csv"):
        name = plain_query(row["name"])
        for text in {name, name.split(" ")[0]}:
            named[text].append(row["path"])
    for text, paths in named.items():
        # A county goes before a town of the same short name; the reading asks the other places of the query.
        yield Word(text, Kind.PLACE, tuple(sorted(paths, key=len)), 95 if _ends(text) else 85, 9)


def _ends(text: str) -> bool:
    return bool(_TOWN_ENDINGS.search(text) or _COUNTY_ENDINGS.search(text))


def _villages() -> Iterator[Word]:
    """Communities and villages with their ending; bare, their names mean too many things."""
    named: dict[str, list[str]] = defaultdict(list)
    for area in areas().all("village"):
        bare = _VILLAGE_ENDINGS.sub("", area.name)
        for text in {area.name, bare + ("社区" if "居" in area.name else "村")}:
            if len(bare) > 1:
                named[text].append(area.path)
    for text, paths in named.items():
        yield Word(text, Kind.PLACE, tuple(paths), 80)


def _official_names() -> Iterator[Word]:
    """Names of the classification and its other names, the single occupations before the groups."""
    often = title_counts()
    codes: dict[str, list[str]] = defaultdict(list)
    for occupation in sorted(occupations().all(), key=lambda one: -one.level):
        names = [occupation.name, *occupation.aliases]
        names += [part for name in names for part in _PARTS.split(name) if len(part) > 1]
        names += [name.removesuffix("人员") for name in names if 3 < len(name) < 7 and name.endswith("人员")]
        for name in names:
            if (
                name not in _RANKS
                and not _NO_KIND_OF_WORK.search(name)
                and occupation.code not in codes[plain_query(name)]
            ):
                codes[plain_query(name)].append(occupation.code)
    for text, found in codes.items():
        if text.strip():
            single = [code for code in found if len(code) == len(found[0])]
            yield Word(text, Kind.OCCUPATION, tuple(single), 90, often[text] + 2)


def _titles() -> Iterator[Word]:
    """Titles of real advertisements; one that stands for several occupations names them, the most frequent first."""
    codes: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows("job_titles.csv"):
        if len(row["title"]) <= LONGEST_TITLE and not _NO_KIND_OF_WORK.search(row["title"]):
            codes[plain_query(row["title"])][row["occupation"]] += 1
    for text, found in codes.items():
        yield Word(text, Kind.OCCUPATION, tuple(code for code, _n in found.most_common(4)), 85, sum(found.values()))


def _skills() -> Iterator[Word]:
    for row in rows("skills.csv"):
        for text in (row["name"], row["name_en"], *_PARTS.split(row["name"])):
            if len(text) > 1:
                yield Word(plain_query(text), Kind.SKILL, (row["code"],), 85)


@lru_cache(maxsize=1)
def title_counts() -> Counter[str]:
    """How often each title stands in the file of real titles."""
    return Counter(row["title"] for row in rows("job_titles.csv"))


def is_chinese(text: str) -> bool:
    """Whether a text is made of Chinese characters only."""
    return bool(_CHINESE.match(text))
