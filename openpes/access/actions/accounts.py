"""Opening and closing accounts, their passwords, and roles that one administrator asks for and another confirms."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from openpes.access import queries, rules
from openpes.access.events import (
    AccountClosed,
    AccountOpened,
    CertificateNoted,
    CertificateStruck,
    DelegationEnded,
    PasswordChosen,
    PasswordRenewed,
    RightsDelegated,
    RoleAsked,
    RoleDeclined,
    RoleEnded,
    RoleGranted,
)
from openpes.access.models import Account, Delegation, Grant
from openpes.access.permissions import GRANT_ROLES
from openpes.access.permissions import role as role_of
from openpes.engine.parameters import parameters
from openpes.engine.qualifications import Held
from openpes.kernel import Actor, action, clock, publish, refuse_if

PLAIN_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another on paper
GROUPS, GROUP_LENGTH = 4, 4


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
def open_staff_account(
    *, username: str, name: str, role: str, scope: str, by: Actor, at: datetime
) -> tuple[Account, str]:
    """Open an account for a member of staff and ask for its role; returns it with its initial password.

    The password is kept nowhere else, and its holder has to choose another one at the first sign-in.

    :raises Refused: the user name is taken or of no use, or the role may not be granted
    """
    found = role_of(role)
    refuse_if(
        [
            *rules.why_not_open(username=username, taken=Account.objects.filter(username=username).exists()),
            *rules.why_not_grant(
                known_role=found is not None,
                staff_role=found is not None and not found.self_service,
                scope=scope,
                own_scope=by.scope,
                to_oneself=False,
                self_service=False,
            ),
            *rules.why_not_on_level(level=found.level if found else "", scope=scope),
        ]
    )
    password = _one_time_password()
    account = open_account(username=username, name=name, password=password, by=by, at=at)
    account.password_given_at = at
    account.save(update_fields=["password_given_at"])
    grant_role(account=account.pk, role=role, scope=scope, by=by, at=at)
    return account, password


@action
def open_own_account(
    *, username: str, name: str, role: str, employer: int, by: Actor, at: datetime
) -> tuple[Account, str]:
    """Open an account for somebody of an employer; returns it with the password of the first sign-in, kept nowhere.

    :raises Refused: the user name is taken or of no use
    """
    refuse_if(rules.why_not_open(username=username, taken=Account.objects.filter(username=username).exists()))
    password = _one_time_password()
    account = open_account(username=username, name=name, password=password, employer=employer, by=by, at=at)
    account.self_role, account.password_given_at = role, at
    account.save(update_fields=["self_role", "password_given_at"])
    return account, password


@action
def keep_own_account(*, account: int, role: str, closed: bool = False, by: Actor, at: datetime) -> None:
    """Give an employer's account another role of its kind, or close it, which ends its sessions at once."""
    changed = {"self_role": role} | ({"is_active": False, "password": "!"} if closed else {})
    Account.objects.filter(pk=account).exclude(employer_id=None).update(**changed)
    if closed:
        _end_sessions(account)
        publish(AccountClosed(account=account, area=by.scope, by=by.id, at=at))


@action
def renew_password(*, account: int, by: Actor, at: datetime) -> str:
    """Give an account a new password, which ends its sessions at once and is changed at the next sign-in.

    :raises Refused: the account is one's own, closed, reaches beyond one's area, or an administrator's of that level
    :raises Account.DoesNotExist: nobody inside one's area has this account
    """
    holder, open_grants = _kept_account(account, by, at)
    administered = [grant.scope for grant in open_grants if _may_grant(grant)]
    refuse_if(
        [
            *_why_not_keep(holder, open_grants, by),
            *rules.why_not_renew(administrator_of=administered if by.id else (), own_scope=by.scope),
        ]
    )
    password = _one_time_password()
    holder.set_password(password)
    holder.password_given_at = at
    holder.save(update_fields=["password", "password_given_at"])
    publish(PasswordRenewed(account=account, area=by.scope, by=by.id, at=at))
    return password


@action
def choose_password(*, account: int, password: str, by: Actor, at: datetime) -> None:
    """Set the password that somebody has chosen for their own account."""
    holder = Account.objects.select_for_update().get(pk=account)
    holder.set_password(password)
    holder.password_given_at = None
    holder.save(update_fields=["password", "password_given_at"])
    publish(PasswordChosen(account=account, by=by.id, at=at))


@action
def close_account(*, account: int, by: Actor, at: datetime) -> None:
    """Close an account: it cannot sign in, its sessions end at once, and its roles and delegations end today.

    Whatever else it holds ends with `AccountClosed`, of which the rooms above hear.

    :raises Refused: the account is one's own, closed already, or reaches beyond one's area
    :raises Account.DoesNotExist: nobody inside one's area has this account
    """
    holder, open_grants = _kept_account(account, by, at)
    refuse_if(_why_not_keep(holder, open_grants, by))
    for grant in open_grants:
        _end(grant, by, at)
    _end_delegations(account, by, at)
    _end_sessions(account)
    holder.is_active = False
    holder.set_unusable_password()
    holder.save(update_fields=["is_active", "password"])
    publish(AccountClosed(account=account, area=by.scope, by=by.id, at=at))


