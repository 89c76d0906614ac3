"""Writing invented ledgers as Excel files, to try the import with."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from openpes.demo.rules.accounts import COUNTY, VILLAGE
from openpes.demo.rules.ledgers import Fault, Ledger, file_name, rural_ledger, vacancy_list
from openpes.demo.rules.numbers import VILLAGE_LEDGER_ORDERS
from openpes.kernel import Actor, clock

OF_A_VILLAGE = 60


@dataclass(frozen=True)
class WrittenLedger:
    """A file with what is wrong in it: `faults` by row in Excel and column key; `account` is who imports it."""

    path: Path
    kind: str
    area: str
    account: str
    rows: int
    faults: list[Fault]
    wrong_rows: set[int]


def write_ledgers(
    *, folder: Path, seed: int, count: int = 200, county: str = COUNTY, by: Actor, at: datetime
) -> list[WrittenLedger]:
    """Write the rural ledger of the demo officer's village, and a ledger and a vacancy list of a county.

    The two of the county have about `count` rows each; all have realistic dirt.
    """
    folder.mkdir(parents=True, exist_ok=True)
    on = clock.day_of(at)
    ledgers = [make(count=count, seed=seed, on=on, county=county) for make in (rural_ledger, vacancy_list)]
    village = rural_ledger(
        count=min(count, OF_A_VILLAGE), seed=seed, on=on, county=VILLAGE, orders=VILLAGE_LEDGER_ORDERS
    )
    told = [(village, "village_officer"), *((ledger, "county_clerk") for ledger in ledgers)]
    return [_write(folder / file_name(ledger.kind, ledger.area), ledger, account) for ledger, account in told]


def _write(path: Path, ledger: Ledger, account: str) -> WrittenLedger:
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
    return WrittenLedger(path, ledger.kind, ledger.area, account, len(ledger.rows), ledger.faults, ledger.wrong_rows)


def _write_cell(sheet: Any, row: int, column: int, value: Any, dated: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), dated)  # noqa: DTZ001
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, value)
