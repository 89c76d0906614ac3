"""Pages of the figures."""

from openpes.statistics.views.reports import class_name, figure, report, report_csv

__all__ = ["class_name", "figure", "report", "report_csv"]
