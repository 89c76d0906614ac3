"""What may be asked of files that came in: the batches of an area, their rows with remarks, the progress of work."""

import json
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from tempfile import NamedTemporaryFile
from typing import Any, Literal, TypeVar, cast

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy

from openpes.engine.areas import areas
from openpes.engine.sheets import Cell, Column, Grid, Sheet, template_workbook, while_read
from openpes.intake.choices import Kind, Shown, kind_of
from openpes.intake.models import Batch, BatchRow, BatchRowQuerySet
from openpes.intake.queries.mappings import sheet_of
from openpes.intake.rules import cell_from, values_from, work_goes_on
from openpes.kernel import Reason
from openpes.kernel.models import LongWork
from openpes.kernel.sensitive import unseal

Result = TypeVar("Result")
Language = Literal["zh", "en"]
TONES = {
    Batch.State.RECEIVED: "wait",
    Batch.State.MATCHING: "wait",
    Batch.State.CHECKED: "wait",
    Batch.State.REFUSED: "bad",
    Batch.State.ACCEPTING: "wait",
    Batch.State.ACCEPTED: "ok",
    Batch.State.UNDONE: "plain",
    Batch.State.DROPPED: "plain",
}
ROW_STATES = {
    "bad": gettext_lazy("Error"),
    "ok": pgettext_lazy("batch", "Accepted"),
    "plain": pgettext_lazy("row", "Good"),
}


@dataclass(frozen=True)
class BatchLine:
    """A batch as a list shows it; `about` is what the whole file is about, for kinds that ask for it."""

    batch: Batch
    title: str
    area: str
    tone: str
    about: str = ""


@dataclass(frozen=True)
class ColumnLine:
    """A column as the upload page explains it."""

    title: str
    required: bool
    hint: str


@dataclass(frozen=True)
class RemarkLine:
    """A remark in the reader's language, with the title of its column."""

    column: str
    text: str


@dataclass(frozen=True)
class RowLine:
    """A row as the preview shows it."""

    row_no: int
    label: str
    tone: str
    errors: list[RemarkLine]
    notes: list[RemarkLine]

    @property
    def state(self) -> Any:
        """The state in words."""
        return ROW_STATES[self.tone]


@dataclass(frozen=True)
class WorkLine:
    """How far the long work on a batch is; `left` are seconds, as far as they can be told."""

    title: str
    done: int
    total: int
    left: int | None
    message: str
    goes_on: bool
    cancelled: bool


@dataclass(frozen=True)
class Stat:
    """A count with the list behind it."""

    label: Any
    value: int
    tone: str
    url: str


def batches(*, scope: str, kinds: Iterable[Kind]) -> QuerySet[Batch]:
    """The files of an area of these kinds, the newest first, without their content."""
    codes = [kind.code for kind in kinds]
    return Batch.objects.visible_to(scope).filter(kind__in=codes).defer("content").order_by("-received_at", "id")


def batch_lines(found: Iterable[Batch]) -> list[BatchLine]:
    """Batches as a list shows them."""
    return [batch_line(batch) for batch in found]


def batch_line(batch: Batch) -> BatchLine:
    """A batch as a list shows it."""
    place = areas()[batch.area].name if batch.area in areas() else batch.area
    kind = kind_of(batch.kind)
    about = kind.subject.name(batch.subject) if kind.subject else ""
    return BatchLine(batch, str(kind.title), place, TONES[Batch.State(batch.state)], about)


def rows_of(batch: Batch, shown: str = "") -> BatchRowQuerySet:
    """The rows of a batch in the order of the file: all, those with errors (`bad`) or with notes (`noted`)."""
    rows = cast(BatchRowQuerySet, BatchRow.objects.filter(batch=batch).order_by("row_no"))
    if shown == Shown.BAD:
        return rows.bad()
    return rows.noted() if shown == Shown.NOTED else rows


def row_lines(rows: Iterable[BatchRow], batch: Batch, *, on: date) -> list[RowLine]:
    """Rows as the preview shows them."""
    kind, sheet = kind_of(batch.kind), sheet_of(batch, on)
    return [_row_line(row, kind, sheet) for row in rows]


def remark_lines(stored: Iterable[Mapping[str, Any]], sheet: Sheet) -> list[RemarkLine]:
    """Stored remarks in the reader's language."""
    return [RemarkLine(sheet.column(remark["column"]).title(language()), _in_words(remark)) for remark in stored]


