"""Job wishes: of one person, in force on a day, and as plain values for reports."""

from datetime import date
from typing import NamedTuple

from openpes.kernel import Actor
from openpes.registration.models import JobWish, JobWishQuerySet


class WishPeriod(NamedTuple):
    """A job wish as reports count it, with the facts of its person; no occupations means any (无要求)."""

    id: int
    person: int
    area: str
    occupations: list[str]
    category: str
    from_on: date
    until_on: date | None
    sex: str
    born_on: date
    education: str
    skill_level: str


COLUMNS = (
    "id", "person_id", "area", "occupations", "category", "from_on", "until_on",
    "person__sex", "person__born_on", "person__education", "person__skill_level",
)  # fmt: skip


def wish(*, scope: str, pk: int) -> JobWish:
    """One job wish of the area.

    :raises JobWish.DoesNotExist: there is none of that id in the area
    """
    return JobWish.objects.visible_to(scope).select_related("person").get(pk=pk)


def wish_of(*, scope: str, person: int, on: date) -> JobWish | None:
    """The job wish of a person of the area that is in force on a day, or None."""
    return JobWish.objects.visible_to(scope).filter(person=person).in_force_on(on).first()


def own_wish(*, actor: Actor, on: date) -> JobWish | None:
    """The job wish in force of the person that a self-service account stands for."""
    return JobWish.objects.filter(person=actor.person).in_force_on(on).first()


def wishes_in_force(*, scope: str, on: date) -> list[WishPeriod]:
    """The wishes of the area in force on a day, by id."""
    return _values(JobWish.objects.visible_to(scope).in_force_on(on))


def wish_periods(*, scope: str, from_on: date, until_on: date) -> list[WishPeriod]:
    """The wishes of the area in force on any day of `[from_on, until_on)`, by id, in one query.

    Those with `from_on` inside are new in the time, the others were carried over and still valid.
    """
    return _values(JobWish.objects.visible_to(scope).overlapping(from_on, until_on))


def _values(found: JobWishQuerySet) -> list[WishPeriod]:
    return [WishPeriod(*row) for row in found.order_by("id").values_list(*COLUMNS)]
