"""The levels and kinds of service points, and what stands and is offered in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.IntegerChoices):
    """Levels of areas and of service points; the number is what the statistical code calls them."""

    CITY = 2, _("City")
    COUNTY = 3, _("County or district")
    TOWN = 4, _("Town or street")
    VILLAGE = 5, _("Community or village")


class PointKind(models.TextChoices):
    """What a service point is; the first six stand on the level that their name says."""

    CITY_MARKET = "city_market", _("City market")
    COUNTY_MARKET = "county_market", _("County or district market")
    KEY_TOWN_MARKET = "key_town_market", _("Key township market")
    TOWN_OFFICE = "town_office", _("Township or street office")
    COMMUNITY_STATION = "community_station", _("Community station")
    VILLAGE_STATION = "village_station", _("Village station")
    REEMPLOYMENT_CENTRE = "reemployment_centre", _("Re-employment service centre of a firm")
    TRAINING_BASE = "training_base", _("Training base")


LEVEL_OF_KIND = {
    PointKind.CITY_MARKET: Level.CITY,
    PointKind.COUNTY_MARKET: Level.COUNTY,
    PointKind.KEY_TOWN_MARKET: Level.TOWN,
    PointKind.TOWN_OFFICE: Level.TOWN,
    PointKind.COMMUNITY_STATION: Level.VILLAGE,
    PointKind.VILLAGE_STATION: Level.VILLAGE,
}
# The founding plan counts offices of the service itself, not centres inside firms and not training bases.
OFFICE_KINDS = tuple(LEVEL_OF_KIND)


class WindowPurpose(models.TextChoices):
    """What a window of a service point is for."""

    GENERAL = "general", _("All matters")
    REGISTRATION = "registration", _("Employment and unemployment registration")
    PLACEMENT = "placement", _("Job seeking and hiring")
    GUIDANCE = "guidance", _("Vocational guidance and policy advice")
    TRAINING = "training", _("Training")
    INSURANCE = "insurance", _("Social insurance and benefits")


class EquipmentKind(models.TextChoices):
    """What a service point works with."""

    COMPUTER = "computer", pgettext_lazy("equipment", "Computers")
    PRINTER = "printer", pgettext_lazy("equipment", "Printers")
    CARD_READER = "card_reader", pgettext_lazy("equipment", "Identity card readers")
    SCANNER = "scanner", pgettext_lazy("equipment", "Document scanners")
    SCREEN = "screen", pgettext_lazy("equipment", "Hall screens")
    KIOSK = "kiosk", pgettext_lazy("equipment", "Self-service machines")
    CAMERA = "camera", pgettext_lazy("equipment", "Video interview places")


class Weekday(models.IntegerChoices):
    """Days of the week, counted as ISO 8601 does."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class YearGrade(models.TextChoices):
    """How a year of work was judged."""

    EXCELLENT = "excellent", _("Excellent")
    COMPETENT = "competent", _("Competent")
    BARELY = "barely", _("Barely competent")
    FAILED = "failed", _("Not competent")


class AcceptanceState(models.TextChoices):
    """How far the acceptance of a service point is."""

    PREPARED = "prepared", pgettext_lazy("acceptance", "Being prepared")
    SUBMITTED = "submitted", pgettext_lazy("acceptance", "Submitted")
    ASSESSED = "assessed", pgettext_lazy("acceptance", "Signed by one assessor")
    PASSED = "passed", pgettext_lazy("acceptance", "Passed")
    FAILED = "failed", pgettext_lazy("acceptance", "Not passed")


class Standing(models.TextChoices):
    """Where a service point stands with a check-list on a day: its re-check comes due, or its mending is late."""

    NONE = "none", pgettext_lazy("acceptance", "Not begun")
    PREPARED = "prepared", pgettext_lazy("acceptance", "Being prepared")
    SUBMITTED = "submitted", pgettext_lazy("acceptance", "Submitted")
    ASSESSED = "assessed", pgettext_lazy("acceptance", "Signed by one assessor")
    PASSED = "passed", pgettext_lazy("acceptance", "Passed")
    FAILED = "failed", pgettext_lazy("acceptance", "Not passed")
    DUE = "due", pgettext_lazy("acceptance", "Re-check due")
    UNMENDED = "unmended", pgettext_lazy("acceptance", "Not mended in time")


class PilotState(models.TextChoices):
    """How far a pilot application is."""

    APPLIED = "applied", pgettext_lazy("pilot", "Applied")
    RETURNED = "returned", pgettext_lazy("pilot", "Returned")
    REVIEWED = "reviewed", pgettext_lazy("pilot", "Reviewed")
    APPROVED = "approved", pgettext_lazy("pilot", "Approved")
    ACCEPTED = "accepted", pgettext_lazy("pilot", "Accepted")
    REJECTED = "rejected", pgettext_lazy("pilot", "Rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("pilot", "Withdrawn")
