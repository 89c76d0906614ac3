"""Saying what the columns of a table mean, saving it for the office, and reading the table so."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.intake.actions.check import read_table, store_table
from openpes.intake.actions.receive import READ_AT_ONCE
from openpes.intake.actions.work import begin_work, refuse_while_working
from openpes.intake.choices import kind_of
from openpes.intake.events import MappingSaved
from openpes.intake.models import Batch, BatchRow, TableMapping
from openpes.intake.queries import content_of, outline_in
from openpes.intake.rules import why_not_map
from openpes.kernel import Actor, Reason, Refused, action, clock, publish, refuse_if


@action
def match_columns(
    *,
    batch: UUID,
    name: str,
    columns: Mapping[str, str],
    words: Mapping[str, Mapping[str, str]],
    seen: int,
    by: Actor,
    at: datetime,
) -> Batch:
    """Save what the headings of a table mean, as the next version under a name of the office, and read the table so.

    `columns` gives for the key of a column its heading, `words` the codes of typed words; `seen` is the newest mapping
    (its id) that the page knew. What says the same as the latest version of the name is no new version.

    :raises Refused: a needed column has no heading, a heading means two, or somebody saved the name meanwhile
    """
    row = Batch.objects.visible_to(by.scope).select_for_update().get(pk=batch)
    refuse_while_working(row, at)
    if row.state != Batch.State.MATCHING:
        raise Refused(
            _("The columns of this file wait for nobody; it is “%(state)s”.") % {"state": row.get_state_display()},
            next_step=_("Load the page again."),
        )
    outline = outline_in(row)
    sheet = kind_of(row.kind).sheet(area=row.area, on=clock.day_of(at))
    refuse_if(why_not_map(sheet, outline.headings, columns, name))
    meant = {key: dict(of_column) for key, of_column in words.items()}
    told = {"headings": list(outline.signature), "columns": dict(columns), "words": meant}
    row.mapping = _saved(row, name.strip(), told, seen, by, at)
    row.state = Batch.State.RECEIVED
    row.save(update_fields=["mapping", "state"])
    content = content_of(row)
    if len(content) > READ_AT_ONCE:
        begin_work(batch=row.pk, job="intake.check", title=row.file_name, by=by, at=at)
    else:
        store_table(row, read_table(row, content, at), by, at)
    return row


@action
def match_again(*, batch: UUID, by: Actor, at: datetime) -> Batch:
    """Let somebody say anew what the columns of a checked file mean; its rows are read again after that.

    :raises Refused: the file was accepted, its content is no longer kept, or every column of it is known
    """
    row = Batch.objects.visible_to(by.scope).select_for_update().get(pk=batch)
    refuse_while_working(row, at)
    if row.state != Batch.State.CHECKED or not row.outline:
        raise Refused(
            _("The columns of a file are matched before it is accepted; this one is “%(state)s”.")
            % {"state": row.get_state_display()}
        )
    BatchRow.objects.filter(batch=row).delete()
    row.state, row.mapping, row.row_count, row.good_count, row.reasons = Batch.State.MATCHING, None, 0, 0, []
    row.save(update_fields=["state", "mapping", "row_count", "good_count", "reasons"])
    return row


def _saved(
    batch: Batch, name: str, told: dict, seen: int, by: Actor, at: datetime
) -> TableMapping:
    """The latest version of the name when it says the same, else the next one."""
    of_name = TableMapping.objects.filter(area=batch.area, kind=batch.kind, name=name).order_by("-version")
    latest = of_name.first()
    if latest and all(getattr(latest, part) == told[part] for part in told):
        return latest
    if latest and latest.pk > seen:
        raise _saved_meanwhile(name)
    made = TableMapping(
        area=batch.area,
        kind=batch.kind,
        name=name,
        version=latest.version + 1 if latest else 1,
        saved_at=at,
        saved_by=by.id,
        **told,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        if "one_version_of_a_mapping" not in str(error):
            raise
        raise _saved_meanwhile(name) from None
    publish(
        MappingSaved(mapping=made.pk, kind=made.kind, area=made.area, version=made.version, by=by.id, at=at)
    )
    return made


def _saved_meanwhile(name: str) -> Refused:
    return Refused(
        Reason(
            _("Somebody of your office saved a mapping called “%(name)s” meanwhile.") % {"name": name},
            field="name",
            next_step=_("Load the page again to see it, or save yours under another name."),
        )
    )
