"""The vacancies and job wishes that count in a period, each with its row in every official table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Expression,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Least, Left, Upper
from django.db.models.lookups import Exact

from openpes.codes.queries import code_items
from openpes.engine.calendars import Period
from openpes.engine.figures.classes import AGES, EDUCATIONS, INDUSTRIES, NO_SKILL, SECTIONS, SKILLS, unit_row
from openpes.engine.indicators import key_of, keys_in
from openpes.engine.indicators.classes import FREE
from openpes.engine.indicators.report import MINOR_CLASS, OTHER_CLASS
from openpes.engine.indicators.tables import NOT_RECORDED
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.registration.models import JobWish
from openpes.statistics.choices import Origin, Side
from openpes.statistics.queries.shown import shown
from openpes.vacancies.models import Fill, Vacancy

TABLES_OF = {Side.DEMAND: (3, 4, 5, 11), Side.SEEKERS: (5, 8, 9, 10, 11, 12)}
GAP_TABLES = (6, 7)
ENTERPRISE_TYPES = ("10", "")  # AAB019: what is not said of a unit with an economic type
NO_OCCUPATION = Value("")


@dataclass(frozen=True)
class Figure:
    """One figure of the report: a side, a table and the key of a row in it (empty for all), registered when.

    Keys are those of `engine.indicators.KEYS`; of tables 6 and 7 the code of the minor class.
    """

    side: str
    table: int = 1
    key: str = ""
    origin: str = Origin.ALL


def vacancies_behind(*, scope: str, area: str, period: Period, origin: str = Origin.ALL) -> QuerySet[Vacancy]:
    """The vacancies that count in a period, each with `left_at_start`, the places not filled before it.

    `counted` are the places that the figure takes: all of a new vacancy, those left of one carried over.
    """
    filled_before = (
        Fill.objects.filter(vacancy=OuterRef("pk"), filled_on__lt=period.from_on)
        .order_by()
        .values("vacancy")
        .annotate(n=Count("id"))
        .values("n")
    )
    day_after = ExpressionWrapper(F("closes_on") + timedelta(days=1), output_field=DateField())
    last = Cast(day_after, DateField())  # a date and an interval make a moment in PostgreSQL
    rows = (
        Vacancy.objects.visible_to(scope)
        .visible_to(area)
        .published()
        .annotate(
            left_at_start=F("openings") - Coalesce(Subquery(filled_before, output_field=IntegerField()), 0),
            valid_until_on=Least(F("ended_on"), last),
            counted=Case(When(published_on__gte=period.from_on, then=F("openings")), default=F("left_at_start")),
        )
    )
    carried = Q(published_on__lt=period.from_on, valid_until_on__gt=period.from_on, left_at_start__gt=0)
    new = Q(published_on__gte=period.from_on, published_on__lt=period.until_on)
    return rows.filter(_of_origin(origin, carried, new)).order_by("published_on", "id")


def wishes_behind(*, scope: str, area: str, period: Period, origin: str = Origin.ALL) -> QuerySet[JobWish]:
    """The job wishes that count in a period."""
    carried = Q(from_on__lt=period.from_on) & (Q(until_on__isnull=True) | Q(until_on__gt=period.from_on))
    new = Q(from_on__gte=period.from_on, from_on__lt=period.until_on)
    rows = JobWish.objects.visible_to(scope).visible_to(area).filter(_of_origin(origin, carried, new))
    return rows.order_by("from_on", "id")


def keyed(rows: QuerySet, side: str, period: Period) -> QuerySet:
    """The rows with `origin` and their key in each table of the side: `key_3`, `key_5` …

    `key_5` is the code of the minor class, from which the class of table 5 follows. The keys need the employer or the
    person of the row, who may be at home in another area: read them `within` the city.
    """
    begun = "published_on" if side == Side.DEMAND else "from_on"
    origin = Case(
        When(**{f"{begun}__gte": period.from_on}, then=Value(Origin.NEW.value)), default=Value(Origin.CARRIED.value)
    )
    keys = _demand_keys() if side == Side.DEMAND else {"counted": Value(1), **_seeker_keys()}
    return rows.annotate(origin=origin, **keys)


def rows_behind(*, scope: str, area: str, period: Period, figure: Figure) -> QuerySet:
    """The list behind one figure: vacancies for demand, job wishes for seekers; all of them for a total."""
    behind = vacancies_behind if figure.side == Side.DEMAND else wishes_behind
    return _of_figure(behind(scope=scope, area=area, period=period, origin=figure.origin), figure, period)


def _of_figure(rows: QuerySet, figure: Figure, period: Period) -> QuerySet:
    if not figure.key:
        return rows
    rows = keyed(rows, figure.side, period)
    if figure.table in GAP_TABLES:
        return rows.filter(key_5=figure.key)
    if figure.table == 5:
        return rows.filter(_in_class(figure.key))
    if figure.side == Side.DEMAND and figure.table not in (2, *TABLES_OF[Side.DEMAND]):
        return rows if figure.key == FREE else rows.none()  # no vacancy states such a requirement
    column = 3 if figure.table == 2 else figure.table
    return rows.filter(**{f"key_{column}__in": keys_in(figure.table, figure.key)})


def total_behind(*, scope: str, area: str, period: Period, figure: Figure) -> int:
    """What the list behind a figure adds up to, which is the figure: places for demand, job wishes for seekers."""
    behind = vacancies_behind if figure.side == Side.DEMAND else wishes_behind
    rows = shown(behind(scope=scope, area=area, period=period, origin=figure.origin).order_by())
    rows = _of_figure(rows, figure, period)
    with within(CITY):
        if figure.side == Side.DEMAND:
            return int(rows.aggregate(n=Sum("counted"))["n"] or 0)
        return rows.count()


def _demand_keys() -> dict[str, Expression]:
    sections = dict(zip(SECTIONS, (key_of(3, INDUSTRIES[n]) for n in range(1, 21)), strict=True))
    return {
        "key_3": _by_code(Upper(Left("employer__industry", 1)), sections, key_of(3, INDUSTRIES[21])),
        "key_4": _unit_key(),
        "key_5": Left("occupation", MINOR_CLASS),
        "key_11": _by_code(Left("education_min", 1), _educations(), FREE),
    }


def _seeker_keys() -> dict[str, Expression | F]:
    grades = {str(code): key_of(12, row) for code, row in SKILLS.items() if code <= 5}
    return {
        "key_5": Left(Coalesce(F("occupations__0"), NO_OCCUPATION, output_field=CharField()), MINOR_CLASS),
        "key_8": F("category"),
        "key_9": F("person__sex"),
        "key_10": _age_key(),
        "key_11": _by_code(Left("person__education", 1), _educations(), key_of(11, NOT_RECORDED)),
        "key_12": _by_code(F("person__skill_level"), grades, key_of(12, SKILLS[NO_SKILL])),
    }


def _by_code(code: Expression | F, keys: Mapping[str, str], default: str) -> Case:
    whens = [When(Exact(code, Value(known)), then=Value(key)) for known, key in keys.items()]
    return Case(*whens, default=Value(default), output_field=CharField())


def _educations() -> dict[str, str]:
    """The key in table 11 by the first digit of AAC011."""
    return {str(code // 10): key_of(11, row) for row, codes in EDUCATIONS.items() for code in codes[::10]}


def _unit_key() -> Case:
    whens = [When(employer__unit_type=code, then=Value(key_of(4, unit_row(int(code), 0)))) for code in ("20", "30")]
    unknown = When(employer__unit_type="", employer__economic_type="", then=Value(key_of(4, unit_row(0, 0))))
    types: dict[str, list[str]] = {}
    for item in code_items("economic_type"):
        types.setdefault(key_of(4, unit_row(10, int(item.code))), []).append(item.code)
    for key, codes in types.items():
        inside = {"employer__unit_type__in": ENTERPRISE_TYPES, "employer__economic_type__in": codes}
        whens.append(When(**inside, then=Value(key)))
    enterprise = When(employer__unit_type__in=ENTERPRISE_TYPES, then=Value(key_of(4, "企业")))
    return Case(
        *whens, unknown, enterprise, default=Value(key_of(4, unit_row(90, 0))), output_field=CharField()
    )


def _age_key() -> Case:
    """By completed years on the day of registration; who was born on 29 February is older on 28 February."""
    oldest_first = sorted(AGES.items(), key=lambda row: -row[1][0])
    whens = []
    for row, (least, _most) in oldest_first[:-1]:
        years = f"(%(expressions)s + interval '{least} years')::date"
        birthday = Func(F("person__born_on"), template=years, output_field=DateField())
        whens.append(When(from_on__gte=birthday, then=Value(key_of(10, row))))
    return Case(*whens, default=Value(key_of(10, oldest_first[-1][0])), output_field=CharField())


def _in_class(key: str) -> Q:
    """The rows of a class of table 5: by major class, and all from 7 on together in 其他."""
    if key == FREE:
        return Q(key_5="")
    return Q(key_5__gte=OTHER_CLASS) if key == OTHER_CLASS else Q(key_5__startswith=key)


def _of_origin(origin: str, carried: Q, new: Q) -> Q:
    return {Origin.CARRIED: carried, Origin.NEW: new}.get(Origin(origin), carried | new)
