"""Facts are fed by what happens and rebuilt from the rows."""

from openpes.statistics.actions.facts import Rebuilt, feed_facts, feed_noted, rebuild_facts, rebuild_side_by_side
from openpes.statistics.actions.following import (
    SubscriptionFacts,
    bring,
    change_subscription,
    end_subscriptions_of,
    subscribe,
)
from openpes.statistics.actions.targets import TargetFacts, decide_target, hand_down_target, propose_target
from openpes.statistics.actions.watching import (
    Bounds,
    ThresholdFacts,
    acknowledge_alert,
    check_threshold,
    end_threshold,
    end_thresholds_of,
    note_fed,
    set_threshold,
)

__all__ = [
    "Bounds",
    "Rebuilt",
    "SubscriptionFacts",
    "TargetFacts",
    "ThresholdFacts",
    "acknowledge_alert",
    "bring",
    "change_subscription",
    "check_threshold",
    "decide_target",
    "end_subscriptions_of",
    "end_threshold",
    "end_thresholds_of",
    "feed_facts",
    "feed_noted",
    "hand_down_target",
    "note_fed",
    "propose_target",
    "rebuild_facts",
    "rebuild_side_by_side",
    "set_threshold",
    "subscribe",
]
