"""What happens to accounts, their passwords and grants."""

from dataclasses import dataclass

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class AccountOpened(Event):
    """Somebody got an account."""

    account: int


@dataclass(frozen=True, kw_only=True)
class AccountClosed(Event):
    """An account was closed; its sessions and roles ended."""

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
