"""Read a workbook in a process of its own, so that no file can hurt the server."""

import json
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import date, datetime, time
from itertools import chain
from pathlib import Path
from threading import Timer
from typing import IO, Any, TypeVar

from openpes.engine.sheets.coded import CodedRows, piece_of
from openpes.engine.sheets.container import refuse_wrong_container
from openpes.engine.sheets.grid import MIB, Cell, Grid, Limits, SheetRefused, column_letters

Result = TypeVar("Result")
CHILD = Path(__file__).with_name("child.py")
TOO_HEAVY = (
    "Reading the workbook needs more than %(memory)s MB of memory. Usually a single cell stands far below or "
    "far to the right of the table: copy the table into a new workbook."
)


class ReadAgain(Exception):
    """A large workbook is not written as plainly as it looked; it is to be read again, `quick=False`."""


def read_rows(path: str | Path, limits: Limits = Limits()) -> Grid:
    """Return the cells of the first visible worksheet of an .xlsx file.

    :raises SheetRefused: not an Excel workbook, damaged, protected, too large, or without cells
    :raises FileNotFoundError: no such file
    """
    return while_read(path, lambda grid: grid, limits)


def while_read(path: str | Path, use: Callable[[Grid], Result], limits: Limits = Limits()) -> Result:
    """Use the cells of the first visible worksheet while they arrive, and give what `use` makes of them.

    The rows of the grid are all there when `use` has ended. It may be begun twice.

    :raises SheetRefused: as `read_rows`; `use` may get it whenever it looks at a row
    """
    path = Path(path)
    refuse_wrong_container(path, limits)
    for quick in (True, False):
        try:
            with closing(_answers_of_child(path, limits, quick=quick)) as answers:
                grid = _grid(answers)
                made = use(grid)
                len(grid.rows)
                return made
        except ReadAgain:
            continue
    raise AssertionError("The general reader never asks to read again.")


def _grid(answers: Iterator[Any]) -> Grid:
    first = next(answers)
    if "values" in first:
        return Grid(first["sheet"], CodedRows(map(piece_of, chain([first], answers))))
    rows = [row if dict not in map(type, row) else [_cell(cell) for cell in row] for piece in answers for row in piece]
    return Grid(first["sheet"], rows)


def _answers_of_child(path: Path, limits: Limits, *, quick: bool) -> Generator[Any]:
    """The name of the sheet and then its rows in pieces, as the process tells them."""
    command = [sys.executable, "-I", str(CHILD), str(path.resolve()), json.dumps(asdict(limits))]
    command += ["quick"] if quick else []
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
    ) as child:
        assert child.stdout
        late = Timer(limits.seconds, child.kill)
        late.start()
        try:
            yield from _parts(child.stdout, limits)
            return
        except _CutOff:
            code = child.wait()
        finally:
            late.cancel()
            child.kill()
    # Killed: by a limit of time, or because memory could not be had.
    raise _refusal("time" if -code in (9, 24) else "memory", {}, limits)


class _CutOff(Exception):
    """The answer of the process has no end."""


def _parts(lines: IO[bytes], limits: Limits) -> Iterator[Any]:
    for line in lines:
        try:
            part = json.loads(line)
        except ValueError:
            break
        if isinstance(part, dict) and "refused" in part:
            raise _refusal(part["refused"], part["params"], limits)
        if isinstance(part, dict) and "again" in part:
            raise ReadAgain
        if isinstance(part, dict) and "rows" in part:
            return
        yield part
    raise _CutOff


def _refusal(code: str, params: dict[str, Any], limits: Limits) -> SheetRefused:
    match code:
        case "far_cell":
            return SheetRefused(
                "Cell %(cell)s stands outside the %(rows)s rows and %(columns)s columns that are read. Delete it, or "
                "copy the table into a new workbook.",
                cell=f"{column_letters(params['column'] - 1)}{params['row']}",
                rows=limits.rows,
                columns=limits.columns,
            )
        case "memory":
            return SheetRefused(TOO_HEAVY, memory=limits.memory_bytes // MIB)
        case "time":
            return SheetRefused(
                "Reading the workbook took longer than %(seconds)s seconds. Split it into several files.",
                seconds=limits.seconds,
            )
        case "unpacked":
            return SheetRefused(
                "The workbook unpacks to more than %(most)s MB. Copy the table into a new workbook.",
                most=limits.unpacked_bytes // MIB,
            )
        case "password":
            return SheetRefused("The file is protected by a password. Remove the password and send it again.")
        case "no_sheet":
            return SheetRefused("The workbook has no visible worksheet.")
        case "no_cells":
            return SheetRefused("The worksheet “%(sheet)s” is empty.", sheet=params["sheet"])
    return SheetRefused("The file is damaged or was not sent completely. Save it again and send it again.")


def _cell(cell: Any) -> Cell:
    if not isinstance(cell, dict):
        return cell  # type: ignore[no-any-return]
    ((kind, value),) = cell.items()
    kinds: dict[str, type[date] | type[datetime] | type[time]] = {"d": date, "t": datetime, "h": time}
    return kinds[kind].fromisoformat(value)
