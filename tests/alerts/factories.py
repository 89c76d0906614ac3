"""Saved searches for the tests."""

from datetime import datetime

from openpes.alerts.actions import Wish, confirm_search, save_search
from openpes.alerts.models import SavedSearch
from openpes.kernel.action import PLATFORM
from openpes.messages.models import Message

MOBILE, MAIL = "13800000007", "seeker@example.org"


def wish(**more) -> Wish:
    return Wish(**{"query": "?q=包装", "name": "包装工", "way": "sms", "rhythm": "daily", "to": MOBILE} | more)


def saved(at: datetime, **more) -> SavedSearch:
    """A search that waits for its code, or a feed."""
    return save_search(wish=wish(**more), by=PLATFORM, at=at)


def code_of(search: SavedSearch) -> str:
    """The code as its recipient reads it."""
    with PLATFORM.standing():
        sent = Message.objects.filter(purpose="confirm_code").order_by("-id").first()
        return "".join(letter for letter in sent.text() if letter.isdigit())[:6]


def confirmed(at: datetime, *, known=(), **more) -> SavedSearch:
    """A search in force."""
    search = saved(at, **more)
    if search.way != "feed":
        assert confirm_search(key=search.key, code=code_of(search), known=known, by=PLATFORM, at=at)
    with PLATFORM.standing():
        search.refresh_from_db()
    return search


def alerts() -> list[str]:
    """The alerts that were written, in their words."""
    with PLATFORM.standing():
        return [one.text() for one in Message.objects.filter(purpose="job_alert").order_by("id")]
