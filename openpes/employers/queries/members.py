"""The accounts of an employer and what each may do."""

from dataclasses import dataclass

from openpes.access.models import Account
from openpes.employers.choices import MemberRight


@dataclass(frozen=True)
class Member:
    """Somebody who acts for an employer."""

    account: int
    username: str
    name: str
    right: MemberRight
    waits: bool


def right_of(account: Account) -> MemberRight:
    """What an account of an employer may do; one from before there were rights keeps the accounts."""
    return MemberRight(account.self_role or MemberRight.ADMIN)


def members_of(*, employer: int) -> list[Member]:
    """The open accounts of an employer that the caller may see; `waits` until the first sign-in."""
    held = Account.objects.filter(employer_id=employer, is_active=True).order_by("pk")
    return [Member(one.pk, one.username, one.name, right_of(one), one.password_given_at is not None) for one in held]
