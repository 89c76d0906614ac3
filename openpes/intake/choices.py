"""The kinds of table that may come in, each offered by the room whose records its rows become."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission
from openpes.engine.sheets import Sheet
from openpes.kernel.refusal import Refused

Values = Mapping[str, Any]
Reference = tuple[str, int]


class Acceptance(models.TextChoices):
    """Which rows of a batch become records."""

    GOOD = "good", _("the good rows; rows with errors stay out")
    ALL = "all", _("all rows or none")


class Shown(models.TextChoices):
    """Which rows of a batch its page lists."""

    ALL = "all", _("All rows")
    BAD = "bad", _("With errors")
    NOTED = "noted", _("With notes")


@dataclass(frozen=True)
class Remark:
    """What is wrong or (as a note) worth knowing at one cell: an English template for translation, and its values."""

    column: str
    text: Any
    params: Mapping[str, Any] = field(default_factory=dict)
    is_note: bool = False


@dataclass(frozen=True)
class Incoming:
    """One row of a file as its parsers read it; a column that is empty or has an error is None."""

    row_no: int
    values: Values


@dataclass(frozen=True)
class Accepted:
    """What one row became, newest last, and what the clerk should know about it."""

    became: tuple[Reference, ...] = ()
    notes: tuple[Remark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """Rows that belong together: the leading row carries the others, as a head carries a household.

    `key` names the group of a row ("" when it stands alone), `leads` tells its leading row, and `known` picks from
    keys those that exist already, so that a group without a leading row may join them. The words stand at
    `column`; `held` and `second` say the leading row as %(row)s.
    """

    key: Callable[[Values], str]
    leads: Callable[[Values], bool]
    known: Callable[..., set[str]]
    column: str
    held: Any
    second: Any
    leaderless: Any


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a file as a whole is about, asked when it comes in: the roster of one employer.

    `find(typed, by=)` gives the key that the batch keeps, or refuses at the field `about`; `name(key)` is shown. The
    acts of the kind get the key as `subject`.
    """

    label: Any
    help: Any
    find: Callable[..., str]
    name: Callable[[str], str]


class CheckRows(Protocol):
    """Compares rows with what is registered; gives each error or note with the number of its row."""

    def __call__(
        self, rows: Sequence[Incoming], *, area: str, by: Any, at: Any, **about: str
    ) -> Iterable[tuple[int, Remark]]: ...


class AcceptRows(Protocol):
    """Turns good rows into records through the actions of its room, one after the other in their order.

    Gives for each row what it became, or the refusal; of a refused row nothing is written. May raise IntegrityError
    when somebody else writes the same in the same moment; nothing is written then.
    """

    def __call__(
        self, rows: Sequence[Incoming], *, area: str, by: Any, at: Any, **about: str
    ) -> Sequence["Accepted | Refused"]: ...


class UndoRows(Protocol):
    """Takes back what rows became, all of them or none; refused when other records depend on one of them by now."""

    def __call__(self, rows: Sequence[Sequence[Reference]], *, by: Any, at: Any) -> None: ...


class SheetFor(Protocol):
    """The sheet of a kind as it is for an area on a day: its places, its drop-downs, its limits of dates."""

    def __call__(self, *, area: str, on: date) -> Sheet: ...


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of table: its sheet, who may bring it in, and how its rows become records.

    `label` is what a row is called in lists, without personal numbers. Of a kind that is taken `side_by_side` no row
    needs what became of another one, but for the leading row of its group.
    """

    code: str
    title: Any
    sheet: SheetFor
    permission: Permission
    accept_rows: AcceptRows
    undo_rows: UndoRows
    label: Callable[[Values], str]
    check_rows: CheckRows | None = None
    grouping: Grouping | None = None
    subject: Subject | None = None
    side_by_side: bool = False

    def about(self, subject: str) -> dict[str, str]:
        """What the acts of the kind are told of the file as a whole."""
        return {"subject": subject} if self.subject else {}


_offered: dict[str, Kind] = {}


def offer(*, kind: str, **parts: Any) -> Kind:
    """Make a kind of table known under its code; the parts are those of `Kind`."""
    _offered[kind] = Kind(code=kind, **parts)
    return _offered[kind]


def kind_of(code: str) -> Kind:
    """The kind with that code.

    :raises KeyError: when no room offers it
    """
    return _offered[code]


def kinds_for(rights: Iterable[str]) -> list[Kind]:
    """The kinds that somebody with these rights may bring in, by code."""
    held = frozenset(rights)
    return [kind for code, kind in sorted(_offered.items()) if kind.permission.code in held]
