"""Pages of persons: the list, a new person, the file's facts, the home, the household, identifiers in full."""

from openpes.people.views.corrections import correction_answer, correction_appeal, correction_list, correction_new
from openpes.people.views.files import edit, move, reveal
from openpes.people.views.households import (
    household,
    household_form,
    household_head,
    household_join,
    household_leave,
)
from openpes.people.views.lists import area_options, list_persons
from openpes.people.views.newcomers import identity, new
from openpes.people.views.records import (
    education_new,
    education_withdraw,
    ending,
    group,
    group_end,
    group_new,
    qualification_new,
    qualification_withdraw,
    records,
)

__all__ = [
    "area_options",
    "correction_answer",
    "correction_appeal",
    "correction_list",
    "correction_new",
    "edit",
    "education_new",
    "education_withdraw",
    "ending",
    "group",
    "group_end",
    "group_new",
    "household",
    "household_form",
    "household_head",
    "household_join",
    "household_leave",
    "identity",
    "list_persons",
    "move",
    "new",
    "qualification_new",
    "qualification_withdraw",
    "records",
    "reveal",
]
