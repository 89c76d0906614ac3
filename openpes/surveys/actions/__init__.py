"""What may be done in surveys: order and give out, record visits, take files back, check by sample."""

from openpes.surveys.actions.campaigns import (
    assign_villages,
    close_campaign,
    plan_campaign,
    start_campaign,
    take_in_households,
)
from openpes.surveys.actions.checks import ask_again, draw_check, mark_check
from openpes.surveys.actions.filed import enter_member, enter_visit, withdraw_visits
from openpes.surveys.actions.found import FoundHousehold, find_household
from openpes.surveys.actions.members import MemberTold
from openpes.surveys.actions.visits import Visit, record_visit
from openpes.surveys.rules import Plan

__all__ = [
    "FoundHousehold",
    "MemberTold",
    "Plan",
    "Visit",
    "ask_again",
    "assign_villages",
    "close_campaign",
    "draw_check",
    "enter_member",
    "enter_visit",
    "find_household",
    "mark_check",
    "plan_campaign",
    "record_visit",
    "start_campaign",
    "take_in_households",
    "withdraw_visits",
]
