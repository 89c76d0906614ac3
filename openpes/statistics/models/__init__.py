"""The store of facts, since when each kind is kept, and what has to be looked at again."""

from openpes.statistics.models.facts import DueSubject, Fact, FactOpening, FactQuerySet

__all__ = ["DueSubject", "Fact", "FactOpening", "FactQuerySet"]
