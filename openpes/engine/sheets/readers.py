"""Reading the cells of one column: what repeats is read once, because most columns of a table hold few words."""

from functools import lru_cache
from typing import Any, NamedTuple

from openpes.engine.message import Message
from openpes.engine.sheets.columns import Column, Sheet
from openpes.engine.sheets.grid import Cell
from openpes.engine.sheets.parsers import CellRefused, plain_text

REMEMBERED = 4096


class Outcome(NamedTuple):
    """What a cell says: a value, or what is wrong with it; a blank one says nothing."""

    value: Any = None
    wrong: Message | None = None
    is_blank: bool = False


BLANK = Outcome(is_blank=True)


class Reader:
    """Reads the cells of a column.

    It remembers texts that it has read, up to a number, unless the column holds long numbers, which do not repeat
    and belong to persons.
    """

    def __init__(self, column: Column) -> None:
        self.column = column
        self._known: dict[str, Outcome] = {}
        self._remembers = not column.as_text

    def read(self, cell: Cell) -> Outcome:
        """What the cell says."""
        if cell is None:
            return BLANK
        if not self._remembers or type(cell) is not str:
            return self._fresh(cell)
        found = self._known.get(cell)
        if found is None:
            found = self._fresh(cell)
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[cell] = found
        return found

    def _fresh(self, cell: Cell) -> Outcome:
        if plain_text(cell) == "":
            return BLANK
        try:
            return Outcome(self.column.parse(cell))
        except CellRefused as refused:
            return Outcome(wrong=refused.message)


@lru_cache(maxsize=64)
def readers_of(sheet: Sheet) -> dict[str, Reader]:
    """The reader of each column of a sheet, by its key."""
    return {column.key: Reader(column) for column in sheet.columns}
