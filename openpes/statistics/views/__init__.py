"""Pages of the figures."""

from openpes.statistics.views.files import report_csv
from openpes.statistics.views.reports import figure, report

__all__ = ["figure", "report", "report_csv"]
