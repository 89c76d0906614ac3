"""Who an account is on a day: its grant, its rights, and the actor it becomes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from openpes.access.models import Account, Grant
from openpes.access.permissions import Role, role
from openpes.engine.areas import LENGTHS, ancestors, areas
from openpes.kernel import Actor

CITY_LENGTH = LENGTHS["city"]
SEEKER, EMPLOYER = "seeker", "employer"
NOBODY = Actor(id=0)


def grants_in_force(*, account_id: int, on: date) -> list[Grant]:
    """The grants of an account on a day, the widest area first."""
    found = Grant.objects.in_force_on(on).filter(account_id=account_id)
    return sorted(found, key=lambda grant: (len(grant.scope), grant.scope, grant.id))


def standing_of(*, account: Any, on: date) -> tuple[Actor, frozenset[str], Grant | None]:
    """The actor, the codes of its permissions, and the grant that they come from.

    A person or an employer has the self-service role of its kind and no area. Staff act under their widest grant.
    """
    if not account.is_authenticated:
        return NOBODY, frozenset(), None
    if account.person_id or account.employer_id:
        kind = role(SEEKER if account.person_id else EMPLOYER)
        actor = Actor(id=account.pk, name=account.name, person=account.person_id, employer=account.employer_id)
        return actor, _codes(kind), None
    grant = next(iter(grants_in_force(account_id=account.pk, on=on)), None)
    if grant is None:
        return Actor(id=account.pk, name=account.name), frozenset(), None
    return Actor(id=account.pk, scope=grant.scope, name=account.name), _codes(role(grant.role)), grant


def staff_account(*, username: str, on: date) -> Account | None:
    """The account of a member of staff who holds a role on a day, or nothing."""
    holders = Grant.objects.in_force_on(on).values("account")
    return Account.objects.filter(username=username, is_active=True, pk__in=holders).first()


@dataclass(frozen=True)
class HeldRole:
    """A role that an account holds, for pages."""

    grant: Grant
    name: Any
    description: Any
    area: str


def held_roles(*, account: int, on: date) -> list[HeldRole]:
    """The roles of an account on a day, the widest area first."""
    return [_held(grant) for grant in grants_in_force(account_id=account, on=on)]


def staff_accounts(*, scope: str, on: date, text: str = "") -> list[tuple[Account, list[HeldRole]]]:
    """Staff who hold a role inside an area on a day, by user name, and their roles there; `text` is part of a name."""
    if not scope:
        return []
    inside = Grant.objects.in_force_on(on).filter(scope__gte=scope, scope__lt=scope + "~").select_related("account")
    if text:
        inside = inside.filter(Q(account__username__icontains=text) | Q(account__name__icontains=text))
    found: dict[Account, list[HeldRole]] = {}
    for grant in inside.order_by("account__username", "scope", "pk"):
        found.setdefault(grant.account, []).append(_held(grant))
    return list(found.items())


def account_named(*, username: str) -> Account | None:
    """The account of a user name, or nothing."""
    return Account.objects.filter(username=username, is_active=True).first()


def _held(grant: Grant) -> HeldRole:
    found = role(grant.role)
    name, description = (found.name, found.description) if found else (grant.role, "")
    return HeldRole(grant, name, description, full_area_name(grant.scope))


def full_area_name(path: str) -> str:
    """The names from the county down to an area, the city's for the city; the path itself when unknown."""
    tree = areas()
    if path not in tree:
        return path
    names = [tree[above].name for above in reversed(ancestors(path)) if above in tree and len(above) > CITY_LENGTH]
    return "".join([*names, tree[path].name])


def _codes(held: Role | None) -> frozenset[str]:
    return frozenset(permission.code for permission in held.permissions) if held else frozenset()
