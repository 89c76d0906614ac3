"""Rights of the counter."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

USE_DESK = Permission("counter.use_desk", _("Work at the desk: find persons, open their files, see the to-do list"))
WORK_QUEUE = Permission("counter.work_queue", _("Give numbers in the hall and call them to windows"))
