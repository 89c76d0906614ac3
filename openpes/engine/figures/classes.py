"""Into which row of the official tables a code falls: one place for kernels, reports and lists behind figures.

The rows are those of `engine.indicators.tables`. The number of a class is the place of its row plus one; 0 is "none or
not stated". Codes that are not known count as not stated, so that no fact is lost from the total of its side.
"""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from openpes.engine.indicators.tables import DOMESTIC, PRIMARY, SECONDARY, TABLES, TERTIARY
from openpes.engine.occupations import REPORT_OTHER, encode, occupations, report_class

Codes = npt.NDArray[np.uint8]
CODES = 1 << 16  # every number of a column of 16 bits, so that nothing is asked before it is looked up

# Table 3 has the sections of GB/T 4754-2002; since 2011 F to I stand in another order, and some have other names.
SECTIONS = "ABCDEFGHIJKLMNOPQRST"
_ROWS_OF_2002 = (*PRIMARY, *SECONDARY, *TERTIARY)
_MOVED = {"F": "批发和零售业", "G": "交通运输、仓储和邮政业", "H": "住宿和餐饮业", "I": "信息传输、计算机服务和软件业"}
INDUSTRIES: Mapping[int, str] = {
    number: _MOVED.get(letter, _ROWS_OF_2002[number - 1]) for number, letter in enumerate(SECTIONS, 1)
} | {21: "其他"}

# Table 4: AAB019 says the row, within enterprises AAB020. An enterprise of which no more is known counts in the whole.
ENTERPRISE, INSTITUTION, ORGAN = 10, 20, 30
_DOMESTIC = {11: 0, 12: 1, 13: 2, 14: 3, 15: 4, 16: 5, 17: 6, 19: 7, 90: 7}  # AAB020 by its first two digits
SOLE, HONG_KONG, FOREIGN, INLAND = "个体经营", "港、澳、台商投资企业", "外商投资企业", "内资企业"

# Table 8: BAC299 is the number of the row.
GROUPS: Mapping[int, str] = dict(enumerate(TABLES[8].rows, 1))
SEXES: Mapping[int, str] = dict(enumerate(TABLES[9].rows, 1))
AGES: Mapping[str, tuple[int, int]] = {
    "16-24岁": (1, 24), "25-34岁": (25, 34), "35-44岁": (35, 44), "45岁以上": (45, 32_767),
}  # fmt: skip

# Table 11: AAC011 of 2006 by its first digit; the row of secondary vocational schools is part of 高中.
EDUCATIONS: Mapping[str, tuple[int, ...]] = {
    "初中及以下": (*range(70, 100),), "高中": (*range(60, 70),), "职高、技校、中专": (*range(40, 60),),
    "大专": (*range(30, 40),), "大学": (*range(20, 30),), "硕士以上": (*range(10, 20),),
}  # fmt: skip

# Table 12: AAC015 counts grades downwards; 6 to 8 are professional titles, 9 is stated to have none.
SKILLS: Mapping[int, str] = dict(zip((5, 4, 3, 2, 1, 6, 7, 8, 9), TABLES[12].rows, strict=True))
NO_SKILL = 9


def unit_row(unit_type: int, economic_type: int) -> str:
    """The row of table 4 of an employer: the innermost one that is known."""
    if unit_type == INSTITUTION:
        return "事业"
    if unit_type == ORGAN:
        return "机关"
    if unit_type == ENTERPRISE or (unit_type == 0 and economic_type):
        return _enterprise_row(economic_type)
    return "其他"


