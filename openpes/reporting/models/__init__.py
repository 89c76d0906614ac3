"""Who must report vacancies and did, how employers are reminded, called and visited, and what villages tell."""

from openpes.reporting.models.duties import Duty, Report, ReportLine
from openpes.reporting.models.reaching import Call, Reminder
from openpes.reporting.models.winning import Lead, Visit, WonVacancy

__all__ = ["Call", "Duty", "Lead", "Reminder", "Report", "ReportLine", "Visit", "WonVacancy"]
