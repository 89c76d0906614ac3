"""Closed vocabularies of employers: the national code sets that their fields use, and words of our own."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

UNIT_TYPE, ECONOMIC_TYPE = "unit_type", "economic_type"


class SizeClass(models.TextChoices):
    """How large an enterprise is by its staff alone (国家统计局 2017)."""

    LARGE = "large", _("Large")
    MEDIUM = "medium", _("Medium")
    SMALL = "small", _("Small")
    MICRO = "micro", _("Micro")


class DocumentKind(models.TextChoices):
    """Which paper of an employer was seen."""

    LICENCE = "licence", _("Business licence")
    INSTITUTION = "institution", _("Certificate of an institution")
    AGENCY = "agency", _("Permit for human resources services")
    DISPATCH = "dispatch", _("Permit for labour dispatch")
    TRADE = "trade", _("Permit of the trade")
    AUTHORITY = "authority", _("Letter of authority")


class Purpose(models.TextChoices):
    """What somebody at an employer agreed to be contacted for."""

    VACANCIES = "vacancies", _("Vacancies and their reports")
    VISITS = "visits", _("Visits")
    SEEKERS = "seekers", _("Introduced persons and interviews")
    POLICIES = "policies", _("Policies and fairs")


class ConsentWay(models.TextChoices):
    """How a consent was given."""

    WRITTEN = "written", pgettext_lazy("consent", "In writing")
    ORAL = "oral", pgettext_lazy("consent", "By word of mouth")
    ONLINE = "online", pgettext_lazy("consent", "On the own page")


class BlacklistGround(models.TextChoices):
    """Why the service does not serve an employer for a time."""

    FALSE = "false", _("False vacancies")
    FEES = "fees", _("Fees or deposits taken from seekers")
    WAGES = "wages", _("Wages withheld")
    UNLAWFUL = "unlawful", _("Discrimination or forced labour")
    MINORS = "minors", _("Child labour")
    FRAUD = "fraud", _("Subsidies or benefits obtained by fraud")


class BlacklistOutcome(models.TextChoices):
    """What the second officer decided."""

    ENTERED = "entered", _("Entered")
    DECLINED = "declined", _("Declined")


class AppealOutcome(models.TextChoices):
    """What came of an appeal."""

    UPHELD = "upheld", _("The entry stays")
    LIFTED = "lifted", _("The entry is lifted")


class MemberRight(models.TextChoices):
    """What somebody may do on the pages of an employer; the values are roles of `config.roles`."""

    ADMIN = "employer", pgettext_lazy("employer account", "Administrator")
    RECRUITER = "employer_recruiter", _("Recruiter")
    READER = "employer_reader", _("Reader")
