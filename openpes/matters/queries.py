"""Matters in the words of the reader: one's own, those offered, those of a person, of an area, of who has left."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When

from openpes.access.models import Account, Grant
from openpes.access.permissions import roles
from openpes.access.queries import full_area_name
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

NEAR, FOUND = 30, 12  # how many colleagues are shown to choose from, and how many a field proposes
PROPOSED = re.compile(r"\(([^()]+)\)\s*$")


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
    """Who would get which of the `listed` matters; `strangers` are receivers who do not work for the area of one."""

    listed: int = 0
    takers: dict[int, int] = field(default_factory=dict)
    strangers: frozenset[int] = frozenset()

    @property
    def counts(self) -> dict[int, int]:
        """How many matters each receiver would get."""
        found: dict[int, int] = {}
        for taker in self.takers.values():
            found[taker] = found.get(taker, 0) + 1
        return found


@dataclass(frozen=True)
class Found:
    """Somebody that a field proposes: the number, the words that name them, and what tells them apart."""

    pk: int
    label: str
    more: str


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


def offered(*, actor: Actor, on: date) -> QuerySet[HandOver]:
    """The hand-overs that wait for an officer's answer, by name or to the office of the posting."""
    places = Posting.objects.in_force_on(on).filter(account=actor.stands_for).values("point")
    mine = Q(to_officer=actor.stands_for) | Q(to_point__in=places)
    return HandOver.objects.visible_to(actor.scope).waiting().filter(mine).exclude(from_officer__in=actor.hands)


def offers_to(*, actor: Actor, on: date) -> list[OfferRow]:
    """The hand-overs that wait for an officer's answer, the earliest due first."""
    rows = list(offered(actor=actor, on=on).select_related("matter", "from_officer"))
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


def may_take(*, officer: int, area: str, on: date) -> bool:
    """Whether somebody may answer for matters of an area on a day: a role with the right, an area that holds it."""
    return _able(area, on).filter(pk=officer).exists()


def near_colleagues(*, actor: Actor, on: date, area: str = "") -> dict[int, str]:
    """Whom an officer hands matters to most often, by number, at most `NEAR`; with `area` those who may answer there.

    First who works at the same point, then the other offices between the city and the home of the person, then those
    with a role for just the same area. Everybody else is found by name (`colleagues_found`).
    """
    posting = posting_of(actor.stands_for, on)
    here = Posting.objects.in_force_on(on).filter(point=posting.point_id if posting else None)
    between = [above for above in (area, *ancestors(area)) if above not in (CITY, actor.scope)] if area else []
    near = [Q(pk__in=here.values("account")), _with_role_for(between, on), _with_role_for([actor.scope], on)]
    found = (_able(area, on) if area else _colleagues(actor.scope, on)).filter(near[0] | near[1] | near[2])
    distance = Case(When(near[0], then=0), When(near[1], then=1), default=2)
    first = found.annotate(distance=distance).order_by("distance", "name", "pk")
    return dict(first.values_list("pk", "name")[:NEAR])


def names_of_colleagues(*, scope: str, on: date, officers: Iterable[int]) -> dict[int, str]:
    """The names of those among `officers` who answer for matters somewhere inside or above an area."""
    return dict(_colleagues(scope, on).filter(pk__in=set(officers)).values_list("pk", "name"))


def colleagues_found(*, scope: str, on: date, text: str) -> list[Found]:
    """Who answers for matters inside or above an area and whose name or user name holds a text, a few."""
    found = list(_named(_colleagues(scope, on), text)[:FOUND])
    held = _roles_with_the_right(on).filter(account__in=found).order_by("-scope")
    places = {grant.account_id: full_area_name(grant.scope) for grant in held}
    return [Found(row.pk, _label(row), places.get(row.pk, "")) for row in found]


def colleague_of(*, scope: str, on: date, text: str) -> int | None:
    """Who is meant by a user name, a name that only one has, or what the list proposed; nobody when it is unclear."""
    return _meant(_colleagues(scope, on), text)


