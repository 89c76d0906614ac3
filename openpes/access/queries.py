"""Who an account is on a day: its grant, its rights, and the actor it becomes."""

from datetime import date
from typing import Any

from openpes.access.models import Account, Grant
from openpes.access.permissions import Role, role
from openpes.kernel import Actor

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


def _codes(held: Role | None) -> frozenset[str]:
    return frozenset(permission.code for permission in held.permissions) if held else frozenset()
