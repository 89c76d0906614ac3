"""Rights in the journal."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

VIEW_JOURNAL = Permission("audit.view_journal", _("Read the journal of the area"))
VIEW_SEALS = Permission("audit.view_seals", _("See the seals of the journal and take away their heads"))
