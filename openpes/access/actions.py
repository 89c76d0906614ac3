"""Opening accounts and granting roles."""

from datetime import datetime

from openpes.access.events import AccountOpened, RoleGranted
from openpes.access.models import Account, Grant
from openpes.kernel import Actor, action, clock, publish


@action
def open_account(
    *,
    username: str,
    name: str,
    password: str | None = None,
    person: int | None = None,
    employer: int | None = None,
    by: Actor,
    at: datetime,
) -> Account:
    """Open an account for staff, or for a person or an employer to serve themselves."""
    account = Account(username=username, name=name, person_id=person, employer_id=employer, created_at=at)
    account.set_password(password)
    account.save()
    publish(AccountOpened(account=account.pk, by=by.id, at=at))
    return account


@action
def grant_role(*, account: int, role: str, scope: str, by: Actor, at: datetime) -> Grant:
    """Grant a role for an area from today on."""
    grant = Grant.objects.create(
        account_id=account, role=role, scope=scope, from_on=clock.day_of(at), granted_by=by.id
    )
    publish(RoleGranted(account=account, role=role, scope=scope, by=by.id, at=at))
    return grant
