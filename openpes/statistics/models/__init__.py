"""The store of facts, since when each kind is kept, what has to be looked at again; reports as they were published."""

from openpes.statistics.models.editions import EditionCheck, EditionQuerySet, ReportDraft, ReportEdition
from openpes.statistics.models.facts import DueSubject, Fact, FactOpening, FactQuerySet

__all__ = [
    "DueSubject",
    "EditionCheck",
    "EditionQuerySet",
    "Fact",
    "FactOpening",
    "FactQuerySet",
    "ReportDraft",
    "ReportEdition",
]
