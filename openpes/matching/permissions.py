"""Rights of matching."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

VIEW_SUGGESTIONS = Permission(
    "matching.view_suggestions", _("See suggested vacancies and candidates with their reasons")
)
VIEW_WEIGHTS = Permission("matching.view_weights", _("See the weights with which suggestions are ranked"))
