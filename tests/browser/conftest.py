"""The town behind a server, once for a module; visitors who are signed in without typing."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from openpes.kernel.clock import BUSINESS_ZONE, stopped
from tests.conftest import own_city, point_at

if TYPE_CHECKING:  # this file is read before the framework is ready
    from tests.browser.town import Town

NOON = datetime(2026, 11, 23, 9, 30, tzinfo=BUSINESS_ZONE)


@dataclass(frozen=True)
class Place:
    """The town, the address of its server, and the database behind both."""

    town: "Town"
    base: str
    stored: dict


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker: Any) -> Iterator[Place]:
    """The test town in a database of its own, served on the loopback."""
    from django.db import connections
    from django.test import override_settings

    from tests.browser.town import build
    from tests.served import served

    before = dict(connections["default"].settings_dict)
    with own_city("town") as stored, django_db_blocker.unblock():
        point_at(stored)
        try:
            with stopped(NOON):
                town = build(NOON)
            key = override_settings(SECRET_KEY=stored["secret_key"])  # sessions made here hold at the server
            with key, served(stored, at=NOON) as base:
                yield Place(town, base, stored)
        finally:
            connections.close_all()
            connections["default"].settings_dict.update(before)


@pytest.fixture(scope="module")
def entered(place: Place, browser: Browser) -> Callable[..., BrowserContext]:
    """A browser of somebody: `entered("county_clerk", language="en", width=390, height=844, theme="dark")`."""

    def enter(
        player: str = "", *, language: str = "zh-hans", theme: str = "light", width: int = 1440, height: int = 900
    ) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="en", base_url=place.base, reduced_motion="reduce"
        )
        cookies = {"django_language": language, "theme": theme}
        if player:
            cookies["sessionid"] = _session(place.town, player)
        context.add_cookies([{"name": name, "value": value, "url": place.base} for name, value in cookies.items()])
        return context

    return enter


def _session(town: "Town", player: str) -> str:
    """A session that has just begun with a password, so that no page asks for it again."""
    client = town.players[player].client()
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "username": player}]
    session.save()
    return client.cookies["sessionid"].value
