"""Columns of the register kept by the process: of what was written since, only those rows are read again."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Generic, TypeVar

from django.db import connection

from openpes.engine.matching import Seekers, Vacancies
from openpes.kernel.changes import Sight, changes_since
from openpes.kernel.scope import present_standing
from openpes.matching.queries.columns import Rows, seeker_columns, vacancy_columns

Columns = TypeVar("Columns", Seekers, Vacancies)
AT_MOST = 1_000  # so many changed rows are read one by one; more, and everything is read again
PLACES = 24  # tables kept at a time; the one that nobody asked for longest goes first


@dataclass(frozen=True)
class _Kept(Generic[Columns]):
    on: date
    sight: Sight
    columns: Columns


class KeptColumns(Generic[Columns]):
    """Tables of a subject (`kernel.changes`), each with its place: its database, and what else tells it apart.

    What a reader takes holds every row that the reader can see as it stands, and nothing that the reader cannot.
    """

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self._kept: OrderedDict[Hashable, _Kept[Columns]] = OrderedDict()
        self._reading: defaultdict[Hashable, Lock] = defaultdict(Lock)

    def take(self, on: date, read: Callable[[Rows], Columns], apart: Hashable = ()) -> Columns:
        """The table as of now; `read` gives the rows of the ids that it is given, or all."""
        place = (connection.settings_dict["NAME"], apart)
        with self._reading[place]:
            kept = self._kept.pop(place, None)
            if kept and kept.on != on:
                kept = None
            changes = changes_since(self.subject, kept.sight if kept else None)
            if kept is None or changes.rows is None or len(changes.rows) > AT_MOST:
                columns = read(None)
            elif changes.rows:
                columns = kept.columns.replaced(changes.rows, read(sorted(changes.rows)))
            else:
                columns = kept.columns
            if not changes.own:  # what this transaction wrote may still be taken back
                self._kept[place] = _Kept(on, changes.sight, columns)
            elif kept:
                self._kept[place] = kept
            while len(self._kept) > PLACES:
                self._kept.popitem(last=False)
            return columns


_vacancies = KeptColumns[Vacancies]("open vacancy")
_seekers = KeptColumns[Seekers]("job seeker")


def open_vacancies(*, on: date) -> Vacancies:
    """What `vacancy_columns` reads: the open vacancies of the city on a day."""
    return _vacancies.take(on, lambda rows: vacancy_columns(on=on, vacancies=rows))


def seekers_within(*, scope: str, on: date) -> Seekers:
    """What `seeker_columns` reads: persons of a scope with a wish in force on a day, as far as the reader may see."""

    def read(rows: Rows) -> Seekers:
        return seeker_columns(scope=scope, on=on, persons=rows)

    return _seekers.take(on, read, (scope, present_standing()))
