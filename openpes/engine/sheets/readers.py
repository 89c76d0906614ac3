"""Reading the cells of one column: what repeats is read once, because most columns of a table hold few words."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from openpes.engine.message import Message
from openpes.engine.sheets.coded import CodedRows, Codes
from openpes.engine.sheets.grid import Cell
from openpes.engine.sheets.parsers import CellRefused, Knowing, Parser, plain_text

REMEMBERED = 4096
EMPTY = Message("This cell must be filled in.")
FILLED, WRONG, UNREAD = 1, 2, 4


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

    def read_each(self, cells: Sequence[Cell]) -> tuple[list[Any], list[int], dict[int, Message]]:
        """What each of many cells says: its value, and by its place whether it is blank, what is wrong."""
        values = list(cells)
        others: Sequence[int] = range(len(cells))
        if isinstance(self._parse, Knowing):
            texts = [cell if type(cell) is str else "" for cell in cells]
            others = [at for at, same in enumerate(self._parse.same(texts)) if not same]
        blank: list[int] = []
        wrong: dict[int, Message] = {}
        for at in others:
            value, mistake, is_blank = self.read(cells[at])
            values[at] = value
            if is_blank:
                blank.append(at)
            elif mistake:
                wrong[at] = mistake
        return values, blank, wrong

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


class CodedColumn:
    """Reads the cells of a column of coded rows: each different one once, and remembers what it says by its code."""

    def __init__(self, reader: Reader, rows: CodedRows, *, required: bool) -> None:
        self._reader, self._rows = reader, rows
        # The places are one more than the codes: at the first one stands what an empty cell says.
        self._values = np.full(1, None, object)
        self._states = np.full(1, WRONG if required else 0, np.uint8)
        self.mistakes: dict[int, Message] = {-1: EMPTY} if required else {}

    def read(self, codes: Codes) -> tuple[list[Any], npt.NDArray[np.uint8]]:
        """The values of cells by their codes, and for each whether it is `FILLED`, whether it is `WRONG`.

        What is wrong stands among the `mistakes` by code then.
        """
        self._make_room()
        places = codes + 1
        states = self._states[places]
        unread = codes[states == UNREAD]
        if len(unread):
            self._learn(np.unique(unread))
            states = self._states[places]
        return self._values[places].tolist(), states

    def _make_room(self) -> None:
        more = len(self._rows.values) + 1 - len(self._values)
        if more > 0:
            more += len(self._values) // 8
            self._values = np.concatenate([self._values, np.full(more, None, object)])
            self._states = np.concatenate([self._states, np.full(more, UNREAD, np.uint8)])

    def _learn(self, codes: Codes) -> None:
        values, blank, wrong = self._reader.read_each([self._rows.values[code] for code in codes.tolist()])
        self._values[codes + 1] = np.fromiter(values, object, len(values))
        self._states[codes + 1] = FILLED
        self._states[codes[blank] + 1] = self._states[0]
        self._states[codes[list(wrong)] + 1] = FILLED | WRONG
        self.mistakes |= {int(codes[at]): message for at, message in wrong.items()}
        if self._states[0] == WRONG:
            self.mistakes |= dict.fromkeys(codes[blank].tolist(), EMPTY)
