"""What recipients want: they agree with a code, stop by a reply, a link or at a counter, and may come back."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openpes.engine.parameters import parameters
from openpes.kernel import Actor, Reason, Refused, action, clock, publish, within
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import blind_index, seal
from openpes.messages import queries, rules
from openpes.messages.actions.writing import read_address, send_message
from openpes.messages.choices import StopWay
from openpes.messages.events import ConsentAsked, ConsentEnded, ConsentGiven, MessagesResumed, MessagesStopped
from openpes.messages.models import Consent, Message, StoppedRecipient

MOST_GUESSES = 5


@dataclass(frozen=True)
class Wanted:
    """Messages that somebody wants: by which channel, for what, and about what as the asking room keeps it."""

    channel: str
    to: str
    purpose: str
    subject: str = ""


@action
def ask_consent(*, wanted: Wanted, area: str, by: Actor, at: datetime) -> Consent:
    """Send a code to an address whose holder may want messages; nothing else goes there before it is told.

    :raises Refused: no such number or address, or too many codes went there today
    """
    address, code = read_address(wanted.channel, wanted.to), f"{secrets.randbelow(10**6):06d}"
    minutes = parameters().value("message_code_minutes", clock.day_of(at))
    language = get_language() or "zh-hans"
    words = queries.words_for("confirm_code", language, code=code, minutes=minutes)
    with within(CITY):
        asked = Consent.objects.create(
            area=area, channel=wanted.channel, purpose=wanted.purpose, subject=wanted.subject,
            to_sealed=seal(address, context="message.to"),
            to_index=blind_index(address, context=f"message.{wanted.channel}"),
            to_mask=rules.masked(wanted.channel, address), code_hash=_hash(code),
            code_until=at + timedelta(minutes=minutes), asked_at=at,
        )  # fmt: skip
        publish(
            ConsentAsked(area=area, consent=asked.pk, channel=wanted.channel, by=by.id, at=at)
        )
    send_message(
        channel=wanted.channel, to=wanted.to, text=words, purpose="confirm_code", area=area, language=language,
        by=by, at=at,
    )  # fmt: skip
    return asked


@action
def confirm_consent(*, consent: int, code: str, by: Actor, at: datetime) -> bool:
    """Whether this code is the one that was sent; if so the holder of the address has agreed. Five guesses are free.

    A wrong guess is counted and committed, so this answers instead of refusing.

    :raises Refused: the code is too old, was guessed too often, or there is none of that number
    """
    with within(CITY):
        found = Consent.objects.select_for_update().filter(pk=consent, given_at=None, ended_at=None).first()
        if found is None or at > found.code_until or found.guesses >= MOST_GUESSES:
            raise Refused(
                Reason(_("This code is no longer valid."), field="code", next_step=_("Ask for a new one.")),
            )
        if bytes(found.code_hash) != _hash(code.strip()):
            found.guesses += 1
            found.save(update_fields=["guesses"])
            return False
        _replace(found, at)
        found.given_at = at
        found.save(update_fields=["given_at"])
        publish(
            ConsentGiven(
                area=found.area, consent=found.pk, channel=found.channel, by=by.id, at=at
            )
        )
        _resume(found.channel, bytes(found.to_index), by, at)
    return True


def _replace(found: Consent, at: datetime) -> None:
    """The same agreement given before ends with the new one."""
    same = {"channel": found.channel, "purpose": found.purpose, "subject": found.subject, "to_index": found.to_index}
    Consent.objects.filter(**same, given_at__isnull=False, ended_at=None).update(ended_at=at)


@action
def end_consent(*, consent: int, by: Actor, at: datetime) -> None:
    """End an agreement to messages; ended twice, the second changes nothing."""
    with within(CITY):
        found = Consent.objects.select_for_update().filter(pk=consent, ended_at=None).first()
        if found is not None:
            _end(found, by, at)


def _end(found: Consent, by: Actor, at: datetime) -> None:
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    publish(ConsentEnded(area=found.area, consent=found.pk, by=by.id, at=at))


@action
def stop_recipient(*, channel: str, to: str, way: str, by: Actor, at: datetime) -> bool:
    """Send nothing more by a channel to a recipient but what is urgent; False when they had stopped already.

    :raises Refused: no such number or address
    """
    address = read_address(channel, to)
    index = blind_index(address, context=f"message.{channel}")
    with within(CITY):
        return _stop(channel, index, rules.masked(channel, address), way, by, at)


def _stop(channel: str, index: bytes, mask: str, way: str, by: Actor, at: datetime) -> bool:
    _made, is_new = StoppedRecipient.objects.get_or_create(
        channel=channel, to_index=index, resumed_at=None, defaults={"to_mask": mask, "way": way, "stopped_at": at}
    )
    for found in Consent.objects.filter(channel=channel, to_index=index, ended_at=None).order_by("id"):
        _end(found, by, at)
    if is_new:
        publish(MessagesStopped(channel=channel, way=way, by=by.id, at=at))
    return is_new


@action
def stop_by_link(*, number: UUID, by: Actor, at: datetime) -> bool:
    """Send nothing more but what is urgent to the recipient of a message; False when they had stopped already.

    :raises Message.DoesNotExist: there is no message of that number
    """
    with within(CITY):
        found = Message.objects.get(number=number)
        return _stop(found.channel, bytes(found.to_index), found.to_mask, StopWay.LINK, by, at)


@action
def resume_recipient(*, channel: str, to: str, by: Actor, at: datetime) -> bool:
    """Take a recipient off the list of those who stopped; False when they were not on it.

    :raises Refused: no such number or address
    """
    index = blind_index(read_address(channel, to), context=f"message.{channel}")
    with within(CITY):
        return _resume(channel, index, by, at)


def _resume(channel: str, index: bytes, by: Actor, at: datetime) -> bool:
    stopped = StoppedRecipient.objects.filter(channel=channel, to_index=index, resumed_at=None)
    if not stopped.update(resumed_at=at):
        return False
    publish(MessagesResumed(channel=channel, by=by.id, at=at))
    return True


def _hash(code: str) -> bytes:
    return blind_index(code, context="message.code")
