"""Tables from Excel and back: read safely, check cell by cell, say what is wrong where the user typed it."""

from openpes.engine.sheets.checking import CellError, Checked, Headings, Row, check, headings_of
from openpes.engine.sheets.columns import Choice, Column, Sheet
from openpes.engine.sheets.grid import Cell, Grid, HeadingsMissing, Limits, SheetRefused
from openpes.engine.sheets.mapping import ColumnMapping, Proposal, mapped_sheet, proposals, unread_words
from openpes.engine.sheets.outline import Outline, headings_in, outline_of, signature_of
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
from openpes.engine.sheets.reading import read_rows, while_read
from openpes.engine.sheets.writing import PlainPage, annotated_workbook, plain_workbook, template_workbook

__all__ = [
    "Cell",
    "CellError",
    "CellRefused",
    "Checked",
    "Choice",
    "Column",
    "ColumnMapping",
    "Grid",
    "Headings",
    "HeadingsMissing",
    "Limits",
    "Outline",
    "Parser",
    "PlainPage",
    "Proposal",
    "Row",
    "Sheet",
    "SheetRefused",
    "annotated_workbook",
    "check",
    "choice",
    "headings_in",
    "headings_of",
    "identifier",
    "integer",
    "loose_date",
    "mapped_sheet",
    "money_fen",
    "outline_of",
    "plain_text",
    "plain_workbook",
    "proposals",
    "read_rows",
    "signature_of",
    "template_workbook",
    "text",
    "unread_words",
    "while_read",
]