def _enterprise_row(economic_type: int) -> str:
    if economic_type == 175 or economic_type // 100 == 4:
        return SOLE
    if economic_type // 10 in _DOMESTIC:
        return DOMESTIC[_DOMESTIC[economic_type // 10]]
    return {1: INLAND, 2: HONG_KONG, 3: FOREIGN}.get(economic_type // 100, "企业")


def _places(table: int) -> dict[str, int]:
    return {row: place for place, row in enumerate(TABLES[table].rows, 1)}


@lru_cache(maxsize=1)
def industry_classes() -> Codes:
    """The row of table 3 by number of the section; what is not known counts as 其他."""
    places = _places(3)
    table = np.full(CODES, places["其他"], np.uint8)
    for number, row in INDUSTRIES.items():
        table[number] = places[row]
    return table


@lru_cache(maxsize=1)
def unit_classes() -> tuple[Codes, Codes, Codes]:
    """The kind of unit by AAB019, the kind of enterprise by AAB020, and the row of table 4 by both kinds."""
    units, enterprises = np.zeros(CODES, np.uint8), np.zeros(CODES, np.uint8)
    some_units = (90, 0, ENTERPRISE, INSTITUTION, ORGAN)
    units[[*some_units]] = [*range(len(some_units))]
    by_row: dict[str, int] = {}
    for code in range(1, 1000):
        enterprises[code] = by_row.setdefault(_enterprise_row(code), len(by_row) + 1)
    enterprises[1000:] = by_row["企业"]
    known = {place: row for row, place in by_row.items()}
    places, rows = _places(4), np.zeros((len(some_units), len(by_row) + 1), np.uint8)
    for at, unit in enumerate(some_units):
        rows[at, 0] = places[unit_row(unit, 0)]
        for place, row in known.items():
            inside = unit == ENTERPRISE or unit == 0
            rows[at, place] = places[row if inside else unit_row(unit, 0)]
    return units, enterprises, rows


@lru_cache(maxsize=1)
def sex_classes() -> Codes:
    """The row of table 9 by AAC004."""
    return _table(dict.fromkeys(SEXES, 0) | {code: code for code in SEXES})


@lru_cache(maxsize=1)
def age_classes() -> Codes:
    """The row of table 10 by completed years."""
    places = _places(10)
    return _table({age: places[row] for row, (least, most) in AGES.items() for age in range(least, most + 1)})


@lru_cache(maxsize=1)
def education_classes() -> Codes:
    """The row of table 11 by AAC011; those of 高中 are without the vocational schools, which have their own row."""
    places = _places(11)
    return _table({code: places[row] for row, codes in EDUCATIONS.items() for code in codes})


@lru_cache(maxsize=1)
def skill_classes() -> Codes:
    """The row of table 12 by grade."""
    places = _places(12)
    return _table({code: places[row] for code, row in SKILLS.items()})


@lru_cache(maxsize=1)
def group_classes() -> Codes:
    """The row of table 8 by BAC299."""
    return _table({code: code for code in GROUPS})


def _table(known: Mapping[int, int]) -> Codes:
    table = np.zeros(CODES, np.uint8)
    table[list(known)] = list(known.values())
    return table


MAJORS = 10
MINOR_CODES = 100_000  # five digits: 4-10-01 is 41001


@lru_cache(maxsize=1)
def minor_classes() -> tuple[npt.NDArray[np.int16], tuple[str, ...], tuple[str, ...]]:
    """The class by the first five digits of an occupation, and of each class its code and its row of table 5.

    Class 0 is none. Classes 1 to 9 take what is of that major class and no minor class of the classification, such as a
    wish for a whole major class or a code of an earlier edition; they have no code and stand in no list of gaps.
    """
    minors = [occupation.code for occupation in occupations().all(level=3)]
    codes = ("",) * MAJORS + tuple(minors)
    table = (np.arange(MINOR_CODES) // (MINOR_CODES // MAJORS)).astype(np.int16)
    table[[encode(code) // 100 for code in minors]] = np.arange(MAJORS, len(codes))
    table = np.append(table, table[:1])  # what is no code at all
    majors = [*map(str, range(MAJORS)), *(code[0] for code in minors)]
    return table, codes, tuple(occupation_row(major) for major in majors)


def occupation_row(code: str) -> str:
    """The row of table 5 of an occupation; 无要求 for none."""
    if code.strip("0-") == "":
        return "无要求"
    number = report_class(code)
    return "其他" if number == REPORT_OTHER else TABLES[5].rows[int(number) - 1]
