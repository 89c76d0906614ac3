"""Sending over real sockets: what each answer of a gateway makes of a message, and that nothing goes out twice."""

import json
import os
import signal
import subprocess
import sys
from contextlib import nullcontext
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.conf import settings

from openpes.config import database
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import stopped
from openpes.messages.actions import note_interrupted, send_again
from openpes.messages.choices import Channel, MessageState
from openpes.messages.jobs import deliver, deliver_by_clock
from openpes.messages.models import Message
from tests.messages.factories import MAIL, MOBILE, write
from tests.messages.peers import KEY, Gateway, MailServer, serving

WHERE = {"sms_url": "", "sms_key": KEY, "sms_name": "公共就业服务", "smtp_host": "", "smtp_from": "pes@example.org"}


@pytest.fixture
def gateway(monkeypatch):
    with serving(Gateway()) as peer:
        monkeypatch.setattr(settings, "MESSAGES", settings.MESSAGES | WHERE | {"sms_url": peer.url})
        yield peer


@pytest.fixture
def server(monkeypatch):
    with serving(MailServer()) as peer:
        where = WHERE | {"smtp_host": "127.0.0.1", "smtp_port": peer.port, "site": "https://pes.example.org"}
        monkeypatch.setattr(settings, "MESSAGES", settings.MESSAGES | where)
        yield peer


@pytest.fixture(autouse=True)
def _city(request):
    if "city" not in request.fixturenames:
        request.getfixturevalue("db")
    with PLATFORM.standing() if "city" not in request.fixturenames else nullcontext():
        yield


def test_an_sms_goes_out_signed_with_its_name_and_how_to_stop(gateway, at):
    written = write(at)
    assert deliver() == 1
    (taken,) = gateway.taken
    assert taken == {
        "id": str(written.number), "to": MOBILE, "text": "【公共就业服务】您好 拒收请回复退订", "purpose": "notice",
    }  # fmt: skip
    sent = Message.objects.get()
    assert (sent.state, sent.receipt, sent.sent_at) == (MessageState.SENT, "G1", at)
    assert deliver() == 0 and len(gateway.taken) == 1


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (429, MessageState.WAITING),
        (503, MessageState.WAITING),
        (400, MessageState.DEAD),
        (403, MessageState.DEAD),
        (500, MessageState.UNCERTAIN),
        (302, MessageState.UNCERTAIN),
    ],
)
def test_what_a_gateway_answers_decides_what_becomes_of_a_message(gateway, at, status, state):
    gateway.status, gateway.words = status, f"number {MOBILE} is not served"
    write(at)
    assert deliver() == 0
    found = Message.objects.get()
    assert found.state == state
    assert found.why == f"{status} number 138****0001 is not served"  # never the number itself


