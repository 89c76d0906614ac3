"""What happens to accounts and grants."""

from dataclasses import dataclass

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class AccountOpened(Event):
    """Somebody got an account."""

    account: int


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Event):
    """An account got a role for an area."""

    account: int
    role: str
    scope: str


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Event):
    """An account lost a role for an area."""

    account: int
    role: str
    scope: str
