"""Pages of the figures."""

from openpes.statistics.views.files import report_csv, report_pdf, report_xlsx
from openpes.statistics.views.reports import figure, report

__all__ = ["figure", "report", "report_csv", "report_pdf", "report_xlsx"]
