"""Rights over vacancies."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

VIEW_VACANCIES = Permission("vacancies.view_vacancies", _("See the vacancies of the area, drafts included"))
EDIT_VACANCIES = Permission("vacancies.edit_vacancies", _("Write and change vacancies for employers"))
PUBLISH_VACANCIES = Permission("vacancies.publish_vacancies", _("Publish and close vacancies"))
MANAGE_OWN = Permission(
    "vacancies.manage_own", _("Write the own firm's vacancies and ask for their publication")
)
