"""Messages: which wait and why, who agreed, who stopped, what a purpose says."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils.translation import gettext, gettext_noop

from openpes.access.queries import city_is_invented
from openpes.engine.wordings import wordings
from openpes.kernel import clock, within
from openpes.kernel.scope import CITY
from openpes.messages.choices import TO_DECIDE, Channel, MessageState
from openpes.messages.models import Consent, Message, MessageQuerySet, StoppedRecipient

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


def channels_read_here() -> frozenset[str]:
    """The channels whose waiting messages staff may read: those without a gateway in an invented city, else none."""
    return frozenset(Channel.values) - channels_served() if city_is_invented() else frozenset()


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


def _of_day(to_index: bytes, day: date) -> QuerySet[Message]:
    begins, ends = _bounds(day)
    return Message.objects.filter(to_index=to_index, tried_at__gte=begins, tried_at__lt=ends)


def _bounds(day: date) -> tuple[datetime, datetime]:
    begins = datetime.combine(day, datetime.min.time(), clock.BUSINESS_ZONE)
    return begins, begins + timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """How many messages of an area stand in a state; `state` is empty for all of them."""

    state: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Missing:
    """A channel without a gateway, and how many messages wait for one."""

    channel: str
    waiting: int


def messages_in(*, scope: str, state: str = "") -> MessageQuerySet:
    """The messages of an area, in one state when one is named."""
    found = Message.objects.visible_to(scope)
    return found.filter(state=state) if state in MessageState.values else found


def states(*, scope: str, chosen: str = "") -> list[Standing]:
    """Where the messages of an area stand; what must be decided comes first."""
    counted = Message.objects.visible_to(scope).order_by().values("state").annotate(n=Count("pk"))
    counts = {row["state"]: row["n"] for row in counted}
    order = (*TO_DECIDE, *(state for state in MessageState if state not in TO_DECIDE))
    every = Standing("", gettext("All messages"), sum(counts.values()), chosen not in MessageState.values)
    return [every, *(Standing(s.value, str(s.label), counts.get(s, 0), s == chosen) for s in order if counts.get(s))]


def channels_missing(*, scope: str) -> list[Missing]:
    """The channels that have no gateway while messages wait for one."""
    waiting = Message.objects.visible_to(scope).filter(state=MessageState.WAITING)
    unserved = waiting.exclude(channel__in=channels_served()).order_by().values("channel").annotate(n=Count("pk"))
    return [Missing(str(Channel(row["channel"]).label), row["n"]) for row in unserved.order_by("channel")]


def is_known(*, number: UUID) -> bool:
    """Whether a message of that number was ever written."""
    with within(CITY):
        return Message.objects.filter(number=number).exists()
