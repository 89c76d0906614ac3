"""Rights over vacancy reporting."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

VIEW_REPORTING = Permission("reporting.view", _("See which employers report their vacancies, and the coverage"))
KEEP_REPORTING = Permission("reporting.keep", _("Set duties, take reports, call and visit employers"))
INFORM = Permission("reporting.inform", _("Tell the office of firms and vacancies in the own village"))
REPORT_OWN = Permission("reporting.report_own", _("Report the vacancies of the own firm"))
