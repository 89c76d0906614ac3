"""Rights over what is released."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

PRINT_BULLETINS = Permission("screens.print_bulletins", _("Print bulletins of open vacancies"))
