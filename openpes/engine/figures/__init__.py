"""Figures counted from facts in columns: the twelve official tables of any period and areas, in one pass."""

from openpes.engine.figures.facts import Facts, joined
from openpes.engine.figures.kinds import KINDS

__all__ = ["KINDS", "Facts", "joined"]
