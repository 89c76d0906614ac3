"""Rights of statistics."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

VIEW_REPORTS = Permission("statistics.view_reports", _("See the reports of an area and the rows behind every figure"))
SET_TARGETS = Permission("statistics.set_targets", _("Propose targets, agree to them and hand them down"))
PUBLISH_REPORTS = Permission(
    "statistics.publish_reports", _("Draw reports up, publish those of others, and count published ones again")
)
KEEP_THRESHOLDS = Permission(
    "statistics.keep_thresholds", _("Have figures watched, end that, and acknowledge the alerts of an area")
)
VIEW_RECIPIENTS = Permission("statistics.view_recipients", _("See who gets which reports of an area every month"))
KEEP_REGISTERS = Permission("statistics.registers", _("Read the monthly registers of an area and print them, masked"))
