"""Matters in the words of the reader: one's own, those offered, those of a person, of an area, of who has left."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from openpes.access.models import Account, Grant
from openpes.access.permissions import roles
from openpes.engine.areas import ancestors
from openpes.kernel import Actor, clock, within
from openpes.kernel.deadlines import Clock, clock_of
from openpes.kernel.scope import CITY
from openpes.matters.choices import Subject
from openpes.matters.models import HandOver, Matter, Responsibility
from openpes.matters.permissions import ANSWER
from openpes.matters.rules import spread
from openpes.network.models import Posting
from openpes.network.queries import posting_of
from openpes.people.models import Person


@dataclass(frozen=True)
class MatterRow:
    """A matter as lists show it: about whom, who answers, its clock, and the hand-over that waits, if any."""

    matter: Matter
    name: str
    officer: str
    officer_id: int | None
    clock: Clock
    waiting: HandOver | None = None


@dataclass(frozen=True)
class OfferRow:
    """A hand-over that is offered: the matter, about whom, from whom, its clock."""

    hand_over: HandOver
    name: str
    giver: str
    clock: Clock


@dataclass(frozen=True)
class MatterFile:
    """Everything about one matter: its row, who answered for it and when, and what was proposed."""

    row: MatterRow
    answered: list[Responsibility]
    proposed: list[HandOver]


@dataclass(frozen=True)
class Spread:
    """Who would get which matter of a list; `strangers` are receivers who do not work for the area of one of them."""

    takers: dict[int, int] = field(default_factory=dict)
    strangers: frozenset[int] = frozenset()

    @property
    def counts(self) -> dict[int, int]:
        """How many matters each receiver would get."""
        found: dict[int, int] = {}
        for taker in self.takers.values():
            found[taker] = found.get(taker, 0) + 1
        return found


def open_matters(*, scope: str, officer: int | None = None) -> QuerySet[Matter]:
    """The open matters of an area, or those for which an officer answers, the earliest due first."""
    found = Matter.objects.visible_to(scope).open()
    if officer is not None:
        now = Responsibility.objects.visible_to(scope).present().filter(matter=OuterRef("pk"), officer=officer)
        found = found.filter(Exists(now))
    return found.order_by("due_on", "id")


def matters_of_the_gone(*, scope: str, on: date) -> QuerySet[Matter]:
    """Open matters whose officer works at no service point and holds no role any more, so that somebody must act."""
    at_work = Posting.objects.in_force_on(on).values("account")
    in_office = Grant.objects.in_force_on(on).values("account")
    gone = Responsibility.objects.visible_to(scope).present().filter(matter=OuterRef("pk")).exclude(
        Q(officer__in=in_office, officer__is_active=True) | Q(officer__in=at_work, officer__is_active=True)
    )  # fmt: skip
    return open_matters(scope=scope).filter(Exists(gone))


def in_words(matters: Iterable[Matter], *, on: date) -> list[MatterRow]:
    """Matters with names, officers and clocks, by three statements."""
    rows = list(matters)
    answering = Responsibility.objects.present().filter(matter__in=rows).select_related("officer")
    now = {row.matter_id: row.officer for row in answering}
    waiting = HandOver.objects.waiting().filter(matter__in=rows).select_related("to_officer", "to_point")
    offers = {row.matter_id: row for row in waiting}
    names = names_of(row.person_id for row in rows)
    return [
        MatterRow(
            row, names.get(row.person_id, ""), now[row.pk].name if row.pk in now else "",
            now[row.pk].pk if row.pk in now else None,
            clock_of(row.due_on, clock.day_of(row.closed_at) if row.closed_at else on), offers.get(row.pk),
        )
        for row in rows
    ]  # fmt: skip


def offers_to(*, actor: Actor, on: date) -> list[OfferRow]:
    """The hand-overs that wait for an officer's answer, the earliest due first."""
    posting = Posting.objects.in_force_on(on).filter(account=actor.stands_for).first()
    point = posting.point_id if posting else None
    found = HandOver.objects.visible_to(actor.scope).waiting().offered_to(actor.stands_for, point)
    rows = list(found.exclude(from_officer__in=actor.hands).select_related("matter", "from_officer"))
    names = names_of(row.person_id for row in rows)
    return [
        OfferRow(row, names.get(row.person_id, ""), row.from_officer.name, clock_of(row.due_on, on)) for row in rows
    ]


