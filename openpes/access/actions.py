"""Opening accounts, granting and ending roles."""

from datetime import datetime

from openpes.access import rules
from openpes.access.events import AccountOpened, RoleEnded, RoleGranted
from openpes.access.models import Account, Grant
from openpes.access.permissions import role as role_of
from openpes.kernel import Actor, action, clock, publish, refuse_if


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
    """Grant a role for an area from today on.

    :raises Refused: the role or area is unknown, outside one's own area, held already, or meant for oneself
    """
    today = clock.day_of(at)
    holder = Account.objects.select_for_update().get(pk=account)
    found = role_of(role)
    held = Grant.objects.in_force_on(today).filter(account=holder, role=role, scope=scope).exists()
    refuse_if(
        [
            *rules.why_not_grant(
                known_role=found is not None,
                staff_role=found is not None and not found.self_service,
                scope=scope,
                own_scope=by.scope,
                to_oneself=by.id == account,
                self_service=bool(holder.person_id or holder.employer_id),
            ),
            *rules.why_no_second(held=held),
        ]
    )
    grant = Grant.objects.create(account=holder, role=role, scope=scope, from_on=today, granted_by=by.id)
    publish(RoleGranted(account=account, role=role, scope=scope, by=by.id, at=at))
    return grant


@action
def end_role(*, grant: int, by: Actor, at: datetime) -> None:
    """End a role from today on; a role that was granted today leaves no period.

    :raises Refused: the grant is over, outside one's own area, or one's own
    :raises Grant.DoesNotExist: there is no such grant
    """
    today = clock.day_of(at)
    held = Grant.objects.select_for_update().get(pk=grant)
    if not by.scope or not held.scope.startswith(by.scope):
        raise Grant.DoesNotExist
    over = held.until_on is not None and held.until_on <= today
    refuse_if(rules.why_not_end(over=over, own=held.account_id == by.id))
    if held.from_on == today:
        held.delete()
    else:
        held.until_on = today
        held.save(update_fields=["until_on"])
    publish(RoleEnded(account=held.account_id, role=held.role, scope=held.scope, by=by.id, at=at))
