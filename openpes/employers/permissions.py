"""Rights over employers."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

VIEW_EMPLOYERS = Permission("employers.view_employers", _("See the employers of the area"))
EDIT_EMPLOYERS = Permission("employers.edit_employers", _("Register employers and change their facts"))
MANAGE_OWN = Permission("employers.manage_own", _("See the own firm and keep its contact up to date"))
