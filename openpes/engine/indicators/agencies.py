"""The annual form of employment agencies (劳社统就7号): its rows and columns, its sums, and what of it is public.

A form tells of each row what stands at the end of the period and what happened in it. What no register tells is
`UNMEASURED`, never nothing; a sum covers what is measured.
"""

from collections.abc import Mapping
from dataclasses import dataclass

FORM = "劳社统就7号"
# The definitions of this form; the number grows when a cell comes to count otherwise.
FORM_DEFINITION = "agencies-7/1"
UNMEASURED = "unmeasured"
HIDDEN = None
FormCell = int | str | None


@dataclass(frozen=True)
class FormRow:
    """A row: who keeps the agencies; a sum names its `parts`."""

    key: str
    name: str
    name_en: str
    depth: int
    parts: tuple[str, ...] = ()
    measured: bool = True


@dataclass(frozen=True)
class FormColumn:
    """A column; those of one `kind` count the same rows, and all but the first a part of them."""

    key: str
    kind: str
    name: str
    name_en: str
    group: str = ""
    group_en: str = ""
    measured: bool = True
    personal: bool = False

    @property
    def is_part(self) -> bool:
        """Whether it counts some of what the first column of its kind counts."""
        return self.key != self.kind


ROWS = (
    FormRow("all", "总计", "Total", 0, ("labour", "others", "private")),
    FormRow("labour", "劳动保障部门办", "Run by the labour authorities", 0, ("county", "street", "township")),
    FormRow("county", "县区以上", "County or district and above", 1),
    FormRow("street", "街道", "Streets", 1),
    FormRow("township", "乡镇", "Townships", 1),
    FormRow("others", "其他组织办", "Run by other organisations", 0, measured=False),
    FormRow("private", "公民个人办", "Run by private persons", 0, measured=False),
)
ROW = {row.key: row for row in ROWS}
LEAVES = ("county", "street", "township")
PARTS = (
    ("women", "女性", "Women"),
    ("laid_off", "下岗职工", "Laid off"),
    ("unemployed", "失业人员", "Unemployed"),
    ("qualified", "获得职业资格", "With a vocational qualification"),
)


def _persons(kind: str, group: str, group_en: str) -> tuple[FormColumn, ...]:
    return (
        FormColumn(kind, kind, "小计", "All", group, group_en, personal=True),
        *(
            FormColumn(f"{kind}_{key}", kind, name, name_en, group, group_en, personal=True)
            for key, name, name_en in PARTS
        ),
    )


COLUMNS = (
    FormColumn("points", "points", "期末机构个数", "Agencies at the end"),
    FormColumn("staff", "staff", "期末机构人数", "Staff at the end"),
    FormColumn("places", "places", "本期登记招聘人数", "Places registered"),
    *_persons("seekers", "本期登记求职人数", "Job seekers registered"),
    FormColumn("guidance", "guidance", "本期职业指导人数", "Persons guided", measured=False),
    *_persons("hires", "本期介绍成功人数", "Placed by introduction"),
)
COLUMN = {column.key: column for column in COLUMNS}
Cells = dict[str, dict[str, FormCell]]


def leaves_of(row: str) -> tuple[str, ...]:
    """The measured rows without parts that a row adds up."""
    found = ROW[row]
    if not found.parts:
        return (row,) if found.measured else ()
    return tuple(leaf for part in found.parts for leaf in leaves_of(part))


def form_cells(counts: Mapping[str, Mapping[str, int]]) -> Cells:
    """Every cell of the form by row and column, from counts by row without parts and column.

    :raises KeyError: a count stands in a row or column that the form does not have
    """
    for row, cells in counts.items():
        for column in cells:
            if row not in LEAVES or not COLUMN[column].measured:
                raise KeyError(f"{row} {column}")
    return {row.key: {column.key: _cell(counts, row, column) for column in COLUMNS} for row in ROWS}


def _cell(counts: Mapping[str, Mapping[str, int]], row: FormRow, column: FormColumn) -> FormCell:
    leaves = leaves_of(row.key)
    if not leaves or not column.measured:
        return UNMEASURED
    return sum(counts.get(leaf, {}).get(column.key, 0) for leaf in leaves)


def public_cells(cells: Cells, *, least: int) -> Cells:
    """The form without small numbers of persons and what would give them away; what is hidden is `HIDDEN`.

    Offices, their staff and places are public facts. A part is hidden as well when the rest of its whole is small, and
    where one row of a column is hidden, the next smallest is, because the sum tells the difference.
    """
    shown = {row: dict(of_row) for row, of_row in cells.items()}
    for column in COLUMNS:
        if not column.personal:
            continue
        hidden = {leaf for leaf in LEAVES if _gives_away(cells[leaf], column, least)}
        others = sorted((n, leaf) for leaf in LEAVES if leaf not in hidden and (n := _number(cells, leaf, column)))
        if len(hidden) == 1 and others:
            hidden.add(others[0][1])
        sums = {row for row in ("all", "labour") if _gives_away(cells[row], column, least) or _alone(hidden, others)}
        for row in hidden | sums:
            shown[row][column.key] = HIDDEN
    return shown


def _gives_away(of_row: Mapping[str, FormCell], column: FormColumn, least: int) -> bool:
    number, whole = of_row[column.key], of_row[column.kind]
    rest = int(whole or 0) - int(number or 0) if column.is_part else 0
    return 0 < int(number or 0) < least or 0 < rest < least


def _number(cells: Cells, row: str, column: FormColumn) -> int:
    return int(cells[row][column.key] or 0)


def _alone(hidden: set[str], others: list[tuple[int, str]]) -> bool:
    """Whether the sum would tell the one row that is hidden: all others are nothing."""
    return len(hidden) == 1 and not others
