"""What the figures say in words."""

from openpes.statistics.rules.periods import period_title, quarter_title, year_of
from openpes.statistics.rules.sentences import Beside, Sentence, Told, notices, notices_of_days, sentences

__all__ = [
    "Beside",
    "Sentence",
    "Told",
    "notices",
    "notices_of_days",
    "period_title",
    "quarter_title",
    "sentences",
    "year_of",
]
