"""Rights over matters."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

ANSWER = Permission(
    "matters.answer", _("Note what people ask for, answer for it, hand it to colleagues and take it over")
)
REASSIGN = Permission("matters.reassign", _("Hand over the list of a colleague who is away or has left"))
OWN_MATTERS = Permission("matters.own", _("See what became of the own questions and who answers for them"))
