"""Campaigns, villages, officers, households, answers, spot-checks."""

from openpes.surveys.models.answers import MemberAnswer, SurveyAnswer, SurveyHousehold
from openpes.surveys.models.campaigns import Assignment, Campaign, SurveyVillage
from openpes.surveys.models.checks import CheckedHousehold, SpotCheck

__all__ = [
    "Assignment",
    "Campaign",
    "CheckedHousehold",
    "MemberAnswer",
    "SpotCheck",
    "SurveyAnswer",
    "SurveyHousehold",
    "SurveyVillage",
]
