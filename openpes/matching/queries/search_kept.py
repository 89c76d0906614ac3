"""The search index of this process: opened in the background, and as new as the last committed row."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from django.conf import settings

from openpes.engine.search import Document
from openpes.engine.search.files import POINTER, BadIndex, discard, name_in_force, note_of, open_index
from openpes.kernel.changes import Sight, changes_since
from openpes.matching.queries.search_documents import documents

if TYPE_CHECKING:  # what is compiled costs a second and memory; only a city with an index loads it
    from openpes.engine.search.both import Both

SUBJECT = "open vacancy"
MOST_CHANGED = 4_000  # with more rows changed since it was made, the table answers until the next index
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Standing:
    """An index with everything that changed up to a sight."""

    sight: Sight
    both: "Both"


class KeptIndex:
    """The index in force in a folder. Nobody waits for it: while there is none, `present` gives None."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._standing: _Standing | None = None
        self._seen: tuple[int, int] | None = None
        self._opening: Thread | None = None
        self._lock = Lock()

    def present(self) -> "Both | None":
        """The index with every row as this transaction sees it, or None when the table has to answer."""
        self._look_for_another()
        if self._standing is None:
            return None
        with self._lock:
            return self._up_to_date()

    def wait(self) -> None:
        """Wait until what is being opened is open; for jobs and tests, never for a visitor."""
        self._look_for_another()
        if opening := self._opening:
            opening.join()

    def _look_for_another(self) -> None:
        try:
            there = (self.folder / POINTER).stat()
        except OSError:
            self._standing = self._seen = None
            return
        seen = (there.st_ino, there.st_mtime_ns)
        if seen == self._seen:
            return
        with self._lock:
            if seen != self._seen:
                self._seen = seen
                self._opening = Thread(target=self._open, name="search index", daemon=True)
                self._opening.start()

    def _open(self) -> None:
        from openpes.engine.search.both import Both
        from openpes.engine.search.warming import compile_all

        name = name_in_force(self.folder)
        try:
            sight = sight_of(note_of(self.folder, name))
            standing = _Standing(sight, Both(open_index(self.folder, name), {}))
            compile_all()
        except BadIndex as mistake:
            log.error("The search is answered by the table: %s", mistake)
            self._standing = None
            discard(self.folder, name)  # so that the next minute makes another
        else:
            self._standing = standing

    def _up_to_date(self) -> "Both | None":
        standing = self._standing
        if standing is None:
            return None
        changes = changes_since(SUBJECT, standing.sight)
        if changes.rows is None or len(changes.rows) + len(standing.both.changed) > MOST_CHANGED:
            return None
        if not changes.rows:
            both = standing.both
        else:
            now: dict[int, Document | None] = dict.fromkeys(changes.rows)
            now |= {document.id: document for document in documents(of=changes.rows)}
            both = standing.both.with_changes(now)
        if not changes.own and self._standing is standing:  # what this transaction wrote may still be taken back
            self._standing = _Standing(changes.sight, both)
        return both


def written_sight(sight: Sight) -> dict[str, Any]:
    """A sight as it is noted beside an index."""
    started_at, database = sight.server
    return {"snapshot": sight.snapshot, "server": [started_at.isoformat(), database], "at": sight.at.isoformat()}


def sight_of(note: Mapping[str, Any]) -> Sight:
    """The sight that was noted beside an index.

    :raises BadIndex: there is none
    """
    try:
        started_at, database = note["server"]
        at = datetime.fromisoformat(note["at"])
        return Sight(note["snapshot"], (datetime.fromisoformat(started_at), database), at)
    except (KeyError, TypeError, ValueError) as mistake:
        raise BadIndex(f"The index does not tell what it has seen: {mistake}.") from mistake


@lru_cache(maxsize=4)
def _kept_in(folder: Path) -> KeptIndex:
    return KeptIndex(folder)


def kept_index() -> KeptIndex:
    """The index of this city in this process."""
    return _kept_in(settings.SEARCH_FOLDER)
