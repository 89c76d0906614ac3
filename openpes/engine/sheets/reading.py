"""Read a workbook in a process of its own, so that no file can hurt the server."""

import json
import subprocess
import sys
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpes.engine.sheets.container import refuse_wrong_container
from openpes.engine.sheets.grid import MIB, Cell, Grid, Limits, SheetRefused, column_letters

CHILD = Path(__file__).with_name("child.py")
TOO_HEAVY = (
    "Reading the workbook needs more than %(memory)s MB of memory. Usually a single cell stands far below or "
    "far to the right of the table: copy the table into a new workbook."
)


def read_rows(path: str | Path, limits: Limits = Limits()) -> Grid:
    """Return the cells of the first visible worksheet of an .xlsx file.

    :raises SheetRefused: not an Excel workbook, damaged, protected, too large, or without cells
    :raises FileNotFoundError: no such file
    """
    path = Path(path)
    refuse_wrong_container(path, limits)
    answer = _answer_of_child(path, limits)
    if "refused" in answer:
        raise _refusal(answer["refused"], answer["params"], limits)
    return Grid(answer["sheet"], [[_cell(cell) for cell in row] for row in answer["rows"]])


def _answer_of_child(path: Path, limits: Limits) -> dict[str, Any]:
    command = [sys.executable, "-I", str(CHILD), str(path.resolve()), json.dumps(asdict(limits))]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limits.seconds,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _refusal("time", {}, limits) from None
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        # Killed: by its own limit of time, or because memory could not be had.
        raise _refusal("time" if -done.returncode in (9, 24) else "memory", {}, limits) from None
    return answer


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
