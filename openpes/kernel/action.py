"""An action: one use-case, one transaction, done by somebody at a moment."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from openpes.kernel.scope import CITY, within

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts: an account, what it may see, and for self-service the person or employer it stands for.

    `id` is the account's id, 0 for the platform itself; `scope` is an area prefix.
    """

    id: int
    scope: str = ""
    name: str = ""
    person: int | None = None
    employer: int | None = None

    @property
    def database_role(self) -> str:
        """The restricted database role under which the actor's transactions run."""
        return "openpes_self" if self.person or self.employer else "none"

    def standing(self) -> Any:
        """The context manager in which the database shows what this actor may see."""
        return within(self.scope, role=self.database_role, person=self.person, employer=self.employer)


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
