"""Pages of vacancy reporting."""

from openpes.reporting.views.board import board, duty, of_employer, settle
from openpes.reporting.views.calls import call, call_back, call_tell
from openpes.reporting.views.coverage import coverage, coverage_csv, coverage_rows
from openpes.reporting.views.leads import lead, lead_list, lead_new
from openpes.reporting.views.own import answer, own, send_answer
from openpes.reporting.views.visits import planner, planner_csv, sheet, visit, visit_list, visit_new

__all__ = [
    "answer",
    "board",
    "call",
    "call_back",
    "call_tell",
    "coverage",
    "coverage_csv",
    "coverage_rows",
    "duty",
    "lead",
    "lead_list",
    "lead_new",
    "of_employer",
    "own",
    "planner",
    "planner_csv",
    "send_answer",
    "settle",
    "sheet",
    "visit",
    "visit_list",
    "visit_new",
]
