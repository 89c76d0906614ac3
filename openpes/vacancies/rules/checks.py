"""One rule of publication with its answer."""

from dataclasses import dataclass
from typing import Any

from openpes.kernel.refusal import Reason


@dataclass(frozen=True)
class Check:
    """A rule: `ok`, `wait` (something is to be supplied), `bad` (unlawful), or `plain` (a hint).

    With `hold`, a ground of `choices.HoldGround`, the vacancy may be published and is held until somebody has looked.
    """

    code: str
    state: str
    sentence: Any
    clause: Any = ""
    field: str = ""
    next_step: Any = ""
    hold: str = ""

    @property
    def stops(self) -> bool:
        """Whether the vacancy cannot be published because of it."""
        return self.state in ("wait", "bad") and not self.hold

    @property
    def reason(self) -> Reason:
        """The check as a reason of a refusal."""
        return Reason(self.sentence, clause=self.clause, field=self.field, next_step=self.next_step)
