"""Rights over registrations and job wishes."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

VIEW_REGISTRATIONS = Permission("registration.view", _("See registrations and the lists of registered persons"))
REGISTER_UNEMPLOYMENT = Permission("registration.unemployment", _("Register unemployment and end it"))
REGISTER_EMPLOYMENT = Permission("registration.employment", _("Register employment and end it"))
REGISTER_WISHES = Permission("registration.wish", _("Register, change and end job wishes"))
EXPORT_REGISTRATIONS = Permission("registration.export", _("Export lists of registered persons, masked"))