def taker_of(offered: HandOver, *, actor: Actor, on: date) -> int | None:
    """Who answers for a matter once an actor accepts it; nobody when it is not offered to them."""
    if offered.to_officer_id is not None:
        return offered.to_officer_id if offered.to_officer_id in actor.hands else None
    posting = posting_of(actor.stands_for, on)
    return posting.account_id if posting and posting.point_id == offered.to_point_id else None


def matter_file(*, scope: str, pk: int, on: date) -> MatterFile:
    """One matter with its history.

    :raises Matter.DoesNotExist: it is not of the area
    """
    found = Matter.objects.visible_to(scope).get(pk=pk)
    answered = Responsibility.objects.visible_to(scope).filter(matter=found).select_related("officer").order_by("id")
    proposed = HandOver.objects.visible_to(scope).filter(matter=found).order_by("-id")
    return MatterFile(
        in_words([found], on=on)[0], list(answered),
        list(proposed.select_related("from_officer", "to_officer", "to_point")),
    )  # fmt: skip


def matters_of_person(*, scope: str, person: int, on: date, limit: int = 5) -> list[MatterRow]:
    """What a person asked for inside an area, the open ones first."""
    found = Matter.objects.visible_to(scope).filter(person=person).order_by("-closed_at", "-id")
    return in_words(sorted(found[:20], key=lambda row: (row.closed_at is not None, -row.pk))[:limit], on=on)


def own_matters(*, actor: Actor, on: date) -> list[MatterRow]:
    """What the person of a self-service account asked for, the latest first, with who answers and what was said."""
    asked = Matter.objects.filter(person=actor.person).exclude(subject=Subject.TASK)
    return in_words(asked.order_by("-id")[:20], on=on)


def officers_for(*, area: str, on: date) -> dict[int, str]:
    """Who may answer for matters of an area on a day, by number: a role with the right, an area that holds it."""
    may = [role.code for role in roles() if ANSWER in role.permissions]
    held = Grant.objects.in_force_on(on).filter(role__in=may, scope__in=[area, *ancestors(area), CITY])
    found = Account.objects.filter(is_active=True, pk__in=held.values("account")).order_by("name", "pk")
    return dict(found.values_list("pk", "name"))


def colleagues(*, scope: str, on: date) -> dict[int, str]:
    """Everybody who answers for matters somewhere inside or above an area, by number."""
    may = [role.code for role in roles() if ANSWER in role.permissions]
    above = Q(scope__in=[scope, *ancestors(scope), CITY])
    held = Grant.objects.in_force_on(on).filter(above | Q(scope__gte=scope, scope__lt=scope + "~"), role__in=may)
    found = Account.objects.filter(is_active=True, pk__in=held.values("account")).order_by("name", "pk")
    return dict(found.values_list("pk", "name"))


def spread_of(*, scope: str, officer: int, receivers: tuple[int, ...], on: date) -> Spread:
    """How the open matters of an officer that are not offered yet would be spread over receivers."""
    waiting = HandOver.objects.visible_to(scope).waiting().filter(matter=OuterRef("pk"))
    listed = list(open_matters(scope=scope, officer=officer).filter(~Exists(waiting)))
    able = [officers_for(area=area, on=on).keys() for area in sorted({row.area for row in listed})]
    strangers = frozenset(one for one in receivers if any(one not in those for those in able))
    loads = dict.fromkeys(receivers, 0) | dict(_loads(receivers))
    return Spread(spread([row.pk for row in listed], loads) if receivers else {}, strangers)


def officers_with_matters(*, scope: str) -> list[tuple[int, str, int]]:
    """Everybody who answers for open matters of an area: number, name, how many."""
    found = Responsibility.objects.visible_to(scope).present().values("officer", "officer__name")
    counted = found.annotate(matters=Count("pk")).order_by("officer__name", "officer")
    return [(row["officer"], row["officer__name"], row["matters"]) for row in counted]


def names_of(persons: Iterable[int]) -> dict[int, str]:
    """Names of persons whose matters one sees already, wherever in the city they live by now."""
    with within(CITY):
        return dict(Person.objects.filter(pk__in=set(persons)).order_by("pk").values_list("pk", "name"))


def _loads(receivers: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    found = Responsibility.objects.present().filter(officer__in=receivers).values("officer")
    return ((row["officer"], row["matters"]) for row in found.annotate(matters=Count("pk")).order_by("officer"))
