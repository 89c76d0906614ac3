"""Amounts in a query: pay with its bounds and period, a distance, years of experience, an age."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from openpes.engine.understanding.kinds import Kind

_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_UNITS = {"百": 100, "千": 1000, "k": 1000, "w": 10_000, "万": 10_000}
_N = r"(?:\d{1,7}(?:\.\d{1,2})?|[一二两三四五六七八九十]{1,2})"
_U = r"(?:千|k|w|万|百)"
_MONEY = r"(?:\s{0,2}(?:元钱|元|块钱|块|rmb|yuan))"
_BEFORE = (
    r"(?:年薪|月薪|日薪|时薪|日工资|底薪|保底|薪资|工资|薪水|税后|税前|到手|收入|待遇|每月|一个月|每天|一天|每小时|一小时|"
    r"不低于|不少于|至少|最低|起薪|高于|大于|超过|不超过|低于|小于|不高于|最多|最高|少于|above|over|under|below|"
    r"at least|at most|>=|<=|>|<|≥|≤)"
)
_AFTER = (
    r"(?:及以上|以上|起步|起|左右|上下|以下|以内|之内|多|\+|/?每?个?月|一个月|per month|a month|"
    r"/ ?天|一天|每天|/ ?日|一日|per day|a day|/ ?小时|一小时|每小时|一个小时|/ ?h|per hour|an hour|/ ?年|一年|每年)"
)
_PAY = re.compile(
    rf"(?P<before>(?:{_BEFORE}[\s:：]{{0,2}}){{0,3}})"
    rf"(?P<a>{_N})(?P<ua>{_U})?(?P<ta>[一二三四五六七八九](?![一二三四五六七八九千万])|\d(?!\d))?{_MONEY}?"
    rf"(?:\s{{0,2}}(?:-|~|至|到|to)\s{{0,2}}(?P<b>{_N})(?P<ub>{_U})?(?P<tb>[一二三四五六七八九](?![千万])|\d(?!\d))?{_MONEY}?)?"
    rf"(?P<after>(?:\s{{0,1}}{_AFTER}){{0,3}})"
)
_OVER_TEN_THOUSAND = re.compile(r"(?:月薪|月入|工资|底薪|年薪)?(?:过|上|破)万")
_NO_MONEY = re.compile(
    r"\s{0,1}(?:年|岁|公里|千米|km|米|里|人|名|个(?!月)|号|楼|层|届|险|强|薪|班|点|级|寸|倍|斤|%|周岁|分|成|s店|线|代|后|餐|轮|休|天(?!津))"
)
_NEAR = re.compile(
    rf"(?:方圆|半径|附近|周边|周围|离家|离我|within|near)?\s{{0,2}}(?P<n>{_N})\s{{0,2}}(?P<u>公里|千米|km|里|米|m(?![a-z]))"
    r"(?:路|的)?(?:范围以?内|范围|以内|之内|左右|内)?(?:附近|周边)?"
)
_YEARS = re.compile(
    rf"(?:经验|工作经验)\s{{0,1}}(?P<c>{_N})\s{{0,1}}年(?:及?以上|左右|多)?"
    rf"|(?P<n>{_N})\s{{0,1}}(?:-\s{{0,1}}{_N}\s{{0,1}})?(?:年|years?)"
    r"(?:及?以上|左右|多)?(?:的)?(?:相关)?(?:工作)?\s{0,1}(?:经验|experience|of experience)"
    rf"|(?P<d>{_N})\s{{0,1}}年(?:及?以上)?(?=[^\s,，]{{1,6}}经验)"
)
_AGE = re.compile(
    rf"(?:年龄)?(?P<n>{_N})\s{{0,1}}(?:[-~到至]\s{{0,1}}{_N}\s{{0,1}})?(?:周?岁|years old)"
    r"(?:及?以上|以下|左右|以内|内)?(?:的)?"
)
_AMOUNT = re.compile(r"[0-9一二两三四五六七八九十万]")
_DAILY = re.compile(r"日结|一天|每天|日薪|/ ?天|/ ?日|当天结|a day|per day")
# What is believable as pay: (lowest, highest) in yuan by period.
_BELIEVABLE = {"month": (300, 300_000), "day": (30, 5_000), "hour": (5, 999)}


class Amount(NamedTuple):
    """An amount with its place in the text, its bounds, and how sure the reading is."""

    kind: Kind
    start: int
    end: int
    low: float
    high: float
    unit: str
    certainty: int


def amounts(plain: str) -> list[Amount]:
    """Every amount of a query; where readings overlap, the one with its unit named goes first."""
    if _AMOUNT.search(plain) is None:
        return []
    taken: list[Amount] = []
    for read in (_ages, _distances, _experience, _pays):
        taken += [a for a in read(plain) if _apart(a, taken)]
    return taken


def _apart(amount: Amount, taken: list[Amount]) -> bool:
    return all(amount.end <= other.start or amount.start >= other.end for other in taken)


def number_of(text: str, unit: str | None = None, tail: str | None = None) -> float:
    """A number in figures or characters with its unit and what follows it: 3千5 is 3500, 一万二 is 12000."""
    if text[0].isdigit():
        value = float(text)
    elif text[0] == "十":
        value = 10 + _DIGITS.get(text[1:], 0)
    elif len(text) == 2 and text[1] == "十":
        value = _DIGITS[text[0]] * 10
    else:
        value = _DIGITS[text[0]]
    size = _UNITS.get(unit or "", 1)
    value *= size
    if tail and size > 1:
        value += (float(tail) if tail.isdigit() else _DIGITS[tail]) * size / 10
    return value


def _ages(plain: str) -> Iterator[Amount]:
    if "岁" not in plain and "old" not in plain:
        return
    for hit in _AGE.finditer(plain):
        yield Amount(Kind.IGNORED, hit.start(), hit.end(), number_of(hit["n"]), 0, "age", 95)


def _distances(plain: str) -> Iterator[Amount]:
    if "里" not in plain and "米" not in plain and "m" not in plain:
        return
    for hit in _NEAR.finditer(plain):
        size = {"里": 0.5, "米": 0.001, "m": 0.001}.get(hit["u"], 1.0)
        km = number_of(hit["n"]) * size
        if 0.05 <= km <= 500:
            yield Amount(Kind.NEAR, hit.start(), hit.end(), km, 0, "km", 95)


def _experience(plain: str) -> Iterator[Amount]:
    if "年" not in plain and "year" not in plain:
        return
    for hit in _YEARS.finditer(plain):
        years = number_of(hit["c"] or hit["n"] or hit["d"])
        if years <= 60:
            yield Amount(Kind.EXPERIENCE, hit.start(), hit.end(), years, 0, "years", 95)


def _pays(plain: str) -> Iterator[Amount]:
    for hit in _OVER_TEN_THOUSAND.finditer(plain) if "万" in plain else ():
        low = 100_000 / 12 if "年薪" in hit[0] else 10_000
        yield Amount(Kind.PAY, hit.start(), hit.end(), round(low), 0, "month", 90)
    for hit in _PAY.finditer(plain):
        found = _pay(plain, hit)
        if found is not None:
            yield found


def _pay(plain: str, hit: re.Match[str]) -> Amount | None:
    """One match as pay, or None when it is some other number."""
    before, after, end = hit["before"], hit["after"], hit.end()
    if plain[hit.start("a") - 1 : hit.start("a")].isalnum() and plain[hit.start("a") - 1].isascii():
        return None
    if _NO_MONEY.match(plain, hit.end("b") if hit["b"] else hit.end("a")) and not hit["ua"] and not _period(after):
        return None
    if plain[end : end + 1].isascii() and plain[end : end + 1].isalnum():
        return None
    low, high = _bounds(hit)
    told = bool(hit["ua"] or hit["ub"] or before.strip() or "元" in hit[0] or "块" in hit[0] or "yuan" in hit[0])
    unit = _period(before + after)
    if not unit:
        unit, told = _silent_period(plain, hit, low, told)
    if unit == "year":
        low, high, unit = round(low / 12), round(high / 12), "month"
    least, most = _BELIEVABLE[unit or "month"]
    # A number alone is pay only where it cannot well be anything else: four or five figures.
    if not (least <= max(low, high) <= most) or (not told and not unit and not _plainly(hit, low)):
        return None
    if _also_other(hit, low):
        return None
    low, high = _directed(before + after, low, high)
    return Amount(Kind.PAY, hit.start(), end, low, high, unit or "month", 95 if told or unit else 75)


def _bounds(hit: re.Match[str]) -> tuple[float, float]:
    a, b, unit_a, unit_b = hit["a"], hit["b"], hit["ua"], hit["ub"]
    if b is None:
        if len(a) == 2 and unit_a and not a.isdigit() and "十" not in a and "." not in a and a[0] in _DIGITS:
            return number_of(a[0], unit_a), number_of(a[1], unit_a)  # 四五千
        return number_of(a, unit_a, hit["ta"] if unit_a else None), 0
    high = number_of(b, unit_b, hit["tb"] if unit_b else None)
    same = unit_a or (unit_b if number_of(a) < 100 else None)
    low = number_of(a, same, hit["ta"] if unit_a else None)
    if unit_a and not unit_b and high < 100:
        high = number_of(b, unit_a)
    return (low, high) if low <= high else (high, low)


def _period(words: str) -> str:
    if re.search(r"天|日|day", words):
        return "day"
    if re.search(r"时|/ ?h|hour", words):
        return "hour"
    if "年" in words:
        return "year"
    return "month" if re.search(r"月|month", words) else ""


def _silent_period(plain: str, hit: re.Match[str], low: float, told: bool) -> tuple[str, bool]:
    """A small amount beside a word for paid by the day is pay a day."""
    if 50 <= low < 1000 and not hit["ua"] and _DAILY.search(plain):
        return "day", True
    return "", told


def _plainly(hit: re.Match[str], low: float) -> bool:
    return hit["a"].isdigit() and 4 <= len(hit["a"]) <= 5 and low >= 1000


def _also_other(hit: re.Match[str], low: float) -> bool:
    """A year of the calendar, when nothing says that it is money."""
    return hit["b"] is None and not hit["ua"] and not hit["before"] and not hit["after"] and 2020 <= low <= 2035


def _directed(words: str, low: float, high: float) -> tuple[float, float]:
    """Bounds as the words beside the number turn them: at most, about, at least."""
    if high:
        return low, high
    upwards = re.search(r"不低于|不小于|不少于", words)
    if not upwards and re.search(
        r"不超过|低于|小于|不高于|最多|最高|少于|以下|以内|之内|<|≤|under|below|at most", words
    ):
        return 0, low
    if re.search(r"左右|上下", words):
        return round(low * 0.9), round(low * 1.1)
    return low, 0
