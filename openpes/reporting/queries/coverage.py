"""The coverage: every figure is the count of the same query that opens as its list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Left

from openpes.engine.calendars import Period
from openpes.engine.parameters import parameters
from openpes.kernel import within
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.kernel.scope import CITY
from openpes.referrals.choices import EMPLOYED_BY_UNIT
from openpes.referrals.models import Hire
from openpes.registration.models import StatusPeriod
from openpes.reporting import rules
from openpes.reporting.rules import Coverage

Hires = QuerySet[StatusPeriod]


@dataclass(frozen=True)
class CoverageLine:
    """The coverage of one area, industry or employer."""

    key: str
    found: Coverage


@dataclass(frozen=True)
class Measured:
    """For which area and quarter the coverage is asked; `industry` narrows it to one section."""

    area: str
    period: Period
    industry: str = ""
    employer: int | None = None


def target_percent(on: date) -> int:
    """The share that is aimed at."""
    return int(parameters().value("coverage_target_percent", on))


def hires_counted(*, scope: str, asked: Measured, reported: bool | None = None) -> Hires:
    """The hires that count: all, those whose vacancy was reported before, or the others.

    A hire is an employment with a unit that was registered in the quarter at an office of the area, whose contract has
    no end or lasts a year or more. It was reported before when the person took a place of a vacancy of this employer
    that was public before the day on which the employment began. To be evaluated within the city: the vacancy may
    stand elsewhere.
    """
    area = asked.area if asked.area.startswith(scope) and scope else ""
    until_on = asked.period.until_on or date.max
    rows = StatusPeriod.objects.visible_to(area).employed().filter(
        category=EMPLOYED_BY_UNIT, employer__isnull=False, registered_at__gte=_midnight(asked.period.from_on),
        registered_at__lt=_midnight(until_on),
    )  # fmt: skip
    days = int(parameters().value("coverage_contract_days", asked.period.from_on))
    ends = F("contract_until_on") - Value(timedelta(days=days - 1))
    rows = rows.filter(Q(contract_until_on__isnull=True) | Q(from_on__lte=ends))
    if asked.industry:
        rows = rows.filter(employer__industry__startswith=asked.industry)
    if asked.employer:
        rows = rows.filter(employer_id=asked.employer)
    rows = rows.annotate(was_reported=Exists(_reported_before()))
    return rows if reported is None else rows.filter(was_reported=reported)


def coverage(*, scope: str, asked: Measured) -> Coverage:
    """The coverage of an area in a quarter."""
    with within(CITY):
        rows = hires_counted(scope=scope, asked=asked).order_by()
        found = rows.aggregate(hires=Count("pk"), reported=Count("pk", filter=Q(was_reported=True)))
    return rules.coverage_of(target=target_percent(asked.period.from_on), **found)


def coverage_by_area(*, scope: str, asked: Measured, length: int) -> dict[str, Coverage]:
    """The coverage of the areas below, by their code of so many characters."""
    return _grouped(scope, asked, Left("area", length))


def coverage_by_industry(*, scope: str, asked: Measured) -> dict[str, Coverage]:
    """The coverage by the section of the industry; nothing stands for employers without one."""
    return _grouped(scope, asked, Left("employer__industry", 1))


def coverage_by_employer(*, scope: str, asked: Measured, most: int = 200) -> list[tuple[int, Coverage]]:
    """The employers behind the gap: those with hires that were not reported before, the most first."""
    found = _grouped(scope, asked, F("employer_id"))
    gaps = [(int(pk), one) for pk, one in found.items() if one.missing]
    return sorted(gaps, key=lambda gap: (-gap[1].missing, gap[0]))[:most]


def missing_by_employer(*, scope: str, asked: Measured) -> Mapping[int, int]:
    """How many hires each employer made in a quarter for no vacancy that had been reported."""
    with within(CITY):
        rows = hires_counted(scope=scope, asked=asked, reported=False).order_by()
        return dict(rows.values_list("employer_id").annotate(n=Count("pk")))


def _grouped(scope: str, asked: Measured, key: object) -> dict[str, Coverage]:
    target = target_percent(asked.period.from_on)
    with within(CITY):
        rows = hires_counted(scope=scope, asked=asked).annotate(key=key).order_by("key").values("key")
        counted = rows.annotate(hires=Count("pk"), reported=Count("pk", filter=Q(was_reported=True)))
        return {
            str(row["key"]): rules.coverage_of(hires=row["hires"], reported=row["reported"], target=target)
            for row in counted
        }


def _reported_before() -> QuerySet[Hire]:
    return Hire.objects.filter(
        person=OuterRef("person"), employer=OuterRef("employer"), begins_on=OuterRef("from_on"),
        vacancy__published_on__lt=OuterRef("from_on"),
    )  # fmt: skip


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BUSINESS_ZONE)
