"""What matching tells of its tables when two files of one person become one."""

from django.utils.translation import gettext_lazy as _

from openpes.matching.models import JobList
from openpes.people.models import Tie, hold_ties

hold_ties(
    Tie(
        model=JobList,
        title=_("Suggested vacancies of the night"),
        remains=_("The lists are made anew from the wishes in force every night."),
    )
)
