"""The walk along the walls: every address, every role, things inside and outside, and what is read there."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import BadZipFile, ZipFile

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpResponseBase
from django.template import Template
from django.test import Client
from django.test.utils import _TestState
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from openpes.access.queries import NOBODY, standing_of
from openpes.kernel import Actor, clock
from openpes.kernel.scope import CITY
from tests.stories.named import NAMED
from tests.stories.owned import MarkedCity, Thing

ROOT = Path(__file__).resolve().parents[2]

# What a question mark may ask for: names of parameters, and the things of another area that are put in.
ASKED: dict[str, Callable[[dict[str, str]], str]] = {
    "what": lambda there: "wishes",
    "rows": lambda there: "village",
    "columns": lambda there: "sex",
    "only": lambda there: "sex:1",
    "column": lambda there: "1",
    "account": lambda there: "clerk_elsewhere",
    "after": lambda there: "2026-01-01.request.1",
    "all": lambda there: "1",
    "allot": lambda there: "none",
    "area": lambda there: there["area"],
    "band": lambda there: "36",
    "beside": lambda there: there["person_name"],
    "certificates": lambda there: "none",
    "chart": lambda there: "ages",
    "check": lambda there: "2",
    "checklist": lambda there: "six_unified",
    "class": lambda there: "",
    "charset": lambda there: "gb18030",
    "flow": lambda there: "none.unemployed",
    "form": lambda there: "text",
    "group": lambda there: "4050",
    "length": lambda there: "300",
    "code": lambda there: "0" * 12,
    "copy": lambda there: there["draft"],
    "employer": lambda there: there["employer"],
    "fact": lambda there: "phone",
    "errors": lambda there: "1",
    "from": lambda there: "2026-07-06",
    "ground": lambda there: "unemployed",
    "by": lambda there: "sex",
    "indicator": lambda there: "unemployed",
    "key": lambda there: "2",
    "kind": lambda there: "county_market",
    "language": lambda there: "en",
    "month": lambda there: "2026-11",
    "next": lambda there: "/",
    "row": lambda there: "",
    "table": lambda there: "5",
    "to": lambda there: "2026-08-09",
    "part": lambda there: "denominator",
    "period": lambda there: "2026",
    "officer": lambda there: "clerk_elsewhere",
    "on": lambda there: "2026-11-23",
    "online": lambda there: "no",
    "origin": lambda there: "all",
    "page": lambda there: "2",
    "person": lambda there: there["person"],
    "q": lambda there: there["person_name"],
    "place": lambda there: there["area"],
    "point": lambda there: "1",
    "purpose": lambda there: "general",
    "quarter": lambda there: "2026-4",
    "refresh": lambda there: "30",
    "register": lambda there: "seekers",
    "score": lambda there: "1",
    "seconds": lambda there: "5",
    "sex": lambda there: "1",
    "show": lambda there: "all",
    "side": lambda there: "demand",
    "sort": lambda there: "new",
    "standing": lambda there: "submitted",
    "state": lambda there: "waiting",
    "stays": lambda there: there["person"],
    "text": lambda there: there["tail"],
    "under": lambda there: there["area"],
    "vacancy": lambda there: there["draft"],
    "waiting": lambda there: "2",
    "wide": lambda there: "1",
    "year": lambda there: "2026",
}
ABSENT = {404, 410}  # 410: every number up to the newest public one is answered alike, whatever had it
ELSEWHERE, HERE = "450105001001", "450103001005"
FORM_FIELD = re.compile(r"^    (\w+) = (?:\w+\.)?\w*(?:Field|coded)\(", re.MULTILINE)
PARAMETER = re.compile(r"""(?:GET|query)(?:\.get\(|\.getlist\(|\[)["'](\w+)["']|["'](\w+)["'] in request\.GET""")
ADDRESS = re.compile(r"""(?:href|action|src|value|data-\w+|hx-(?:get|post))="(/[^"?#]*)|"(?:url|href)": ?"(/[^"?#]*)""")


class Unknown(AssertionError):
    """The walk meets something that it was not told about; the sentence says what to add."""


@dataclass(frozen=True)
class Address:
    """One address of the resolver: its pattern, the names of its arguments, and the right that it wants."""

    name: str
    pattern: str
    arguments: tuple[str, ...]
    right: str

    def kind(self, argument: str) -> str:
        """What an argument names.

        :raises Unknown: when nobody has said so
        """
        found = [key for key in NAMED if key[1] == argument and self.pattern.startswith(key[0])]
        if not found:
            raise Unknown(
                f"The address {self.pattern} has an argument “{argument}” that the walls do not know. Add"
                f" ('{self.pattern.split('<')[0]}', '{argument}') to NAMED in tests/stories/named.py with the kind of"
                " thing that it names, and the things of that kind to tests/stories/marked_city.py."
            )
        return NAMED[max(found, key=lambda key: len(key[0]))]

    def of(self, value: Any) -> str:
        return reverse(self.name, args=[value])


def addresses(patterns: Any = None, before: str = "", space: str = "") -> Iterator[Address]:
    """Every address of the rooms; those of the framework's own sign-in are its own matter."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from addresses(entry.url_patterns, pattern, inner)
        elif isinstance(entry, URLPattern) and not pattern.startswith(("sign-in/", "language/")):
            right = entry.callback.permission
            names = tuple(entry.pattern.converters)
            yield Address(f"{space}{entry.name}", pattern, names, getattr(right, "code", right))


@cache
def parameters_of(room: str) -> frozenset[str]:
    """Names of parameters that the views and forms of a room may read."""
    sources = [file.read_text() for file in (ROOT / "openpes" / room).rglob("*.py")]
    read = {name for source in sources for groups in PARAMETER.findall(source) for name in groups if name}
    return frozenset(read | {name for source in sources for name in FORM_FIELD.findall(source)} | {"page"})


def unknown_parameters() -> list[str]:
    """Names of parameters that views read and the walk does not try, each with what to do."""
    found = set()
    for file in sorted((ROOT / "openpes").rglob("*.py")):
        found |= {name for groups in PARAMETER.findall(file.read_text()) for name in groups if name}
    return [
        f"A view reads the parameter “{name}”. Add it to ASKED in tests/stories/walls.py with a value of another area."
        for name in sorted(found - ASKED.keys())
    ]


@dataclass
class Walk:
    """One walk through a marked city; `faults` are sentences, `reached` the addresses that answered somebody."""

    city: MarkedCity
    faults: list[str] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)
    requests: int = 0

    def all(self, listed: list[Address]) -> "Walk":
        """These addresses for every player."""
        for name, player in self.city.players.items():
            Visitor(self, name, player.actor, player.client()).go(listed, ("get", "post"))
        return self

    def some(self, *players: str, methods: tuple[str, ...] = ("get", "post")) -> "Walk":
        """Every address that these players have the right to open."""
        for name in players:
            player = self.city.players[name]
            visitor = Visitor(self, name, player.actor, player.client())
            visitor.go([address for address in addresses() if visitor.may(address)], methods)
        return self

    def anybody(self, *, methods: tuple[str, ...] = ("get", "post")) -> "Walk":
        """The public addresses for somebody who is not signed in."""
        listed = [address for address in addresses() if address.right == "public"]
        Visitor(self, "anybody", NOBODY, Client()).go(listed, methods)
        return self

    def unreached(self, listed: list[Address]) -> list[str]:
        """Addresses that answered nobody, so that the walk proved nothing about them."""
        return [
            f"{address.pattern} answered nobody. Is it mapped to the right kind in NAMED of tests/stories/named.py?"
            for address in listed
            if address.name not in self.reached
        ]


class Visitor:
    """One player on a walk, or somebody who is not signed in."""

    def __init__(self, walk: Walk, name: str, actor: Actor, client: Client) -> None:
        self.walk, self.name, self.actor, self.client = walk, name, actor, client
        client.raise_request_exception = False
        self.rights = self._rights()
        self.words = walk.city.hidden_words(actor)
        self.links = _links_to(list(walk.city.hidden_things(actor)))
        there = next((a for a in reversed(walk.city.typed) if not a.startswith(actor.scope or HERE)), ELSEWHERE)
        self.there = {**walk.city.typed[there], "area": there if actor.scope != CITY else "4502"}

    def go(self, listed: list[Address], methods: tuple[str, ...]) -> None:
        with drawn_as_in_a_city():
            for address in listed:
                if not self.may(address):
                    self._is_forbidden(address, methods)
                elif address.arguments:
                    self._meets_things(address, methods)
                else:
                    self._asks(address, methods)

    def may(self, address: Address) -> bool:
        """Whether the player has the right that an address wants."""
        return address.right in ("public", "signed_in") or address.right in self.rights

    def _rights(self) -> frozenset[str]:
        account = self.walk.city.players[self.name].account if self.actor.id else AnonymousUser()
        return standing_of(account=account, on=clock.day_of(clock.now()))[1]

    def _is_forbidden(self, address: Address, methods: tuple[str, ...]) -> None:
        things = self._things(address) if address.arguments else [None]
        for thing in sorted(things, key=lambda thing: thing is not None and thing.owner.lets(self.actor))[:1]:
            for method in methods:
                path = address.of(thing.value) if thing else reverse(address.name)
                status, _text = self._send(method, path, {})
                if status != 403:
                    self._fault(f"{method} {path} without the right answered {status} instead of 403")

    def _meets_things(self, address: Address, methods: tuple[str, ...]) -> None:
        for thing in self._met(address):
            statuses = {}
            for method in methods:
                path = address.of(thing.value)
                statuses[method], _text = self._send(method, path, {})
            seen = set(statuses.values()) - {405}
            if thing.owner.lets(self.actor):
                if seen - ABSENT:
                    self.walk.reached.add(address.name)
            elif not seen <= (ABSENT if thing.kind == "published" else {404}):
                self._fault(f"{path} of another area answered {statuses} instead of 404")

    def _asks(self, address: Address, methods: tuple[str, ...]) -> None:
        path = reverse(address.name)
        first, _text = self._send("get", path, {})
        tried = parameters_of(address.name.split(":")[0]) if first not in (302, 405) else ()
        asks = {name: ASKED[name] for name in sorted(tried & ASKED.keys())} if tried else {}
        answers = [first, *(self._send("get", path, {name: value(self.there)})[0] for name, value in asks.items())]
        answers += self._pairs(path) if first == 404 else []
        answers += self._figures(path) if address.name == "statistics:figure" else []
        if "post" in methods:
            for typed in _typed(self.there):
                answers.append(self._send("post", path, typed)[0])
                if answers[-1] == 405:
                    break
        if set(answers) - {404, 405}:
            self.walk.reached.add(address.name)

    def _pairs(self, path: str) -> Iterator[int]:
        """Addresses that want a person and a vacancy: the own and the foreign in every mixture."""
        typed, there = self.walk.city.typed, self.there
        inside = next((typed[area] for area in typed if area.startswith(self.actor.scope or "-")), {})
        for persons, vacancies in ((inside, inside), (inside, there), (there, inside), (there, there)):
            for vacancy in ("vacancy", "draft"):
                if persons and vacancies:
                    query = {"person": persons["person"], "vacancy": vacancies[vacancy]}
                    status, _text = self._send("get", path, query)
                    if persons is there and status != 404 and self.actor.scope != CITY:
                        self._fault(f"{path} with a person of another area answered {status} instead of 404")
                    yield status

    def _figures(self, path: str) -> Iterator[int]:
        for side in ("demand", "seekers"):
            for quarter in ("2026-3", "2026-4"):
                yield self._send("get", path, {"side": side, "quarter": quarter})[0]
                query = {"side": side, "quarter": quarter, "area": self.there["area"]}
                status, _text = self._send("get", path, query)
                if status != 404:
                    self._fault(f"{path} {query} of another area answered {status} instead of 404")

    def _met(self, address: Address) -> list[Thing]:
        """Of the things that an address may name: two inside, and outside one of each area."""
        things = self._things(address)
        inside = [thing for thing in things if thing.owner.lets(self.actor)]
        outside = {thing.owner.area: thing for thing in things if not thing.owner.lets(self.actor)}
        return [*inside[:1], *inside[1:][-1:], *outside.values()]

    def _things(self, address: Address) -> list[Thing]:
        assert len(address.arguments) == 1, f"{address.pattern} has more than one argument; teach the walk about it."
        kind = address.kind(address.arguments[0])
        return self.walk.city.things[kind]

    def _send(self, method: str, path: str, typed: dict[str, str]) -> tuple[int, str]:
        self.walk.requests += 1
        with transaction.atomic():
            if method == "get":
                answer = self.client.get(path, typed)
            else:
                answer = self.client.post(path, typed, headers={"Idempotency-Key": str(uuid4())})
            text = _text_of(answer)
            transaction.set_rollback(True)
        self._look(method, path, typed, answer.status_code, text)
        return answer.status_code, text

    def _look(self, method: str, path: str, typed: dict[str, str], status: int, text: str) -> None:
        if status >= 500:
            self._fault(f"{method} {path} {typed} answered {status}")
        echoed = " ".join(typed.values())
        read = [word for word in self.words if word in text and word not in echoed]
        if read:
            self._fault(f"{method} {path} {typed} shows {read[:3]} of others")
        led = ({unescape(link) for groups in ADDRESS.findall(text) for link in groups} & self.links) - {path}
        if led:
            self._fault(f"{method} {path} {typed} leads to {sorted(led)[:3]} of others")

    def _fault(self, sentence: str) -> None:
        self.walk.faults.append(f"{self.name}: {sentence}")


@contextmanager
def drawn_as_in_a_city() -> Iterator[None]:
    """Pages without the notes of the test client, a copy of the context of each part of each page: nobody asks here."""
    noting = Template._render
    Template._render = _TestState.saved_data.template_render
    try:
        yield
    finally:
        Template._render = noting


def _typed(there: dict[str, str]) -> list[dict[str, str]]:
    """What somebody could type into forms about things of another area."""
    person = {"id_number": there["id_number"], "name": "路人", "area": "450103001005", "education": "61"}
    return [{}, {"q": there["id_number"]}, {"q": there["tail"]}, {"q": there["person_name"]}, person, dict(there)]


def _links_to(things: list[Thing]) -> set[str]:
    """Addresses of things, as pages would link them."""
    found = set()
    for address in addresses():
        if len(address.arguments) == 1:
            kind = address.kind(address.arguments[0])
            found |= {address.of(thing.value) for thing in things if thing.kind == kind}
    return found


def _text_of(answer: HttpResponseBase) -> str:
    """What can be read in an answer, in its addresses too, and inside a workbook."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if content[:2] == b"PK":
        try:
            with ZipFile(BytesIO(content)) as parts:
                content = b" ".join(parts.read(name) for name in parts.namelist())
        except BadZipFile:
            pass
    names = ("Location", "Content-Disposition")
    return " ".join([content.decode(errors="replace"), *(answer.get(name, "") for name in names)])
