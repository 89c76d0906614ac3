"""What a figure of the report counts and which part of it; what facts tell of."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Side(models.TextChoices):
    """Demand counts places of vacancies, seekers count registered job wishes."""

    DEMAND = "demand", _("Demand (places)")
    SEEKERS = "seekers", _("Job seekers")


class Origin(models.TextChoices):
    """Whether something was registered in the period, or before it and still valid."""

    CARRIED = "carried", _("Carried over")
    NEW = "new", _("New in the period")
    ALL = "all", _("Valid in the period")


class ReturnKind(models.TextChoices):
    """Which official return it is."""

    SUPPLY_DEMAND = "supply_demand", _("Supply and demand")
    AGENCIES = "agencies", _("Employment agencies (annual form 7)")


class RegisterKind(models.TextChoices):
    """The registers that every office of a labour market keeps, month by month."""

    PLACES = "places", _("Register of vacancies")
    SEEKERS = "seekers", _("Register of job seekers")
    GUIDANCE = "guidance", _("Register of vocational guidance")
    INTRODUCTIONS = "introductions", _("Register of introductions")
    HIRES = "hires", _("Register of hires")
    UNEMPLOYED = "unemployed", _("Register of the unemployed")
    EMPLOYED = "employed", _("Register of the employed")


class FactKind(models.IntegerChoices):
    """What began or ended: one flow each, in the numbers of `engine.figures.kinds`."""

    PLACES_OFFERED = 1, pgettext_lazy("fact", "Places offered")
    PLACES_FILLED = 2, pgettext_lazy("fact", "Places filled")
    PLACES_ENDED = 3, pgettext_lazy("fact", "Places withdrawn or expired")
    WISH_BEGUN = 4, pgettext_lazy("fact", "Job wishes registered")
    WISH_ENDED = 5, pgettext_lazy("fact", "Job wishes ended")
    UNEMPLOYMENT_BEGUN = 6, pgettext_lazy("fact", "Unemployment registered")
    UNEMPLOYMENT_ENDED = 7, pgettext_lazy("fact", "Unemployment ended")
    EMPLOYMENT_BEGUN = 8, pgettext_lazy("fact", "Employment registered")
    EMPLOYMENT_ENDED = 9, pgettext_lazy("fact", "Employment ended")
    INTRODUCTION = 10, pgettext_lazy("fact", "Introductions")
    HIRE = 11, pgettext_lazy("fact", "Hires")
    UNEMPLOYMENT_PASSING = 12, pgettext_lazy("fact", "Unemployment registered and ended on one day")
    EMPLOYMENT_PASSING = 13, pgettext_lazy("fact", "Employment registered and ended on one day")


class FactSource(models.IntegerChoices):
    """The table whose rows are behind facts, or whose rows those are described by."""

    VACANCY = 1
    WISH = 2
    PERIOD = 3
    REFERRAL = 4
    HIRE = 5
    PERSON = 6
    EMPLOYER = 7


class WeightBasis(models.TextChoices):
    """By what a target is divided among the units below."""

    UNEMPLOYED = "unemployed", _("registered unemployed")
    LAST_YEAR = "last_year", _("what each reached in the year before")
    POINTS = "points", _("service points")
    EQUAL = "equal", _("equal parts")
    SAME = "same", _("the same for each (a share)")


class TargetOutcome(models.TextChoices):
    """What the second officer said about a target."""

    AGREED = "agreed", pgettext_lazy("target", "Agreed")
    REFUSED = "refused", pgettext_lazy("target", "Refused")


class Colour(models.TextChoices):
    """How far a target is from the plan of the day."""

    GREEN = "green", _("on plan")
    BLUE = "blue", _("a little behind")
    YELLOW = "yellow", _("behind")
    RED = "red", _("far behind")


class Stock(models.TextChoices):
    """What is there at the end of a day: what began before and has not ended."""

    PLACES = "places", pgettext_lazy("stock", "Open places")
    WISHES = "wishes", pgettext_lazy("stock", "Job wishes in force")
    UNEMPLOYED = "unemployed", pgettext_lazy("stock", "Registered unemployed")
    EMPLOYED = "employed", pgettext_lazy("stock", "Registered employed")


class Dimension(models.TextChoices):
    """By what facts are grouped."""

    COUNTY = "county", pgettext_lazy("dimension", "County")
    TOWN = "town", pgettext_lazy("dimension", "Township")
    VILLAGE = "village", pgettext_lazy("dimension", "Village or community")
    YEAR = "year", pgettext_lazy("dimension", "Year")
    QUARTER = "quarter", pgettext_lazy("dimension", "Quarter")
    MONTH = "month", pgettext_lazy("dimension", "Month")
    MAJOR = "major", pgettext_lazy("dimension", "Occupation, major class")
    MINOR = "minor", pgettext_lazy("dimension", "Occupation, minor class")
    INDUSTRY = "industry", pgettext_lazy("dimension", "Industry")
    UNIT_TYPE = "unit_type", pgettext_lazy("dimension", "Type of unit")
    ECONOMIC_TYPE = "economic_type", pgettext_lazy("dimension", "Economic type")
    SEX = "sex", pgettext_lazy("dimension", "Sex")
    AGE = "age", pgettext_lazy("dimension", "Age")
    EDUCATION = "education", pgettext_lazy("dimension", "Education")
    SKILL = "skill", pgettext_lazy("dimension", "Skill grade")
    PERSON_GROUP = "person_group", pgettext_lazy("dimension", "Group of job seekers")


class Content(models.TextChoices):
    """What a subscription brings every month."""

    BOARD = "board", _("Board of the month")
    REPORT = "report", _("Supply and demand of the month")


class EndedWhy(models.TextChoices):
    """Why a subscription or a threshold ended."""

    HOLDER = "holder", pgettext_lazy("ended", "ended by its holder")
    OFFICE = "office", pgettext_lazy("ended", "ended by a colleague of the office")
    AREA = "area", pgettext_lazy("ended", "the holder is no longer responsible for the area")
    POST = "post", pgettext_lazy("ended", "the holder no longer has a role that sees reports")


class Sense(models.TextChoices):
    """What crosses a threshold."""

    ABOVE = "above", pgettext_lazy("threshold", "is above")
    BELOW = "below", pgettext_lazy("threshold", "is below")
    CHANGE = "change", pgettext_lazy("threshold", "changes by more than")


class Rhythm(models.TextChoices):
    """The periods that a threshold looks at one by one."""

    DAY = "day", pgettext_lazy("threshold", "day")
    MONTH = "month", pgettext_lazy("threshold", "month")
    QUARTER = "quarter", pgettext_lazy("threshold", "quarter")


class AlertStep(models.TextChoices):
    """What happened to an alert."""

    RAISED = "raised", pgettext_lazy("alert", "Raised")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("alert", "Acknowledged")
    BACK = "back", pgettext_lazy("alert", "Back")
    DROPPED = "dropped", pgettext_lazy("alert", "Threshold ended")
