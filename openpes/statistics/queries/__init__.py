"""Figures of an area and the rows behind them."""

from openpes.statistics.queries.behind import (
    Figure,
    keyed,
    rows_behind,
    total_behind,
    vacancies_behind,
    wishes_behind,
)
from openpes.statistics.queries.counting import Inputs, counted_sides, inputs_of, totals_of
from openpes.statistics.queries.facts import fact_parts
from openpes.statistics.queries.printed import (
    PrintedRow,
    PrintedTable,
    as_stored,
    column_names,
    figure_of,
    from_stored,
    printed_tables,
    row_name,
)
from openpes.statistics.queries.reports import (
    CLASS_ROWS,
    NO_WISH,
    Compared,
    Counts,
    Report,
    compared,
    demand_counts,
    recent_quarters,
    report,
    seeker_counts,
)
from openpes.statistics.queries.texts import Written, renamed_inside, written, written_from

__all__ = [
    "CLASS_ROWS",
    "NO_WISH",
    "Compared",
    "Counts",
    "Figure",
    "Inputs",
    "PrintedRow",
    "PrintedTable",
    "Report",
    "Written",
    "as_stored",
    "column_names",
    "compared",
    "counted_sides",
    "demand_counts",
    "fact_parts",
    "figure_of",
    "from_stored",
    "inputs_of",
    "keyed",
    "printed_tables",
    "recent_quarters",
    "renamed_inside",
    "report",
    "row_name",
    "rows_behind",
    "seeker_counts",
    "total_behind",
    "totals_of",
    "vacancies_behind",
    "wishes_behind",
    "written",
    "written_from",
]
