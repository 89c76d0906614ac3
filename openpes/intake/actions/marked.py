"""Taking a file back with its errors marked."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from openpes.engine.message import Message
from openpes.engine.sheets import CellError, annotated_workbook
from openpes.engine.sheets.checking import headings_of
from openpes.engine.sheets.grid import column_letters
from openpes.intake.events import MarkedFileTaken
from openpes.intake.models import Batch, BatchRow
from openpes.intake.queries import content_of, grid_of, language, sheet_of
from openpes.kernel import Actor, Refused, action, clock, publish


@action
def take_marked_file(*, batch: UUID, by: Actor, at: datetime) -> bytes:
    """The same rows as a workbook with a red column that says what is wrong in each; the taking is journalled.

    :raises Refused: the content is no longer kept, or could not be read in the first place
    """
    row = Batch.objects.visible_to(by.scope).get(pk=batch)
    if row.purged_at or not row.row_count:
        raise Refused(
            _("There is nothing of this file that could be given back."), next_step=_("Use your own copy.")
        )
    sheet = sheet_of(row, clock.day_of(at))
    grid = grid_of(content_of(row))
    places = headings_of(sheet, grid).places
    errors = [
        CellError(bad.row_no, error["column"], "", Message(error["text"], error["params"]), _cell(places, bad, error))
        for bad in BatchRow.objects.filter(batch=row).bad().order_by("row_no")
        for error in bad.errors
    ]
    content = annotated_workbook(sheet, grid, errors, language(), _)
    publish(
        MarkedFileTaken(batch=str(row.pk), kind=row.kind, area=row.area, rows=row.row_count, by=by.id, at=at)
    )
    return content


def _cell(places: dict[str, int], row: BatchRow, error: dict) -> str:
    place = places.get(error["column"])
    return "" if place is None else f"{column_letters(place)}{row.row_no}"
