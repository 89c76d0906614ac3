"""Writing a message: it waits in the transaction of what caused it, and goes out after the commit."""

from collections.abc import Iterator
from datetime import datetime
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from openpes.engine.identifiers import IdentifierError, parse_mobile
from openpes.engine.wordings import Wording, wordings
from openpes.kernel import Actor, Reason, Refused, action, clock, defer, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import blind_index, seal
from openpes.messages import queries, rules
from openpes.messages.choices import Channel, MessageState
from openpes.messages.events import MessageWritten
from openpes.messages.models import Message
from openpes.messages.rules import Terms

DELIVERY = "messages.deliver"


class About(TypedDict, total=False):
    """Whom a message is about, and its language; what is not said is nobody, and Chinese."""

    person: int | None
    employer: int | None
    language: str


@action
def send_message(
    *,
    channel: str,
    to: str,
    text: str,
    purpose: str,
    area: str,
    by: Actor,
    at: datetime,
    **about: Unpack[About],
) -> Message:
    """Write a message to a mobile number or a mail address; the worker sends it after the commit, once.

    `purpose` is one of `openpes/data/message_templates.toml`; `queries.words_for` fills its template. Ordinary messages
    wait over the quiet hours and keep to the daily cap of a recipient; one that the recipient does not want is kept as
    stopped and goes nowhere.

    :raises Refused: no such purpose, no such number or address, no words, too many, or too many codes today
    """
    wording = wordings().get(purpose)
    address = read_address(channel, to)
    refuse_if(rules.why_not_write(channel=channel, text=text, wording=wording))
    assert wording is not None
    known = rules.terms(clock.day_of(at))
    index = blind_index(address, context=f"message.{channel}")
    with within(CITY):
        if wording.secret:
            sent = queries.codes_on(to_index=index, day=clock.day_of(at))
            refuse_if(rules.why_not_code(sent_today=sent, known=known))
        unwanted = next(_why_unwanted(channel, index, wording), "")
        written = Message.objects.create(
            area=area, channel=channel, purpose=purpose, language=about.get("language") or "zh-hans",
            person_id=about.get("person"), employer_id=about.get("employer"),
            to_sealed=seal(address, context="message.to"), to_index=index, to_mask=rules.masked(channel, address),
            text_sealed=seal(text, context="message.text"), urgent=wording.urgent,
            state=MessageState.STOPPED if unwanted else MessageState.WAITING, why=unwanted,
            written_at=at, written_by=by.id, due_at=_due_at(at, wording, known),
        )  # fmt: skip
        _tell(written, by, at)
    return written


def _tell(written: Message, by: Actor, at: datetime) -> None:
    publish(
        MessageWritten(
            person=written.person_id, employer=written.employer_id, area=written.area, message=written.pk,
            channel=written.channel, state=written.state, by=by.id, at=at,
        )
    )  # fmt: skip
    if written.state == MessageState.WAITING:
        defer(DELIVERY, once=DELIVERY)


def _due_at(at: datetime, wording: Wording, known: Terms) -> datetime:
    return rules.due_at(at.astimezone(clock.BUSINESS_ZONE), urgent=wording.urgent, known=known)


def _why_unwanted(channel: str, index: bytes, wording: Wording) -> Iterator[str]:
    """Why a message is not wanted, in English as the list translates it; nothing when it is."""
    if wording.stop and queries.has_stopped(channel=channel, to_index=index):
        yield queries.STOPPED_BY_RECIPIENT
    if wording.consent and not queries.has_agreed(channel=channel, to_index=index, purpose=wording.purpose):
        yield queries.NEVER_AGREED


def read_address(channel: str, to: str) -> str:
    """A mobile number or mail address as it is kept.

    :raises Refused: it is none, or there is no such channel
    """
    if channel not in Channel.values:
        raise Refused(Reason(_("Messages go by SMS or mail."), field="channel"))
    try:
        if channel == Channel.SMS:
            return parse_mobile(to)
        address = to.strip().lower()
        validate_email(address)
    except IdentifierError as wrong:
        raise Refused(Reason(wrong.message.translated(_), field="to")) from None
    except ValidationError:
        raise Refused(Reason(_("This is no mail address."), field="to", next_step=_("Check it."))) from None
    return address
