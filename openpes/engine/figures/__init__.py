"""Figures counted from facts in columns: the twelve official tables of any period and areas, in one pass."""

from typing import TYPE_CHECKING, Any

from openpes.engine.figures.facts import Facts, joined
from openpes.engine.figures.kinds import KINDS

if TYPE_CHECKING:
    from openpes.engine.figures.counting import CountTables

__all__ = ["KINDS", "CountTables", "Facts", "joined"]


def __getattr__(name: str) -> Any:
    """What is compiled comes with its first use, so that nothing imports it beforehand."""
    if name == "CountTables":
        from openpes.engine.figures.counting import CountTables

        return CountTables
    raise AttributeError(name)
