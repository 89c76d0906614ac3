"""Receiving a file: its size, whether it came before, and its first check."""

import hashlib
from base64 import b64encode
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.intake.actions.check import Table, read_table, store_table
from openpes.intake.actions.work import ROWS_AT_ONCE, begin_work
from openpes.intake.choices import kind_of
from openpes.intake.events import FileReceived
from openpes.intake.models import Batch
from openpes.kernel import Actor, Reason, Refused, action, publish, refuse_if
from openpes.kernel.sensitive import seal

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
READ_AT_ONCE = MEGABYTE
LIVING = tuple(
    state for state in Batch.State if state not in (Batch.State.REFUSED, Batch.State.UNDONE, Batch.State.DROPPED)
)


class SameFile(Refused):
    """The same file came in before; `batch` is the first one."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        super().__init__(
            _("This very file was brought in before, as “%(name)s”; its rows would come in twice.")
            % {"name": batch.file_name},
            field="file",
            next_step=_("Go on with the first one, or take it back or drop it before you bring the file in again."),
        )


@action
def receive_file(
    *, kind: str, name: str, content: bytes, area: str, about: str = "", by: Actor, at: datetime
) -> Batch:
    """Take in a file and check it: a small one at once, one over 2,000 rows or 1 MB by the worker.

    `about` is what was typed of the subject of the whole file, for a kind that has one.

    :raises SameFile: the same bytes are on their way or accepted in the same area
    :raises Refused: the file is empty, too large, of an area outside, or (when it is small) not readable
    """
    refuse_if(_why_not_receive(content, area, by.scope))
    subject = kind_of(kind).subject
    about = subject.find(about, by=by) if subject else ""
    batch = _store_once(kind, name, content, area, about, by, at)
    publish(
        FileReceived(batch=str(batch.pk), kind=kind, area=area, size=len(content), by=by.id, at=at)
    )
    table = read_table(batch, content, at) if len(content) <= READ_AT_ONCE else None
    if table is None or (isinstance(table, Table) and table.checked.rows > ROWS_AT_ONCE):
        begin_work(batch=batch.pk, job="intake.check", title=batch.file_name, by=by, at=at)
        return batch
    store_table(batch, table, by, at)
    return batch


def _why_not_receive(content: bytes, area: str, scope: str) -> list[Reason]:
    reasons = []
    if not content:
        reasons.append(
            Reason(_("The file is empty."), field="file", next_step=_("Choose the Excel file that you filled in."))
        )
    if len(content) > LARGEST_FILE:
        reasons.append(
            Reason(
                _("The file has %(size)s MB; the most that can be brought in at once is %(largest)s MB.")
                % {"size": -(-len(content) // MEGABYTE), "largest": LARGEST_FILE // MEGABYTE},
                field="file",
                next_step=_("Take out pictures and unused sheets, or divide the table into several files."),
            )
        )
    if not scope or not area.startswith(scope):
        reasons.append(Reason(_("This area does not belong to your office."), field="area"))
    return reasons


def _store_once(
    kind: str, name: str, content: bytes, area: str, subject: str, by: Actor, at: datetime
) -> Batch:
    batch = Batch(
        area=area,
        kind=kind_of(kind).code,
        file_name=name[-200:],
        file_hash=hashlib.sha256(content).digest(),
        subject=subject,
        content=seal(b64encode(content).decode(), context="batch.content"),
        account_id=by.id,
        received_at=at,
    )
    try:
        with transaction.atomic():
            batch.save(force_insert=True)
    except IntegrityError as error:
        if "same_file_once" not in str(error):
            raise
        raise SameFile(_first(batch)) from None
    return batch


def _first(batch: Batch) -> Batch:
    same = Batch.objects.filter(area=batch.area, kind=batch.kind, file_hash=batch.file_hash, state__in=LIVING)
    return same.get()
