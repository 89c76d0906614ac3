"""Tables from Excel and back: read safely, check cell by cell, say what is wrong where the user typed it."""

from openpes.engine.sheets.checking import CellError, Checked, Headings, Row, check, headings_of
from openpes.engine.sheets.columns import Choice, Column, Sheet
from openpes.engine.sheets.grid import Cell, Grid, Limits, SheetRefused
from openpes.engine.sheets.parsers import (
    CellRefused,
    Parser,
    choice,
    identifier,
    integer,
    loose_date,
    money_fen,
    plain_text,
    text,
)
from openpes.engine.sheets.reading import read_rows
from openpes.engine.sheets.writing import annotated_workbook, template_workbook

__all__ = [
    "Cell",
    "CellError",
    "CellRefused",
    "Checked",
    "Choice",
    "Column",
    "Grid",
    "Headings",
    "Limits",
    "Parser",
    "Row",
    "Sheet",
    "SheetRefused",
    "annotated_workbook",
    "check",
    "choice",
    "headings_of",
    "identifier",
    "integer",
    "loose_date",
    "money_fen",
    "plain_text",
    "read_rows",
    "template_workbook",
    "text",
]
