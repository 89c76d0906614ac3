"""What happens to saved searches."""

from dataclasses import dataclass

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class SearchSaved(Event):
    """A search was saved; with an address it waits for the code."""

    area: str
    search: int
    way: str


@dataclass(frozen=True, kw_only=True)
class SearchConfirmed(Event):
    """A saved search is in force."""

    area: str
    search: int


@dataclass(frozen=True, kw_only=True)
class SearchChanged(Event):
    """The holder paused a saved search, let it go on, renewed it, or changed its rhythm."""

    area: str
    search: int
    changed: str


@dataclass(frozen=True, kw_only=True)
class SearchEnded(Event):
    """A saved search tells no more."""

    area: str
    search: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class VacanciesTold(Event):
    """A saved search told of new vacancies."""

    area: str
    search: int
    count: int
