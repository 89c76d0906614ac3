"""Matching as one would do it by hand: one pair at a time, in plain Python, without arrays or bounds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from hypothesis import strategies as st

from openpes.engine.matching import Seeker, Vacancy, Weights

WEIGHTS = Weights(
    occupation=3000,
    place=2000,
    pay=1500,
    education=1000,
    skills=1500,
    experience=1000,
    occupation_shared=(0, 2500, 5000, 7500, 10000),
    occupation_within=(8000, 8500, 9500, 10000),
    occupation_no_wish=5000,
    place_shared=(0, 4000, 6000, 8500, 10000),
    pay_at_top=6000,
    pay_tolerated=3000,
    pay_tolerance=1000,
    pay_unstated=5000,
    education_surplus=(10000, 10000, 8500, 7000),
    experience_slack_years=1,
    priority=300,
    priority_groups=(10, 60),
    priority_shares=(10_000, 5_000),
)

# Few different points, so that a loss in one component often equals a loss in another.
COARSE = replace(
    WEIGHTS,
    occupation=2000,
    place=2000,
    pay=2000,
    education=1000,
    skills=2000,
    experience=1000,
    occupation_shared=(0, 0, 5000, 5000, 10000),
    occupation_within=(5000, 5000, 10000, 10000),
    place_shared=(0, 0, 5000, 5000, 10000),
    pay_at_top=5000,
    pay_tolerated=0,
    education_surplus=(10000, 10000, 5000, 0),
)


def groups(code: int, widths: tuple[int, ...]) -> list[str]:
    """Cut a padded code into its groups and drop the trailing ones that are only zeros."""
    digits, cut = str(code), []
    for width in widths:
        cut.append(digits[:width])
        digits = digits[width:]
    while len(cut) > 1 and not cut[-1].strip("0"):
        cut.pop()
    return cut


def occupation_groups(code: int) -> list[str]:
    return groups(code, (1, 2, 2, 2)) if code else []


def area_groups(code: int) -> list[str]:
    return groups(code, (2, 2, 2, 3, 3)) if code else []


def common(one: list[str], other: list[str]) -> int:
    """Count the leading groups that are the same."""
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count


def begins(whole: list[str], start: list[str]) -> bool:
    return bool(start) and whole[: len(start)] == start


def skills_of(words: tuple[int, ...]) -> set[int]:
    return {i for i in range(128) if words[i // 64] >> (i % 64) & 1}


def part(weight: int, share: int) -> int:
    return floor(Fraction(weight * share, 10000))


def occupation(s: Seeker, v: Vacancy, w: Weights) -> int:
    named = [wish for wish in s.wishes if wish]
    if not named:
        return part(w.occupation, w.occupation_no_wish)
    asked, shares = occupation_groups(v.occupation), []
    for wish in named:
        have = occupation_groups(wish)
        shares.append(w.occupation_shared[common(have, asked)])
        if wish == v.occupation:
            shares.append(w.occupation_within[3])
        elif begins(asked, have):
            shares.append(w.occupation_within[len(have) - 1])
    return part(w.occupation, max(shares))


def place(s: Seeker, v: Vacancy, w: Weights) -> int:
    named, work = [p for p in s.places if p], area_groups(v.area)
    if any(begins(work, area_groups(p)) for p in named):
        return w.place
    levels = [common(area_groups(p), work) for p in named or [s.area]]
    return part(w.place, w.place_shared[max(0, max(levels) - 1)])


def pay(s: Seeker, v: Vacancy, w: Weights) -> int:
    if s.min_pay_fen == 0 or (v.pay_max_fen and s.min_pay_fen <= v.pay_min_fen):
        return w.pay
    if v.pay_max_fen == 0:
        return part(w.pay, w.pay_unstated)
    if s.min_pay_fen > v.pay_max_fen:
        return part(w.pay, w.pay_tolerated)
    way = Fraction(s.min_pay_fen - v.pay_min_fen, v.pay_max_fen - v.pay_min_fen)
    return part(w.pay, 10000 - floor((10000 - w.pay_at_top) * way))


def education(s: Seeker, v: Vacancy, w: Weights) -> int:
    above = min(3, max(0, s.education - v.education_min)) if v.education_min else 0
    return part(w.education, w.education_surplus[above])


def skills(s: Seeker, v: Vacancy, w: Weights) -> int:
    wanted = skills_of(v.skills_wanted)
    return floor(Fraction(w.skills * len(wanted & skills_of(s.skills)), len(wanted))) if wanted else w.skills


def experience(s: Seeker, v: Vacancy, w: Weights) -> int:
    asked = v.experience_min_years
    return floor(Fraction(w.experience * min(s.experience_years, asked), asked)) if asked else w.experience


def passes(s: Seeker, v: Vacancy, w: Weights) -> bool:
    tolerated = Fraction(s.min_pay_fen * (10000 - w.pay_tolerance), 10000)
    if s.education < v.education_min or (v.pay_max_fen and v.pay_max_fen < tolerated):
        return False
    if s.experience_years < v.experience_min_years - w.experience_slack_years:
        return False
    if v.age_by_law and (s.age < v.age_min or (v.age_max and s.age > v.age_max)):
        return False
    if skills_of(v.skills_required) - skills_of(s.skills):
        return False
    named = [p for p in s.places if p]
    return not (s.places_only and named and not any(begins(area_groups(v.area), area_groups(p)) for p in named))


def fit(s: Seeker, v: Vacancy, w: Weights) -> int | None:
    if not passes(s, v, w):
        return None
    return sum(points(s, v, w) for points in (occupation, place, pay, education, skills, experience))


def score(s: Seeker, v: Vacancy, w: Weights) -> int | None:
    fits, shares = fit(s, v, w), dict(zip(w.priority_groups, w.priority_shares, strict=True))
    return None if fits is None else fits + part(w.priority, shares.get(s.group, 0))


def best(scored: Iterator[tuple[int, int | None]], k: int) -> list[tuple[int, int]]:
    """Take (id, score), leave out the refused, and give the best k: highest first, then the smaller id."""
    passed = [(id, points) for id, points in scored if points is not None]
    return sorted(passed, key=lambda pair: (-pair[1], pair[0]))[:k]


# Few different values, so that ties, equal codes and exact limits are common.
AREAS = [450100000000, 450102000000, 450102001000, 450102001003, 450102001004, 450102002001, 450103001001]
AREAS += [450000000000, 440103001001, 0]
OCCUPATIONS = [6000000, 6310000, 6310100, 6310103, 6310104, 6310203, 6290103, 2020101, 1020100, 1010001]
PAY = [0, 180_000, 199_999, 200_000, 220_000, 300_000]
skill_words = st.sampled_from([(0, 0), (1, 0), (3, 0), (5, 0), (2, 1 << 63), (0, 1 << 63), (7, 1)])


def three(values: list[int]) -> st.SearchStrategy[tuple[int, ...]]:
    return st.tuples(*[st.sampled_from([0, *values])] * 3)


@st.composite
def seekers(draw: st.DrawFn, id: int) -> Seeker:
    return Seeker(
        id=id,
        area=draw(st.sampled_from(AREAS)),
        places=draw(three(AREAS)),
        places_only=draw(st.booleans()),
        wishes=draw(three(OCCUPATIONS)),
        min_pay_fen=draw(st.sampled_from(PAY)),
        education=draw(st.integers(0, 6)),
        experience_years=draw(st.integers(0, 4)),
        age=draw(st.sampled_from([16, 17, 18, 40, 60])),
        skills=draw(skill_words),
        group=draw(st.sampled_from([0, 0, 10, 50, 60])),
    )


@st.composite
def vacancies(draw: st.DrawFn, id: int) -> Vacancy:
    low = draw(st.sampled_from(PAY))
    return Vacancy(
        id=id,
        area=draw(st.sampled_from(AREAS)),
        occupation=draw(st.sampled_from(OCCUPATIONS)),
        pay_min_fen=low,
        pay_max_fen=low + draw(st.sampled_from([0, 1, 30_000])),
        education_min=draw(st.sampled_from([0, 0, 1, 3])),
        experience_min_years=draw(st.sampled_from([0, 0, 1, 3])),
        age_by_law=draw(st.booleans()),
        age_min=draw(st.sampled_from([0, 18])),
        age_max=draw(st.sampled_from([0, 0, 40])),
        skills_required=draw(st.sampled_from([(0, 0), (0, 0), (1, 0), (0, 1 << 63)])),
        skills_wanted=draw(skill_words),
    )


@dataclass(frozen=True)
class City:
    """A small city: the people, the jobs, how many of the best are asked for, and by which weights."""

    people: list[Seeker]
    jobs: list[Vacancy]
    k: int
    weights: Weights


ids = st.lists(st.integers(1, 99), max_size=8, unique=True)


@st.composite
def cities(draw: st.DrawFn) -> City:
    people = [draw(seekers(id)) for id in draw(ids)]
    jobs = [draw(vacancies(id)) for id in draw(ids)]
    return City(people, jobs, draw(st.integers(1, 10)), draw(st.sampled_from([WEIGHTS, COARSE])))
