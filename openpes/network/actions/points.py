"""Opening, recognising and closing service points."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.engine.areas import areas
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, Refused, action, clock, publish, refuse_if
from openpes.network import queries, rules
from openpes.network.choices import PointKind
from openpes.network.events import KeyMarketRecognised, NetworkLaidOut, ServicePointClosed, ServicePointOpened
from openpes.network.models import Posting, ServicePoint

PLAN_BEGINS_ON = date(2007, 1, 1)
BATCH = 1000


@dataclass(frozen=True)
class Host:
    """The firm in which a re-employment service centre stands, and the office that it turns to."""

    name: str = ""
    code: str = ""
    contact_office: int | None = None


NO_HOST = Host()


@action
def open_service_point(
    *,
    area: str,
    level: int,
    name: str,
    opened_on: date,
    kind: str = "",
    host: Host = NO_HOST,
    by: Actor,
    at: datetime,
) -> ServicePoint:
    """Open a counter, office or station in an area; without a kind it is the usual one of the level there.

    :raises Refused: the area is unknown, outside one's own, or of another level; the kind does not fit; a key
        township market without the people, a re-employment centre without a firm or office; the name is taken
    """
    unit = queries.area(area) if queries.area_exists(area) else None
    found = kind or rules.kind_of_unit(level, unit.kind if unit else "")
    contact = ServicePoint.objects.visible_to(by.scope).open_on(opened_on).filter(pk=host.contact_office).first()
    counted = queries.population(area, opened_on) if found == PointKind.KEY_TOWN_MARKET else None
    wanted = rules.NewPoint(
        area=area, level=level, kind=found, name=name, area_level=unit.level if unit else None,
        host_name=host.name, contact_kind=contact.kind if contact else None,
        population=counted.persons if counted else None, least_population=_least_population(opened_on),
    )  # fmt: skip
    refuse_if(rules.why_not_open(wanted=wanted, scope=by.scope))
    row = ServicePoint(
        area=area, level=level, kind=found, name=name.strip(), opened_on=opened_on, host_name=host.name.strip(),
        host_code=host.code, contact_office=contact if found == PointKind.REEMPLOYMENT_CENTRE else None,
    )  # fmt: skip
    _store_new(row)
    publish(ServicePointOpened(point=row.pk, area=area, by=by.id, at=at))
    return row


@action
def recognise_key_market(*, point: int, by: Actor, at: datetime) -> ServicePoint:
    """Make a township office a key township market, since its town has more people than the dated number.

    :raises Refused: it is no township office, or the town's population on record is too small or missing
    :raises ServicePoint.DoesNotExist: the point is outside one's area
    """
    today = clock.day_of(at)
    row = ServicePoint.objects.visible_to(by.scope).select_for_update().get(pk=point)
    counted = queries.population(row.area, today)
    persons = counted.persons if counted else None
    refuse_if(
        rules.why_not_key_market(kind=row.kind, population=persons, least=_least_population(today))
    )
    row.kind = PointKind.KEY_TOWN_MARKET
    row.version += 1
    row.save(update_fields=["kind", "version"])
    publish(KeyMarketRecognised(point=row.pk, persons=persons or 0, area=row.area, by=by.id, at=at))
    return row


@action
def close_service_point(*, point: int, reason: str, by: Actor, at: datetime) -> ServicePoint:
    """Close a point from today on; who works there is posted nowhere from today on.

    :raises Refused: it is closed, opens today, or a re-employment centre still turns to it
    :raises ServicePoint.DoesNotExist: the point is outside one's area
    """
    today = clock.day_of(at)
    row = ServicePoint.objects.visible_to(by.scope).select_for_update().get(pk=point)
    turned_to = ServicePoint.objects.visible_to(by.scope).open_on(today).filter(contact_office=row).exists()
    refuse_if(
        rules.why_not_close(on=today, opened_on=row.opened_on, closed_on=row.closed_on, is_contact=turned_to)
    )
    row.closed_on = today
    row.version += 1
    row.save(update_fields=["closed_on", "version"])
    here = Posting.objects.visible_to(by.scope).filter(point=row).not_ended_by(today)
    here.filter(from_on__gte=today).delete()
    here.update(until_on=today)
    publish(ServicePointClosed(point=row.pk, reason=reason.strip(), area=row.area, by=by.id, at=at))
    return row


@action
def lay_out_service_points(*, by: Actor, at: datetime) -> int:
    """Open the 1,858 points of the founding plan below the city, and the city's own market.

    Points that are there already stay as they are. Returns the number of planned points. Source: plan of 2007 of
    the city's labour network (12 counties, 121 towns and streets, 334 communities, 1,391 villages).
    """
    planned = rules.planned_points(areas().all())
    rows = [
        ServicePoint(
            area=point.area, level=point.level, kind=point.kind, name=point.name, opened_on=PLAN_BEGINS_ON
        )
        for point in planned
    ]
    ServicePoint.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    publish(NetworkLaidOut(points=len(planned), area=by.scope, by=by.id, at=at))
    return len(planned)


def _least_population(on: date) -> int:
    return int(parameters().value("key_market_population", on))


def _store_new(row: ServicePoint) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        if "service_point_once" not in str(taken):
            raise
        raise Refused(
            _("There is already a service point “%(name)s” in this area.") % {"name": row.name},
            field="name",
            next_step=_("Choose another name, or post staff to the point that is there."),
        ) from taken
