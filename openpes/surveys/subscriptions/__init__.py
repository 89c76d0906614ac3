"""What surveys offer to others: the workbook of a village as a kind of table that may come in; what goes along."""

from openpes.surveys.subscriptions import ties
from openpes.surveys.subscriptions.workbook import SURVEY_VISITS

__all__ = ["SURVEY_VISITS", "ties"]
