"""For kinds whose rows are taken one by one: each row behind a savepoint of its own."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from openpes.intake.choices import Accepted, AcceptRows, Incoming, Reference, UndoRows
from openpes.kernel import Actor, Refused


def one_by_one(accept_row: Callable[..., Accepted]) -> AcceptRows:
    """Accept rows by an act for one row, `accept_row(values, area=, by=, at=)`, which may refuse it."""

    def accept_rows(
        rows: Sequence[Incoming], *, area: str, by: Actor, at: datetime, **about: str
    ) -> list[Accepted | Refused]:
        outcomes: list[Accepted | Refused] = []
        for row in rows:
            try:
                with transaction.atomic():
                    outcomes.append(accept_row(row.values, area=area, by=by, at=at, **about))
            except Refused as refused:
                outcomes.append(refused)
        return outcomes

    return accept_rows


def undo_one_by_one(undo_row: Callable[..., None]) -> UndoRows:
    """Take rows back by an act for one row, `undo_row(became, by=, at=)`, which may refuse it."""

    def undo_rows(rows: Sequence[Sequence[Reference]], *, by: Actor, at: datetime) -> None:
        for became in rows:
            undo_row(became, by=by, at=at)

    return undo_rows
