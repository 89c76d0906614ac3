"""Whether two files may be of one person: names as they are heard, evidence weighed, and what the clerk says to it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from pypinyin import Style, lazy_pinyin

from openpes.engine.areas import LENGTHS
from openpes.engine.likeness import ALIKE, Face, Weights, levels_of, score_of
from openpes.engine.parameters import parameters
from openpes.kernel.refusal import Reason
from openpes.people.choices import Likeness

# Surnames that are read otherwise than the same character in words; 覃 is Qin in Guangxi.
SURNAME_SOUNDS = {
    "覃": "qin", "单": "shan", "曾": "zeng", "仇": "qiu", "区": "ou", "解": "xie", "查": "zha", "盖": "ge", "乐": "yue",
    "朴": "piao", "缪": "miao", "冼": "xian", "种": "chong", "召": "shao", "繁": "po", "员": "yun", "折": "she",
    "翟": "zhai", "宓": "fu", "万俟": "moqi", "尉迟": "yuchi", "长孙": "zhangsun",
}  # fmt: skip
# What is one sound to most ears in Guangxi: flat and curled tongue, n and l, the two nasal endings.
SAME_TO_THE_EAR = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"^n(?!g)"), "l"),
    (re.compile(r"([aei])ng$"), r"\1n"),
)
SHORTEST_ANSWER = 2


@dataclass(frozen=True)
class Alike:
    """How likely two files are of one person, and why: `score` in hundredths of a bit, even chances at 0."""

    score: int
    reasons: tuple[str, ...]


def weights_on(on: date) -> Weights:
    """The weights in force on a day."""
    return Weights.from_values(parameters().value("likeness_weights", on))


def alike(a: Face, b: Face, weights: Weights, *, persons: int, name_share: int = 0) -> Alike:
    """How likely two files are of one person among `persons`; see `engine.likeness`."""
    levels = levels_of(a, b)
    score = score_of(levels, weights, persons=persons, name_share=name_share)
    return Alike(score, tuple(level for level in levels if level in ALIKE))


@lru_cache(maxsize=65_536)
def sound_of(name: str) -> str:
    """A name as it is heard: pinyin without tones, what sounds alike in Guangxi written alike."""
    surname = next((name[:n] for n in (2, 1) if name[:n] in SURNAME_SOUNDS), "")
    read = [SURNAME_SOUNDS[surname]] if surname else []
    read += lazy_pinyin(name[len(surname) :], style=Style.NORMAL, errors=_letters)
    return " ".join(_heard(syllable) for syllable in read if syllable)


def _letters(characters: str) -> str:
    return "".join(c.lower() for c in characters if c.isalpha())


def _heard(syllable: str) -> str:
    for pattern, written in SAME_TO_THE_EAR:
        syllable = pattern.sub(written, syllable)
    return syllable


def common_area(a: str, b: str) -> str:
    """The smallest unit that holds both areas, so that one office sees both."""
    return max((a[:n] for n in LENGTHS.values() if a[:n] == b[:n] and len(a[:n]) == n), key=len, default="")


def words_of(reasons: Iterable[str]) -> list[str]:
    """Reasons in the language of the reader."""
    return [str(Likeness(reason).label) for reason in reasons if reason in Likeness.values]


def why_not_another(*, likes: Sequence[Any], seen: Sequence[int], because: str) -> list[Reason]:
    """Why a newcomer is not registered yet: there are files that may be the same person's, and nobody has said no."""
    if not likes:
        return []
    unseen = {one.mark for one in likes} - set(seen)
    if unseen:
        return [
            Reason(
                _("This person may be registered already: compare the files shown first."),
                field="because",
                next_step=_("Open the file if it is the same person; if not, say why and register."),
            )
        ]
    return why_not_told(because)


def why_not_told(because: str) -> list[Reason]:
    """Why an answer “it is another person” does not do."""
    if len(because.strip()) >= SHORTEST_ANSWER:
        return []
    return [
        Reason(
            _("Say how you know that it is another person."),
            field="because",
            next_step=_("For example: both were here with their cards, or the pictures on the cards differ."),
        )
    ]
