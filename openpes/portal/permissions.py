"""Rights of those who serve themselves."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

OWN_PAGE = Permission("portal.own_page", _("See the own file, suggestions, introductions, and who read the file"))
EMPLOYER_PAGE = Permission("portal.employer_page", _("See the own firm's vacancies and what is to be done"))
