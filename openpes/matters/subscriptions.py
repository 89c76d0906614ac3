"""What matters tell of their rows: they go along when two files become one."""

from django.utils.translation import gettext_lazy as _

from openpes.matters.models import HandOver, Matter, Responsibility
from openpes.people.models import Tie, hold_ties

hold_ties(
    Tie(model=Matter, title=_("Matters of the counter")),
    Tie(model=Responsibility, title=_("Officers who answer for a matter")),
    Tie(model=HandOver, title=_("Hand-overs of matters")),
)
