"""What happens to accounts, their passwords and grants."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class AccountOpened(Event):
    """Somebody got an account."""

    account: int


@dataclass(frozen=True, kw_only=True)
class AccountClosed(Event):
    """An account was closed; its sessions, roles, delegations and postings ended."""

    account: int
    area: str


@dataclass(frozen=True, kw_only=True)
class PasswordRenewed(Event):
    """An administrator gave an account a new password, to be changed at the next sign-in."""

    account: int
    area: str


@dataclass(frozen=True, kw_only=True)
class PasswordChosen(Event):
    """Somebody chose a new password for their own account."""

    account: int


@dataclass(frozen=True, kw_only=True)
class RoleAsked(Event):
    """A role was asked for; a second administrator has to confirm it."""

    account: int
    role: str
    area: str


@dataclass(frozen=True, kw_only=True)
class RoleDeclined(Event):
    """A role that was asked for was declined or taken back."""

    account: int
    role: str
    area: str


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Event):
    """An account got a role for an area; asked for by one administrator, confirmed by another."""

    account: int
    role: str
    scope: str
    asked_by: int = 0


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Event):
    """An account lost a role for an area."""

    account: int
    role: str
    scope: str


@dataclass(frozen=True, kw_only=True)
class RightsDelegated(Event):
    """Rights of one member of staff were handed to another for a time."""

    delegation: int
    giver: int
    taker: int
    scope: str
    rights: tuple[str, ...]
    until_on: date


@dataclass(frozen=True, kw_only=True)
class DelegationEnded(Event):
    """Rights that had been handed to somebody ended before their day."""

    delegation: int
    giver: int
    taker: int


@dataclass(frozen=True, kw_only=True)
class CertificateNoted(Event):
    """A certificate of a member of staff counts for the rights that need it."""

    account: int
    certificate: str
    from_on: date
    until_on: date


@dataclass(frozen=True, kw_only=True)
class CertificateStruck(Event):
    """A certificate of a member of staff counts no longer."""

    account: int
    certificate: str
    from_on: date


@dataclass(frozen=True, kw_only=True)
class SignInCodeMade(Event):
    """A code for signing in was made for a person's registered telephone."""

    account: int
    person: int
    area: str


@dataclass(frozen=True, kw_only=True)
class SignedInByCode(Event):
    """Somebody signed in by a code to the registered telephone."""

    account: int
    person: int
