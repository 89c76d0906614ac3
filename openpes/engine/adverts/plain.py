"""The text of an advertisement as the checks read it, and what they find in it."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

BLANKS = re.compile(r"[ \t\u3000\xa0]+")
# What neither widens nor separates: zero-width signs, soft hyphens, signs that turn the direction of writing.
UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]")
# A sign put between two Chinese characters to hide a word: 押*金, 微.信, 刷/单.
BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])[*._~^|\\=+#·•…☆★]{1,3}(?=[\u4e00-\u9fff])")
LONGEST = 20_000  # characters that are read of one text; what an advertisement may hold is far less


class Weight(StrEnum):
    """What a finding does to the publication of an advertisement."""

    STOPS = "stops"  # unlawful as it stands
    HOLDS = "holds"  # may be unlawful: somebody looks before the public does
    HINT = "hint"  # pointed out


@dataclass(frozen=True)
class Finding:
    """Words that were found, the ground on which they are, and what that does."""

    ground: str
    words: str
    weight: Weight = Weight.STOPS


def plain(text: str) -> str:
    """Ordinary width, lower case, no blanks inside lines, nothing unseen: “限 男 性” reads like 限男性."""
    seen = UNSEEN.sub("", unicodedata.normalize("NFKC", text[:LONGEST]).lower())
    return BLANKS.sub("", seen)


def squeezed(text: str) -> str:
    """Plain text without the signs that hide a word: “押*金” reads like 押金."""
    return BETWEEN.sub("", plain(text))
