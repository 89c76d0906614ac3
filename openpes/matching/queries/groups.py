"""For which of their groups persons are preferred: one group a person, the one that the weights count most."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, OuterRef, Subquery

from openpes.codes.queries import code_items
from openpes.engine.groups import derived_groups
from openpes.engine.matching import Weights
from openpes.people.models import EducationRecord, GroupMembership
from openpes.people.queries.records import COLLEGE

EDUCATION = "education_2006"


def most_preferred(groups: Iterable[int], weights: Weights) -> int:
    """The group that the weights count most, of equal ones the smaller number; 0 when none counts."""
    shares = weights.share_of_group
    counted = [number for number in groups if number and shares[number]]
    return min(counted, key=lambda number: (-int(shares[number]), number), default=0)


def preferred_memberships(*, on: date) -> list[tuple[int, int]]:
    """Persons and the groups in which officers recognised them, in force on a day."""
    rows = GroupMembership.objects.recognised().in_force_on(on)
    return list(rows.order_by("person_id", "group").values_list("person_id", "group"))


def recent_graduations(*, on: date) -> list[tuple[int, date]]:
    """Persons and when they last graduated from a college or university, within what may make them recent graduates."""
    rows = EducationRecord.objects.standing().filter(level__in=_college_levels(), graduated_on__gt=_years_before(on))
    return list(rows.order_by("person_id", "graduated_on").values_list("person_id", "graduated_on"))


def group_columns(*, on: date) -> dict[str, Any]:
    """What a query of job wishes reads along of its persons: the groups recognised, and the last graduation."""
    memberships = GroupMembership.objects.filter(person_id=OuterRef("person_id")).recognised().in_force_on(on)
    records = EducationRecord.objects.filter(person_id=OuterRef("person_id")).standing()
    last = records.filter(level__in=_college_levels(), graduated_on__isnull=False).order_by("-graduated_on", "id")
    return {
        "recognised": ArraySubquery(memberships.order_by("group").values("group")),
        "graduated_on": Subquery(last.values("graduated_on")[:1], output_field=DateField()),
    }


def group_of(facts: tuple[Any, ...], *, on: date, weights: Weights) -> int:
    """The group for which a person is preferred most; `facts`: groups recognised, birth, sex, last graduation."""
    recognised, born_on, sex, graduated_on = facts
    law = _by_law(born_on, sex, graduated_on, on)
    return most_preferred([*recognised, *law], weights)


@lru_cache(maxsize=65536)
def _by_law(born_on: date, sex: str, graduated_on: date | None, on: date) -> tuple[int, ...]:
    law = derived_groups(born_on=born_on, sex=sex, graduated_on=graduated_on, on=on)
    return tuple(one.group.number for one in law)


@lru_cache(maxsize=1)
def _college_levels() -> tuple[str, ...]:
    ranks = {item.code: item.rank or 0 for item in code_items(EDUCATION)}
    return tuple(code for code, rank in ranks.items() if rank >= ranks[COLLEGE])


def _years_before(on: date) -> date:
    """Long enough before a day that nobody who graduated earlier is a recent graduate."""
    return on.replace(year=on.year - 10, day=1)
