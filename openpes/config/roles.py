"""Every role of the service with all its permissions, on one page."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import GRANT_ROLES, VIEW_ROLES, Role

ROLES: list[Role] = []
