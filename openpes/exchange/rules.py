"""Cursors, keys and texts of the open interfaces."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from openpes.engine.parameters import parameters
from openpes.exchange.choices import Scope
from openpes.kernel import Reason

CURSOR = re.compile(r"c1-([0-9a-z]{1,13})-([0-9a-z]{1,13})-([0-9a-z]{1,13})-([0-9a-z]{1,6})", re.ASCII)
KEY = re.compile(r"opk_([a-z0-9]{8})_([A-Za-z0-9_-]{32})", re.ASCII)
LARGEST = 2**63 - 1
MOST, MOST_IN_BULK = 100, 1000  # vacancies at once, without and with a key that opens it
MARGIN_DAYS = 2  # longer than any transaction
NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Cursor:
    """How far a reader of changes has come: behind an entry of a transaction, in a database, as it was on a day."""

    base: int
    tx: int
    entry: int
    on: date

    @property
    def text(self) -> str:
        """As a reader keeps it."""
        return "-".join(["c1", *map(_digits, (self.base, self.tx, self.entry, self.on.toordinal()))])


def cursor_of(text: str) -> Cursor | None:
    """The cursor that a reader sends; nothing when it is none of ours."""
    found = CURSOR.fullmatch(text)
    if not found:
        return None
    base, tx, entry, day = (int(part, 36) for part in found.groups())
    if max(base, tx, entry) > LARGEST or not 1 <= day <= date.max.toordinal():
        return None
    return Cursor(base, tx, entry, date.fromordinal(day))


def is_too_old(cursor: Cursor, on: date) -> bool:
    """Whether changes behind a cursor may be forgotten by now."""
    return on - cursor.on > timedelta(days=days_kept(on) - MARGIN_DAYS)


def days_kept(on: date) -> int:
    """For how many days changes are kept."""
    return int(parameters().value("feed_days_kept", on))


def _digits(number: int) -> str:
    out = ""
    while number:
        number, rest = divmod(number, 36)
        out = DIGITS[rest] + out
    return out or "0"


@dataclass(frozen=True)
class Secret:
    """A fresh key: its public beginning, and the whole, which is shown once."""

    prefix: str
    text: str

    @property
    def digest(self) -> bytes:
        """What is kept of it; the key has 192 bits of chance, so that a plain digest cannot be turned back."""
        return digest_of(self.text)


def fresh_secret(prefix: str = "") -> Secret:
    """A new key, under a new beginning or one that is there already."""
    begins = prefix or "".join(secrets.choice(DIGITS) for _each in range(8))
    return Secret(begins, f"opk_{begins}_{secrets.token_urlsafe(24)}")


def digest_of(text: str) -> bytes:
    """The digest of a key."""
    return hashlib.sha256(text.encode()).digest()


def prefix_of(text: str) -> str:
    """The public beginning of a key; nothing when it has not the shape of one."""
    found = KEY.fullmatch(text)
    return found[1] if found else ""


def is_same(digest: bytes | memoryview | None, text: str) -> bool:
    """Whether a digest is that of a key, in constant time."""
    return digest is not None and hmac.compare_digest(bytes(digest), digest_of(text))


def why_not_issue(*, holder: str, scopes: Iterable[str], per_minute: int) -> Iterator[Reason]:
    """What is missing for a key."""
    if not holder.strip():
        yield Reason(_("Say who holds the key."), field="holder")
    if not set(scopes) or set(scopes) - set(Scope.values):
        yield Reason(_("Choose what the key opens."), field="scopes")
    if not 1 <= per_minute <= 6000:
        yield Reason(_("A key has 1 to 6,000 questions a minute."), field="per_minute")


def why_not_change(*, is_ended: bool) -> Iterator[Reason]:
    """Why nothing is to be done with a key."""
    if is_ended:
        yield Reason(_("This key has ended."), next_step=_("Issue a new one."))


def xml_text(text: str) -> str:
    """A text without the characters that XML does not know."""
    return NOT_IN_XML.sub("", text)