@action
def grant_role(*, account: int, role: str, scope: str, by: Actor, at: datetime) -> Grant:
    """Ask for a role for an area; it gives no right until a second administrator confirms it.

    What the platform itself grants, when a city is set up, counts from today on.

    :raises Refused: the role or area is unknown, outside one's own area, held or asked for already, or for oneself
    """
    today = clock.day_of(at)
    holder = Account.objects.select_for_update().get(pk=account)
    found = role_of(role)
    same = Grant.objects.open_on(today).filter(account=holder, role=role, scope=scope).first()
    refuse_if(
        [
            *rules.why_not_grant(
                known_role=found is not None,
                staff_role=found is not None and not found.self_service,
                scope=scope,
                own_scope=by.scope,
                to_oneself=account in by.hands,
                self_service=bool(holder.person_id or holder.employer_id),
            ),
            *rules.why_not_on_level(level=found.level if found else "", scope=scope),
            *rules.why_no_second(held=bool(same and same.is_confirmed), asked=bool(same)),
            *rules.why_not_on_behalf(on_behalf=bool(by.behalf)),
        ]
    )
    grant = Grant.objects.create(account=holder, role=role, scope=scope, from_on=today, granted_by=by.id)
    if grant.is_confirmed:
        publish(RoleGranted(account=account, role=role, scope=scope, by=by.id, at=at))
    else:
        publish(RoleAsked(account=account, role=role, area=scope, by=by.id, at=at))
    return grant


@action
def confirm_role(*, grant: int, content_hash: str, by: Actor, at: datetime) -> Grant:
    """Confirm a role that another administrator asked for; it counts from today on.

    `content_hash` is of the request as it was shown to whoever confirms.

    :raises Refused: it was decided already, is one's own request, for oneself, or not what was shown
    :raises Grant.DoesNotExist: there is no such request inside one's area
    """
    asked = _grant_inside(grant, by)
    refuse_if(
        [
            *rules.why_not_confirm(
                decided=asked.is_confirmed or asked.until_on is not None,
                own_request=asked.granted_by in by.hands,
                to_oneself=asked.account_id in by.hands,
                changed=not secrets.compare_digest(content_hash.encode(), asked.content_hash.encode()),
            ),
            *rules.why_not_on_behalf(on_behalf=bool(by.behalf)),
        ]
    )
    asked.confirmed_by = by.id
    asked.from_on = clock.day_of(at)
    asked.save(update_fields=["confirmed_by", "from_on"])
    publish(
        RoleGranted(
            account=asked.account_id, role=asked.role, scope=asked.scope, asked_by=asked.granted_by, by=by.id, at=at
        )
    )
    return asked


@action
def end_role(*, grant: int, by: Actor, at: datetime) -> Grant:
    """End a role from today on, or decline one that waits; the first day of such a period is also its end.

    :raises Refused: the grant is over or one's own
    :raises Grant.DoesNotExist: there is no such grant inside one's area
    """
    held = _grant_inside(grant, by)
    over = held.until_on is not None and held.until_on <= clock.day_of(at)
    refuse_if(rules.why_not_end(over=over, own=held.account_id in by.hands))
    _end(held, by, at)
    return held


def _end(held: Grant, by: Actor, at: datetime) -> None:
    held.until_on = max(clock.day_of(at), held.from_on)
    held.save(update_fields=["until_on"])
    if held.is_confirmed:
        publish(RoleEnded(account=held.account_id, role=held.role, scope=held.scope, by=by.id, at=at))
    else:
        publish(RoleDeclined(account=held.account_id, role=held.role, area=held.scope, by=by.id, at=at))


def _grant_inside(grant: int, by: Actor) -> Grant:
    found = Grant.objects.select_for_update().get(pk=grant)
    if not by.scope or not found.scope.startswith(by.scope):
        raise Grant.DoesNotExist
    return found


def _kept_account(account: int, by: Actor, at: datetime) -> tuple[Account, list[Grant]]:
    """The account, locked, and its open grants; it is inside one's area when any of its grants ever was."""
    holder = Account.objects.select_for_update().get(pk=account, person_id=None, employer_id=None)
    grants = Grant.objects.filter(account=holder).order_by("pk")
    if not grants.inside(by.scope).exists():
        raise Account.DoesNotExist
    return holder, list(grants.open_on(clock.day_of(at)))


def _why_not_keep(holder: Account, open_grants: list[Grant], by: Actor) -> list:
    scopes = [grant.scope for grant in open_grants]
    return list(
        rules.why_not_keep(
            open_scopes=scopes, own_scope=by.scope, oneself=holder.pk in by.hands, closed=not holder.is_active
        )
    )


