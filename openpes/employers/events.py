"""What happens to employers."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class EmployerRegistered(Event):
    """An employer was registered for the first time in the city."""

    employer: int
    area: str


@dataclass(frozen=True, kw_only=True)
class EmployerChanged(Event):
    """Facts of an employer changed: its name, place, kind or contact."""

    employer: int
    area: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SiteAdded(Event):
    """A place where an employer's people work was written down; `area` is where it stands."""

    employer: int
    site: int
    area: str


@dataclass(frozen=True, kw_only=True)
class SiteChanged(Event):
    """Facts of an employer's site changed."""

    employer: int
    site: int
    area: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SiteGivenUp(Event):
    """Nobody of an employer works at a site any more."""

    employer: int
    site: int
    area: str


@dataclass(frozen=True, kw_only=True)
class DocumentSeen(Event):
    """A member of staff has seen a paper of an employer."""

    employer: int
    area: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class DocumentStruck(Event):
    """A paper of an employer counts no longer."""

    employer: int
    area: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(Event):
    """Somebody at an employer agreed to be contacted."""

    employer: int
    area: str
    contact: int
    way: str


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Event):
    """Somebody at an employer wants no calls and messages any more."""

    employer: int
    area: str
    contact: int


@dataclass(frozen=True, kw_only=True)
class BlacklistProposed(Event):
    """An officer proposed to put an employer on the blacklist."""

    employer: int
    area: str
    ground: str


@dataclass(frozen=True, kw_only=True)
class EmployerBlacklisted(Event):
    """An employer is on the blacklist: nothing of it is published and nobody is referred to it."""

    employer: int
    area: str
    ground: str
    begins_on: date
    until_on: date


@dataclass(frozen=True, kw_only=True)
class BlacklistDeclined(Event):
    """A second officer declined to put an employer on the blacklist."""

    employer: int
    area: str
    ground: str


@dataclass(frozen=True, kw_only=True)
class BlacklistAppealed(Event):
    """An employer appealed against its entry on the blacklist."""

    employer: int
    area: str


@dataclass(frozen=True, kw_only=True)
class BlacklistAppealAnswered(Event):
    """The appeal of an employer against its entry was answered by a third pair of hands."""

    employer: int
    area: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class BlacklistEnded(Event):
    """An employer is off the blacklist; it may be published and referred to again."""

    employer: int
    area: str


@dataclass(frozen=True, kw_only=True)
class MemberInvited(Event):
    """Somebody got an account of an employer."""

    employer: int
    area: str
    account: int
    role: str


@dataclass(frozen=True, kw_only=True)
class MemberChanged(Event):
    """Somebody may do other things for an employer than before."""

    employer: int
    area: str
    account: int
    role: str


@dataclass(frozen=True, kw_only=True)
class MemberEnded(Event):
    """Somebody acts for an employer no longer."""

    employer: int
    area: str
    account: int
