"""Tables whose columns are called otherwise: which heading may mean which column, and reading them so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from openpes.engine.sheets.columns import Column, Sheet, heading
from openpes.engine.sheets.grid import Cell
from openpes.engine.sheets.outline import Outline
from openpes.engine.sheets.parsers import Parser

IGNORED = "-"  # a word that means nothing: its cells count as empty
SAMPLES = 12
ENOUGH, EXACT, ALIKE = 0.5, 1.0, 0.45
BY_CONTENT = 0.8  # what content alone can bring, so that an equal heading always comes first
UNREADABLE = 0.2


class Why(StrEnum):
    """Why a heading is thought to mean a column."""

    NAME = "name"
    LIKENESS = "likeness"
    CONTENT = "content"


@dataclass(frozen=True)
class ColumnMapping:
    """Which heading of a file means which column, and which words below it mean which choice.

    `columns` gives for the key of a column the heading; `words` for the key of a column the code of each typed word,
    `IGNORED` for a word that means nothing.
    """

    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """The column that a heading may mean, how sure that is (0 to 1), and why."""

    key: str
    share: float
    why: Why


def mapped_sheet(sheet: Sheet, mapping: ColumnMapping) -> Sheet:
    """The sheet as a file with other headings and words fills it in; columns that are not mapped do not occur."""
    columns = tuple(_mapped(column, mapping) for column in sheet.columns)
    return replace(sheet, columns=columns)


def proposals(sheet: Sheet, outline: Outline) -> dict[int, Proposal]:
    """The column that each place of a table may mean, by its heading and by what stands below; each column once.

    A heading that is a name of the column comes first; then the surest pairs, ties in the order of the file.
    """
    readable = _readable(sheet, outline)
    pairs = [
        (found, place, order)
        for place, name in enumerate(outline.headings)
        for order, column in enumerate(sheet.columns)
        if (found := _proposal(column, name, readable[place], outline, place)) is not None
    ]
    taken: dict[int, Proposal] = {}
    used: set[str] = set()
    for found, place, _order in sorted(pairs, key=lambda pair: (-pair[0].share, pair[1], pair[2])):
        # Of two equal headings only one can be read: a mapping knows a place by its heading.
        name = f"heading {heading(outline.headings[place])}"
        if place not in taken and not {found.key, name} & used:
            taken[place] = found
            used |= {found.key, name}
    return taken


def unread_words(column: Column, words: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The words of a column that its list does not have, the most frequent first."""
    return [(word, count) for word, count in words if not _reads(column, word)]


def likeness(name: str, other: str) -> float:
    """How alike two headings are, 0 to 1: equal, one within the other, or by the pairs of characters they share."""
    first, second = heading(name), heading(other)
    if not first or not second:
        return 0.0
    if first == second:
        return EXACT
    within = 0.5 + 0.4 * min(len(first), len(second)) / max(len(first), len(second))
    if (first in second or second in first) and min(len(first), len(second)) > 1:
        return within
    ours, theirs = _pairs(first), _pairs(second)
    return 0.9 * 2 * len(ours & theirs) / (len(ours) + len(theirs))


def _proposal(
    column: Column, name: str, readable: Mapping[str, tuple[float, float]], outline: Outline, place: int
) -> Proposal | None:
    alike = max(likeness(name, known) for known in column.names)
    if alike == EXACT:
        return Proposal(column.key, EXACT, Why.NAME)
    read, telling = readable[column.key]
    empty = not outline.samples(place)
    if read < UNREADABLE and not empty and not column.has_words:
        return None  # whatever the heading says, nothing below it can be read so
    content = 0.0 if empty else BY_CONTENT * read * telling
    share = max(alike, content, min(0.95, (alike if alike >= ALIKE else 0.0) + content / 2))
    if share < ENOUGH:
        return None
    return Proposal(column.key, round(share, 3), Why.LIKENESS if alike >= ENOUGH else Why.CONTENT)


def _readable(sheet: Sheet, outline: Outline) -> list[dict[str, tuple[float, float]]]:
    """For each place and column the share of cells that can be read so, and how little other places can be."""
    samples = [outline.samples(place)[:SAMPLES] for place in range(len(outline.headings))]
    shares = [{column.key: _share(column, cells) for column in sheet.columns} for cells in samples]
    filled = [place for place, cells in enumerate(samples) if cells]
    return [
        {
            key: (share, 1.0 - _mean([shares[other][key] for other in filled if other != place]))
            for key, share in of_place.items()
        }
        for place, of_place in enumerate(shares)
    ]


def _share(column: Column, cells: Sequence[Cell]) -> float:
    return _mean([1.0 if _reads(column, cell) else 0.0 for cell in cells])


def _mean(shares: Sequence[float]) -> float:
    return sum(shares) / len(shares) if shares else 0.0


def _reads(column: Column, cell: Cell) -> bool:
    try:
        column.parse(cell)
    except ValueError:
        return False
    return True


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(max(1, len(name) - 1))}


def _mapped(column: Column, mapping: ColumnMapping) -> Column:
    name = mapping.columns.get(column.key)
    if name is None:
        return replace(column, known_as=())
    words = mapping.words.get(column.key)
    return replace(column, known_as=(name,), parse=_translated(column, words) if words else column.parse)


def _translated(column: Column, words: Mapping[str, str]) -> Parser:
    labels = {choice.code: choice.label_zh for choice in column.choices}
    meant = {heading(typed): labels.get(code, code) for typed, code in words.items()}

    def parse(cell: Cell) -> object:
        word = meant.get(heading(cell))
        if word == IGNORED:
            return None
        return column.parse(cell if word is None else word)

    return parse