def counts_of(batch: Batch) -> list[Stat]:
    """The counts of a batch, each with the list behind it."""
    page = reverse("intake:batch", args=[batch.pk])
    accepted = batch.state == Batch.State.ACCEPTED
    good = gettext_lazy("accepted rows") if accepted else gettext_lazy("good rows")
    noted = BatchRow.objects.filter(batch=batch).noted().count()
    return [
        Stat(gettext_lazy("rows in the file"), batch.row_count, "", f"{page}?show=all"),
        Stat(good, batch.good_count, "ok", f"{page}?show=all"),
        Stat(gettext_lazy("rows with errors"), batch.bad_count, "bad" if batch.bad_count else "", f"{page}?show=bad"),
        Stat(gettext_lazy("rows with notes"), noted, "wait" if noted else "", f"{page}?show=noted"),
    ]


def reasons_of(batch: Batch) -> list[Reason]:
    """Why the file as a whole was refused."""
    return [Reason(reason["text"], next_step=reason["next_step"]) for reason in batch.reasons if "text" in reason]


def unused_columns(batch: Batch) -> list[str]:
    """Columns of the file that its kind does not know, so that nothing of them was read."""
    return [title for reason in batch.reasons for title in reason.get("unused", ())]


def work_of(batch: Batch, at: datetime) -> WorkLine | None:
    """The latest long work on a batch."""
    work = LongWork.objects.filter(pk=batch.work_id).first() if batch.work_id else None
    if work is None:
        return None
    spent = (at - work.started_at).total_seconds()
    left = round(spent * (work.total - work.done) / work.done) if work.done else None
    return WorkLine(
        title=work.title,
        done=work.done,
        total=work.total,
        left=left,
        message=work.message if work.state == LongWork.State.FAILED else "",
        goes_on=work_goes_on(work.state, work.changed_at, at),
        cancelled=work.state == LongWork.State.CANCELLED,
    )


def content_of(batch: Batch) -> bytes:
    """The bytes of the file."""
    return b64decode(unseal(batch.content, context="batch.content"))


def grid_of(content: bytes) -> Grid:
    """The cells of a workbook or a text table, read in a process of its own.

    :raises SheetRefused: it is no table, damaged, protected, too large, or empty
    """
    return read_from(content, lambda grid: grid)


def read_from(content: bytes, use: Callable[[Grid], Result]) -> Result:
    """What `use` makes of the cells of a workbook or a text table while they arrive; it may be begun twice.

    :raises SheetRefused: as `grid_of`; `use` may get it whenever it looks at a row
    """
    with NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        return while_read(file.name, use)


def cells_of(row: BatchRow) -> dict[str, Cell]:
    """The cells of a row by column, as they stood in the file."""
    stored = json.loads(unseal(row.sealed_values, context="batchrow.values"))
    return {key: cell_from(cell) if type(cell) is dict else cell for key, cell in stored.items()}


def column_lines(kind: Kind, *, area: str, on: date) -> list[ColumnLine]:
    """The columns of a kind in the reader's language."""
    sheet = kind.sheet(area=area, on=on)
    return [
        ColumnLine(column.title(language()), column.required, column.help(language()) or _otherwise(column))
        for column in sheet.columns
    ]


def _otherwise(column: Column) -> str:
    return gettext("Choose from the list of the template.") if column.choices else ""


def template_file(kind: Kind, *, area: str, on: date) -> bytes:
    """The empty workbook of a kind, with drop-downs."""
    return template_workbook(kind.sheet(area=area, on=on), language(), gettext)


def language() -> Language:
    """The language of the reader, as workbooks know it."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def _row_line(row: BatchRow, kind: Kind, sheet: Sheet) -> RowLine:
    label = kind.label(values_from(sheet, cells_of(row))[0]) if row.sealed_values else ""
    return RowLine(
        row_no=row.row_no,
        label=label,
        tone="bad" if row.errors else "ok" if row.became else "plain",
        errors=remark_lines(row.errors, sheet),
        notes=remark_lines(row.notes, sheet),
    )


def _in_words(remark: Mapping[str, Any]) -> str:
    text = gettext(remark["text"])
    return text % remark["params"] if remark["params"] else text
