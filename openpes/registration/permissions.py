"""Rights over registrations and job wishes."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

VIEW_REGISTRATIONS = Permission("registration.view", _("See registrations and the lists of registered persons"))
REGISTER_UNEMPLOYMENT = Permission("registration.unemployment", _("Register unemployment and end it"))
REGISTER_EMPLOYMENT = Permission("registration.employment", _("Register employment and end it"))
REGISTER_WISHES = Permission("registration.wish", _("Register, change and end job wishes"))
EXPORT_REGISTRATIONS = Permission("registration.export", _("Export lists of registered persons, masked"))
KEEP_HANDBOOKS = Permission("registration.handbook", _("Ask for handbooks, replace lost ones, hand them over"))
ISSUE = Permission("registration.issue", _("Issue handbooks and certificates that a colleague prepared"))
EMPLOYER_FILES = Permission("registration.file_own", _("File hires and ends of the own unit, give handbooks back"))
OWN_REGISTRATION = Permission("registration.own", _("Confirm the own unemployment, appeal, read the own handbook"))
DECIDE = Permission("registration.decide", _("Rule appeals against what a colleague decided"))
KEEP_CERTIFICATES = Permission("registration.certificate", _("Prepare preference certificates, write uses in"))
