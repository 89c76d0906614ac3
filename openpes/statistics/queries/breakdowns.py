"""An indicator broken down by what it declares: numerator and denominator of each part, and the rows behind each cell.

A part is told by a key; every row stands in exactly one part of a breakdown, so its parts add up to the whole.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, CharField, Count, DateField, F, Func, Model, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Left, Upper
from django.db.models.lookups import Exact

from openpes.engine.figures.classes import AGES, EDUCATIONS, SECTIONS
from openpes.engine.indicators import key_of
from openpes.engine.indicators.classes import FREE
from openpes.engine.indicators.declared import Indicator
from openpes.engine.indicators.report import OTHER_CLASS
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.referrals.models import Hire, Referral, RetentionCheck
from openpes.registration.models import JobWish, StatusPeriod
from openpes.statistics.queries.indicators import Measured
from openpes.statistics.queries.measures import Asked, Part, measure_of
from openpes.statistics.queries.shown import shown, shown_of_city
from openpes.vacancies.models import Fill, Vacancy

NOT_STATED = ""
OTHER_SECTION = "-"
BEGUN: Mapping[type[Model], str] = {
    StatusPeriod: "from_on", JobWish: "from_on", Referral: "made_on", Hire: "begins_on", RetentionCheck: "due_on",
}  # fmt: skip
EMPLOYERS: Mapping[type[Model], str] = {
    Vacancy: "employer__industry", Fill: "vacancy__employer__industry", Hire: "vacancy__employer__industry",
    StatusPeriod: "employer__industry",
}  # fmt: skip
OCCUPATIONS: Mapping[type[Model], str] = {
    Vacancy: "occupation", Fill: "vacancy__occupation", Hire: "vacancy__occupation", StatusPeriod: "occupation",
    JobWish: "occupations__0",
}  # fmt: skip


@dataclass(frozen=True)
class Breakdown:
    """An indicator by one of its breakdowns: the parts by key in their order, and the whole that they add up to."""

    by: str
    parts: tuple[tuple[str, Measured], ...]
    whole: Measured


def breakdown(*, indicator: Indicator, by: str, asked: Asked) -> Breakdown:
    """An indicator of an area and a period by one of the breakdowns that it declares, other than by area.

    :raises KeyError: it declares no such breakdown, or nobody measures it yet
    """
    counts = [_by_key(part, by) for part in _parts(indicator, by, asked)]
    keys = sorted({key for found in counts for key in found}, key=lambda key: (key in (FREE, NOT_STATED), key))
    made = tuple((key, _measured(indicator, [found.get(key, 0) for found in counts])) for key in keys)
    return Breakdown(by, made, _measured(indicator, [sum(found.values()) for found in counts]))


@contextmanager
def rows_of_cell(
    *, indicator: Indicator, by: str, key: str, asked: Asked, denominator: bool = False
) -> Iterator[Part | None]:
    """The rows behind one cell, each with its `amount`, to be read inside the block; nothing without a denominator.

    :raises KeyError: as `breakdown`
    """
    parts = _parts(indicator, by, asked)
    if denominator and len(parts) == 1:
        yield None
        return
    part = parts[denominator]
    rows = _keyed(part, by).filter(cell=key)
    rows = rows.annotate(amount=Value(1) if part.amount is None else part.amount)
    with within(CITY):
        yield replace(part, rows=rows)


def can_be_opened(indicator: Indicator, by: str) -> bool:
    """Whether an indicator is measured and declares a breakdown that is not by area."""
    return bool(indicator.measured_by) and by in KEYS and by in indicator.breakdowns


def _parts(indicator: Indicator, by: str, asked: Asked) -> list[Part]:
    measure = measure_of(indicator.measured_by)
    if measure is None or not can_be_opened(indicator, by):
        raise KeyError(f"'{indicator.code}' has no breakdown by '{by}'.")
    pair = measure(asked)
    return [pair.numerator] if pair.denominator is None else [pair.numerator, pair.denominator]


def _measured(indicator: Indicator, counts: list[int]) -> Measured:
    return Measured(indicator, *counts)


def _by_key(part: Part, by: str) -> dict[str, int]:
    rows = _keyed(part, by).order_by().values("cell")
    counted = rows.annotate(n=Count("pk") if part.amount is None else Sum(part.amount)).values_list("cell", "n")
    with within(CITY):
        return {str(key): int(number or 0) for key, number in counted.order_by("cell")}


def _keyed(part: Part, by: str) -> QuerySet:
    """The rows with their key as `cell`, held to what the reader may see; to be read within the city.

    Who or what describes a row may be at home in another area.
    """
    rows = shown_of_city(part.rows) if part.city else shown(part.rows)
    return rows.annotate(cell=KEYS[by](rows.model))


def _column(name: str) -> Callable[[type[Model]], Any]:
    return lambda _table: Cast(F(name), CharField())


def _age_key(table: type[Model]) -> Case:
    """The row of table 10 by completed years on the day on which the row begins."""
    whens = []
    for row, (least, _most) in sorted(AGES.items(), key=lambda one: -one[1][0])[:-1]:
        years = f"(%(expressions)s + interval '{least} years')::date"
        birthday = Func(F("person__born_on"), template=years, output_field=DateField())
        whens.append(When(**{f"{BEGUN[table]}__gte": birthday}, then=Value(key_of(10, row))))
    youngest = min(AGES, key=lambda row: AGES[row][0])
    return Case(*whens, default=Value(key_of(10, youngest)), output_field=CharField())


def _education_key(_table: type[Model]) -> Case:
    """The row of table 11 by the first digit of AAC011; what is not on record is a part of its own."""
    digits = {str(code // 10): key_of(11, row) for row, codes in EDUCATIONS.items() for code in codes[::10]}
    return _by_code(Left("person__education", 1), digits, FREE)


def _occupation_key(table: type[Model]) -> Case:
    """The row of table 5; without an occupation a part of its own."""
    first = Left(Coalesce(F(OCCUPATIONS[table]), Value(""), output_field=CharField()), 1)
    known = {str(major): str(major) for major in range(1, 7)} | {"": FREE}
    return _by_code(first, known, OTHER_CLASS)


def _industry_key(table: type[Model]) -> Case:
    """The section A to T; no known section and no employer are parts of their own."""
    first = Coalesce(Upper(Left(EMPLOYERS[table], 1)), Value(NOT_STATED), output_field=CharField())
    return _by_code(first, {letter: letter for letter in SECTIONS} | {"": NOT_STATED}, OTHER_SECTION)


def _by_code(code: Any, keys: Mapping[str, str], default: str) -> Case:
    whens = [When(Exact(code, Value(known)), then=Value(key)) for known, key in keys.items()]
    return Case(*whens, default=Value(default), output_field=CharField())


KEYS: Mapping[str, Callable[[type[Model]], Any]] = {
    "sex": _column("person__sex"), "age": _age_key, "education": _education_key, "occupation": _occupation_key,
    "industry": _industry_key, "reason": _column("reason"), "end_reason": _column("end_reason"),
    "group": _column("category"), "kind": _column("kind"), "ground": _column("free_ground"),
    "months": _column("months"), "purpose": _column("purpose"),
}  # fmt: skip
