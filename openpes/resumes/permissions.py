"""Rights over resumes."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

OWN_RESUME = Permission("resumes.own", _("Write the own CV and say which employers may read it"))
