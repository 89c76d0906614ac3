"""What resumes tell of their rows: they go along when two files become one."""

from django.utils.translation import gettext_lazy as _

from openpes.people.choices import Clash
from openpes.people.models import Tie, hold_ties
from openpes.resumes.models import Resume, Sharing

hold_ties(
    Tie(model=Resume, title=_("CVs"), apart="a.version = b.version", clash=Clash.PAST, living="false"),
    Tie(model=Sharing, title=_("Who may read the CV"), apart="true", clash=Clash.PAST, living="false"),
)
