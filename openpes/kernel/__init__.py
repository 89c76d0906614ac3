"""What every room stands on: refusals, events, actors, scoped rows, sensitive values, the clock."""

from openpes.kernel.action import Actor, action
from openpes.kernel.events import Event, listen, listen_later
from openpes.kernel.hands import HandsField, by_another, has_hand_in
from openpes.kernel.jobs import defer, job
from openpes.kernel.publishing import publish
from openpes.kernel.refusal import Reason, Refused, refuse_if
from openpes.kernel.scope import AreaField, PeriodQuerySet, ScopedQuerySet, within
from openpes.kernel.sensitive import Sensitive

__all__ = [
    "Actor",
    "AreaField",
    "Event",
    "HandsField",
    "PeriodQuerySet",
    "Reason",
    "Refused",
    "ScopedQuerySet",
    "Sensitive",
    "action",
    "by_another",
    "defer",
    "has_hand_in",
    "job",
    "listen",
    "listen_later",
    "publish",
    "refuse_if",
    "within",
]
