"""Writing invented ledgers as Excel files, to try the import with."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from openpes.demo.rules.accounts import COUNTY
from openpes.demo.rules.ledgers import Fault, Ledger, rural_ledger, vacancy_list
from openpes.kernel import Actor, clock

FILE_NAMES = {"rural_ledger": "农村劳动力资源台账.xlsx", "vacancy_list": "招聘岗位信息表.xlsx"}


@dataclass(frozen=True)
class WrittenLedger:
    """A file with what is wrong in it: `faults` by row in Excel and column key."""

    path: Path
    kind: str
    area: str
    rows: int
    faults: list[Fault]
    wrong_rows: set[int]


def write_ledgers(
    *, folder: Path, seed: int, count: int = 200, county: str = COUNTY, by: Actor, at: datetime
) -> list[WrittenLedger]:
    """Write a rural ledger and a vacancy list of a county, about `count` rows each, with realistic dirt."""
    folder.mkdir(parents=True, exist_ok=True)
    on = clock.day_of(at)
    ledgers = [make(count=count, seed=seed, on=on, county=county) for make in (rural_ledger, vacancy_list)]
    return [_write(folder / FILE_NAMES[ledger.kind], ledger) for ledger in ledgers]


def _write(path: Path, ledger: Ledger) -> WrittenLedger:
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Sheet1")
        bold = book.add_format({"bold": True})
        dated = book.add_format({"num_format": "yyyy/m/d"})
        for column, title in enumerate(ledger.titles.values()):
            sheet.write_string(0, column, title, bold)
        for place, row in enumerate(ledger.rows, 1):
            for column, key in enumerate(ledger.titles):
                _write_cell(sheet, place, column, row[key], dated)
        sheet.set_column(0, len(ledger.titles) - 1, 18)
        sheet.freeze_panes(1, 0)
    return WrittenLedger(path, ledger.kind, ledger.area, len(ledger.rows), ledger.faults, ledger.wrong_rows)


def _write_cell(sheet: Any, row: int, column: int, value: Any, dated: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), dated)  # noqa: DTZ001
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, value)
