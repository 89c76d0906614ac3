"""Messages: who may be written to, when, how often, and what they may say."""

from datetime import timedelta

import pytest

from openpes.kernel import Refused
from openpes.kernel.action import PLATFORM
from openpes.messages.actions import note_sent, send_message, stop_recipient, take_message
from openpes.messages.choices import Channel, MessageState, StopWay
from openpes.messages.models import Message
from tests.messages.factories import BOTH, MOBILE, write


@pytest.fixture(autouse=True)
def _city(db):
    with PLATFORM.standing():
        yield


def test_a_message_is_sealed_and_waits(at):
    written = write(at)
    assert written.state == MessageState.WAITING and written.to_mask == "138****0001"
    assert MOBILE.encode() not in bytes(written.to_sealed) and written.to().reveal() == MOBILE
    assert written.text() == "您好" and "您好".encode() not in bytes(written.text_sealed)


@pytest.mark.parametrize(
    ("channel", "to", "text", "purpose", "field"),
    [
        (Channel.SMS, "12345", "您好", "notice", "to"),
        (Channel.MAIL, "nobody", "您好", "notice", "to"),
        (Channel.SMS, MOBILE, " ", "notice", "text"),
        (Channel.SMS, MOBILE, "好" * 501, "notice", "text"),
        (Channel.SMS, MOBILE, "您好", "gossip", "purpose"),
        ("pigeon", MOBILE, "您好", "notice", "channel"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_its_field(at, channel, to, text, purpose, field):
    with pytest.raises(Refused) as refused:
        send_message(channel=channel, to=to, text=text, purpose=purpose, area="450103", by=PLATFORM, at=at)
    assert [reason.field for reason in refused.value.reasons] == [field]
    assert not Message.objects.exists()


def test_an_ordinary_message_waits_for_the_morning_and_a_code_does_not(at):
    night = at.replace(hour=22, minute=10)
    assert write(night).due_at == night.replace(hour=8, minute=0) + timedelta(days=1)
    assert write(night, purpose="sign_in_code").due_at == night


def test_the_daily_cap_of_a_recipient_moves_the_rest_to_the_next_morning(at):
    for _time in range(6):
        write(at)
    sent = 0
    while parcel := take_message(channels=BOTH, by=PLATFORM, at=at):
        note_sent(message=parcel.message, receipt="", by=PLATFORM, at=at)
        sent += 1
    assert sent == 5
    last = Message.objects.get(state=MessageState.WAITING)
    assert last.due_at == at.replace(hour=8, minute=0) + timedelta(days=1)
    assert take_message(channels=BOTH, by=PLATFORM, at=last.due_at) is not None


def test_the_eleventh_code_of_a_day_is_refused(at):
    for _time in range(10):
        write(at, purpose="sign_in_code")
    with pytest.raises(Refused, match="10"):
        write(at, purpose="sign_in_code")


def test_who_stopped_gets_codes_only(at):
    stop_recipient(channel=Channel.SMS, to=MOBILE, way=StopWay.REPLY, by=PLATFORM, at=at)
    assert write(at).state == MessageState.STOPPED
    assert write(at, purpose="sign_in_code").state == MessageState.WAITING


def test_who_stops_meanwhile_gets_no_more(at):
    written = write(at)
    stop_recipient(channel=Channel.SMS, to=MOBILE, way=StopWay.REPLY, by=PLATFORM, at=at)
    assert take_message(channels=BOTH, by=PLATFORM, at=at) is None
    assert Message.objects.get(pk=written.pk).state == MessageState.STOPPED


def test_without_a_gateway_everything_waits(at):
    write(at)
    assert take_message(channels=frozenset(), by=PLATFORM, at=at) is None
    assert Message.objects.get().state == MessageState.WAITING
