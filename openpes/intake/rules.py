"""Pure rules of batches: cells and errors as they are kept, and which rows carry which."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from openpes.engine.sheets import Cell, Sheet
from openpes.intake.choices import Grouping, Incoming, Remark
from openpes.kernel.refusal import Reason

LONG_NUMBER = re.compile(r"[0-9０-９]{9,}[0-9XxＸｘ]?")
STALE_SECONDS = 600


def without_numbers(text: str) -> str:
    """The text with every long number (identity, telephone, account) reduced to its last two characters."""
    return LONG_NUMBER.sub(lambda found: "*" * (len(found.group()) - 2) + found.group()[-2:], text)


def kept(remark: Remark) -> dict[str, Any]:
    """A remark as it is stored: its template, and its values without personal numbers."""
    return {
        "column": remark.column,
        "text": without_numbers(str(remark.text)),
        "params": {name: _plain(value) for name, value in remark.params.items()},
    }


def remark_of(reason: Reason, sheet: Sheet) -> Remark:
    """A reason of a refusal as the error of a cell; at the first column when it names no column."""
    keys = [column.key for column in sheet.columns]
    words = " ".join(str(part) for part in (reason.text, reason.clause, reason.next_step) if part)
    return Remark(reason.field if reason.field in keys else keys[0], words)


def cell_kept(cell: Cell) -> Any:
    """A cell as JSON can carry it: days and times under a letter."""
    if isinstance(cell, datetime):
        return {"t": cell.isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    return {"h": cell.isoformat()} if isinstance(cell, time) else cell


def cell_from(kept_cell: Any) -> Cell:
    """The cell that `cell_kept` wrote."""
    if not isinstance(kept_cell, dict):
        return kept_cell  # type: ignore[no-any-return]
    ((letter, text),) = kept_cell.items()
    kinds: dict[str, type[date] | type[time]] = {"t": datetime, "d": date, "h": time}
    return kinds[letter].fromisoformat(text)


def values_from(sheet: Sheet, cells: Mapping[str, Cell]) -> tuple[dict[str, Any], list[Remark]]:
    """What the cells of a row say by column, as far as it can be read (else None), and what cannot."""
    told = {key: reader.read(cells.get(key)) for key, reader in sheet.readers.items()}
    wrong = [Remark(key, outcome.wrong.text, outcome.wrong.params) for key, outcome in told.items() if outcome.wrong]
    return {key: outcome.value for key, outcome in told.items()}, wrong


def work_goes_on(state: str, changed_at: datetime, at: datetime) -> bool:
    """Whether a long work still runs: one that gave no sign for ten minutes was killed and may start again."""
    return state in ("waiting", "running") and (at - changed_at).total_seconds() < STALE_SECONDS


class Groups:
    """Which row leads which, collected row by row; the first leading row of a group counts."""

    def __init__(self, grouping: Grouping) -> None:
        self.grouping = grouping
        self.leaders: dict[str, int] = {}
        self.members: dict[str, list[int]] = {}
        self.seconds: dict[int, int] = {}

    def add(self, row: Incoming) -> None:
        """Note one row of the file."""
        key = self.grouping.key(row.values)
        if not key:
            return
        if not self.grouping.leads(row.values):
            self.members.setdefault(key, []).append(row.row_no)
        elif key in self.leaders:
            self.seconds[row.row_no] = self.leaders[key]
        else:
            self.leaders[key] = row.row_no

    def leader_of(self) -> dict[int, int]:
        """The leading row of every row that follows one."""
        return {row: self.leaders[key] for key, rows in self.members.items() if key in self.leaders for row in rows}

    def without_leader(self) -> set[str]:
        """The groups of which the file has no leading row."""
        return self.members.keys() - self.leaders.keys()

    def faults(self, bad: set[int], known: set[str]) -> Iterable[tuple[int, Remark]]:
        """What is wrong between the rows: a second leader, none at all, or one with an error."""
        words = self.grouping
        for row, first in self.seconds.items():
            yield row, Remark(words.column, words.second, {"row": first})
        for key in self.without_leader() - known:
            for row in self.members[key]:
                yield row, Remark(words.column, words.leaderless)
        for row, leader in self.leader_of().items():
            if leader in bad:
                yield row, Remark(words.column, words.held, {"row": leader})


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float | bool) and abs(value) < 10**8 else without_numbers(str(value))
