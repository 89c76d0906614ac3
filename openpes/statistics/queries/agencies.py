"""The annual form of employment agencies (劳社统就7号): every cell counted from rows, and the rows behind it."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Left, Length, TruncDate

from openpes.engine.calendars import Period
from openpes.engine.indicators.agencies import COLUMN, COLUMNS, FORM_DEFINITION, PARTS, Cells, form_cells, leaves_of
from openpes.kernel import within
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.kernel.scope import CITY
from openpes.network.choices import OFFICE_KINDS, Level
from openpes.network.models import Posting, ServicePoint
from openpes.network.queries import area_choices, area_name
from openpes.referrals.choices import Origin
from openpes.referrals.models import Hire
from openpes.registration.models import JobWish
from openpes.statistics.queries.shown import shown
from openpes.vacancies.models import Vacancy

COUNTY_DIGITS, TOWN_DIGITS = 6, 9
STREET = "街道"
LAID_OFF, UNEMPLOYED = ("6",), ("1", "2", "3", "4")  # BAC299
GRADES = ("1", "2", "3", "4", "5")  # AAC015
NOTHING = Value(False)


@dataclass(frozen=True)
class FormInputs:
    """What a form was counted from: how many rows of each kind, and the seal of all of them."""

    rows: dict[str, int] = field(default_factory=dict)
    seal: str = ""


def form_of(*, scope: str, area: str, period: Period) -> Cells:
    """Every cell of the form of an area inside a scope; stocks are those at the end of the last day.

    An act counts in the row of the office at which its recorder was posted that day; what came in online or by an
    account without a post, and a vacancy, in the row of the unit in whose area it stands: of a county, or of the street
    or township. Stations of communities and villages stand in the row of theirs.
    """
    counts: dict[str, dict[str, int]] = {}
    for kind in KINDS:
        columns = [column.key for column in COLUMNS if column.kind == kind]
        sums = {f"sum_{key}": Sum("amount", filter=_in_column(key)) for key in columns}
        rows = _rows(kind, scope, area, period).order_by()
        with within(CITY):  # persons and staff may be at home in other areas; the rows counted are of this one
            found = list(rows.values("served").annotate(**sums))
        for one in found:
            counts.setdefault(one["served"], {}).update({key: one[f"sum_{key}"] or 0 for key in columns})
    return form_cells(counts)


def form_rows_behind(*, scope: str, area: str, period: Period, row: str, column: str) -> QuerySet:
    """The rows behind one cell, each with its `amount`: points, postings, vacancies, job wishes or hires.

    Read them within the city.

    :raises KeyError: the form has no such row or column, or nothing measures it
    """
    kind, leaves = COLUMN[column].kind, leaves_of(row)
    if kind not in KINDS or not leaves:
        raise KeyError(f"{row} {column}")
    rows = _rows(kind, scope, area, period).filter(served__in=leaves)
    return rows.filter(_in_column(column))


def form_inputs(*, scope: str, area: str, period: Period) -> FormInputs:
    """The rows behind a form and their seal, the same whoever counts them.

    The seal is a SHA-256 over the definition, the area, the period, and of each row its number, the row of the form,
    what it counts and in which columns.
    """
    numbers, digests = {}, []
    for kind in KINDS:
        numbers[kind], digest = _digest(kind, _rows(kind, scope, area, period))
        digests.append(digest)
    told = [FORM_DEFINITION, area, str(period.from_on), str(period.until_on), numbers, digests]
    return FormInputs(numbers, hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest())


def _digest(kind: str, rows: QuerySet) -> tuple[int, str]:
    columns = ["id", "served", "amount", *(key for key, _zh, _en in PARTS if COLUMN[kind].personal)]
    sql, params = rows.order_by().values(*columns).query.sql_with_params()
    with within(CITY), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), encode(sha256(convert_to(coalesce(string_agg("
            f"concat_ws('|', {', '.join(columns)}), E'\\n' ORDER BY id), ''), 'UTF8')), 'hex') FROM ({sql}) behind",
            params,
        )
        number, digest = cursor.fetchone()
    return int(number), str(digest)


def _in_column(key: str) -> Q:
    """Which rows of its kind a column counts: all, or those with its mark."""
    column = COLUMN[key]
    return Q(**{key.removeprefix(f"{column.kind}_"): True}) if column.is_part else Q()


def _rows(kind: str, scope: str, area: str, period: Period) -> QuerySet:
    counted = KINDS[kind]
    held = counted.found(period).visible_to(scope).visible_to(area)  # type: ignore[attr-defined]
    rows = counted.told(shown(held))
    rows = rows.annotate(town_of_office=Left(F("office"), TOWN_DIGITS), digits_of_office=Length("office"))
    return rows.annotate(served=_served(period)).order_by(counted.day, "id")


def _served(period: Period) -> Case:
    """The row of the form in which an office stands, as its town was called at the end of the period."""
    towns = [path for path, _label in area_choices(CITY, Level.TOWN)]
    streets = [path for path in towns if area_name(path, period.last_on).endswith(STREET)]
    return Case(
        When(digits_of_office__lte=COUNTY_DIGITS, then=Value("county")),
        When(town_of_office__in=streets, then=Value("street")),
        default=Value("township"),
        output_field=CharField(),
    )


def _offices(period: Period) -> QuerySet:
    return ServicePoint.objects.open_on(_last(period)).filter(kind__in=OFFICE_KINDS)


def _of_offices(rows: QuerySet) -> QuerySet:
    return rows.annotate(office=F("area"), amount=Value(1))


def _posted(period: Period) -> QuerySet:
    return Posting.objects.in_force_on(_last(period))


def _of_posted(rows: QuerySet) -> QuerySet:
    rows = rows.filter(point__kind__in=OFFICE_KINDS).select_related("point", "account")
    return rows.annotate(office=F("point__area"), amount=Value(1))


def _offered(period: Period) -> QuerySet:
    return _begun(Vacancy.objects.published(), "published_on", period)


def _of_offered(rows: QuerySet) -> QuerySet:
    return rows.annotate(office=F("area"), amount=F("openings"))


def _wishing(period: Period) -> QuerySet:
    return _begun(JobWish.objects.all(), "from_on", period)


def _of_wishing(rows: QuerySet) -> QuerySet:
    rows = rows.annotate(taken_in_on=F("from_on"), group=F("category"), amount=Value(1))
    return _marked(rows.annotate(office=_office("registered_by")))


def _hired(period: Period) -> QuerySet:
    return _begun(Hire.objects.all(), "begins_on", period)


def _of_hired(rows: QuerySet) -> QuerySet:
    """Hires by introduction; the group of a person is that of the last job wish before the work began."""
    wishes = JobWish.objects.filter(person=OuterRef("person"), from_on__lte=OuterRef("begins_on"))
    rows = rows.filter(referral__origin=Origin.INTRODUCTION).annotate(
        taken_in_on=TruncDate("recorded_at", tzinfo=BUSINESS_ZONE),
        group=Coalesce(Subquery(wishes.order_by("-from_on", "-id").values("category")[:1]), Value("")),
        amount=Value(1),
    )
    return _marked(rows.annotate(office=_office("recorded_by")))


def _begun(rows: QuerySet, column: str, period: Period) -> QuerySet:
    return rows.filter(**{f"{column}__gte": period.from_on, f"{column}__lt": period.until_on})


def _office(account: str) -> Coalesce:
    """Where the account that recorded a row was posted on that day; the area of the row without a post."""
    posts = Posting.objects.filter(account_id=OuterRef(account), from_on__lte=OuterRef("taken_in_on"))
    posts = posts.filter(Q(until_on__isnull=True) | Q(until_on__gt=OuterRef("taken_in_on")))
    return Coalesce(Subquery(posts.order_by("id").values("point__area")[:1]), F("area"), output_field=CharField())


def _last(period: Period) -> date:
    return period.last_on or period.from_on


def _marked(rows: QuerySet) -> QuerySet:
    """The rows of persons with the marks of the columns that count some of them."""
    marks = {
        "women": Q(person__sex="2"),
        "laid_off": Q(group__in=LAID_OFF),
        "unemployed": Q(group__in=UNEMPLOYED),
        "qualified": Q(person__skill_level__in=GRADES),
    }
    return rows.annotate(
        **{
            key: Case(When(marks[key], then=Value(True)), default=NOTHING, output_field=BooleanField())
            for key, _zh, _en in PARTS
        }
    )


@dataclass(frozen=True)
class _Counted:
    """Rows found by their own columns, what describes them, and by which day they are listed."""

    found: Callable[[Period], QuerySet]
    told: Callable[[QuerySet], QuerySet]
    day: str


KINDS = {
    "points": _Counted(_offices, _of_offices, "opened_on"),
    "staff": _Counted(_posted, _of_posted, "from_on"),
    "places": _Counted(_offered, _of_offered, "published_on"),
    "seekers": _Counted(_wishing, _of_wishing, "from_on"),
    "hires": _Counted(_hired, _of_hired, "begins_on"),
}
