"""The accounts of an employer: who may do what, invited and ended by its administrators or at the counter."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.access.actions import keep_own_account, open_own_account
from openpes.access.models import Account
from openpes.employers import rules
from openpes.employers.choices import MemberRight
from openpes.employers.events import MemberChanged, MemberEnded, MemberInvited
from openpes.employers.models import Employer
from openpes.employers.queries.members import right_of
from openpes.kernel import Actor, Refused, action, publish, refuse_if


@action
def invite_member(
    *, employer: int, username: str, name: str, right: str, by: Actor, at: datetime
) -> tuple[Account, str]:
    """Open an account for somebody of an employer; returns it with the password of the first sign-in, kept nowhere.

    :raises Employer.DoesNotExist: there is none of that id that the actor may see
    :raises Refused: the user name is of no use or taken, or the first account is not an administrator's
    """
    row = Employer.objects.seen_by(by).select_for_update().get(pk=employer)
    refuse_if(rules.why_not_invite(name=name.strip(), right=right, first=not _admins(row.pk)))
    try:
        with transaction.atomic():
            account, password = open_own_account(
                username=username, name=name.strip(), role=right, employer=row.pk, by=by, at=at
            )
    except IntegrityError as error:
        if "username" not in str(error):
            raise
        raise Refused(_("The user name “%(name)s” is taken.") % {"name": username}, field="username") from None
    publish(MemberInvited(employer=row.pk, area=row.area, account=account.pk, role=right, by=by.id, at=at))
    return account, password


@action
def change_member(*, employer: int, account: int, right: str, by: Actor, at: datetime) -> None:
    """Give somebody of an employer another right.

    :raises Account.DoesNotExist: the employer has no such account
    :raises Refused: it is the only administrator
    """
    row, member = _locked(employer, account, by)
    refuse_if(rules.why_not_invite(name=member.name, right=right, first=False))
    refuse_if(rules.why_not_end(last_admin=right != MemberRight.ADMIN and _admins(row.pk) == [member.pk]))
    keep_own_account(account=member.pk, role=right, by=by, at=at)
    publish(MemberChanged(employer=row.pk, area=row.area, account=member.pk, role=right, by=by.id, at=at))


@action
def end_member(*, employer: int, account: int, by: Actor, at: datetime) -> None:
    """End somebody's account of an employer; its sessions end at once.

    :raises Account.DoesNotExist: the employer has no such account
    :raises Refused: it is the only administrator
    """
    row, member = _locked(employer, account, by)
    refuse_if(rules.why_not_end(last_admin=_admins(row.pk) == [member.pk]))
    keep_own_account(account=member.pk, role=right_of(member), closed=True, by=by, at=at)
    publish(MemberEnded(employer=row.pk, area=row.area, account=member.pk, by=by.id, at=at))


def _locked(employer: int, account: int, by: Actor) -> tuple[Employer, Account]:
    """The employer, locked, so that two administrators who end each other come one after the other."""
    row = Employer.objects.seen_by(by).select_for_update().get(pk=employer)
    return row, Account.objects.select_for_update().get(pk=account, employer_id=row.pk, is_active=True)


def _admins(employer: int) -> list[int]:
    held = Account.objects.filter(employer_id=employer, is_active=True).order_by("pk")
    return [one.pk for one in held if right_of(one) == MemberRight.ADMIN]
