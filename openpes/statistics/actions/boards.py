"""The figures of the city are made for everybody once a day, with the small numbers hidden before they are stored."""

from datetime import datetime
from typing import Any

from openpes.engine.indicators import KEYS, ShieldedTable, shielded_line, shielded_table
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, action, publish
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.network.queries import areas_below
from openpes.statistics.choices import Side
from openpes.statistics.events import BoardPublished
from openpes.statistics.models import PublicBoard
from openpes.statistics.queries.boards import heat, pyramid
from openpes.statistics.queries.indicators import measured_below
from openpes.statistics.queries.targets import year_of


@action
def publish_board(*, by: Actor, at: datetime) -> PublicBoard:
    """Make the public figures of the day: registered unemployed by county, job seekers by county and occupation class,
    the registered labour force by age and sex; no number below the parameter `small_cell_threshold` can be told.

    Made again on the same day, they replace those of the day.
    """
    on = day_of(at)
    least = int(parameters().value("small_cell_threshold", on))
    units = [unit.path for unit in areas_below(CITY)]
    jobless = measured_below(code="unemployed", scope=CITY, areas=units, period=year_of(on.year), on=on)
    line = shielded_line([jobless[unit].numerator or 0 for unit in units], least=least)
    seekers = heat(side=Side.SEEKERS, scope=CITY, area=CITY, on=on)
    wished = shielded_table([[seekers.counts.get((unit, key), 0) for key in KEYS[5]] for unit in units], least=least)
    bands = pyramid(scope=CITY, area=CITY, on=on)
    ages = shielded_table([[one.men, one.women] for one in bands], least=least)
    content = {
        "least": least,
        "units": units,
        "unemployed": {"values": line.values, "total": line.total},
        "classes": list(KEYS[5]),
        "seekers": _told(wished),
        "bands": [one.first for one in bands],
        "ages": _told(ages),
    }
    cells = [*line.values, line.total, *_cells(wished), *_cells(ages)]
    hidden = sum(cell is None for cell in cells)
    made, _new = PublicBoard.objects.update_or_create(
        made_on=on, defaults={"content": content, "made_at": at, "hidden": hidden, "shown": len(cells) - hidden}
    )
    publish(BoardPublished(area=CITY, made_on=on, shown=made.shown, hidden=made.hidden, by=by.id, at=at))
    return made


def _told(table: ShieldedTable) -> dict[str, Any]:
    return {
        "cells": table.cells, "rows": table.row_totals, "columns": table.column_totals, "total": table.total,
    }  # fmt: skip


def _cells(table: ShieldedTable) -> list[int | None]:
    return [*(cell for row in table.cells for cell in row), *table.row_totals, *table.column_totals, table.total]
