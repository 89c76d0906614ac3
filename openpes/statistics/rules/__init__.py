"""What the figures say in words."""

from openpes.statistics.rules.periods import period_title, quarter_title
from openpes.statistics.rules.sentences import Beside, Sentence, Told, notices, sentences

__all__ = ["Beside", "Sentence", "Told", "notices", "period_title", "quarter_title", "sentences"]
