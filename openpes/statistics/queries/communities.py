"""Zero-employment households that were helped, and communities of full employment, from groups, households and work."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from openpes.engine.calendars import DAY, Period, add_months
from openpes.engine.groups import groups
from openpes.engine.parameters import parameters
from openpes.kernel import within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.network.models import Area
from openpes.network.queries import area_label
from openpes.people.models import GroupMembership, Household, HouseholdMember
from openpes.registration.models import StatusPeriod
from openpes.statistics.queries.measures import Asked, Pair, Part, RowWords, measure_of
from openpes.statistics.rules.communities import Standing, why_not_full_employment

ZERO_EMPLOYMENT = 70  # of `engine.groups`
COMMUNITY = "community"


def zero_employment_households(asked: Asked) -> Pair:
    """Households with a member recognised as of a zero-employment household in the period; those where somebody works.

    Who of the household works on the last day is asked of the whole city.
    """
    recognised = GroupMembership.objects.recognised().filter(group=ZERO_EMPLOYMENT)
    recognised = recognised.overlapping(asked.period.from_on, asked.until_on)
    members = HouseholdMember.objects.filter(household=OuterRef("pk"))
    counted = members.overlapping(asked.period.from_on, asked.until_on).filter(person__in=recognised.values("person"))
    at_work = StatusPeriod.objects.employed().in_force_on(asked.last_on)
    working = members.in_force_on(asked.last_on).filter(person__in=at_work.values("person"))
    rows = Household.objects.visible_to(asked.inside).filter(Exists(counted)).order_by("area", "pk")
    helped, every = (Part(found, city=True, told=_households) for found in (rows.filter(Exists(working)), rows))
    return Pair(helped, every)


def full_employment_communities(asked: Asked) -> Pair:
    """The communities of an area, and those among them that meet every condition on the last day."""
    inside = asked.inside or "-"
    rows = Area.objects.filter(kind=COMMUNITY, path__startswith=inside).annotate(area=F("path")).order_by("path")
    reasons = _reasons(asked)
    full = [path for path in rows.values_list("path", flat=True) if not reasons(path)]

    def told(some: Sequence[Area]) -> list[RowWords]:
        met = _("Every condition is met.")
        return [
            RowWords(area_label(row.path), row.path, None, " ".join(reasons(row.path)) or met,
                     reverse("network:area", args=[row.path]))
            for row in some
        ]  # fmt: skip

    return Pair(Part(rows.filter(path__in=full), told=told), Part(rows, told=told))


def standings(asked: Asked) -> dict[str, Standing]:
    """How it stands with work in each community of an area in which anybody is registered or recognised."""
    counts = {name: _by_area(rows) for name, rows in _counted(asked).items()}
    counts |= _unsolved(zero_employment_households(_of_last_day(asked)))
    areas = {area for found in counts.values() for area in found}
    return {area: Standing(**{name: found.get(area, 0) for name, found in counts.items()}) for area in areas}


def _counted(asked: Asked) -> dict[str, QuerySet]:
    known, last = parameters(), asked.last_on
    months = int(known.value("full_employment_longest_months", last))
    periods = StatusPeriod.objects.visible_to(asked.inside)
    measure = measure_of("reemployed")
    assert measure is not None
    found = measure(asked)
    assert found.denominator is not None
    hard = [number for number, group in groups().items() if group.hardship and not group.derived]
    recognised = GroupMembership.objects.visible_to(asked.inside).recognised().in_force_on(last).filter(group__in=hard)
    at_work = StatusPeriod.objects.employed().in_force_on(last).filter(person=OuterRef("person"))
    return {
        "employed": periods.employed().in_force_on(last),
        "unemployed": periods.unemployed().in_force_on(last),
        "found": found.numerator.rows,
        "registered": found.denominator.rows,
        "hard_employed": recognised.filter(Exists(at_work)),
        "hard": recognised,
        "long": periods.unemployed().in_force_on(last).filter(from_on__lt=add_months(last, -months)),
    }


def _of_last_day(asked: Asked) -> Asked:
    return replace(asked, period=Period(asked.last_on, asked.last_on + DAY))


def _unsolved(households: Pair) -> dict[str, dict[str, int]]:
    assert households.denominator is not None
    helped, every = (_by_area(part.rows) for part in (households.numerator, households.denominator))
    return {"unsolved": {area: number - helped.get(area, 0) for area, number in every.items()}}


def _by_area(rows: QuerySet) -> dict[str, int]:
    person = "pk" if rows.model is Household else "person"
    with within(CITY):
        return dict(rows.order_by().values_list("area").annotate(n=Count(person, distinct=True)))


def _reasons(asked: Asked) -> Callable[[str], list[str]]:
    known, last = parameters(), asked.last_on
    share, months = (int(known.value(f"full_employment_{name}", last)) for name in ("percent", "longest_months"))
    found, nobody = standings(asked), Standing()
    return lambda path: list(why_not_full_employment(found.get(path, nobody), share=share, months=months))


def _households(rows: Sequence[Household]) -> list[RowWords]:
    return [
        RowWords(_("Household No. %(number)s") % {"number": row.pk}, row.area, day_of(row.created_at)) for row in rows
    ]
