"""What is typed about surveys: plans, visits, second answers."""

from openpes.surveys.forms.campaigns import AssignForm, CampaignForm
from openpes.surveys.forms.visits import NEW_MEMBERS, AskAgainForm, FoundForm, MemberFields, VisitForm

__all__ = [
    "NEW_MEMBERS",
    "AskAgainForm",
    "AssignForm",
    "CampaignForm",
    "FoundForm",
    "MemberFields",
    "VisitForm",
]
