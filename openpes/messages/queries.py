"""Messages: which wait and why, who agreed, who stopped, what a purpose says."""

from collections import Counter
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext_noop

from openpes.engine.wordings import wordings
from openpes.kernel import clock
from openpes.messages.choices import Channel, MessageState
from openpes.messages.models import Consent, Message, StoppedRecipient

STOPPED_BY_RECIPIENT = gettext_noop("The recipient stopped messages.")
NEVER_AGREED = gettext_noop("The holder of the address has not agreed to these messages.")


def words_for(purpose: str, language: str, **variables: object) -> str:
    """What a message of a purpose says, from its template in `data/message_templates.toml`.

    :raises KeyError: there is no such purpose
    :raises ValueError: it has no template, or other variables
    """
    return wordings()[purpose].filled(language, variables)


def channels_served() -> frozenset[str]:
    """The channels for which the city has a gateway."""
    served = {Channel.SMS: settings.MESSAGES["sms_url"], Channel.MAIL: settings.MESSAGES["smtp_host"]}
    return frozenset(channel.value for channel, gateway in served.items() if gateway)


def has_stopped(*, channel: str, to_index: bytes) -> bool:
    """Whether a recipient wants no messages of a channel."""
    return StoppedRecipient.objects.filter(channel=channel, to_index=to_index, resumed_at=None).exists()


def has_agreed(*, channel: str, to_index: bytes, purpose: str) -> bool:
    """Whether the holder of an address agreed to messages of a purpose."""
    given = Consent.objects.filter(channel=channel, to_index=to_index, purpose=purpose, given_at__isnull=False)
    return given.filter(ended_at=None).exists()


def consents_in_force(*, scope: str, purpose: str, after: int = 0, limit: int = 500) -> list[Consent]:
    """The agreements in force to messages of a purpose, by id, from one id on."""
    given = Consent.objects.visible_to(scope).filter(purpose=purpose, given_at__isnull=False, ended_at=None)
    return list(given.filter(pk__gt=after).order_by("pk")[:limit])


def ordinary_on(*, to_index: bytes, day: date) -> int:
    """How many ordinary messages went, or are going, to a recipient on a day."""
    tried = (MessageState.SENT, MessageState.SENDING, MessageState.UNCERTAIN)
    return _of_day(to_index, day).filter(state__in=tried, urgent=False).count()


def codes_on(*, to_index: bytes, day: date) -> int:
    """How many codes were written to a recipient on a day."""
    secret = [one.purpose for one in wordings().values() if one.secret]
    begins, ends = _bounds(day)
    written = Message.objects.filter(to_index=to_index, written_at__gte=begins, written_at__lt=ends)
    return written.filter(purpose__in=secret).count()


def _of_day(to_index: bytes, day: date):  # type: ignore[no-untyped-def]
    begins, ends = _bounds(day)
    return Message.objects.filter(to_index=to_index, tried_at__gte=begins, tried_at__lt=ends)


def _bounds(day: date) -> tuple[datetime, datetime]:
    begins = datetime.combine(day, datetime.min.time(), clock.BUSINESS_ZONE)
    return begins, begins + timedelta(days=1)


def counts_by_state(*, scope: str) -> Counter[str]:
    """How many messages of an area stand where."""
    counted = Message.objects.visible_to(scope).order_by().values("state").annotate(n=Count("pk"))
    return Counter({row["state"]: row["n"] for row in counted})
