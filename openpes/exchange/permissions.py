"""Rights over the open interfaces."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

KEEP_KEYS = Permission("exchange.keep_keys", _("Issue, rotate and end keys of the open interfaces"))
