"""Figures of an area and the rows behind them."""

from openpes.statistics.queries.reports import (
    CLASS_ROWS,
    NO_WISH,
    Counts,
    Figure,
    Report,
    demand_counts,
    report,
    rows_behind,
    seeker_counts,
    total_behind,
    vacancies_behind,
    wishes_behind,
)

__all__ = [
    "CLASS_ROWS",
    "NO_WISH",
    "Counts",
    "Figure",
    "Report",
    "demand_counts",
    "report",
    "rows_behind",
    "seeker_counts",
    "total_behind",
    "vacancies_behind",
    "wishes_behind",
]
