"""What appointments tell of their rows: they go along when two files become one."""

from django.utils.translation import gettext_lazy as _

from openpes.appointments.models import Appointment, Recall
from openpes.people.models import Tie, hold_ties

SAME_PLACE = "a.point_id = b.point_id AND a.purpose = b.purpose"

hold_ties(
    Tie(
        model=Appointment,
        title=_("Appointments at a window"),
        apart=f"{SAME_PLACE} AND a.state IN ('offered', 'booked') AND b.state IN ('offered', 'booked')",
        next_step=_("Cancel one of the two appointments first."),
    ),
    Tie(
        model=Recall,
        title=_("Wishes for an earlier time"),
        apart=f"{SAME_PLACE} AND a.closed_at IS NULL AND b.closed_at IS NULL",
        next_step=_("Close one of the two wishes for an earlier time first."),
    ),
)
