"""Pages of persons: the list, a new person, the file's facts, the home, the household, identifiers in full."""

from openpes.people.views.corrections import correction_answer, correction_appeal, correction_list, correction_new
from openpes.people.views.duplicates import apart, duplicates, merged, of_person, pair
from openpes.people.views.files import edit, move, reveal
from openpes.people.views.household_changes import (
    household_head,
    household_move,
    household_relations,
    household_split,
)
from openpes.people.views.households import household, household_form, household_join, household_leave
from openpes.people.views.lists import area_options, list_persons
from openpes.people.views.lives import come_back, departure, hukou, life, name, number, take_back
from openpes.people.views.merges import merge, merge_confirm, merge_decline, merge_undo, merge_undone
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
from openpes.people.views.waiting import handover_answer, handover_list, number_answer, number_list

__all__ = [
    "apart",
    "area_options",
    "come_back",
    "correction_answer",
    "correction_appeal",
    "correction_list",
    "correction_new",
    "departure",
    "duplicates",
    "edit",
    "education_new",
    "education_withdraw",
    "ending",
    "group",
    "group_end",
    "group_new",
    "handover_answer",
    "handover_list",
    "household",
    "household_form",
    "household_head",
    "household_join",
    "household_leave",
    "household_move",
    "household_relations",
    "household_split",
    "hukou",
    "identity",
    "life",
    "list_persons",
    "merge",
    "merge_confirm",
    "merge_decline",
    "merge_undo",
    "merge_undone",
    "merged",
    "move",
    "name",
    "new",
    "number",
    "number_answer",
    "number_list",
    "of_person",
    "pair",
    "qualification_new",
    "qualification_withdraw",
    "records",
    "reveal",
    "take_back",
]
