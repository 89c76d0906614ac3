"""What the invented people can do: occupations of real titles, pay by class and county, skills."""

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from openpes.demo.rules.chance import Flags, Ints, Texts, stream, texts
from openpes.demo.rules.people import EDUCATION, People
from openpes.engine.files import rows
from openpes.engine.occupations import occupations

# Usual monthly pay in yuan by major class of the occupation; index 0 is unused.
CLASS_PAY = np.array([0, 8200, 6300, 4300, 4100, 3300, 4700, 4000, 3600])
COUNTY_PAY = {
    "450102": 1.0,
    "450103": 1.1,
    "450105": 1.0,
    "450107": 1.02,
    "450108": 1.03,
    "450109": 0.93,
    "450110": 0.92,
}
OUTER_PAY = 0.86
PAY_STEP_FEN = 100 * 100
# Words that make a title unfit for publication (sex, ethnicity, religion) or no title at all.
UNFIT = re.compile(
    r"男|女|限|未婚|已婚|族|岁|信教|白人|黑人|male|\d0后|户口|户籍|先生|小姐|太太|妹|兄弟|姐", re.IGNORECASE
)
LONGEST_TITLE = 40
LANGUAGES = ("mandarin", "zhuang", "cantonese", "vietnamese", "english")


@dataclass(frozen=True)
class Titles:
    """The real job titles with an occupation of the fourth level."""

    title: Texts
    occupation: Texts
    major: Ints

    @property
    def count(self) -> int:
        return len(self.title)


@lru_cache(maxsize=1)
def titles() -> Titles:
    """Titles whose occupation is known to the last level and that may be published."""
    tree = occupations()
    found = [
        (row["title"].strip(), row["occupation"])
        for row in rows("job_titles.csv")
        if row["occupation"] in tree and tree[row["occupation"]].level == 4 and _fit(row["title"])
    ]
    return Titles(
        texts([title for title, _ in found]),
        texts([code for _, code in found]),
        np.array([int(code[0]) for _, code in found]),
    )


@lru_cache(maxsize=1)
def skills_by_title() -> tuple[tuple[str, ...], ...]:
    """The skills that are typical of the occupation of each title."""
    known = [(row["code"], row["occupation"]) for row in rows("skills.csv") if row["occupation"]]
    return tuple(tuple(code for code, prefix in known if own.startswith(prefix)) for own in titles().occupation)


def trades_of(people: People, seed: int) -> Ints:
    """A title for each person as the trade that it knows; higher classes for the better schooled."""
    rng = stream(seed, "work")
    known = titles()
    better = np.isin(people.education, EDUCATION[:3])
    chosen = rng.integers(0, known.count, people.count)
    for _ in range(4):  # who cannot have the trade draws again
        wrong = np.where(better, known.major[chosen] > 4, known.major[chosen] < 3) & (rng.random(people.count) < 0.8)
        chosen = np.where(wrong, rng.integers(0, known.count, people.count), chosen)
    return chosen


def skills_of(people: People, trades: Ints, seed: int) -> Texts:
    """Up to four skills of each person: of its trade, and languages."""
    rng = stream(seed, "work")
    dice = rng.random((people.count, 4))
    typical = skills_by_title()
    zhuang = people.ethnic_group == "08"
    found = texts([()] * people.count)
    known: dict[tuple[str, ...], tuple[str, ...]] = {}  # equal skills are kept once
    languages = np.searchsorted((0.55, 0.70, 0.90, 0.93), dice[:, 3], side="right")
    for place in np.flatnonzero((dice[:, 0] < 0.6) | (dice[:, 2] < 0.5)):
        own = typical[trades[place]]
        skills = [own[int(dice[place, 1] * len(own))]] if own and dice[place, 0] < 0.6 else []
        if dice[place, 2] < 0.5:
            language = LANGUAGES[languages[place]]
            skills += ["zhuang"] if zhuang[place] and language != "english" else [language]
        own_skills = tuple(skills)
        found[place] = known.setdefault(own_skills, own_skills)
    return found


def usual_pay(majors: Ints, counties: Texts) -> npt.NDArray[np.float64]:
    """The usual monthly pay in fen of an occupation's class in a county."""
    factor = np.array([COUNTY_PAY.get(county, OUTER_PAY) for county in counties])
    pay: npt.NDArray[np.float64] = CLASS_PAY[majors] * factor * 100
    return pay


def rounded(pay: npt.NDArray[np.float64]) -> Ints:
    """Pay in whole hundreds of yuan, as advertisements print it."""
    return (np.round(pay / PAY_STEP_FEN) * PAY_STEP_FEN).astype(np.int64)


def _fit(title: str) -> bool:
    text = title.strip()
    return 2 <= len(text) <= LONGEST_TITLE and not UNFIT.search(text) and "\n" not in text


def flags(count: int, places: Ints) -> Flags:
    """True at these places of `count`."""
    found = np.zeros(count, dtype=bool)
    found[places] = True
    return found
