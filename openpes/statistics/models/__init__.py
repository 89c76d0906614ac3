"""The store of facts, since when each kind is kept, and what has to be looked at again."""

from openpes.statistics.models.editions import EditionCheck, EditionQuerySet, ReportDraft, ReportEdition
from openpes.statistics.models.facts import DueSubject, Fact, FactOpening, FactQuerySet
from openpes.statistics.models.following import (
    AlertEntry,
    FigureAlert,
    Subscription,
    SubscriptionIssue,
    Threshold,
)
from openpes.statistics.models.kept import KeptCount, KeptFigure
from openpes.statistics.models.targets import PublicBoard, Target, TargetQuerySet

__all__ = [
    "AlertEntry",
    "DueSubject",
    "EditionCheck",
    "EditionQuerySet",
    "Fact",
    "FactOpening",
    "FactQuerySet",
    "FigureAlert",
    "KeptCount",
    "KeptFigure",
    "PublicBoard",
    "ReportDraft",
    "ReportEdition",
    "Subscription",
    "SubscriptionIssue",
    "Target",
    "TargetQuerySet",
    "Threshold",
]
