"""Rights over appointments."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

KEEP_APPOINTMENTS = Permission("appointments.keep", _("Book and cancel appointments for people, receive them"))
OWN_APPOINTMENTS = Permission("appointments.own", _("Book and cancel own appointments"))
