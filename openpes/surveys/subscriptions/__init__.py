"""What surveys offer to others: the workbook of a village as a kind of table that may come in."""

from openpes.surveys.subscriptions.workbook import SURVEY_VISITS

__all__ = ["SURVEY_VISITS"]
