"""What goes out, in the marked city: messages of every area, keys of the open interfaces, bulletins."""

from datetime import datetime, timedelta
from decimal import Decimal

from openpes.alerts.actions import Wish, save_search
from openpes.engine.calendars import Period
from openpes.exchange.actions import KeyFacts, issue_key
from openpes.kernel import Actor
from openpes.kernel.action import PLATFORM
from openpes.messages.actions import send_message
from openpes.messages.choices import Channel, MessageState
from openpes.messages.models import Message
from openpes.screens.actions import BulletinFacts, print_bulletin
from openpes.statistics.actions.editions import ReportFacts, draw_up_report, publish_report
from openpes.statistics.actions.targets import TargetFacts, propose_target
from openpes.statistics.queries import wishes_behind
from openpes.vacancies.models import PublishedVacancy
from tests.statistics.followed import followed
from tests.stories.owned import OPEN, MarkedCity, Owner


def furnish(city: MarkedCity, area: str, mark: str, owner: Owner, at: datetime) -> None:
    """A message that could not be sent, whose words nobody reads."""
    written = send_message(
        channel=Channel.MAIL, to=f"{area}@example.org", text=city.mark(f"信雀{mark}", Owner(shared="nobody")),
        purpose="notice", area=area, by=PLATFORM, at=at,
    )  # fmt: skip
    with PLATFORM.standing():
        why = city.mark(f"由雀{mark}", owner)
        Message.objects.filter(pk=written.pk).update(state=MessageState.DEAD, why=why)
    city.add("message", written.pk, owner)
    city.add("message link", written.number.hex, Owner(shared=OPEN))
    wish = Wish(query="?q=电工", name="电工", way="feed", rhythm="daily", area=area)
    saved = save_search(wish=wish, by=PLATFORM, at=at)
    city.add("saved search", saved.key.hex, Owner(shared=OPEN))
    city.add("saved search feed", saved.feed_key.hex, Owner(shared=OPEN))
    key, _secret = issue_key(facts=KeyFacts(holder=f"公开站{mark}", scopes=["vacancies.read"]), by=PLATFORM, at=at)
    city.add("key", key.pk, Owner(shared=OPEN))
    city.add("sitemap part", 0, Owner(shared=OPEN))
    why = city.mark(f"标雀{mark}", owner)
    aim = TargetFacts(area=area, indicator="hires", year=at.year, goal=Decimal(9), from_on=at.date(), reason=why)
    city.add("target", propose_target(facts=aim, by=PLATFORM, at=at).pk, owner)
    for kind, pk in followed(area, 9001, city.mark(f"警雀{mark}", owner), at).items():
        city.add(kind, pk, owner)
    _reports(city, area, mark, owner, at)
    days = {"from_on": at.date(), "until_on": at.date() + timedelta(days=1)}
    with PLATFORM.standing():
        has_any = PublishedVacancy.objects.filter(place__startswith=area).exists()
    if has_any:
        facts = BulletinFacts(area=area, paper="a4", language="zh-hans", title=f"公开简报{mark}", **days)
        printed = print_bulletin(facts=facts, link="http://testserver/", by=PLATFORM, at=at)
        city.add("bulletin", printed.pk, Owner(shared=OPEN))


def _reports(city: MarkedCity, area: str, mark: str, owner: Owner, at: datetime) -> None:
    """A published report about a day of which there are figures, and the draft of its correction."""
    later, days = at + timedelta(days=1), Period(at.date(), at.date() + timedelta(days=1))
    with PLATFORM.standing():
        if not wishes_behind(scope=area, area=area, period=days).exists():
            return
    drawn_up = draw_up_report(facts=ReportFacts(area, days), by=PLATFORM, at=later)
    made = publish_report(draft=drawn_up.pk, by=Actor(id=9001, scope=area), at=later)
    city.add("report edition", made.pk, owner)
    city.add("published report", made.pk, Owner(shared=OPEN))
    again = ReportFacts(area, days, reason=city.mark(f"更雀{mark}", owner))
    city.add("report draft", draw_up_report(facts=again, by=PLATFORM, at=later).pk, owner)
