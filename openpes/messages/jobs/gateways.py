"""The gateways of the city: an HTTP gateway for SMS and an SMTP server for mail, as the settings name them."""

from abc import ABC, abstractmethod

from django.conf import settings

from openpes.messages.actions.sending import Parcel
from openpes.messages.choices import Channel
from openpes.messages.rules import Failure

PATIENCE = 10  # seconds for one answer


class NotSent(Exception):
    """A gateway did not take a message; `why` is for the list of staff."""

    def __init__(self, failure: Failure, why: str) -> None:
        self.failure, self.why = failure, why
        super().__init__(failure, why)


class Gateway(ABC):
    """A way out of the city; `knows_numbers` says that it takes a message of the same number only once."""

    knows_numbers = False

    @abstractmethod
    def send(self, parcel: Parcel) -> str:
        """Hand a message over; gives what the gateway calls it.

        :raises NotSent: it was not taken, or nobody knows
        """


def gateways() -> dict[str, Gateway]:
    """The gateways that the settings name, by channel."""
    from openpes.messages.jobs.mail import MailServer
    from openpes.messages.jobs.sms import SmsGateway

    found: dict[str, Gateway] = {}
    if settings.MESSAGES["sms_url"]:
        found[Channel.SMS.value] = SmsGateway(settings.MESSAGES)
    if settings.MESSAGES["smtp_host"]:
        found[Channel.MAIL.value] = MailServer(settings.MESSAGES)
    return found
