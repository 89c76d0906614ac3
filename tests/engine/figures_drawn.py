"""Facts drawn at random, wrong codes among them, and the plain counting of them, one by one."""

from collections import Counter
from datetime import date, timedelta

import numpy as np

from openpes.engine.calendars import Period
from openpes.engine.figures import Facts
from openpes.engine.figures import kinds as k
from openpes.engine.figures.classes import EDUCATIONS, INDUSTRIES, SKILLS, unit_row
from openpes.engine.indicators import Counted, Sides, key_of
from openpes.engine.occupations import encode, occupations

FIRST = date(1970, 1, 1)
FROM = date(2026, 7, 1)
PERIOD = Period(FROM, date(2026, 10, 1))
MINORS = {encode(one.code) // 100: one.code for one in occupations().all(level=3)}
LEAVES = [encode(one.code) for one in occupations().all(level=4)]
TOWNS = (450102001000, 450102002000, 450103001003, 450110000000, 450181105000)


def draw(rows: int, seed: int, *, city: int = 4501, wrong: bool = True) -> Facts:
    """Facts around the border days of the period; where `wrong` is set with codes that are none."""
    r = np.random.default_rng(seed)
    bad = [-1, -32768, 32767, 999] if wrong else []
    days = (FROM - FIRST).days + r.choice([-400, -92, -1, 0, 1, 91, 92, 93, 400], rows)
    kinds = r.choice([*k.KINDS, *bad], rows)
    odd = [-1, 12, 9_999_999, 10_000_000, 99_999_999, 4_100_000, 4_000_000, 8_000_000] if wrong else []
    return Facts.of({
        "kind": kinds, "area": r.choice(TOWNS, rows) + (city - 4501) * 10**8, "happened_on": days - 3,
        "counted_on": days, "number": r.integers(-3, 9, rows),
        "occupation": np.where(r.random(rows) < 0.7, r.choice(LEAVES, rows), r.choice([0, *odd], rows)),
        "industry": r.choice([*range(22), *bad], rows), "unit_type": r.choice([0, 10, 10, 20, 30, 60, 90, *bad], rows),
        "economic_type": r.choice([0, 100, 110, 159, 171, 175, 190, 200, 310, 400, 900, *bad], rows),
        "sex": r.choice([0, 1, 2, *bad], rows), "age": r.choice([0, 15, 16, 24, 25, 34, 35, 44, 45, 90, *bad], rows),
        "education": r.choice([0, 11, 20, 30, 44, 61, 71, 90, *bad], rows),
        "skill": r.choice([0, *range(1, 10), *bad], rows), "person_group": r.choice([*range(11), *bad], rows),
    })  # fmt: skip


def only_growing(facts: Facts) -> Facts:
    """The same facts, none of which takes anything away, so that every cell can be printed."""
    return facts._replace(number=abs(facts.number) + 1)


def plain(facts: Facts, area: str, period: Period = PERIOD, *, mistake: str = "") -> Sides:
    """The counts of an area, fact by fact; `mistake` plants one that a comparison must find."""
    found: tuple[Counter, Counter] = Counter(), Counter()
    for fact in zip(*(column.tolist() for column in facts), strict=True):
        fact = Facts(*fact)
        if not f"{fact.area:012d}".startswith(area):
            continue
        day = FIRST + timedelta(days=fact.happened_on if mistake == "happened" else fact.counted_on)
        demand = fact.kind in (k.PLACES_OFFERED, k.PLACES_FILLED, k.PLACES_ENDED)
        if mistake == "filled" and fact.kind == k.PLACES_FILLED:
            continue
        if not demand and fact.kind not in (k.WISH_BEGUN, k.WISH_ENDED):
            continue
        carried = day <= period.from_on if mistake == "border" else day < period.from_on
        new = day in period and (fact.kind in (k.PLACES_OFFERED, k.WISH_BEGUN) or mistake == "ends")
        if not carried and not new:
            continue
        for table, key in _keys(fact, demand, mistake).items():
            found[not demand][table, key, "carried" if carried else "new"] += fact.number
    return Sides(*(_by_table(side) for side in found))


def _keys(fact, demand: bool, mistake: str) -> dict[int, str]:
    keys = {
        5: _occupation(fact.occupation), 9: str(fact.sex) if fact.sex in (1, 2) else "0", 10: _age(fact.age),
        11: _row(11, next((row for row, codes in EDUCATIONS.items() if fact.education in codes), "")),
        12: _row(12, SKILLS.get(fact.skill, "")),
    }  # fmt: skip
    if demand:
        section = fact.industry if mistake == "industry" else 0
        row = INDUSTRIES.get(fact.industry, "其他")
        economic = fact.economic_type if fact.economic_type >= 0 else 9999
        return keys | {3: str(section) if section else key_of(3, row), 4: key_of(4, unit_row(fact.unit_type, economic))}
    stated = {11: key_of(11, "未登记"), 12: key_of(12, "无技术等级或职称")}
    keys |= {table: key for table, key in stated.items() if keys[table] == "0"}
    return keys | {8: str(fact.person_group) if 1 <= fact.person_group <= 10 else "0"}


def _occupation(code: int) -> str:
    if not 0 < code < 10_000_000:
        return ""
    return MINORS.get(code // 100) or str(code // 1_000_000).strip("0")


def _age(years: int) -> str:
    return "0" if years < 1 else str(1 + sum(years >= least for least in (25, 35, 45)))


def _row(table: int, row: str) -> str:
    return key_of(table, row) if row else "0"


def _by_table(counts: Counter) -> dict[int, dict[str, Counted]]:
    tables: dict[int, dict[str, Counted]] = {}
    for (table, key, origin), number in counts.items():
        rows = tables.setdefault(table, {})
        rows[key] = rows.get(key, Counted()) + Counted(**{origin: number})
    return tables


def shown(sides: Sides) -> list:
    """What is not zero, so that two ways of counting can be compared."""
    return [
        {(table, key): count for table, rows in side.items() for key, count in rows.items() if count != Counted()}
        for side in (sides.demand, sides.seekers)
    ]
