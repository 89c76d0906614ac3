"""Answers to visitors that are kept in memory until what they tell of has changed.

Most searches of visitors are asked by many: the start of the search, an occupation, a county. A kept answer costs no
query and no drawing. It is exact: a look at what was written about its subject (`kernel.changes`), at most every
`LOOK_EVERY` seconds, sets all of them aside as soon as one row came, went or changed.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from openpes.kernel.changes import Sight, changes_since
from openpes.kernel.scope import PUBLIC, within

LOOK_EVERY = 0.5  # seconds
LONGEST = 600.0  # seconds; what is not of the subject, names of areas and codes, a process reads once when it begins
MOST_BYTES = 32 << 20  # a process
LARGEST = 256 << 10
LONGEST_ADDRESS = 1000
PARTS = ("HX-Request", "HX-History-Restore-Request", "HX-Target")  # one address has a page and its parts
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Kept:
    """An answer, of which state of its subject it tells, and since when it is kept."""

    edition: int
    since: float
    content: bytes
    headers: dict[str, str]

    def answer(self) -> HttpResponse:
        """The answer anew: what stands around the view adds its headers to a copy."""
        return HttpResponse(self.content, headers=self.headers)


class KeptAnswers:
    """The answers about one subject in one process, the least asked for dropped first."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.answers: OrderedDict[Hashable, Kept] = OrderedDict()
        self.bytes = 0
        self.edition = 0
        self.sight: Sight | None = None
        self.looked = 0.0
        self.lock = Lock()

    def take(self, asked: Hashable, ask: Callable[[], HttpResponseBase], request: HttpRequest) -> HttpResponseBase:
        """The kept answer to what is asked, else the answer of `ask`, which is kept when it is the same for all."""
        edition = self._present_edition()
        with self.lock:
            kept = self.answers.get(asked)
            if kept and kept.edition == edition and monotonic() - kept.since < LONGEST:
                self.answers.move_to_end(asked)
                return kept.answer()
        answer = ask()
        if _is_for_all(request, answer):
            self._keep(asked, Kept(edition, monotonic(), answer.content, dict(answer.items())))
        return answer

    def forget(self) -> None:
        """Begin anew, as a process does."""
        self.__init__(self.subject)  # type: ignore[misc]

    def _present_edition(self) -> int:
        """The number of the state of the subject; what is read after this call is as new or newer."""
        with self.lock:
            if self.sight and monotonic() - self.looked < LOOK_EVERY:
                return self.edition
            with within(role=PUBLIC):
                changes = changes_since(self.subject, self.sight)
            if changes.rows is None or changes.rows or changes.own:
                self.edition += 1
            self.sight, self.looked = changes.sight, monotonic()
            return self.edition

    def _keep(self, asked: Hashable, kept: Kept) -> None:
        with self.lock:
            old = self.answers.pop(asked, None)
            self.bytes += len(kept.content) - (len(old.content) if old else 0)
            self.answers[asked] = kept
            while self.bytes > MOST_BYTES:
                _asked, dropped = self.answers.popitem(last=False)
                self.bytes -= len(dropped.content)


_kept: dict[str, KeptAnswers] = {}


def kept_answers(subject: str) -> KeptAnswers:
    """What this process keeps about a subject."""
    return _kept.setdefault(subject, KeptAnswers(subject))


def kept_until_changed(subject: str) -> Callable[[View], View]:
    """A public view whose answers to visitors are kept until something of the subject changes.

    It stands above `@public`. Whoever is signed in, sends something, or is told something of their own is answered
    by the view itself.
    """
    kept = kept_answers(subject)

    def mark(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            asked = _what_is_asked(request)
            if asked is None:
                return view(request, *args, **kwargs)
            try:
                return kept.take(asked, lambda: view(request, *args, **kwargs), request)
            except DatabaseError:  # the look failed; the view tells it as any page does
                return view(request, *args, **kwargs)

        return answered

    return mark


def _what_is_asked(request: HttpRequest) -> Hashable | None:
    """All on which the answer depends; nothing for who may be told something of their own."""
    address = request.get_full_path()
    if request.method != "GET" or len(address) > LONGEST_ADDRESS:
        return None
    if settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES:
        return None
    chosen = {name: value for name, value in request.COOKIES.items() if name != settings.CSRF_COOKIE_NAME}
    if sum(map(len, chosen.values())) > LONGEST_ADDRESS:
        return None
    parts = tuple(request.headers.get(name, "") for name in PARTS)
    return request.scheme, request.get_host(), address, tuple(sorted(chosen.items())), parts, request.on


def _is_for_all(request: HttpRequest, answer: HttpResponseBase) -> bool:
    """Not an answer with a cookie or the secret of a form, and no large one."""
    if not isinstance(answer, HttpResponse) or answer.status_code != 200 or answer.cookies:
        return False
    if request.META.get("CSRF_COOKIE_NEEDS_UPDATE") or "no-store" in answer.get("Cache-Control", ""):
        return False
    return len(answer.content) <= LARGEST
