"""What is typed about persons, homes and households."""

from openpes.people.forms.fields import NOTHING, AreaForm, AreaTextField, coded
from openpes.people.forms.households import HouseholdForm, LeaveForm, MemberForm
from openpes.people.forms.persons import ChangeForm, FactsForm, MoveForm, PersonForm, RevealForm, SieveForm

__all__ = [
    "NOTHING",
    "AreaForm",
    "AreaTextField",
    "ChangeForm",
    "FactsForm",
    "HouseholdForm",
    "LeaveForm",
    "MemberForm",
    "MoveForm",
    "PersonForm",
    "RevealForm",
    "SieveForm",
    "coded",
]
