"""Pure rules of batches: cells and errors as they are kept, and which rows carry which."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openpes.engine.sheets import Cell, Grid, Outline, Proposal, Sheet
from openpes.engine.sheets.coded import CodedRows, Codes
from openpes.engine.sheets.columns import heading as read_as
from openpes.engine.sheets.mapping import Why
from openpes.intake.choices import Grouping, Incoming, Remark
from openpes.kernel.refusal import Reason

LONG_NUMBER = re.compile(r"[0-9０-９]{9,}[0-9XxＸｘ]?")
STALE_SECONDS = 600
REMEMBERED = 10_000
AS_THEY_ARE = frozenset({str, int, float, bool})
as_json = json.JSONEncoder(ensure_ascii=False).encode


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
    if cell is None or type(cell) in AS_THEY_ARE:
        return cell
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


class Spelling:
    """Makes rows of a table into the texts that are kept: their cells by column, empty ones too, as JSON."""

    def __init__(self, grid: Grid, places: Mapping[str, int]) -> None:
        self._rows, self._places = grid.rows, places
        self._columns = {key: _Spelt(key, self._rows.values) for key in places if isinstance(self._rows, CodedRows)}

    def texts(self, numbers: Sequence[int]) -> list[str]:
        """The texts of rows by their numbers in Excel, in ascending order."""
        rows = self._rows
        if isinstance(rows, CodedRows):
            return self._coded(rows.codes_of([number - 1 for number in numbers]))
        told = ((rows[number - 1], self._places.items()) for number in numbers)
        return [
            as_json({key: cell_kept(row[at]) if at < len(row) else None for key, at in places}) for row, places in told
        ]

    def _coded(self, codes: Codes) -> list[str]:
        """The same, each different cell of a column made into JSON once."""
        nothing, parts = [-1] * len(codes), []
        for key, at in self._places.items():
            column = codes[:, at].tolist() if at < codes.shape[1] else nothing
            parts.append(self._columns[key].each(column))
        return ["{" + ", ".join(of_row) + "}" for of_row in zip(*parts, strict=True)]


class _Spelt(dict[int, str]):
    """The cells of one column with their key, as parts of the JSON of a row, by their code."""

    def __init__(self, key: str, values: Sequence[Cell]) -> None:
        self._key, self._values = as_json(key), values

    def __missing__(self, code: int) -> str:
        cell = None if code < 0 else self._values[code]
        self[code] = part = f"{self._key}: {as_json(cell_kept(cell))}"
        return part

    def each(self, codes: Sequence[int]) -> list[str]:
        """The parts of many rows; what belongs to few rows is forgotten after a while."""
        if len(self) > REMEMBERED:
            self.clear()
        return [self[code] for code in codes]


def outline_kept(outline: Outline) -> str:
    """The outline of a table as it is stored."""
    rows = [[cell_kept(cell) for cell in row] for row in outline.rows]
    told = {"at": outline.heading_row, "headings": outline.headings, "rows": rows, "words": outline.words}
    return json.dumps(told, ensure_ascii=False)


def outline_from(kept_outline: str) -> Outline:
    """The outline that `outline_kept` wrote."""
    told = json.loads(kept_outline)
    rows = tuple(tuple(cell_from(cell) for cell in row) for row in told["rows"])
    words = tuple(tuple((word, count) for word, count in column) for column in told["words"])
    return Outline(told["at"], tuple(told["headings"]), rows, words)


def worth_matching(sheet: Sheet, outline: Outline, found: Mapping[int, Proposal]) -> bool:
    """Whether to ask what the columns of a table mean: half of the needed ones are guessed, and some heading is odd."""
    odd = [place for place, heading in enumerate(outline.headings) if heading and not _is_plain(found.get(place))]
    needed = {column.key for column in sheet.columns if column.required}
    guessed = needed & {proposal.key for proposal in found.values()}
    return bool(odd) and 2 * len(guessed) >= max(len(needed), 2)


def _is_plain(proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.why == Why.NAME


def why_not_map(sheet: Sheet, headings: Iterable[str], columns: Mapping[str, str], name: str) -> list[Reason]:
    """Why a table cannot be read so: needed columns without a heading, a heading that means two, no name."""
    reasons = []
    missing = [column for column in sheet.columns if column.required and column.key not in columns]
    if missing:
        names = _(", ").join(column.title(_told_in()) for column in missing)
        reasons.append(
            Reason(
                _("These columns are needed and stand under no heading yet: %(names)s.") % {"names": names},
                next_step=_("Choose for each the heading that means it; if the file has none, add the column to it."),
            )
        )
    known = set(headings)
    meant = [read_as(name) for name in columns.values()]
    twice = sorted({name for name in columns.values() if meant.count(read_as(name)) > 1})
    reasons += [
        Reason(_("“%(heading)s” would mean two columns.") % {"heading": heading}, field=heading) for heading in twice
    ]
    reasons += [
        Reason(_("The file has no heading “%(heading)s”.") % {"heading": heading})
        for heading in sorted(set(columns.values()) - known)
    ]
    if not name.strip():
        reasons.append(
            Reason(
                _("The mapping has no name."),
                field="name",
                next_step=_("Give it a name by which your office knows such tables."),
            )
        )
    return reasons


def _told_in() -> str:
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def values_from(sheet: Sheet, cells: Mapping[str, Cell]) -> tuple[dict[str, Any], list[Remark]]:
    """What the cells of a row say by column, as far as it can be read (else None), and what cannot."""
    (found,) = values_of_each(sheet, [cells])
    return found


def values_of_each(sheet: Sheet, rows: Iterable[Mapping[str, Cell]]) -> list[tuple[dict[str, Any], list[Remark]]]:
    """`values_from` for many rows, read column by column."""
    lines = list(rows)
    columns: dict[str, list[Any]] = {}
    mistakes: list[list[Remark]] = [[] for _ in lines]
    for key, reader in sheet.readers.items():
        columns[key], _blank, wrong = reader.read_each([cells.get(key) for cells in lines])
        for at, mistake in wrong.items():
            mistakes[at].append(Remark(key, mistake.text, mistake.params))
    said = (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
    return list(zip(said, mistakes, strict=True))


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
