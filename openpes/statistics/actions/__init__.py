"""Facts are fed by what happens and rebuilt from the rows."""

from openpes.statistics.actions.facts import Rebuilt, feed_facts, feed_noted, rebuild_facts, rebuild_side_by_side
from openpes.statistics.actions.targets import TargetFacts, decide_target, hand_down_target, propose_target

__all__ = [
    "Rebuilt",
    "TargetFacts",
    "decide_target",
    "feed_facts",
    "feed_noted",
    "hand_down_target",
    "propose_target",
    "rebuild_facts",
    "rebuild_side_by_side",
]
