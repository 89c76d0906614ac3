"""Pages of messages: the list of staff, the link in a mail, what people answer."""

import hashlib
import hmac
import json

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from openpes.access.queries import INVENTED
from openpes.kernel.action import PLATFORM
from openpes.messages.actions import Wanted, ask_consent, confirm_consent, send_message
from openpes.messages.choices import Channel, MessageState
from openpes.messages.models import Message, StoppedRecipient
from tests.cast import assemble
from tests.messages.factories import MAIL, MOBILE, write
from tests.owner import as_owner

KEY = "common key"


def dead(at, **more) -> Message:
    with PLATFORM.standing():
        written = write(at, **more)
        Message.objects.filter(pk=written.pk).update(state=MessageState.DEAD, why="400 not served")
    return written


def state_of(message: Message) -> str:
    with PLATFORM.standing():
        return Message.objects.get(pk=message.pk).state


def test_the_list_shows_masks_reasons_and_what_waits_for_a_gateway(cast, at):
    dead(at)
    with PLATFORM.standing():
        write(at)
    page = cast.county_clerk.client().get(reverse("messages:list")).content.decode()
    assert "138****0001" in page and MOBILE not in page and "您好" not in page
    assert "400 not served" in page and "waits for a gateway" in page
    assert page.count("Send again") == 1


def test_a_neighbour_sees_and_decides_nothing(cast, at):
    written = dead(at)
    client = cast.neighbour_clerk.client()
    assert "138****0001" not in client.get(reverse("messages:list")).content.decode()
    assert client.post(reverse("messages:again", args=[written.pk]), {"idempotency_key": "a" * 20}).status_code == 404


@pytest.mark.parametrize(("act", "state"), [("again", MessageState.WAITING), ("leave", MessageState.LEFT)])
def test_a_clerk_decides_about_a_dead_message_once(cast, at, act, state):
    written = dead(at)
    client = cast.county_clerk.client()
    where = reverse(f"messages:{act}", args=[written.pk])
    assert client.post(where, {"idempotency_key": "a" * 20}).status_code == 302
    assert state_of(written) == state
    assert client.post(where, {"idempotency_key": "b" * 20}).status_code == 422


def test_the_link_in_a_mail_stops_mails_by_its_button_only(cast, at):
    with PLATFORM.standing():
        written = write(at, to=MAIL, channel=Channel.MAIL)
    where, reader = reverse("messages:stop", args=[written.number.hex]), Client()
    assert MAIL not in reader.get(where).content.decode()
    assert not StoppedRecipient.objects.exists()
    assert reader.post(where).status_code == 200
    assert StoppedRecipient.objects.get().way == "link"
    assert reader.get(reverse("messages:stop", args=["0" * 32])).status_code == 404


def inbound(body: bytes, at, key: str = KEY, seconds: int = 0):
    moment = str(int(at.timestamp()) + seconds)
    sign = hmac.new(key.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    return Client().post(
        reverse("messages:inbound"), body, content_type="application/json",
        headers={"X-Message-Time": moment, "X-Message-Signature": sign},
    )  # fmt: skip


def test_the_answer_that_stops_counts_only_when_the_gateway_signed_it(db, at, monkeypatch):
    monkeypatch.setitem(settings.MESSAGES, "sms_key", KEY)
    body = json.dumps({"from": MOBILE, "text": "退订。"}).encode()
    assert inbound(body, at, key="other").status_code == 403
    assert inbound(body, at, seconds=-301).status_code == 403
    assert not StoppedRecipient.objects.exists()
    assert inbound(json.dumps({"from": MOBILE, "text": "谢谢"}).encode(), at).json() == {"stopped": False}
    assert inbound(body, at).json() == {"stopped": True}
    assert StoppedRecipient.objects.get().to_mask == "138****0001"
    assert inbound(b"[]", at).status_code == 400


def test_without_a_common_key_nobody_is_believed(db, at, monkeypatch):
    monkeypatch.setitem(settings.MESSAGES, "sms_key", "")
    assert inbound(b"{}", at, key="").status_code == 403


def test_consent_is_given_with_the_code_alone_and_five_guesses_are_free(db, at):
    wanted = Wanted(Channel.SMS, MOBILE, "digest", "450103")
    asked = ask_consent(wanted=wanted, area="450103", by=PLATFORM, at=at)
    with PLATFORM.standing():
        code = Message.objects.get().text()
    code = next(word for word in code.replace("，", " ").split() if word.isdigit())
    assert not confirm_consent(consent=asked.pk, code="0000000", by=PLATFORM, at=at)

    def digest() -> str:
        return send_message(
            channel=Channel.SMS, to=MOBILE, text="新增岗位", purpose="digest", area="450103", by=PLATFORM, at=at
        ).state

    assert digest() == MessageState.STOPPED
    assert confirm_consent(consent=asked.pk, code=code, by=PLATFORM, at=at)
    assert digest() == MessageState.WAITING


def test_only_an_invented_city_without_a_gateway_shows_its_texts_and_says_where_its_codes_are(city, at, monkeypatch):
    cast = assemble(at)
    with PLATFORM.standing():
        write(at)
    where = "stands in the list of messages"

    def pages() -> tuple[str, str]:
        visitor = Client()
        visitor.cookies["django_language"] = "en"
        return (
            cast.county_clerk.client().get(reverse("messages:list")).content.decode(),
            visitor.get(reverse("access:by_phone")).content.decode(),
        )

    note = f"COMMENT ON TABLE access_account IS '{INVENTED}'"
    with pytest.raises(ProgrammingError, match="must be owner"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(note)  # no process that serves pages makes a city an invented one
    staff, door = pages()
    assert "您好" not in staff and where not in door
    as_owner(city, note)
    staff, door = pages()
    assert "您好" in staff and MOBILE not in staff and where in door
    gateway = {"sms_url": "http://gateway.example", "site": "https://jobs.example"}
    with monkeypatch.context() as patched:
        patched.setattr(settings, "MESSAGES", settings.MESSAGES | gateway)
        staff, door = pages()
    assert "您好" not in staff and where not in door
