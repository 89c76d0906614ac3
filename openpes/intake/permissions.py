"""Who may bring in files. What a file may hold is the permission of its kind, which the offering room names."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

IMPORT_FILES = Permission("intake.import_files", _("Bring in tables from Excel and take them back"))
