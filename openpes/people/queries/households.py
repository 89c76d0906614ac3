"""Households of an area, with their members."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from openpes.kernel.composed import ComposedColumns
from openpes.people.choices import Relation
from openpes.people.models import Household, HouseholdMember, Person


@dataclass(frozen=True)
class Member:
    """A member of a household, as its page lists them."""

    person: Person
    relation: str
    code: str
    is_head: bool
    from_on: date

    @property
    def is_unworded(self) -> bool:
        """Whether nobody has said more closely what the member is to the head."""
        return not self.is_head and self.code in ("", Relation.OTHER)


@dataclass(frozen=True)
class HouseholdView:
    """A household with its present members, the head first."""

    household: Household
    members: list[Member]


@dataclass(frozen=True)
class Housemate:
    """A member of a household in the short list of a person's page."""

    name: str
    relation: str


def household_of(*, scope: str, person: int, on: date) -> HouseholdView | None:
    """The household of a person on a day with all its members, or None."""
    inside = HouseholdMember.objects.visible_to(scope).in_force_on(on)
    rows = list(
        inside.filter(household__in=inside.filter(person=person).values("household"))
        .select_related("person", "household")
        .order_by("-is_head", "person__born_on", "id")
    )
    if not rows:
        return None
    members = [Member(row.person, relation_label(row.relation), row.relation, row.is_head, row.from_on) for row in rows]
    return HouseholdView(rows[0].household, members)


def housemates_of(*, scope: str, person: int, on: date) -> list[Housemate]:
    """The household of a person on a day as its short list shows it, the head first; nobody without a household."""
    rows = _HOUSEMATES(scope=scope, person=person, on=on)
    return [Housemate(row["person__name"], relation_label(row["relation"])) for row in rows]


def _housemates(*, scope: str, person: int, on: date) -> QuerySet[Any, Any]:
    inside = HouseholdMember.objects.visible_to(scope).in_force_on(on)
    found = inside.filter(household__in=inside.filter(person=person).values("household"))
    return found.order_by("-is_head", "person__born_on", "id").values("person__name", "relation")


_HOUSEMATES = ComposedColumns(_housemates, {"scope": "123", "person": -1, "on": date.min})


def households_with(*, scope: str, booklet_no: str) -> list[Household]:
    """The households of the area with a booklet number."""
    return list(Household.objects.visible_to(scope).with_booklet(booklet_no.strip()).order_by("id"))


def relation_label(relation: str) -> str:
    """The relation to the head of the household in words; what is not a code of GB/T 4761 stands for itself."""
    return str(Relation(relation).label) if relation in Relation else relation


@dataclass(frozen=True)
class PastMember:
    """A line of membership that ended, as the page of the household lists it."""

    name: str
    relation: str
    from_on: date
    until_on: date
    why: str


def household_history(*, scope: str, household: int) -> list[PastMember]:
    """Who belonged to a household of the area and in what relation, the latest end first."""
    every = HouseholdMember.objects.visible_to(scope).filter(household=household)
    begun = set(every.values_list("person", "from_on"))
    return [
        PastMember(row.person.name, relation_label(row.relation), row.from_on, row.until_on, _why_ended(row, begun))
        for row in every.exclude(until_on=None).select_related("person").order_by("-until_on", "-id")
    ]


def _why_ended(row: HouseholdMember, begun: Collection[tuple[int, date | None]]) -> str:
    if row.end_reason:
        return str(row.get_end_reason_display())
    return _("the relation to the head was told anew") if (row.person_id, row.until_on) in begun else ""
