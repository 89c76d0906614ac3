"""Reading the cells of one column: what repeats is read once, because most columns of a table hold few words."""

from typing import Any, NamedTuple

from openpes.engine.message import Message
from openpes.engine.sheets.grid import Cell
from openpes.engine.sheets.parsers import CellRefused, Parser, plain_text

REMEMBERED = 4096


class Outcome(NamedTuple):
    """What a cell says: a value, or what is wrong with it; a blank one says nothing."""

    value: Any = None
    wrong: Message | None = None
    is_blank: bool = False


BLANK = Outcome(is_blank=True)


class Reader:
    """Reads the cells of a column, each by `parse`; with `remembers` it remembers texts, up to a number.

    Columns of long numbers remember nothing: these do not repeat, and belong to persons.
    """

    def __init__(self, parse: Parser, *, remembers: bool) -> None:
        self._parse = parse
        self._remembers = remembers
        self._known: dict[str, Outcome] = {}

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
        if not _is_filled(cell) and plain_text(cell) == "":
            return BLANK
        try:
            value = self._parse(cell)
            return BLANK if value is None else Outcome(value)
        except CellRefused as refused:
            return Outcome(wrong=refused.message)


def _is_filled(cell: Cell) -> bool:
    """Whether a cell is a text that begins with a letter or digit, which is seen without reading all of it."""
    return type(cell) is str and cell[:1].isalnum()
