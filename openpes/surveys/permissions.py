"""Rights in surveys."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

VIEW_SURVEYS = Permission("surveys.view_surveys", _("See labour surveys and their progress"))
ORDER_SURVEYS = Permission("surveys.order_surveys", _("Plan, start and close labour surveys; give out villages"))
ANSWER_SURVEYS = Permission("surveys.answer_surveys", _("Survey households, and ask them again for a spot-check"))
CHECK_SURVEYS = Permission("surveys.check_surveys", _("Draw spot-checks of surveys and mark their results"))