def _may_grant(grant: Grant) -> bool:
    found = role_of(grant.role)
    return found is not None and GRANT_ROLES in found.permissions


def _one_time_password() -> str:
    """Four groups of four plain characters, about 79 bits, that are read aloud or copied from paper."""
    groups = ("".join(secrets.choice(PLAIN_CHARACTERS) for _place in range(GROUP_LENGTH)) for _group in range(GROUPS))
    return "-".join(groups)


@dataclass(frozen=True, kw_only=True)
class DelegationFacts:
    """To whom which rights are handed, where, until which day (that day no more), and why."""

    taker: int
    scope: str
    rights: tuple[str, ...]
    until_on: date
    reason: str


@action
def delegate_rights(*, facts: DelegationFacts, by: Actor, at: datetime) -> Delegation:
    """Hand rights of one's own role to another member of staff for a time, at most `delegation_days`.

    :raises Refused: not one's own rights or area, too long, to oneself, to nobody of staff, or handed on already
    """
    today = clock.day_of(at)
    grant, own = queries.rights_to_hand_on(account=by.id, on=today)
    taker = queries.staff_account(account=facts.taker, on=today)
    refuse_if(
        rules.why_not_delegate(
            rules.Handing(
                on=today, until_on=facts.until_on, longest_days=int(parameters().value("delegation_days", today)),
                own_rights=frozenset(right.code for right in own), rights=facts.rights,
                own_scope=grant.scope if grant else "", scope=facts.scope, to_oneself=facts.taker == by.id,
                taker_is_staff=taker is not None, on_behalf=bool(by.behalf),
            )
        )
    )  # fmt: skip
    handed = Delegation.objects.create(
        giver_id=by.id, taker_id=facts.taker, grant=grant, scope=facts.scope, rights=sorted(set(facts.rights)),
        reason=facts.reason.strip(), from_on=today, until_on=facts.until_on,
    )  # fmt: skip
    publish(
        RightsDelegated(
            delegation=handed.pk, giver=by.id, taker=facts.taker, scope=facts.scope, rights=tuple(handed.rights),
            until_on=facts.until_on, by=by.id, at=at,
        )
    )  # fmt: skip
    return handed


@action
def end_delegation(*, delegation: int, by: Actor, at: datetime) -> None:
    """End a delegation today, by whoever gave or took it; otherwise it ends by itself.

    :raises Refused: it is over
    :raises Delegation.DoesNotExist: there is no such delegation of one's own
    """
    today = clock.day_of(at)
    handed = Delegation.objects.of(by.id).select_for_update().get(pk=delegation)
    refuse_if(rules.why_not_end_delegation(over=handed.until_on <= today))
    _take_back(handed, today, by, at)


def _end_delegations(account: int, by: Actor, at: datetime) -> None:
    today = clock.day_of(at)
    for handed in Delegation.objects.of(account).filter(until_on__gt=today).order_by("pk").select_for_update():
        _take_back(handed, today, by, at)


def _take_back(handed: Delegation, on: date, by: Actor, at: datetime) -> None:
    handed.until_on = on
    handed.save(update_fields=["until_on"])
    publish(DelegationEnded(delegation=handed.pk, giver=handed.giver_id, taker=handed.taker_id, by=by.id, at=at))


def _end_sessions(account: int) -> None:
    """Put the sessions of an account away; whose they are stands inside them."""
    kept = Session.objects.order_by("pk").iterator()
    own = [row.pk for row in kept if row.get_decoded().get(SESSION_KEY) == str(account)]
    Session.objects.filter(pk__in=own).delete()


def forget_sessions(*, at: datetime) -> int:
    """Put away the sessions that were over at a moment, of which nobody is told; returns how many."""
    return Session.objects.filter(expire_date__lt=at).delete()[0]


@action
def note_certificate(*, account: int, held: Held, by: Actor, at: datetime) -> None:
    """Let a certificate count for the rights of an account; the record of it is kept by the room above."""
    row = Account.objects.select_for_update().get(pk=account)
    row.certificates = sorted({*row.certificates, held.text})
    row.save(update_fields=["certificates"])
    publish(
        CertificateNoted(
            account=account, certificate=held.certificate, from_on=held.from_on, until_on=held.until_on, by=by.id,
            at=at,
        )
    )  # fmt: skip


@action
def strike_certificate(*, account: int, held: Held, by: Actor, at: datetime) -> None:
    """Let a certificate count no longer."""
    row = Account.objects.select_for_update().get(pk=account)
    row.certificates = [text for text in row.certificates if text != held.text]
    row.save(update_fields=["certificates"])
    publish(
        CertificateStruck(account=account, certificate=held.certificate, from_on=held.from_on, by=by.id, at=at)
    )