def test_a_gateway_that_is_not_reached_is_asked_again_later_and_given_up_after_eight_times(gateway, at):
    gateway.shutdown()
    gateway.server_close()
    waits, moment = [], at.replace(hour=8, minute=0)
    write(moment)
    for _attempt in range(8):
        with stopped(moment):
            deliver()
        found = Message.objects.get()
        if found.state == MessageState.DEAD:
            break
        waits.append(int((found.due_at - moment).total_seconds() // 60))
        moment = found.due_at
    assert waits == [1, 2, 4, 8, 16, 32, 64] and found.attempts == 8
    assert found.why.startswith("gateway not reached")
    send_again(message=found.pk, by=PLATFORM, at=moment)
    assert Message.objects.get().state == MessageState.WAITING


def test_a_gateway_that_is_away_is_not_asked_for_every_message(gateway, at):
    gateway.status = 503
    for number in range(10):
        write(at, to=f"1380000{number:04d}")
    assert deliver() == 0
    assert Message.objects.filter(attempts=1).count() == 3


def test_a_line_that_breaks_leaves_it_to_a_person_unless_the_gateway_knows_the_number(gateway, at, monkeypatch):
    gateway.silent = True
    write(at)
    deliver()
    assert Message.objects.get().state == MessageState.UNCERTAIN
    assert deliver_by_clock() == 0 and len(gateway.taken) == 1
    monkeypatch.setitem(settings.MESSAGES, "sms_knows_numbers", True)
    Message.objects.update(state=MessageState.WAITING, due_at=at)
    deliver()
    assert Message.objects.get().state == MessageState.WAITING
    assert gateway.taken[0]["id"] == gateway.taken[1]["id"]


def test_a_mail_goes_out_with_the_link_that_stops_it(server, at):
    written = write(at, to=MAIL, channel=Channel.MAIL)
    assert deliver() == 1
    ((sender, to, letter),) = server.taken
    mail = message_from_bytes(letter, policy=default)
    link = f"https://pes.example.org/messages/stop/{written.number.hex}"
    assert (sender, to) == ("mail FROM:<pes@example.org>", f"rcpt TO:<{MAIL}>")
    assert mail["Subject"] == "公共就业服务 · 服务通知" and mail["List-Unsubscribe"].strip() == f"<{link}>"
    assert mail.get_content().startswith("您好") and link in mail.get_content()
    assert Message.objects.get().receipt == "queued as M1"


@pytest.mark.parametrize(
    ("command", "answer", "state"),
    [
        ("RCPT", "550 no such box", MessageState.DEAD),
        ("RCPT", "451 later", MessageState.WAITING),
        ("MAIL", "", MessageState.WAITING),
        ("DATA", "554 not accepted", MessageState.DEAD),
        ("DATA", "", MessageState.UNCERTAIN),
    ],
)
def test_what_a_mail_server_answers_decides_what_becomes_of_a_mail(server, at, command, answer, state):
    server.refuse = {command: answer}
    write(at, to=MAIL, channel=Channel.MAIL)
    deliver()
    assert Message.objects.get().state == state
    assert not server.taken


def test_no_number_stands_in_the_logs(gateway, at, caplog):
    gateway.status = 500
    caplog.set_level("DEBUG")
    write(at)
    deliver()
    assert MOBILE not in caplog.text


SENDER = "import django; django.setup(); from openpes.messages.jobs import deliver; deliver()"


def _killed_while_sending(city, gateway, at) -> None:
    from threading import Event

    gateway.hold = Event()
    environment = os.environ | database.environment_for(city) | {
        "OPENPES_ROLE": database.APP, "OPENPES_SMS_URL": gateway.url, "OPENPES_SMS_KEY": KEY,
        "OPENPES_CLOCK": at.isoformat(), "DJANGO_SETTINGS_MODULE": "openpes.config.settings",
    }  # fmt: skip
    sender = subprocess.Popen([sys.executable, "-W", "ignore", "-c", SENDER], env=environment)
    try:
        assert gateway.read.wait(60), "the message never left"
    finally:
        sender.send_signal(signal.SIGKILL)
        sender.wait()
        gateway.hold.set()
        gateway.hold = None


@pytest.mark.city
def test_after_kill_9_nothing_goes_out_twice(city, gateway, at, monkeypatch):
    with PLATFORM.standing():
        number = str(write(at).number)
    _killed_while_sending(city, gateway, at)
    assert [one["id"] for one in gateway.taken] == [number]
    later = at + timedelta(minutes=6)
    with stopped(at + timedelta(minutes=1)):
        assert deliver_by_clock() == 0, "somebody else may still be sending it"
    with stopped(later):
        assert deliver_by_clock() == 0
    with PLATFORM.standing():
        found = Message.objects.get()
    assert found.state == MessageState.UNCERTAIN and len(gateway.taken) == 1
    with PLATFORM.standing():  # the same with a gateway that knows numbers: it comes again under the same one
        Message.objects.update(state=MessageState.SENDING)
    with stopped(later):
        note_interrupted(repeatable=frozenset({"sms"}), by=PLATFORM, at=later)
        assert deliver() == 1
    assert [one["id"] for one in gateway.taken] == [number, number]


def test_two_senders_take_different_messages(city, gateway, at):
    from threading import Thread

    from django.db import connection

    with PLATFORM.standing():
        for number in range(20):
            write(at, to=f"1380000{number:04d}")

    def send() -> None:
        with stopped(at):
            deliver()
        connection.close()

    senders = [Thread(target=send) for _each in range(4)]
    for one in senders:
        one.start()
    for one in senders:
        one.join()
    ids = [json.dumps(one["id"]) for one in gateway.taken]
    assert len(ids) == 20 == len(set(ids))
