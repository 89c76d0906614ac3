"""Which services somebody gets free of charge, as whom and by which clause; and how many did, by area and quarter."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openpes.codes.queries import in_language
from openpes.engine.groups import derived_groups, groups
from openpes.kernel import Actor, within
from openpes.kernel.scope import CITY
from openpes.network.queries import area_name, areas_below
from openpes.people.models import GroupMembership, Person
from openpes.people.queries import own_person
from openpes.referrals import rules
from openpes.referrals.models import Referral, ReferralQuerySet
from openpes.referrals.rules.fees import EVERYBODY, HARDSHIP, PLACEMENT, RURAL, UNEMPLOYED
from openpes.registration.choices import Status
from openpes.registration.queries import status_of

RURAL_HUKOU = frozenset({"20", "21", "22"})
GROUNDS = {
    HARDSHIP: lazy("Hard-to-employ person"),
    UNEMPLOYED: lazy("Registered unemployed"),
    RURAL: lazy("Rural worker"),
    EVERYBODY: lazy("Everybody who looks for work"),
}


@dataclass(frozen=True)
class ServiceLine:
    """A service that is free of charge for somebody: its name, as whom, and by which clause."""

    title: str
    ground: str
    clause: str


@dataclass(frozen=True)
class FreeLine:
    """An area with the free introductions and applications that were made there, by ground."""

    area: str
    name: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


def grounds_of(*, person: Person, on: date, unemployed: bool | None = None) -> frozenset[str]:
    """On which grounds a person may pay nothing on a day; `unemployed` when that is known already."""
    with within(CITY):
        if unemployed is None:
            status = status_of(scope=CITY, person=person.pk, on=on)
            unemployed = status is not None and status.status == Status.UNEMPLOYED
        hard = GroupMembership.objects.filter(person=person, group__in=_hard()).recognised().in_force_on(on).exists()
    hard = hard or _hard_by_law(person.born_on, person.sex, on)
    found = {HARDSHIP: hard, UNEMPLOYED: unemployed, RURAL: person.hukou in RURAL_HUKOU}
    return frozenset(ground for ground, holds in found.items() if holds)


def ground_by_law(*, born_on: date, sex: str, on: date) -> str:
    """The ground under which the introduction of a registered unemployed counts, as far as the law alone says."""
    grounds = {UNEMPLOYED, HARDSHIP} if _hard_by_law(born_on, sex, on) else {UNEMPLOYED}
    return placement_ground(grounds, on)


def placement_ground(grounds: Collection[str], on: date) -> str:
    """Under which ground an introduction or application is free of charge on a day; empty when it is not."""
    found = rules.exemption(service=PLACEMENT, grounds=grounds, on=on)
    return found.ground if found else ""


def free_services_of(*, person: Person, on: date) -> list[ServiceLine]:
    """Every service that a person gets free of charge on a day, and why."""
    found = rules.exemptions(grounds=grounds_of(person=person, on=on), on=on)
    return [
        ServiceLine(
            in_language(one.parameter.title_zh, one.parameter.title_en).split(":")[0], ground_label(one.ground),
            _(one.source),
        )
        for one in found
    ]  # fmt: skip


def own_free_services(*, actor: Actor, on: date) -> list[ServiceLine]:
    """Every service that the person of an account gets free of charge on a day."""
    return free_services_of(person=own_person(actor=actor), on=on)


def free_sentence(*, ground: str, on: date) -> str:
    """That the placement costs the person nothing, as whom and by which clause."""
    found = rules.exemption(service=PLACEMENT, grounds={ground} if ground else (), on=on)
    if found is None:
        return ""
    told = {"ground": ground_label(found.ground), "clause": _(found.source)}
    return _("The placement is free of charge for the person (%(ground)s; %(clause)s).") % told


def ground_label(ground: str) -> str:
    """A ground in words."""
    return str(GROUNDS.get(ground, ground))


def free_counts(*, scope: str, from_on: date, until_on: date) -> list[FreeLine]:
    """The free introductions and applications of `[from_on, until_on)`: the area, then each one right below it."""
    rows = _made(scope, from_on, until_on).order_by().values_list("area", "free_ground").annotate(n=Count("pk"))
    counted = list(rows)
    below = [view.path for view in areas_below(scope)]
    return [_line(area, counted) for area in (scope, *below)]


def rows_behind(*, scope: str, from_on: date, until_on: date, ground: str) -> ReferralQuerySet:
    """The introductions and applications behind a number of `free_counts`; every ground when none is given."""
    found = _made(scope, from_on, until_on)
    return (found.filter(free_ground=ground) if ground else found).order_by("-made_on", "-pk")


def _made(scope: str, from_on: date, until_on: date) -> ReferralQuerySet:
    inside = Referral.objects.visible_to(scope).exclude(free_ground="")
    return inside.filter(made_on__gte=from_on, made_on__lt=until_on)


def _line(area: str, counted: list[tuple[str, str, int]]) -> FreeLine:
    counts = dict.fromkeys(GROUNDS, 0)
    for there, ground, number in counted:
        if there.startswith(area):
            counts[ground] = counts.get(ground, 0) + number
    return FreeLine(area, area_name(area), counts)


@lru_cache(maxsize=1)
def _hard() -> tuple[int, ...]:
    return tuple(number for number, group in groups().items() if group.hardship)


@lru_cache(maxsize=50_000)
def _hard_by_law(born_on: date, sex: str, on: date) -> bool:
    law = derived_groups(born_on=born_on, sex=sex, graduated_on=None, on=on)
    return any(one.group.hardship and one.from_on <= on and (one.until_on is None or on < one.until_on) for one in law)
