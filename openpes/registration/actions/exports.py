"""Exporting lists of registered persons: a read that is journalled with its size."""

from datetime import datetime

from django.utils.translation import gettext as _

from openpes.engine.parameters import parameters
from openpes.kernel import Actor, Reason, Refused, action, clock, publish
from openpes.registration.events import UnemployedExported
from openpes.registration.queries import UnemployedRow, UnemployedSieve, unemployed, unemployed_rows


@action
def export_unemployed(*, sieve: UnemployedSieve, by: Actor, at: datetime) -> list[UnemployedRow]:
    """The rows of the list of the unemployed for a file, masked.

    :raises Refused: there are more rows than may be exported without approval
    """
    today = clock.day_of(at)
    most = parameters().value("export_rows_without_approval", today)
    found = unemployed(scope=by.scope, sieve=sieve, on=today)
    rows = list(unemployed_rows(found[: most + 1], on=today))
    if len(rows) > most:
        raise Refused(
            Reason(
                _("The list has more than %(most)s rows, more than may be exported without approval.") % {"most": most},
                next_step=_("Narrow it by area, reason or time."),
            )
        )
    publish(UnemployedExported(area=by.scope, rows=len(rows), by=by.id, at=at))
    return rows
