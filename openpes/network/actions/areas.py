"""Loading the areas of the city, and recording how many people they have."""

from datetime import date, datetime

from openpes.engine.areas import AreaTree, areas
from openpes.kernel import Actor, action, clock, publish, refuse_if
from openpes.network import queries, rules
from openpes.network.choices import Level
from openpes.network.events import AreasLoaded, PopulationRecorded
from openpes.network.models import Area, AreaPopulation, AreaTerm

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
def record_population(
    *, area: str, counted_on: date, persons: int, source: str, by: Actor, at: datetime
) -> AreaPopulation:
    """Record how many people a unit had on a day; a second count of the same day takes the place of the first.

    :raises Refused: the area is unknown or outside one's own, the day is to come, or no source is named
    """
    level = queries.area(area).level if queries.area_exists(area) else None
    inside = bool(by.scope) and area.startswith(by.scope)
    refuse_if(
        rules.why_not_population(
            level=level, inside=inside, counted_on=counted_on, on=clock.day_of(at), source=source
        )
    )
    counted, _fresh = AreaPopulation.objects.update_or_create(
        unit_id=area,
        counted_on=counted_on,
        defaults={"persons": persons, "source": source.strip(), "recorded_by": by.id},
    )
    publish(PopulationRecorded(area=area, counted_on=counted_on, persons=persons, by=by.id, at=at))
    return counted


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
