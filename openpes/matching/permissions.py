"""Rights of matching."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

VIEW_SUGGESTIONS = Permission(
    "matching.view_suggestions", _("See suggested vacancies and candidates with their reasons")
)
VIEW_FAIRNESS = Permission("matching.view_fairness", _("See which groups of persons are suggested how often"))
VIEW_WEIGHTS = Permission("matching.view_weights", _("See the weights with which suggestions are ranked"))
