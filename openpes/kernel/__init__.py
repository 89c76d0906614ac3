"""What every room stands on: refusals, events, actors, scoped rows, sensitive values, the clock."""

from openpes.kernel.action import Actor, action
from openpes.kernel.events import Event, listen, listen_later
from openpes.kernel.jobs import defer, job
from openpes.kernel.publishing import publish
from openpes.kernel.refusal import Reason, Refused, refuse_if
from openpes.kernel.scope import AreaField, PeriodQuerySet, ScopedQuerySet, within
from openpes.kernel.sensitive import Sensitive

__all__ = [
    "Actor",
    "AreaField",
    "Event",
    "PeriodQuerySet",
    "Reason",
    "Refused",
    "ScopedQuerySet",
    "Sensitive",
    "action",
    "defer",
    "job",
    "listen",
    "listen_later",
    "publish",
    "refuse_if",
    "within",
]
