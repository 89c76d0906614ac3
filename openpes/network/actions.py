"""Loading the areas of the city, opening service points, posting staff."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.access.models import Account
from openpes.engine.areas import AreaTree, areas
from openpes.kernel import Actor, Refused, action, clock, publish, refuse_if
from openpes.network import queries, rules
from openpes.network.choices import Level
from openpes.network.events import AreasLoaded, NetworkLaidOut, ServicePointOpened, StaffPosted
from openpes.network.models import Area, AreaTerm, Posting, ServicePoint

PLAN_BEGINS_ON = date(2007, 1, 1)
BATCH = 1000


@action
def load_areas(*, by: Actor, at: datetime) -> int:
    """Bring the units of the city, with every code and name they have had, up to date; returns their number.

    Source: statistical area codes of the National Bureau of Statistics, 2023, with the dated changes of
    `openpes/data/area_terms.csv`. Loading twice changes nothing.
    """
    tree = areas()
    units = [
        Area(
            path=unit.path,
            level=Level[unit.level.upper()],
            parent_id=unit.parent if unit.parent in tree else None,
            kind=unit.kind,
            urban_rural=unit.urban_rural,
        )
        for unit in tree.all()
    ]
    Area.objects.bulk_create(
        units,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["level", "parent", "kind", "urban_rural"],
    )
    terms = _load_terms(tree)
    queries.forget_areas()
    publish(AreasLoaded(areas=len(units), terms=terms, area=by.scope, by=by.id, at=at))
    return len(units)


@action
def open_service_point(
    *, area: str, level: int, name: str, opened_on: date, by: Actor, at: datetime
) -> ServicePoint:
    """Open a counter, office or station in an area.

    :raises Refused: the area is unknown, outside one's own, or of another level; the name is taken there
    """
    area_level = queries.area(area).level if queries.area_exists(area) else None
    refuse_if(rules.why_not_open(area=area, level=level, area_level=area_level, scope=by.scope, name=name))
    try:
        with transaction.atomic():
            point = ServicePoint.objects.create(area=area, level=level, name=name.strip(), opened_on=opened_on)
    except IntegrityError as taken:
        raise Refused(
            _("There is already a service point “%(name)s” in this area.") % {"name": name},
            field="name",
            next_step=_("Choose another name, or post staff to the point that is there."),
        ) from taken
    publish(ServicePointOpened(point=point.pk, area=area, by=by.id, at=at))
    return point


@action
def lay_out_service_points(*, by: Actor, at: datetime) -> int:
    """Open the 1,858 points of the founding plan below the city, and the city's own market.

    Points that are there already stay as they are. Returns the number of planned points. Source: plan of 2007 of
    the city's labour network (12 counties, 121 towns and streets, 334 communities, 1,391 villages).
    """
    planned = rules.planned_points(areas().all())
    rows = [
        ServicePoint(area=point.area, level=point.level, name=point.name, opened_on=PLAN_BEGINS_ON)
        for point in planned
    ]
    ServicePoint.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    publish(NetworkLaidOut(points=len(planned), area=by.scope, by=by.id, at=at))
    return len(planned)


@action
def post_staff(*, account: int, point: int, window: str = "", by: Actor, at: datetime) -> Posting:
    """Let a member of staff work at a point from today on; where they worked before ends today.

    :raises Refused: the point is not open today, or they work there already
    :raises ServicePoint.DoesNotExist: the point is outside one's area
    """
    today = clock.day_of(at)
    Account.objects.select_for_update().get(pk=account)
    place = ServicePoint.objects.visible_to(by.scope).get(pk=point)
    before = queries.posting_of(account, today)
    already_here = before is not None and (before.point_id, before.window) == (place.pk, window)
    refuse_if(
        rules.why_not_post(
            on=today, opened_on=place.opened_on, closed_on=place.closed_on, already_here=already_here
        )
    )
    if before is not None:
        _end_posting(before, today)
    posting = _begin_posting(account, place, window, today)
    publish(
        StaffPosted(account=account, point=place.pk, window=window, area=place.area, by=by.id, at=at)
    )
    return posting


def _load_terms(tree: AreaTree) -> int:
    terms = [
        AreaTerm(
            area_id=unit.path,
            code=term.code,
            name=term.name,
            from_on=term.period.from_on,
            until_on=term.period.until_on,
            source=term.source,
        )
        for unit in tree.all()
        for term in tree.terms(unit.path)
    ]
    AreaTerm.objects.bulk_create(
        terms,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["area", "from_on"],
        update_fields=["code", "name", "until_on", "source"],
    )
    return len(terms)


def _end_posting(posting: Posting, today: date) -> None:
    if posting.from_on == today:  # moved twice on one day: the first was a mistake and leaves no period
        posting.delete()
        return
    posting.until_on = today
    posting.save(update_fields=["until_on"])


def _begin_posting(account: int, place: ServicePoint, window: str, today: date) -> Posting:
    try:
        with transaction.atomic():
            return Posting.objects.create(
                area=place.area, account_id=account, point=place, window=window, from_on=today
            )
    except IntegrityError as elsewhere:
        raise Refused(
            _("This account is posted to a point outside your area."),
            field="account",
            next_step=_("Ask the office of that area to let them go, or the city."),
        ) from elsewhere
