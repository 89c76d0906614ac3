"""Pages of persons: the list, a new person, the file's facts, the home, the household, identifiers in full."""

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

__all__ = [
    "area_options",
    "edit",
    "household",
    "household_form",
    "household_head",
    "household_join",
    "household_leave",
    "identity",
    "list_persons",
    "move",
    "new",
    "reveal",
]
