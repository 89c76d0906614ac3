"""An action: one use-case, one transaction, done by somebody at a moment."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from openpes.kernel.scope import CITY, within

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts: an account, what it may see, and for self-service the person or employer it stands for.

    `id` is the account's id, 0 for the platform itself; `scope` is an area prefix; `behalf` is the account whose
    rights were handed to this one for a time, 0 when it acts for itself.
    """

    id: int
    scope: str = ""
    name: str = ""
    person: int | None = None
    employer: int | None = None
    behalf: int = 0

    @property
    def hands(self) -> frozenset[int]:
        """The accounts that act: its own, and the one on whose behalf it does; for rules that want two people."""
        return frozenset({self.id, self.behalf} if self.behalf else {self.id})

    @property
    def stands_for(self) -> int:
        """The account whose work it does: the one on whose behalf it acts, else its own."""
        return self.behalf or self.id

    @property
    def database_role(self) -> str:
        """The restricted database role under which the actor's transactions run."""
        return "openpes_self" if self.person or self.employer else "none"

    def standing(self) -> Any:
        """The context manager in which the database shows what this actor may see."""
        inside = within(self.scope, role=self.database_role, person=self.person, employer=self.employer)
        return _on_behalf_of(self.behalf, inside) if self.behalf else inside


_behalf: ContextVar[int] = ContextVar("behalf", default=0)


def acting_on_behalf_of() -> int:
    """The account on whose behalf the present act is done, 0 when whoever acts does so for themselves."""
    return _behalf.get()


def actor_of(event_by: int, *, scope: str) -> Actor:
    """Whoever published an event, for a listener that goes on with it in the same act: also on whose behalf that is."""
    return Actor(id=event_by, scope=scope, behalf=acting_on_behalf_of() if event_by else 0)


@contextmanager
def _on_behalf_of(account: int, inside: AbstractContextManager[None]) -> Iterator[None]:
    token = _behalf.set(account)
    try:
        with inside:
            yield
    finally:
        _behalf.reset(token)


PLATFORM = Actor(id=0, scope=CITY, name="OpenPES")


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make a keyword-only function with `by` and `at` one atomic act inside the standing of `by`."""

    @wraps(function)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        by = kwargs["by"]
        assert isinstance(by, Actor)
        with by.standing():
            return function(*args, **kwargs)

    return act
