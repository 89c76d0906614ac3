"""A refusal: an action says no, with every reason at once, in words for the person who asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Reason:
    """One sentence of a refusal: what is wrong, by which clause, in which field, and what to do next.

    `text`, `clause` and `next_step` may be lazy translations.
    """

    text: Any
    clause: Any = ""
    field: str = ""
    next_step: Any = ""

    def __str__(self) -> str:
        return str(self.text)


class Refused(Exception):
    """Raised by an action that does not happen; nothing has been written."""

    def __init__(self, *reasons: Reason | Any, field: str = "", clause: Any = "", next_step: Any = "") -> None:
        self.reasons = tuple(
            r if isinstance(r, Reason) else Reason(r, clause=clause, field=field, next_step=next_step) for r in reasons
        )
        super().__init__(*self.reasons)

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)


def refuse_if(reasons: Iterable[Reason]) -> None:
    """Refuse with all reasons at once when there is any.

    :raises Refused: when `reasons` is not empty.
    """
    found = tuple(reasons)
    if found:
        raise Refused(*found)
