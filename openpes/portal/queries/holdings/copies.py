"""The own data as a file: JSON for machines, a workbook for people; both with everything that is held."""

import json
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from openpes.engine.sheets import PlainPage, plain_workbook
from openpes.kernel import clock
from openpes.kernel.scope import CITY
from openpes.portal.queries.holdings.reading import Holdings, Table
from openpes.portal.queries.holdings.words import COLUMNS

FORMAT = "openpes-own-data/1"
FORMS = {
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_json(holdings: Holdings, *, at: datetime) -> bytes:
    """Everything as one JSON document: values as they are stored, words beside them where they say more."""
    document = {
        "format": FORMAT,
        "city": CITY,
        "made_at": at.astimezone(clock.BUSINESS_ZONE).isoformat(timespec="seconds"),
        "sections": [
            {"section": str(section), "title": title, "tables": [_table(table) for table in tables]}
            for section, title, tables in holdings.sections
        ],
        "readers": [
            {"at": reading.at.isoformat(), "who": reading.who, "unit": reading.unit, "purpose": reading.purpose}
            for reading in holdings.readers
        ],
        "left_out": [{"table": table, "why": why} for table, why in holdings.left_out],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def as_workbook(holdings: Holdings) -> bytes:
    """Everything as an Excel workbook: a page a table with rows, in words; who read the file; what is left out."""
    pages = [_page(table) for table in holdings.tables if table.rows]
    seen = [(reading.at.isoformat(timespec="seconds"), reading.who, reading.unit, reading.purpose)
            for reading in holdings.readers]  # fmt: skip
    pages.append(PlainPage(_("Who read my file"), [_("Moment"), _("Who"), _("Office"), _("What for")], seen))
    pages.append(PlainPage(_("Left out"), [_("Table"), _("Why")], holdings.left_out))
    return plain_workbook(pages)


def _table(table: Table) -> dict[str, Any]:
    return {
        "table": table.kept.table,
        "title": table.title,
        "source": table.source,
        "columns": {column: str(COLUMNS.get(column, column)) for column in table.columns},
        "rows": [
            {
                "since": row.since,
                "values": {cell.column: cell.value for cell in row.cells},
                "words": {cell.column: cell.words for cell in row.cells if cell.words and cell.words != cell.value},
            }
            for row in table.rows
        ],
    }


def _page(table: Table) -> PlainPage:
    headings = [_("Since"), *(str(COLUMNS.get(column, column)) for column in table.columns), _("Source")]
    rows = []
    for row in table.rows:
        told = {cell.column: cell.words for cell in row.cells}
        rows.append([row.since, *(told.get(column, "") for column in table.columns), table.source])
    return PlainPage(table.title, headings, rows)
