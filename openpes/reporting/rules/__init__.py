"""When reports are due, who has to make them, who is visited next, and which hires count for the coverage."""

from openpes.reporting.rules.acts import (
    why_not_answer,
    why_not_inform,
    why_not_plan,
    why_not_set,
    why_not_tell,
    why_not_win,
)
from openpes.reporting.rules.coverage import Coverage, coverage_of, longest_start
from openpes.reporting.rules.due import ReportPeriod, period_at, period_to_report, rhythm_for, standing
from openpes.reporting.rules.planner import Grounds, Wanted, wanted

__all__ = [
    "Coverage",
    "Grounds",
    "ReportPeriod",
    "Wanted",
    "coverage_of",
    "longest_start",
    "period_at",
    "period_to_report",
    "rhythm_for",
    "standing",
    "wanted",
    "why_not_answer",
    "why_not_inform",
    "why_not_plan",
    "why_not_set",
    "why_not_tell",
    "why_not_win",
]
