"""What a new, changed, closed or recognised service point must satisfy, and who may begin to work there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason
from openpes.network.choices import LEVEL_OF_KIND, Level, PointKind

RURAL_KINDS = ("village", "quasi_village")


@dataclass(frozen=True, kw_only=True)
class NewPoint:
    """A point that somebody wants to open; `contact_kind` is the kind of the office that a centre turns to.

    `area_level` and `contact_kind` are None, and `population` nothing, where the city has no such thing.
    """

    area: str
    level: int
    kind: str
    name: str
    area_level: int | None
    host_name: str = ""
    contact_kind: str | None = None
    population: int | None = None
    least_population: int = 0


def kind_of_unit(level: int, area_kind: str) -> PointKind:
    """The usual kind of a point on a level, in a unit of that kind."""
    if level == Level.VILLAGE:
        return PointKind.VILLAGE_STATION if area_kind in RURAL_KINDS else PointKind.COMMUNITY_STATION
    return {
        Level.CITY: PointKind.CITY_MARKET, Level.COUNTY: PointKind.COUNTY_MARKET, Level.TOWN: PointKind.TOWN_OFFICE,
    }[Level(level)]  # fmt: skip


def why_not_open(*, wanted: NewPoint, scope: str) -> Iterator[Reason]:
    """Why a service point cannot open there; nothing when it can."""
    if wanted.area_level is None:
        yield Reason(_("The city has no area %(area)s.") % {"area": wanted.area}, field="area")
        return
    if not scope or not wanted.area.startswith(scope):
        yield Reason(_("The area is outside your own."), field="area", next_step=_("Ask the office of that area."))
    if wanted.area_level != wanted.level:
        yield Reason(
            _("A point of the level “%(level)s” stands in an area of the same level.")
            % {"level": Level(wanted.level).label},
            field="level",
            next_step=_("Choose the area of that level, or the level of that area."),
        )
    if not wanted.name.strip():
        yield Reason(_("A service point needs a name."), field="name")
    yield from _wrong_kind(wanted)


def _wrong_kind(wanted: NewPoint) -> Iterator[Reason]:
    kind = PointKind(wanted.kind)
    fitting = LEVEL_OF_KIND.get(kind)
    if fitting is not None and fitting != wanted.level:
        yield Reason(
            _("“%(kind)s” stands on the level “%(level)s”.") % {"kind": kind.label, "level": fitting.label},
            field="kind",
            next_step=_("Choose the kind that fits the area, or the area that fits the kind."),
        )
    if kind == PointKind.REEMPLOYMENT_CENTRE:
        yield from _centre_without_firm_or_office(wanted)
    if kind == PointKind.KEY_TOWN_MARKET:
        yield from why_not_key_market(
            kind=PointKind.TOWN_OFFICE, population=wanted.population, least=wanted.least_population
        )


def _centre_without_firm_or_office(wanted: NewPoint) -> Iterator[Reason]:
    if not wanted.host_name.strip():
        yield Reason(_("A re-employment service centre stands in a firm; name the firm."), field="host_name")
    if wanted.contact_kind not in LEVEL_OF_KIND:
        yield Reason(
            _("A re-employment service centre has one fixed office of the service to turn to."),
            field="contact_office",
            next_step=_("Choose a market, office or station of your area."),
        )


def why_not_key_market(*, kind: str, population: int | None, least: int) -> Iterator[Reason]:
    """Why a township office is no key township market; the town must have more people than the dated number."""
    clause = _("Founding plan of 2007, key township markets")
    if kind != PointKind.TOWN_OFFICE:
        yield Reason(_("Only a township or street office becomes a key township market."), clause=clause)
    if population is None:
        yield Reason(
            _("No population of this town is on record."),
            clause=clause,
            field="kind",
            next_step=_("Record the counted population with its source on the page of the area."),
        )
    elif population <= least:
        yield Reason(
            _("The town has %(population)s people; a key township market needs more than %(least)s.")
            % {"population": f"{population:,}", "least": f"{least:,}"},
            clause=clause,
            field="kind",
            next_step=_("Keep it as a township or street office."),
        )


def why_not_population(*, level: int | None, inside: bool, counted_on: date, on: date, source: str) -> Iterator[Reason]:
    """Why a counted population is not recorded."""
    if level is None:
        yield Reason(_("There is no such area in the city."), field="area")
    elif not inside:
        yield Reason(_("The area is outside your own."), field="area", next_step=_("Ask the office of that area."))
    if counted_on > on:
        yield Reason(_("The day of the count lies in the future."), field="counted_on")
    if not source.strip():
        yield Reason(
            _("A population needs its source."),
            field="source",
            next_step=_("Name the census, yearbook or bulletin, with its year."),
        )


def why_not_change(*, seen: int, version: int, closed: bool) -> Iterator[Reason]:
    """Why the facts of a point are not changed; `seen` is the version that the editor saw."""
    if seen != version:
        yield Reason(
            _("Somebody else changed this point in the meantime."),
            next_step=_("Load the page again; it shows what they wrote."),
        )
    if closed:
        yield Reason(_("The point is closed."), next_step=_("Its facts stay as they were on its last day."))


def why_not_close(*, on: date, opened_on: date, closed_on: date | None, is_contact: bool) -> Iterator[Reason]:
    """Why a point cannot close from a day on."""
    if closed_on is not None:
        yield Reason(_("The service point closed on %(day)s.") % {"day": spoken_day(closed_on)})
    if on <= opened_on:
        yield Reason(_("The service point opens only on %(day)s.") % {"day": spoken_day(opened_on)})
    if is_contact:
        yield Reason(
            _("It is the fixed office of a re-employment service centre that is open."),
            next_step=_("Close the centre first."),
        )


@dataclass(frozen=True, kw_only=True)
class WantedPosting:
    """A posting that somebody wants: its first day, the days of the point, and when a later posting begins."""

    on: date
    today: date
    opened_on: date
    closed_on: date | None
    already_here: bool
    planned_on: date | None


def why_not_post(wanted: WantedPosting) -> Iterator[Reason]:
    """Why a member of staff cannot begin at a point on a day; nothing when they can."""
    if wanted.on < wanted.today:
        yield _over("from_on")
    if wanted.on < wanted.opened_on:
        yield Reason(
            _("The service point opens only on %(day)s.") % {"day": spoken_day(wanted.opened_on)}, field="point"
        )
    if wanted.closed_on is not None and wanted.on >= wanted.closed_on:
        yield Reason(_("The service point closed on %(day)s.") % {"day": spoken_day(wanted.closed_on)}, field="point")
    if wanted.already_here:
        yield Reason(
            _("This account already works at this point, at this window."),
            field="account",
            next_step=_("Nothing needs to be done."),
        )
    if wanted.planned_on is not None:
        yield Reason(
            _("A posting of this account from %(day)s on is planned already.") % {"day": spoken_day(wanted.planned_on)},
            field="from_on",
            next_step=_("Call that one off first, or choose a later day."),
        )


def why_not_end_posting(*, on: date, today: date, until_on: date | None) -> Iterator[Reason]:
    """Why somebody is not let go from a point on a day."""
    if on < today:
        yield _over("on")
    if until_on is not None and until_on <= today:
        yield Reason(_("The posting ended on %(day)s.") % {"day": spoken_day(until_on)})
    elif until_on is not None and until_on < on:
        yield Reason(
            _("The posting ends on %(day)s already.") % {"day": spoken_day(until_on)},
            field="on",
            next_step=_("Choose an earlier day, or post them anew from that day on."),
        )


def _over(field: str) -> Reason:
    return Reason(
        _("This day is over; who was at work on it stands on record."),
        field=field,
        next_step=_("Choose today or a later day."),
    )


def why_not_hall(*, floor_m2: int | None, hall_m2: int | None) -> Iterator[Reason]:
    """Why the room for the public cannot be so large."""
    if floor_m2 is not None and hall_m2 is not None and hall_m2 > floor_m2:
        yield Reason(
            _("The hall for the public is larger than the whole floor."),
            field="hall_m2",
            next_step=_("The floor counts every room of the point, the hall included."),
        )
