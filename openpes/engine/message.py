"""A sentence of pure code that a room can translate: an English template and its values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Message:
    """An English template with `%(name)s` places, and what belongs in them.

    Rooms show `message.translated(gettext)`; without translation `str(message)` is the English sentence.
    """

    text: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def translated(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language of `translate`, with the values filled in."""
        return translate(self.text) % self.params if self.params else translate(self.text)

    def __str__(self) -> str:
        return self.translated(str)
