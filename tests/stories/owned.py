"""To whom the things of the marked city belong, and which words must stay with them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openpes.kernel import Actor
from tests.cast import Player

OPEN, NOBODY = "open", "nobody"


@dataclass(frozen=True)
class Owner:
    """To whom something belongs: an area and those who may see it there, everybody, or nobody."""

    area: str = ""
    person: int | None = None
    employers: tuple[int, ...] = ()
    account: int | None = None
    shared: str = ""
    below: bool = False

    def lets(self, actor: Actor) -> bool:
        """Whether an actor may see it."""
        if self.shared:
            return self.shared == OPEN
        if self.account is not None:
            return self.account == actor.id
        if actor.person or actor.employer:
            return (actor.person is not None and actor.person == self.person) or actor.employer in self.employers
        inside = self.area.startswith(actor.scope) or (self.below and actor.scope.startswith(self.area))
        return bool(actor.scope) and inside


@dataclass(frozen=True)
class Thing:
    """Something that an address names: its kind, the value in the address, and to whom it belongs."""

    kind: str
    value: Any
    owner: Owner


@dataclass
class MarkedCity:
    """The things of the city by kind, the marked words and whose they are, and who goes from page to page."""

    things: dict[str, list[Thing]] = field(default_factory=dict)
    words: list[tuple[str, Owner]] = field(default_factory=list)
    players: dict[str, Player] = field(default_factory=dict)
    typed: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, kind: str, value: Any, owner: Owner) -> None:
        self.things.setdefault(kind, []).append(Thing(kind, value, owner))

    def mark(self, word: str, owner: Owner) -> str:
        self.words.append((word, owner))
        return word

    def hidden_words(self, actor: Actor) -> list[str]:
        """The words that an actor must never read."""
        return [word for word, owner in self.words if not owner.lets(actor)]

    def hidden_things(self, actor: Actor) -> Iterator[Thing]:
        """The things that do not exist for an actor."""
        return (thing for things in self.things.values() for thing in things if not thing.owner.lets(actor))
