"""How tables of an office are read: saved mappings, the page on which columns are matched, its first rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy

from openpes.codes.queries import in_words
from openpes.engine.sheets import (
    Column,
    ColumnMapping,
    Grid,
    Outline,
    Proposal,
    Sheet,
    check,
    mapped_sheet,
    plain_text,
    proposals,
    unread_words,
)
from openpes.engine.sheets.columns import heading
from openpes.engine.sheets.mapping import Why
from openpes.intake.choices import kind_of
from openpes.intake.models import Batch, TableMapping
from openpes.intake.rules import outline_from, without_numbers
from openpes.kernel.sensitive import unseal

SHOWN_SAMPLES, SHOWN_ROWS = 3, 8
WHY = {
    Why.NAME: gettext_lazy("by its heading"),
    Why.LIKENESS: gettext_lazy("its heading is alike"),
    Why.CONTENT: gettext_lazy("by what stands below"),
}


@dataclass(frozen=True)
class HeadingLine:
    """A heading of the file with what stands below it, and `why` it is thought to mean a column."""

    place: int
    heading: str
    samples: list[str]
    why: Any


@dataclass(frozen=True)
class WordLine:
    """A word of the file that the list of its column does not have, and how often it stands there."""

    key: str
    title: str
    word: str
    count: int


@dataclass(frozen=True)
class PreviewCell:
    """A cell as it is understood, or what is wrong with it."""

    text: str
    fault: str = ""


@dataclass(frozen=True)
class Preview:
    """The first rows seen through a mapping: titles of columns, and for each row its number and its cells."""

    titles: list[str]
    rows: list[tuple[int, list[PreviewCell]]]
    faults: list[str]


def sheet_of(batch: Batch, on: date) -> Sheet:
    """The sheet by which a batch is read: the one of its kind, through its mapping when it has one."""
    sheet = kind_of(batch.kind).sheet(area=batch.area, on=on)
    return mapped_sheet(sheet, mapping_in(batch.mapping)) if batch.mapping else sheet


def mapping_in(saved: TableMapping) -> ColumnMapping:
    """A saved mapping as the engine applies it."""
    return ColumnMapping(saved.columns, saved.words)


def mappings(*, scope: str, kind: str) -> list[TableMapping]:
    """The latest version of every mapping that an office saved for a kind, by name."""
    own = TableMapping.objects.filter(area=scope, kind=kind).order_by("name", "-version")
    return list(own.distinct("name"))


def known_mapping(batch: Batch, signature: Sequence[str]) -> TableMapping | None:
    """The mapping that the office saved last for a table with exactly these headings."""
    found = [saved for saved in mappings(scope=batch.area, kind=batch.kind) if saved.headings == list(signature)]
    return max(found, key=lambda saved: saved.pk, default=None)


def outline_in(batch: Batch) -> Outline:
    """The outline of a batch that waits for its columns to be matched."""
    return outline_from(unseal(batch.outline, context="batch.outline"))


def heading_lines(outline: Outline, found: Mapping[int, Proposal]) -> list[HeadingLine]:
    """The headings of a table, each with its first cells, without personal numbers."""
    return [
        HeadingLine(
            place,
            heading,
            [without_numbers(plain_text(cell)) for cell in outline.samples(place)[:SHOWN_SAMPLES]],
            WHY[found[place].why] if place in found else "",
        )
        for place, heading in enumerate(outline.headings)
        if heading
    ]


def proposed(batch: Batch, outline: Outline, on: date) -> dict[int, Proposal]:
    """What the headings of a batch may mean."""
    return proposals(kind_of(batch.kind).sheet(area=batch.area, on=on), outline)


def word_lines(sheet: Sheet, outline: Outline, columns: Mapping[str, int]) -> list[WordLine]:
    """The words below matched headings that the lists of their columns do not have; `columns` are places by key."""
    return [
        WordLine(column.key, column.title(_language()), word, count)
        for column in sheet.columns
        if column.has_words and column.key in columns
        for word, count in unread_words(column, outline.words[columns[column.key]])
    ]


def preview(sheet: Sheet, outline: Outline, mapping: ColumnMapping) -> Preview:
    """The first rows of a table seen through a mapping, as far as its columns are matched."""
    meant = Counter(heading(name) for name in mapping.columns.values())
    matched = tuple(one for one in sheet.columns if meant[heading(mapping.columns.get(one.key, ""))] == 1)
    through = mapped_sheet(replace(sheet, columns=matched, row_rules=()), mapping)
    if not matched or not outline.rows:
        return Preview([], [], [])
    rows = outline.rows[:SHOWN_ROWS]
    grid = Grid("", [[*outline.headings], *(list(row) for row in rows)])
    checked = check(through, grid)
    faults = {(error.row, error.column): in_words(error.message) for error in checked.errors}
    shown = through.columns
    places = {key: outline.headings.index(heading) for key, heading in mapping.columns.items()}
    lines = [
        (
            outline.heading_row + 2 + number,
            [_cell(column, row, places[column.key], faults.get((number + 2, column.key), "")) for column in shown],
        )
        for number, row in enumerate(rows)
    ]
    return Preview([column.title(_language()) for column in shown], lines, sorted(set(faults.values())))


def _cell(column: Column, row: Sequence[Any], place: int, fault: str) -> PreviewCell:
    cell = row[place] if place < len(row) else None
    text = without_numbers(plain_text(cell))
    labels = {choice.code: choice.label(_language()) for choice in column.choices}
    if labels and not fault and text:
        code = column.parse(cell)
        text = labels.get(code, text) if isinstance(code, str) else text if code is not None else ""
    return PreviewCell(text, fault)


def _language() -> str:
    return "zh" if (get_language() or "zh").startswith("zh") else "en"