def lists_found(*, scope: str, text: str) -> list[Found]:
    """Who answers for open matters of an area, also when they have left, and whose name or user name holds a text."""
    found = list(_named(_with_matters(scope), text)[:FOUND])
    counts = _counts(scope, found)
    return [Found(row.pk, _label(row), str(counts[row.pk])) for row in found]


def list_of(*, scope: str, text: str) -> int | None:
    """Whose list is meant, as `colleague_of`."""
    return _meant(_with_matters(scope), text)


def spread_of(*, scope: str, officer: int, receivers: tuple[int, ...], on: date) -> Spread:
    """How the open matters of an officer that are not offered yet would be spread over receivers."""
    waiting = HandOver.objects.visible_to(scope).waiting().filter(matter=OuterRef("pk"))
    listed = list(open_matters(scope=scope, officer=officer).filter(~Exists(waiting)))
    strangers = _strangers(receivers, {row.area for row in listed}, on)
    loads = dict.fromkeys(receivers, 0) | dict(_loads(receivers))
    return Spread(len(listed), spread([row.pk for row in listed], loads) if receivers else {}, strangers)


def names_of(persons: Iterable[int]) -> dict[int, str]:
    """Names of persons whose matters one sees already, wherever in the city they live by now."""
    with within(CITY):
        return dict(Person.objects.filter(pk__in=set(persons)).order_by("pk").values_list("pk", "name"))


def _loads(receivers: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    found = Responsibility.objects.present().filter(officer__in=receivers).values("officer")
    return ((row["officer"], row["matters"]) for row in found.annotate(matters=Count("pk")).order_by("officer"))


def _roles_with_the_right(on: date) -> QuerySet[Grant]:
    return Grant.objects.in_force_on(on).filter(role__in=[role.code for role in roles() if ANSWER in role.permissions])


def _with_role_for(areas: list[str], on: date) -> Q:
    return Q(pk__in=_roles_with_the_right(on).filter(scope__in=areas).values("account"))


def _able(area: str, on: date) -> QuerySet[Account]:
    return _holders(_roles_with_the_right(on).filter(scope__in=[area, *ancestors(area), CITY]))


def _colleagues(scope: str, on: date) -> QuerySet[Account]:
    above = Q(scope__in=[scope, *ancestors(scope), CITY])
    return _holders(_roles_with_the_right(on).filter(above | Q(scope__gte=scope, scope__lt=scope + "~")))


def _holders(held: QuerySet[Grant]) -> QuerySet[Account]:
    return Account.objects.filter(is_active=True, pk__in=held.values("account")).order_by("name", "pk")


def _with_matters(scope: str) -> QuerySet[Account]:
    now = Responsibility.objects.visible_to(scope).present().values("officer")
    return Account.objects.filter(pk__in=now).order_by("name", "pk")


def _counts(scope: str, officers: list[Account]) -> dict[int, int]:
    now = Responsibility.objects.visible_to(scope).present().filter(officer__in=officers).order_by("officer")
    return dict(now.values("officer").annotate(n=Count("pk")).values_list("officer", "n"))


def _named(among: QuerySet[Account], text: str) -> QuerySet[Account]:
    wanted = text.strip()
    return among.filter(Q(name__icontains=wanted) | Q(username__icontains=wanted)) if wanted else among.none()


def _label(account: Account) -> str:
    return f"{account.name} ({account.username})"


def _meant(among: QuerySet[Account], text: str) -> int | None:
    proposed = PROPOSED.search(text)
    exact = Q(username=proposed[1]) if proposed else Q(username=text.strip()) | Q(name=text.strip())
    found = list(among.filter(exact).values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def _strangers(receivers: tuple[int, ...], areas: set[str], on: date) -> frozenset[int]:
    """Which receivers have no role whose area holds every one of these areas."""
    held = _roles_with_the_right(on).filter(account__in=receivers, account__is_active=True).order_by("pk")
    scopes: dict[int, set[str]] = {receiver: set() for receiver in receivers}
    for account, scope in held.values_list("account", "scope"):
        scopes[account].add(scope)
    return frozenset(
        one for one, own in scopes.items() if not all(any(area.startswith(scope) for scope in own) for area in areas)
    )
