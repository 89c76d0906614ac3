"""When a message may go out, what it may say, and what becomes of one that did not."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from openpes.engine.identifiers import mask_phone
from openpes.engine.parameters import parameters
from openpes.engine.wordings import Wording
from openpes.kernel import Reason
from openpes.messages.choices import Channel, MessageState

LONGEST_SMS, LONGEST_MAIL = 500, 20_000
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
STOP_WORDS = frozenset({"退订", "td", "t", "n", "tdd", "退", "stop", "unsubscribe"})


class Failure(StrEnum):
    """How an attempt ended that did not end well."""

    LATER = "later"  # certainly not sent: the gateway was not reached or asked to wait
    UNKNOWN = "unknown"  # the line broke after the message had left
    NEVER = "never"  # the gateway refuses this message


@dataclass(frozen=True)
class Terms:
    """What the city allows on a day."""

    quiet_from: int
    quiet_until: int
    cap: int
    codes: int
    attempts: int


def terms(on: date) -> Terms:
    """The terms in force on a day."""
    names = ("quiet_from_hour", "quiet_until_hour", "daily_cap", "daily_codes", "attempts")
    return Terms(*(parameters().value(f"message_{name}", on) for name in names))


def due_at(at: datetime, *, urgent: bool, known: Terms) -> datetime:
    """The earliest moment at which a message may go out; `at` is in the business zone."""
    if urgent or not _quiet(at.hour, known):
        return at
    morning = at.replace(hour=known.quiet_until, minute=0, second=0, microsecond=0)
    return morning if morning > at else morning + timedelta(days=1)


def _quiet(hour: int, known: Terms) -> bool:
    if known.quiet_from > known.quiet_until:
        return hour >= known.quiet_from or hour < known.quiet_until
    return known.quiet_from <= hour < known.quiet_until


def next_morning(at: datetime, known: Terms, zone: tzinfo) -> datetime:
    """When the next day's messages begin."""
    there = at.astimezone(zone) + timedelta(days=1)
    return there.replace(hour=known.quiet_until, minute=0, second=0, microsecond=0)


def wait_after(attempts: int) -> timedelta:
    """How long a message waits after so many attempts: one minute, then twice as long each time, six hours at most."""
    return min(FIRST_WAIT * 2 ** max(attempts - 1, 0), LONGEST_WAIT)


def state_after(failure: Failure, *, attempts: int, known: Terms) -> MessageState:
    """What becomes of a message after an attempt that failed."""
    if failure is Failure.UNKNOWN:
        return MessageState.UNCERTAIN
    if failure is Failure.NEVER or attempts >= known.attempts:
        return MessageState.DEAD
    return MessageState.WAITING


def why_not_write(*, channel: str, text: str, wording: Wording | None) -> Iterator[Reason]:
    """What is wrong with a message, before anybody asks to whom it goes."""
    if wording is None:
        yield Reason(
            _("Messages have no such purpose."),
            field="purpose",
            next_step=_("Add it to the templates of messages first."),
        )
    limit = LONGEST_SMS if channel == Channel.SMS else LONGEST_MAIL
    if not text.strip():
        yield Reason(_("A message without words is not sent."), field="text")
    if len(text) > limit:
        yield Reason(
            _("The message has %(n)s characters; %(most)s are possible.") % {"n": len(text), "most": limit},
            field="text",
            next_step=_("Say it shorter."),
        )


def why_not_code(*, sent_today: int, known: Terms) -> Iterator[Reason]:
    """Why no further code goes to a recipient today."""
    if sent_today >= known.codes:
        yield Reason(
            _("%(n)s codes were sent to this recipient today; no more are sent.") % {"n": sent_today},
            field="to",
            next_step=_("Try again tomorrow, or come to a service point."),
        )


def may_decide(state: str) -> bool:
    """Whether somebody must say what becomes of the message."""
    return state in (MessageState.UNCERTAIN, MessageState.DEAD)


def why_not_decide(state: str) -> Iterator[Reason]:
    """Why there is nothing to decide about a message."""
    if not may_decide(state):
        yield Reason(
            _("This message needs no decision any more."),
            next_step=_("Look at the list again; somebody decided it, or it went out meanwhile."),
        )


def link_token(number: UUID) -> str:
    """What the link in a mail says instead of the address: the number of the message, which nobody guesses."""
    return number.hex


def signature(key: bytes, moment: str, body: bytes) -> str:
    """The signature of what goes to the gateway and of what it sends: HMAC-SHA-256 of `<second>.<body>`."""
    return hmac.new(key, moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def stops(text: str) -> bool:
    """Whether a reply says that no more messages are wanted."""
    return text.strip().strip("。.!！“”\"'").lower() in STOP_WORDS


def masked(channel: str, to: str) -> str:
    """A recipient as pages may show it."""
    if channel == Channel.SMS:
        return mask_phone(to)
    name, _at, domain = to.partition("@")
    return f"{name[:1]}***@{domain}"[-40:]


def without(text: str, to: str, mask: str) -> str:
    """What a gateway said, without the recipient it may have repeated."""
    return text.replace(to, mask)[:300]
