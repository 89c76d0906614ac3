"""Writing down where a service point is, when it is open, and what stands in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from openpes.kernel import Actor, action, clock, publish, refuse_if
from openpes.network import rules
from openpes.network.events import ServicePointDescribed
from openpes.network.models import OpeningHours, PointEquipment, ServicePoint, ServiceWindow
from openpes.network.rules import Stretch


@dataclass(frozen=True)
class PointFacts:
    """Everything that is written down about a point.

    `hours` by ISO weekday in minutes after midnight, `windows` the numbers for each purpose, `equipment` pieces by
    kind; what is missing from the three is not there.
    """

    address: str = ""
    phone: str = ""
    floor_m2: int | None = None
    hall_m2: int | None = None
    hours: Mapping[int, Sequence[Stretch]] = field(default_factory=dict)
    windows: Mapping[str, Sequence[int]] = field(default_factory=dict)
    equipment: Mapping[str, int] = field(default_factory=dict)


@action
def describe_point(*, point: int, facts: PointFacts, version: int, by: Actor, at: datetime) -> ServicePoint:
    """Write the facts of a point anew; `version` is the one that the editor saw.

    :raises Refused: somebody changed it meanwhile, it is closed, hours overlap, or the hall is larger than the floor
    :raises ServicePoint.DoesNotExist: the point is outside one's area
    """
    row = ServicePoint.objects.visible_to(by.scope).select_for_update().get(pk=point)
    closed = row.closed_on is not None and row.closed_on <= clock.day_of(at)
    refuse_if(
        [
            *rules.why_not_change(seen=version, version=row.version, closed=closed),
            *rules.why_not_hours(facts.hours),
            *rules.why_not_hall(floor_m2=facts.floor_m2, hall_m2=facts.hall_m2),
        ]
    )
    row.address, row.phone = facts.address.strip(), facts.phone.strip()
    row.floor_m2, row.hall_m2 = facts.floor_m2, facts.hall_m2
    row.version += 1
    row.save(update_fields=["address", "phone", "floor_m2", "hall_m2", "version"])
    _replace_parts(row, facts)
    publish(ServicePointDescribed(point=row.pk, version=row.version, area=row.area, by=by.id, at=at))
    return row


def _replace_parts(row: ServicePoint, facts: PointFacts) -> None:
    own = {"area": row.area, "point": row}
    for kind in (OpeningHours, ServiceWindow, PointEquipment):
        kind.objects.visible_to(row.area).filter(point=row).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(weekday=weekday, from_minute=begins, until_minute=until, **own)
        for weekday, stretches in facts.hours.items()
        for begins, until in stretches
    )
    ServiceWindow.objects.bulk_create(
        ServiceWindow(number=number, purpose=purpose, **own)
        for purpose, numbers in facts.windows.items()
        for number in sorted(set(numbers))
    )
    PointEquipment.objects.bulk_create(
        PointEquipment(kind=kind, pieces=pieces, **own) for kind, pieces in facts.equipment.items() if pieces
    )
