"""Duties, reports, reminders, holds of what nobody confirms, calls, visits, and what villages tell."""

from openpes.reporting.actions.calls import give_back_call, take_next_call, tell_call
from openpes.reporting.actions.duties import move_with_employer, set_duty, settle_duties
from openpes.reporting.actions.leads import LeadFacts, answer_lead, take_lead, tell_lead
from openpes.reporting.actions.reminders import answer_reminder, remind_employer, remind_employers
from openpes.reporting.actions.reports import Said, note_list, report_vacancies, settle_change
from openpes.reporting.actions.stale import come_back, hold_stale
from openpes.reporting.actions.visits import Learnt, cancel_visit, note_won, plan_visit, tell_visit

__all__ = [
    "LeadFacts",
    "Learnt",
    "Said",
    "answer_lead",
    "answer_reminder",
    "cancel_visit",
    "come_back",
    "give_back_call",
    "hold_stale",
    "move_with_employer",
    "note_list",
    "note_won",
    "plan_visit",
    "remind_employer",
    "remind_employers",
    "report_vacancies",
    "set_duty",
    "settle_change",
    "settle_duties",
    "take_lead",
    "take_next_call",
    "tell_call",
    "tell_lead",
    "tell_visit",
]
