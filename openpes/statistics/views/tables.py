"""Tables as files that Excel opens; no text is taken for a formula."""

import csv
from collections.abc import Iterable
from io import StringIO


def as_lines(heads: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """A table as comma-separated lines; what is not there stays empty."""
    buffer = StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer)
    writer.writerow(heads)
    for row in rows:
        writer.writerow(["" if cell is None else _plain(cell) for cell in row])
    return buffer.getvalue()


def _plain(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" else cell
