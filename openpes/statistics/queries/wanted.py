"""What the rows of the register say: one definition for each kind of fact, for some rows or for the whole city.

A thing that lasts from a day until another ends with the last day on which it held, and never before it began; so what
facts add up to before a day is what was registered before it and still held at its start (上期结转). What ends takes
the columns of what began: it leaves the cell that it had entered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    Expression,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least

from openpes.referrals.choices import Origin
from openpes.referrals.models import Hire, Referral
from openpes.registration.choices import Status
from openpes.registration.models import JobWish, StatusPeriod
from openpes.statistics.choices import FactKind, FactSource
from openpes.vacancies.models import Fill, Vacancy

CELL = (
    "area", "occupation", "industry", "unit_type", "economic_type", "sex", "age", "education", "skill", "person_group",
)  # fmt: skip
KEY = ("kind", "subject", "happened_on", *CELL)  # what makes two facts of a row the same fact
COLUMNS = (*KEY, "number")
KINDS_OF = {
    FactSource.VACANCY: (FactKind.PLACES_OFFERED, FactKind.PLACES_FILLED, FactKind.PLACES_ENDED),
    FactSource.WISH: (FactKind.WISH_BEGUN, FactKind.WISH_ENDED),
    FactSource.PERIOD: (
        FactKind.UNEMPLOYMENT_BEGUN, FactKind.UNEMPLOYMENT_ENDED, FactKind.EMPLOYMENT_BEGUN, FactKind.EMPLOYMENT_ENDED,
        FactKind.UNEMPLOYMENT_PASSING, FactKind.EMPLOYMENT_PASSING,
    ),
    FactSource.REFERRAL: (FactKind.INTRODUCTION,),
    FactSource.HIRE: (FactKind.HIRE,),
}  # fmt: skip
# Kinds that the same rows tell, described alike: the heaviest group first.
TOGETHER = (
    (FactKind.EMPLOYMENT_BEGUN, FactKind.EMPLOYMENT_ENDED, FactKind.EMPLOYMENT_PASSING),
    (FactKind.WISH_BEGUN, FactKind.WISH_ENDED),
    (FactKind.UNEMPLOYMENT_BEGUN, FactKind.UNEMPLOYMENT_ENDED, FactKind.UNEMPLOYMENT_PASSING),
    (FactKind.PLACES_OFFERED, FactKind.PLACES_ENDED),
    (FactKind.INTRODUCTION,),
    (FactKind.PLACES_FILLED,),
    (FactKind.HIRE,),
)
SOURCE_OF = {kind: source for source, kinds in KINDS_OF.items() for kind in kinds}
NOTHING = Value(0)
NO_GRADE = 9  # of `engine.figures.classes.SKILLS`: no grade and no title


class _Repeated(Func):
    """A function whose template names its argument several times: its values are given as often."""

    output_field = IntegerField()

    def as_sql(self, *where: Any, **context: Any) -> Any:
        sql, values = super().as_sql(*where, **context)
        return sql, list(values) * self.template.count("%(expressions)s")


class _Code(_Repeated):
    """A code of up to four digits as a number; 0 for none and for what is no such code."""

    template = (
        "CASE WHEN %(expressions)s <> '' AND octet_length(%(expressions)s) < 5"
        " AND ltrim(%(expressions)s, '0123456789') = '' THEN %(expressions)s::smallint ELSE %(none)s END"
    )

    def __init__(self, code: Any, none: int = 0) -> None:
        super().__init__(code, none=none)


class _Occupation(_Repeated):
    """The digits of a code of 2022, filled up to seven; 0 for none and for what is no such code."""

    template = (
        "CASE WHEN octet_length(%(expressions)s) < 11 AND ltrim(%(expressions)s, '0123456789-') = ''"
        " THEN rpad(replace(%(expressions)s, '-', ''), 7, '0')::integer ELSE 0 END"
    )


class _Section(_Repeated):
    """The number of the section A to T of GB/T 4754, 21 for what is of none, 0 for what is not said."""

    template = (
        "CASE WHEN coalesce(%(expressions)s, '') = '' THEN 0"
        " ELSE coalesce(nullif(strpos('ABCDEFGHIJKLMNOPQRST', upper(left(%(expressions)s, 1))), 0), 21) END"
    )


class _Age(Func):
    """Completed years on a day; who was born on 29 February is a year older on 28 February."""

    arity = 2
    output_field = IntegerField()

    def as_sql(self, compiler: Any, *_rest: Any, **_context: Any) -> Any:
        born, day = (compiler.compile(expression)[0] for expression in self.get_source_expressions())
        years = f"(extract(year from {day}) - extract(year from {born}))::integer"
        return f"{years} - (({born} + make_interval(years => {years}))::date > {day})::integer", []


class _DayBefore(Func):
    template = "(%(expressions)s - 1)"
    output_field = DateField()


class _DayAfter(Func):
    template = "(%(expressions)s + 1)"
    output_field = DateField()


@dataclass(frozen=True)
class _Told:
    """Rows and what each of them says: the subject, the day, the number and the columns that are not 0.

    `when` narrows the rows to those that say it; kinds of `TOGETHER` differ in it, in the day and in the number only.
    """

    rows: QuerySet
    subject: str
    happened_on: Any
    number: Any
    cell: dict[str, Any]
    when: Q | None = None


def wanted(kind: FactKind, *, horizon: date, subjects: Sequence[int] | None = None) -> QuerySet:
    """What the rows say of one kind of fact before a day, all of them or those of some subjects.

    One row a fact, with the columns `fact_kind`, `fact_subject` … of `COLUMNS`. The rows are described by persons and
    employers who may be at home elsewhere: read it within the city.
    """
    told = _TOLD[kind]()
    columns = {"kind": Value(int(kind)), "happened_on": told.happened_on, "number": told.number}
    rows = _described(told, subjects).filter(told.when or Q())
    rows = rows.annotate(**{f"fact_{name}": column for name, column in columns.items()})
    rows = rows.filter(fact_happened_on__lt=horizon).exclude(fact_number=0)
    return rows.order_by().values(*(f"fact_{name}" for name in COLUMNS))


def wanted_sql(kinds: Iterable[FactKind], *, horizon: date, subjects: Sequence[int] | None = None) -> tuple[str, list]:
    """The statement that reads all facts of these kinds under their plain names, and its values."""
    statements, values = [], []
    for group in together(kinds):
        read = _one_sql if len(group) == 1 else _group_sql
        sql, params = read(group, horizon, subjects)
        statements.append(sql)
        values += params
    return " UNION ALL ".join(statements), values


def together(kinds: Iterable[FactKind]) -> list[tuple[FactKind, ...]]:
    """These kinds in groups that one pass over the same rows tells."""
    wanted_kinds = set(kinds)
    groups = (tuple(kind for kind in group if kind in wanted_kinds) for group in TOGETHER)
    return [group for group in groups if group]


def _described(told: _Told, subjects: Sequence[int] | None) -> QuerySet:
    rows = told.rows if subjects is None else told.rows.filter(**{f"{told.subject}__in": list(subjects)})
    cell = {name: told.cell.get(name, NOTHING) for name in CELL}
    return rows.annotate(fact_subject=F(told.subject), **{f"fact_{name}": cell[name] for name in CELL})


def _one_sql(group: tuple[FactKind, ...], horizon: date, subjects: Sequence[int] | None) -> tuple[str, list]:
    sql, values = wanted(group[0], horizon=horizon, subjects=subjects).query.sql_with_params()
    columns = ", ".join(f"fact_{name} AS {name}" for name in COLUMNS)
    return f"SELECT {columns} FROM ({sql}) AS told", list(values)


def _group_sql(group: tuple[FactKind, ...], horizon: date, subjects: Sequence[int] | None) -> tuple[str, list]:
    """One pass over the rows, each of which says what it says of every kind of the group."""
    told = {kind: _TOLD[kind]() for kind in group}
    days = {f"day_{kind:d}": one.happened_on for kind, one in told.items()}
    numbers = {f"number_{kind:d}": _when(one) for kind, one in told.items()}
    rows = _described(told[group[0]], subjects).annotate(**days, **numbers).order_by()
    cell = [f"fact_{name}" for name in CELL]
    sql, values = rows.values("fact_subject", *cell, *days, *numbers).query.sql_with_params()
    columns = ", ".join(
        f"said.{name} AS {name}" if name in ("kind", "happened_on", "number") else f"told.fact_{name} AS {name}"
        for name in COLUMNS
    )
    said = ", ".join(f"({kind:d}, told.day_{kind:d}, told.number_{kind:d})" for kind in group)
    return (
        f"SELECT {columns} FROM ({sql}) AS told CROSS JOIN LATERAL (VALUES {said}) AS said (kind, happened_on, number)"
        " WHERE said.number <> 0 AND said.happened_on < %s",
        [*values, horizon],
    )


def _when(told: _Told) -> Any:
    if told.when is None:
        return told.number
    return Case(When(told.when, then=told.number), default=NOTHING, output_field=IntegerField())


def subjects_about(source: FactSource, ids: Sequence[int]) -> dict[FactSource, list[int]]:
    """The subjects of facts that rows of a table are behind, or that they describe."""
    if source == FactSource.PERSON:
        return _ids("person_id", ids, JobWish, StatusPeriod, Referral, Hire)
    if source == FactSource.EMPLOYER:
        return _ids("employer_id", ids, Vacancy, StatusPeriod, Referral, Hire)
    if source == FactSource.VACANCY:
        return {source: list(ids), **_ids("vacancy_id", ids, Referral, Hire)}
    return {source: list(ids)}


TABLES: dict[FactSource, Any] = {
    FactSource.VACANCY: Vacancy, FactSource.WISH: JobWish, FactSource.PERIOD: StatusPeriod,
    FactSource.REFERRAL: Referral, FactSource.HIRE: Hire,
}  # fmt: skip
_SOURCES = {table: source for source, table in TABLES.items()}


def _ids(column: str, ids: Sequence[int], *tables: Any) -> dict[FactSource, list[int]]:
    found = {}
    for table in tables:
        rows = table.objects.filter(**{f"{column}__in": list(ids)}).order_by("pk")
        found[_SOURCES[table]] = list(rows.values_list("pk", flat=True))
    return found


def _of_employer(path: str = "employer") -> dict[str, Expression]:
    return {
        "industry": _Section(f"{path}__industry"),
        "unit_type": _Code(f"{path}__unit_type"),
        "economic_type": _Code(f"{path}__economic_type"),
    }


def _of_person(begun: str) -> dict[str, Expression]:
    return {
        "sex": _Code("person__sex"),
        "age": _Age("person__born_on", begun),
        "education": _Code("person__education"),
        "skill": _Code("person__skill_level", none=NO_GRADE),
    }


def _last_day(begun: str, until: Any) -> Expression:
    return Greatest(_DayBefore(until), F(begun))


def _of_vacancy(path: str = "") -> dict[str, Any]:
    return {
        "area": F(f"{path}area"), "occupation": _Occupation(f"{path}occupation"), **_of_employer(f"{path}employer"),
        "education": _Code(f"{path}education_min"),
    }  # fmt: skip


def _closing(path: str = "") -> Expression:
    """The last day of a published vacancy, as far as it is known or planned."""
    until = Least(F(f"{path}ended_on"), _DayAfter(f"{path}closes_on"), output_field=DateField())
    return _last_day(f"{path}published_on", until)


def _places_offered() -> _Told:
    return _Told(Vacancy.objects.published(), "id", F("published_on"), F("openings"), _of_vacancy())


def _places_filled() -> _Told:
    """A place counts as filled while its vacancy was public: not before, and at the latest on its last day."""
    rows = Fill.objects.filter(vacancy__published_on__isnull=False)
    day = Least(Greatest(F("filled_on"), F("vacancy__published_on")), _closing("vacancy__"))
    return _Told(rows, "vacancy_id", day, Value(-1), _of_vacancy("vacancy__"))


def _places_ended() -> _Told:
    fills = Fill.objects.filter(vacancy=OuterRef("pk")).order_by().values("vacancy").annotate(n=Count("id")).values("n")
    left = Coalesce(Subquery(fills, output_field=IntegerField()), 0) - F("openings")
    return _Told(Vacancy.objects.published(), "id", _closing(), left, _of_vacancy())


def _of_wish() -> dict[str, Any]:
    return {
        "area": F("area"), "occupation": _Occupation("occupations__0"), **_of_person("from_on"),
        "person_group": _Code("category"),
    }  # fmt: skip


def _wish_begun() -> _Told:
    return _Told(JobWish.objects.all(), "id", F("from_on"), Value(1), _of_wish())


def _wish_ended() -> _Told:
    last = _last_day("from_on", "until_on")
    return _Told(JobWish.objects.all(), "id", last, Value(-1), _of_wish(), Q(until_on__isnull=False))


def _of_period() -> dict[str, Any]:
    return {
        "area": F("area"), "occupation": _Occupation("occupation"), **_of_employer(), **_of_person("from_on"),
    }  # fmt: skip


def _period_begun(status: Status) -> _Told:
    return _Told(StatusPeriod.objects.filter(status=status), "id", F("from_on"), Value(1), _of_period())


def _period_ended(status: Status) -> _Told:
    rows, last = StatusPeriod.objects.filter(status=status), _last_day("from_on", "until_on")
    return _Told(rows, "id", last, Value(-1), _of_period(), Q(until_on__isnull=False))


def _period_passing(status: Status) -> _Told:
    """What ended on the day on which it began: both stand on that day, and yet it was in force on none."""
    rows = StatusPeriod.objects.filter(status=status)
    return _Told(rows, "id", F("from_on"), Value(1), _of_period(), Q(until_on=F("from_on")))


def _introduction() -> _Told:
    """Introductions by the service; who applied without one is not among them."""
    cell = {**_of_vacancy("vacancy__"), **_of_person("made_on"), "area": F("area")}
    return _Told(Referral.objects.filter(origin=Origin.INTRODUCTION), "id", F("made_on"), Value(1), cell)


def _hire() -> _Told:
    cell = {**_of_vacancy("vacancy__"), **_of_person("begins_on"), "area": F("area")}
    return _Told(Hire.objects.all(), "id", F("begins_on"), Value(1), cell)


_TOLD = {
    FactKind.PLACES_OFFERED: _places_offered,
    FactKind.PLACES_FILLED: _places_filled,
    FactKind.PLACES_ENDED: _places_ended,
    FactKind.WISH_BEGUN: _wish_begun,
    FactKind.WISH_ENDED: _wish_ended,
    FactKind.UNEMPLOYMENT_BEGUN: lambda: _period_begun(Status.UNEMPLOYED),
    FactKind.UNEMPLOYMENT_ENDED: lambda: _period_ended(Status.UNEMPLOYED),
    FactKind.EMPLOYMENT_BEGUN: lambda: _period_begun(Status.EMPLOYED),
    FactKind.EMPLOYMENT_ENDED: lambda: _period_ended(Status.EMPLOYED),
    FactKind.INTRODUCTION: _introduction,
    FactKind.HIRE: _hire,
    FactKind.UNEMPLOYMENT_PASSING: lambda: _period_passing(Status.UNEMPLOYED),
    FactKind.EMPLOYMENT_PASSING: lambda: _period_passing(Status.EMPLOYED),
}
