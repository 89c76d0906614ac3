"""Messages for the tests."""

from datetime import datetime

from openpes.kernel.action import PLATFORM
from openpes.messages.actions import send_message
from openpes.messages.choices import Channel
from openpes.messages.models import Message

MOBILE, MAIL = "13800000001", "reader@example.org"
BOTH = frozenset(Channel.values)


def write(at: datetime, *, to: str = MOBILE, purpose: str = "notice", channel: str = Channel.SMS, **more) -> Message:
    """A message of the city."""
    text = more.pop("text", "您好")
    return send_message(channel=channel, to=to, text=text, purpose=purpose, area="450103", by=PLATFORM, at=at, **more)
