"""What goes out, in the test town: messages, and keys of the open interfaces."""

from datetime import datetime
from typing import Any

from openpes.alerts.actions import Wish, save_search
from openpes.exchange.actions import KeyFacts, end_key, issue_key
from openpes.kernel import Actor
from openpes.kernel.action import PLATFORM
from openpes.messages.actions import send_message
from openpes.messages.choices import Channel, MessageState
from openpes.messages.models import Message


def released(clerk: Actor, area: str, at: datetime) -> dict[str, Any]:
    """Messages that wait, went out and could not be sent; their ids by name."""
    told = {"text": "您好", "purpose": "notice", "area": area, "by": PLATFORM, "at": at}
    made = [
        send_message(channel=Channel.SMS, to=f"1380000{number:04d}", **told).pk for number in range(3)
    ]
    mail = send_message(channel=Channel.MAIL, to="reader@example.org", **told)
    with PLATFORM.standing():
        Message.objects.filter(pk=made[0]).update(state=MessageState.DEAD, why="400 the gateway refuses it")
        Message.objects.filter(pk=made[1]).update(state=MessageState.SENT, sent_at=at, attempts=1)
        Message.objects.filter(pk=mail.pk).update(state=MessageState.UNCERTAIN, why="The sender was interrupted.")
    wanted = {"query": "?q=包装+包吃住", "name": "包装 包吃住", "rhythm": "daily", "area": area}
    feed = save_search(wish=Wish(way="feed", **wanted), by=PLATFORM, at=at)
    asked = save_search(wish=Wish(way="mail", to="reader@example.org", **wanted), by=PLATFORM, at=at)
    searches = {"saved_search": feed.key.hex, "saved_feed": feed.feed_key.hex, "unconfirmed_search": asked.key.hex}
    return {"message": made[0], "message_link": mail.number.hex, **searches}
    facts = KeyFacts(holder="南宁示例招聘网", scopes=["vacancies.read", "vacancies.bulk"], contact="运营部")
    key, _secret = issue_key(facts=facts, by=PLATFORM, at=at)
    ended, _secret = issue_key(facts=facts, by=PLATFORM, at=at)
    end_key(key=ended.pk, by=PLATFORM, at=at)
    return {"message": made[0], "message_link": mail.number.hex, "key": key.pk, "sitemap_part": 0}
