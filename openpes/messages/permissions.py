"""Rights over messages."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

VIEW_MESSAGES = Permission("messages.view", _("See which messages wait, went out or could not be sent"))
DECIDE_MESSAGES = Permission("messages.decide", _("Send messages again or leave them, stop messages to a recipient"))
