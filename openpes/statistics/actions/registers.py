"""Taking a monthly register away: printed or as a file, whole, masked, and journalled with its size."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from openpes.engine.parameters import parameters
from openpes.kernel import Actor, Reason, Refused, action, clock, publish
from openpes.statistics.events import RegisterTaken
from openpes.statistics.queries.registers import RegisterAsked, register_rows


@action
def take_register(*, asked: RegisterAsked, way: str, by: Actor, at: datetime) -> list[Any]:
    """Every row of a register, in the order of its numbers; `way` is how it is taken: pdf or xlsx.

    :raises Refused: there are more rows than may be exported without approval
    """
    most = int(parameters().value("export_rows_without_approval", clock.day_of(at)))
    rows = list(register_rows(asked)[: most + 1])
    if len(rows) > most:
        raise Refused(
            Reason(
                _("The register has more than %(most)s rows, more than may be exported without approval.")
                % {"most": most},
                next_step=_("Choose a unit below: each prints its own part, and the sums stand on this page."),
            )
        )
    publish(
        RegisterTaken(
            area=asked.area, register=str(asked.kind), month_on=asked.month.from_on, rows=len(rows), way=way,
            by=by.id, at=at,
        )
    )  # fmt: skip
    return rows
