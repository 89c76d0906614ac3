"""What goes out, in the test town: messages, keys of the open interfaces, a bulletin."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from openpes.alerts.actions import Wish, save_search
from openpes.engine.calendars import Period
from openpes.exchange.actions import KeyFacts, end_key, issue_key
from openpes.kernel import Actor
from openpes.kernel.action import PLATFORM
from openpes.messages.actions import send_message
from openpes.messages.choices import Channel, MessageState
from openpes.messages.models import Message
from openpes.screens.actions import BulletinFacts, print_bulletin
from openpes.statistics.actions.boards import publish_board
from openpes.statistics.actions.editions import ReportFacts, draw_up_report, publish_report
from openpes.statistics.actions.targets import TargetFacts, decide_target, hand_down_target, propose_target
from tests.people.factories import a_person
from tests.registration.factories import unemployed
from tests.statistics.followed import followed


def released(clerk: Actor, area: str, at: datetime) -> dict[str, Any]:
    """Messages that wait, went out and could not be sent; their ids by name."""
    told = {"text": "您好", "purpose": "notice", "area": area, "by": PLATFORM, "at": at}
    made = [send_message(channel=Channel.SMS, to=f"1380000{number:04d}", **told).pk for number in range(3)]
    mail = send_message(channel=Channel.MAIL, to="reader@example.org", **told)
    with PLATFORM.standing():
        Message.objects.filter(pk=made[0]).update(state=MessageState.DEAD, why="400 号码不在服务范围")
        Message.objects.filter(pk=made[1]).update(state=MessageState.SENT, sent_at=at, attempts=1)
        Message.objects.filter(pk=mail.pk).update(state=MessageState.UNCERTAIN, why="The sender was interrupted.")
    wanted = {"query": "?q=包装+包吃住", "name": "包装 包吃住", "rhythm": "daily", "area": area}
    feed = save_search(wish=Wish(way="feed", **wanted), by=PLATFORM, at=at)
    asked = save_search(wish=Wish(way="mail", to="reader@example.org", **wanted), by=PLATFORM, at=at)
    searches = {"saved_search": feed.key.hex, "saved_feed": feed.feed_key.hex, "unconfirmed_search": asked.key.hex}
    facts = KeyFacts(holder="南宁示例招聘网", scopes=["vacancies.read", "vacancies.bulk"], contact="运营部")
    key, _secret = issue_key(facts=facts, by=PLATFORM, at=at)
    ended, _secret = issue_key(facts=facts, by=PLATFORM, at=at)
    end_key(key=ended.pk, by=PLATFORM, at=at)
    days = {"from_on": at.date() - timedelta(days=6), "until_on": at.date() + timedelta(days=1)}
    printed = BulletinFacts(area="450103", paper="a4", language="zh-hans", title="青秀区岗位汇总", **days)
    city = Actor(id=clerk.id, scope="4501")
    paper = print_bulletin(facts=printed, link="http://testserver/portal/", by=city, at=at)
    _figures_for_everybody(city, at)
    return searches | {
        "target": _target(city, at), **_reports(city, at),
        **{name.replace(" ", "_"): pk for name, pk in followed("450103", clerk.id, "南站招聘会后回落", at).items()},
        "message": made[0], "message_link": mail.number.hex, "key": key.pk, "sitemap_part": 0, "bulletin": paper.pk,
    }  # fmt: skip


def _figures_for_everybody(city: Actor, at: datetime) -> None:
    """The public board, with numbers that are shown beside those that are too small."""
    for sign in "甲乙丙丁戊己庚":
        unemployed(a_person(by=city, at=at, name=f"覃{sign}", area="450105001001").pk, by=city, at=at)
    publish_board(by=PLATFORM, at=at)


def _target(city: Actor, at: datetime) -> int:
    """The id of a target of the county that is handed down to its towns; beside it one that waits."""
    aim = TargetFacts(
        area="450103", indicator="introductions", year=at.year, goal=Decimal(480), from_on=date(at.year, 1, 1)
    )
    made = propose_target(facts=aim, by=PLATFORM, at=at)
    decide_target(target=made.pk, agrees=True, by=city, at=at)
    hand_down_target(target=made.pk, basis="equal", by=city, at=at)
    rate = TargetFacts(
        area="450103", indicator="reemployed", year=at.year, goal=Decimal(70), from_on=date(at.year, 1, 1)
    )
    propose_target(facts=rate, by=PLATFORM, at=at)
    return made.pk


def _reports(city: Actor, at: datetime) -> dict[str, int]:
    """A published report of the county about one day, and the draft of its correction."""
    later, first = at + timedelta(days=1), at.date()
    days = Period(first, first + timedelta(days=1))
    drawn_up = draw_up_report(facts=ReportFacts("450103", days), by=PLATFORM, at=later)
    made = publish_report(draft=drawn_up.pk, by=city, at=later)
    again = ReportFacts("450103", days, reason="补计一条岗位")
    return {"report_edition": made.pk, "report_draft": draw_up_report(facts=again, by=PLATFORM, at=later).pk}
