"""What the invented city has released, so that its lists have something to show: bulletins, a key, subscribers."""

import re
from datetime import datetime, timedelta

from django.conf import settings

from openpes.exchange.actions import KeyFacts, issue_key
from openpes.exchange.choices import Scope
from openpes.kernel import Refused, clock
from openpes.kernel.action import PLATFORM
from openpes.messages.actions import Wanted, ask_consent, confirm_consent
from openpes.messages.models import Message
from openpes.screens.actions import BulletinFacts, print_bulletin

A_DAY = timedelta(days=1)
COUNTIES = ("450103", "450105")
SUBSCRIBERS = ("15400000001", "15400000002", "15400000003")  # of a series that belongs to nobody


def release_in_demo(at: datetime) -> None:
    """Print two bulletins, issue a key, let three subscribe; with no gateway named their messages wait on the list."""
    today = clock.day_of(at)
    for area, language in zip(COUNTIES, ("zh-hans", "en"), strict=True):
        facts = BulletinFacts(area, today - 27 * A_DAY, today + A_DAY, "a4", language)
        try:
            print_bulletin(facts=facts, link=f"{settings.MESSAGES['site']}/portal/?place={area}", by=PLATFORM, at=at)
        except Refused:
            continue  # a small city has nothing to print there, a large one more than a bulletin holds
    issue_key(facts=KeyFacts(holder="示例招聘网（虚构）", scopes=Scope.values), by=PLATFORM, at=at)
    for number in SUBSCRIBERS:
        wanted = Wanted("sms", number, "digest", f"{COUNTIES[0]}|")
        asked = ask_consent(wanted=wanted, area=COUNTIES[0], by=PLATFORM, at=at)
        with PLATFORM.standing():
            words = Message.objects.filter(to_index=asked.to_index).latest("pk").text()
        found = re.search(r"\d{6}", words)
        if found:
            confirm_consent(consent=asked.pk, code=found[0], by=PLATFORM, at=at)
