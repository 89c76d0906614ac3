"""Rights of statistics."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

VIEW_REPORTS = Permission("statistics.view_reports", _("See the reports of an area and the rows behind every figure"))
SET_TARGETS = Permission("statistics.set_targets", _("Propose targets, agree to them and hand them down"))
PUBLISH_REPORTS = Permission(
    "statistics.publish_reports", _("Draw reports up, publish those of others, and count published ones again")
)
