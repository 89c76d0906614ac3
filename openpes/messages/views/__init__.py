"""Pages of messages: the list of staff, and what recipients do."""

from openpes.messages.views.recipients import inbound, stop
from openpes.messages.views.staff import again, leave, list, stop_for

__all__ = ["again", "inbound", "leave", "list", "stop", "stop_for"]
