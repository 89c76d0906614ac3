"""Vacancies: what employers offered over the last two years, from drafts to ended ones."""

from dataclasses import dataclass

import numpy as np

from openpes.demo.rules.chance import Flags, Ints, Texts, picks, stream, texts
from openpes.demo.rules.days import NEVER, to_working_day, working_days
from openpes.demo.rules.firms import Firms
from openpes.demo.rules.people import CLOSING, OPENING
from openpes.demo.rules.places import Places
from openpes.demo.rules.trades import titles_of_trades
from openpes.demo.rules.work import rounded, skills_by_title, titles, usual_pay

VACANCY_DAYS = 870
DRAFT_SHARE, CLOSED_SHARE = 0.04, 0.18
TERMS, TERM_SHARES = texts(["open_ended", "fixed", "short", "part_time"]), (34, 46, 13, 7)
DAYS_OPEN, DAYS_SHARES = np.array([15, 30, 45, 60, 89]), (10, 40, 15, 22, 13)
BENEFITS = texts(["board", "lodging", "insurance", "housing_fund", "weekends", "day_shift", "training", "shuttle"])
BENEFIT_SHARES = np.array([0.42, 0.30, 0.78, 0.28, 0.34, 0.30, 0.36, 0.12])
OPENINGS, OPENING_SHARES = np.array([1, 2, 3, 4, 5, 8, 10, 15, 20, 30]), (34, 22, 14, 5, 9, 4, 6, 3, 2, 1)
# The least schooling by major class: codes of the set education_2006, empty for none.
SCHOOLING = {
    1: ("30", "20", ""),
    2: ("30", "20", "30"),
    3: ("30", "61", "41"),
    4: ("", "71", "61"),
    5: ("", "", "71"),
    6: ("", "71", ""),
}
CONDITIONS = (
    "身体健康，吃苦耐劳，服从安排。",
    "有相关工作经验者优先，无经验可培训上岗。",
    "责任心强，沟通良好，能尽快到岗。",
    "能适应轮班，遵守安全操作规程。",
    "品行端正，无不良记录；试用期一个月。",
)
CONTENTS = (
    "负责{title}岗位的日常工作，按时完成交办任务，做好交接记录。",
    "从事{title}相关工作，按流程操作，保证质量和安全。",
    "在带班人员指导下完成{title}工作，每周一次例会，按月考核。",
    "承担{title}工作内容，接待客户或配合班组，完成当班任务。",
)


@dataclass(frozen=True)
class Openings:
    """Vacancies by number. `publish` is a minute or `NEVER` for a draft; `withdraw` a planned end or `NEVER`."""

    firm: Ints
    title: Ints
    place: Ints
    openings: Ints
    term: Texts
    pay_min: Ints
    pay_max: Ints
    education: Texts
    experience: Ints
    skills_required: Texts
    skills_wanted: Texts
    benefits: Texts
    conditions: Texts
    description: Texts
    draft: Ints
    publish: Ints
    closes: Ints
    withdraw: Ints

    @property
    def count(self) -> int:
        return len(self.firm)


def invent_openings(n: int, seed: int, on: int, firms: Firms, places: Places) -> Openings:
    """n vacancies, more of them lately, each of an employer and with a title that its industry has."""
    rng = stream(seed, "vacancies")
    known = titles()
    firm = picks(rng, firms.staff.astype(float) ** 0.8, n)
    title = titles_of_trades(rng, firms.trade[firm])
    major = known.major[title]
    place = firms.place[firm]
    pay = usual_pay(major, places.counties[place]) * rng.lognormal(0, 0.16, n)
    pay_min = np.maximum(rounded(pay * 0.88), 220_000)
    draft, publish, closes, withdraw = _dates(rng, n, on)
    order = np.argsort(draft, kind="stable")
    required, wanted = _skills(rng, title)
    return Openings(
        firm=firm[order],
        title=title[order],
        place=place[order],
        openings=OPENINGS[picks(rng, OPENING_SHARES, n)][order],
        term=TERMS[picks(rng, TERM_SHARES, n)][order],
        pay_min=pay_min[order],
        pay_max=(pay_min + rounded(pay * rng.uniform(0.05, 0.5, n)))[order],
        education=_schooling(rng, major)[order],
        experience=np.where(rng.random(n) < 0.7, 0, rng.integers(1, 6, n))[order],
        skills_required=required[order],
        skills_wanted=wanted[order],
        benefits=_benefits(rng, n)[order],
        conditions=texts(CONDITIONS)[rng.integers(0, len(CONDITIONS), n)][order],
        description=_contents(rng, title)[order],
        draft=draft[order],
        publish=publish[order],
        closes=closes[order],
        withdraw=withdraw[order],
    )


def _dates(rng: np.random.Generator, n: int, on: int) -> tuple[Ints, Ints, Ints, Ints]:
    days = working_days(on - VACANCY_DAYS, on)
    # Half of the vacancies lie in the last weeks, so that a search finds much; the rest fills the quarters before.
    place = (rng.random(n) ** np.where(rng.random(n) < 0.5, 0.58, 0.12) * len(days)).astype(np.int64)
    drafted = days[place]
    published = days[np.minimum(place + rng.integers(0, 3, n), len(days) - 1)]
    draft_minute = drafted * 1440 + rng.integers(OPENING, CLOSING, n)
    publish_minute = published * 1440 + np.where(published == drafted, draft_minute % 1440 + 7, OPENING + 20)
    closes = published + DAYS_OPEN[picks(rng, DAYS_SHARES, n)]
    left = to_working_day(published + 3 + (rng.random(n) * (closes - published - 4)).astype(np.int64), days)
    closed = (rng.random(n) < CLOSED_SHARE) & (left < np.minimum(closes, on - 1)) & (left > published)
    stays_draft = rng.random(n) < DRAFT_SHARE
    return (
        draft_minute,
        np.where(stays_draft, NEVER, publish_minute),
        np.where(stays_draft, NEVER, closes),
        np.where(closed & ~stays_draft, left * 1440 + 16 * 60 + 40, NEVER),
    )


def _schooling(rng: np.random.Generator, major: Ints) -> Texts:
    table = texts([code for key in range(9) for code in SCHOOLING.get(key, ("", "", ""))])
    chosen: Texts = table[major * 3 + rng.integers(0, 3, len(major))]
    return chosen


def _skills(rng: np.random.Generator, title: Ints) -> tuple[Texts, Texts]:
    typical = skills_by_title()
    dice = rng.random((len(title), 3))
    required, wanted = texts([()] * len(title)), texts([()] * len(title))
    for place, number in enumerate(title):
        own = typical[number]
        if not own:
            continue
        skill = own[int(dice[place, 0] * len(own))]
        if dice[place, 1] < 0.3:
            required[place] = (skill,)
        elif dice[place, 2] < 0.4:
            wanted[place] = (skill,)
    return required, wanted


def _benefits(rng: np.random.Generator, n: int) -> Texts:
    has: Flags = rng.random((n, len(BENEFITS))) < BENEFIT_SHARES
    return texts([tuple(BENEFITS[row]) for row in has])


def _contents(rng: np.random.Generator, title: Ints) -> Texts:
    known = titles().title
    choice = rng.integers(0, len(CONTENTS), len(title))
    return texts([CONTENTS[c].format(title=known[t]) for c, t in zip(choice, title, strict=True)])
