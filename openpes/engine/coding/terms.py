"""An advertised title as terms: its pieces of one to five characters, its words, and the word it ends with."""

import re
import unicodedata
from functools import lru_cache

import rjieba

LONGEST = 200  # characters of a title that are looked at; the longest real ones have some sixty
PIECES = (2, 3, 4, 5)  # and every character alone
ENDINGS = (2, 3, 4)
START, END = "^", "$"

# What an advertisement offers or asks of a person, and what says nothing about the kind of work.
OFFERS = re.compile(
    r"[五六]险一金|[五六]险|社保|公积金|包吃住|包住宿|包吃|包住|提供[吃食]?住宿?|食宿|带薪\w{0,2}|双休|单休|周末\w{0,2}|"
    r"日结|周结|月结|时薪|月薪\w{0,3}|年薪\w{0,3}|过万|高薪|急[招聘]|[诚直]聘|[直诚]招|长?白班|夜班|轮休|无责\w{0,3}|底薪|高?提成|"
    r"可?实习生?|应届生?|兼职|全职|接受小白|小白|零基础|有?无经验(?:均可)?|(?:包|免费)培训|[朝早]九晚\w|不加班|"
    r"[0-9.]+[kw万千元]?[-~到至/]?[0-9.]*[kw万千元天月日小时]*\+?"
)
UNSPOKEN = re.compile(r"[^0-9a-z\u3400-\u9fff+#()/]+")
ADVERTISED = re.compile(r"招聘(.+)$")
ASIDE = re.compile(r"\([^()]*(?:\)|$)")
BREAKS = re.compile(r"[ /()]+")


def plain_title(title: str) -> str:
    """The title in ordinary width and lower case, without offers, figures and signs; parts stand apart by a blank."""
    text = unicodedata.normalize("NFKC", title[:LONGEST]).lower()
    return UNSPOKEN.sub(" ", OFFERS.sub(" ", text)).strip()


@lru_cache(maxsize=20_000)
def terms(title: str) -> tuple[str, ...]:
    """The terms of a title, each as often as it occurs: pieces, `W` before words, `H` before endings."""
    work = work_of(title)
    found = [piece for part in BREAKS.split(work) if part for piece in _pieces(f"{START}{part}{END}")]
    named = ASIDE.sub(" ", work).strip() or work
    found += ["H" + named[-size:] for size in ENDINGS if len(named) >= size]
    found += ["W" + word for word in rjieba.cut(work) if len(word) > 1]
    return tuple(found)


def work_of(title: str) -> str:
    """What is offered: of "firm 招聘 work" the work, else the whole plain title."""
    plain = plain_title(title)
    offered = ADVERTISED.search(plain)
    return offered.group(1).strip() if offered and len(offered.group(1).strip()) > 1 else plain


def spoken_words(title: str) -> list[str]:
    """The words of what is offered, in their order, as a person reads them."""
    return [word for word in rjieba.cut(work_of(title)) if not BREAKS.fullmatch(word)]


def _pieces(part: str) -> list[str]:
    longer = [part[at : at + size] for size in PIECES for at in range(len(part) - size + 1)]
    return [*part[1:-1], *longer]


def kind_of(term: str) -> str:
    """Which weight a term has: the number of its characters, `H` or `W`."""
    return term[0] if term[0] in "HW" else str(len(term))


def letters_of(term: str) -> str:
    """The letters of a term, without what marks its kind or its place."""
    return term.lstrip("HW").strip(START + END)
