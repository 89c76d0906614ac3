"""Rights over employers."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

VIEW_EMPLOYERS = Permission("employers.view_employers", _("See the employers of the area"))
EDIT_EMPLOYERS = Permission("employers.edit_employers", _("Register employers and change their facts"))
BLACKLIST = Permission("employers.blacklist", _("Propose and decide entries on the blacklist of employers"))
MANAGE_OWN = Permission("employers.manage_own", _("See the own firm and keep its contact up to date"))
KEEP_OWN_PEOPLE = Permission("employers.keep_own_people", _("Invite people of the own firm and end their accounts"))
