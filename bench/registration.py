"""Registering persons through the web server, against a bare view that inserts one plain row."""

import http.client
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bench.city import AT, BenchCity
from bench.newcomers import Newcomer, newcomers
from bench.plain_registration import PlainRegistration
from bench.plain_rows import make
from bench.servers import HOST, our_site, plain_site
from bench.table import Line, rated
from bench.timing import alternate, refuse_difference
from openpes.config import database
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.people.models import Person

PEER = "bare Django view, one ORM insert of a plain row, same granian; no sign-in, key, journal, policy, sealing"
CLIENTS, ROUNDS, A_ROUND = 2, 7, 100
COUNTY = "450103"
TOKEN = "b" * 32
BACKEND = "openpes.config.sign_in.ActiveAccounts"


@dataclass
class Form:
    """A form that two clients send over connections that stay open."""

    port: int
    path: str
    headers: dict[str, str]
    keyed: bool = False
    sent: list[str] = field(default_factory=list)

    def post_all(self, people: Sequence[Newcomer]) -> list[int]:
        """Send every person once; the statuses in order."""
        with ThreadPoolExecutor(CLIENTS) as pool:
            parts = list(pool.map(self._post_part, [people[client::CLIENTS] for client in range(CLIENTS)]))
        self.sent += [person.id_number for person in people]
        return sorted(status for part in parts for status in part)

    def _post_part(self, people: Sequence[Newcomer]) -> list[int]:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        try:
            return [self._post(connection, person) for person in people]
        finally:
            connection.close()

    def _post(self, connection: http.client.HTTPConnection, person: Newcomer) -> int:
        key = {"Idempotency-Key": f"bench-{person.id_number}"} if self.keyed else {}
        connection.request("POST", self.path, urlencode(person.fields()), self.headers | key)
        answer = connection.getresponse()
        answer.read()
        return answer.status


def measure(city: BenchCity) -> list[Line]:
    """Seven hundreds of newcomers from two clients, by turns to both sites; both must hold everybody afterwards."""
    people = newcomers((ROUNDS + 1) * A_ROUND, COUNTY)
    rounds = [people[at : at + A_ROUND] for at in range(0, len(people), A_ROUND)]
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    with city.connect(database.OWNER) as owner:
        make(owner, PlainRegistration)
    with our_site(city.stored) as our_port, plain_site(plain_settings(city)) as plain_port:
        ours = Form(our_port, "/people/new", headers | signed_in(), keyed=True)
        plain = Form(plain_port, "/register", headers)
        alternate(rounds[:1], ours.post_all, plain.post_all, warm_up=0)
        times = alternate(rounds[1:], ours.post_all, plain.post_all, warm_up=0)
    _refuse_lost(city, people)
    told = f"{len(people)} redirects and {len(people)} rows at each, the same identity numbers"
    return [rated("registration through HTTP, 2 clients", A_ROUND, times, PEER, told, unit="requests/s")]


def plain_settings(city: BenchCity) -> dict[str, Any]:
    """The settings with which a plain site reaches the city's database."""
    stored = city.stored
    return {
        "HOST": stored["host"], "PORT": stored["port"], "NAME": stored["name"], "USER": database.APP,
        "PASSWORD": stored["passwords"][database.APP],
        "OPTIONS": {"options": f"-c search_path=city_{database.CITY}", "pool": {"min_size": 1, "max_size": 8}},
    }  # fmt: skip


def signed_in() -> dict[str, str]:
    """The cookies of a county clerk who has signed in, and the token that goes with them."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from openpes.access.actions import grant_role, open_account
    from openpes.access.models import Account
    from openpes.kernel.action import PLATFORM

    account = Account.objects.filter(username="bench_clerk").first()
    if account is None:
        account = open_account(username="bench_clerk", name="Bench", by=PLATFORM, at=AT)
        grant_role(account=account.pk, role="county_clerk", scope=COUNTY, by=PLATFORM, at=AT)
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(account.pk), BACKEND
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return {"Cookie": f"sessionid={session.session_key}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}


def _refuse_lost(city: BenchCity, people: Sequence[Newcomer]) -> None:
    """Everybody who was acknowledged is in both tables, once."""
    sent = sorted(person.id_number for person in people)
    with within(CITY):
        latest = Person.objects.order_by("-id")[: len(people)]
        refuse_difference("persons stored", sorted(person.id_number().reveal() for person in latest), sent)
    with city.connect() as connection:
        stored = connection.execute("SELECT id_number FROM bench_registration").fetchall()
    refuse_difference("plain rows stored", sorted(row[0] for row in stored), sent)
