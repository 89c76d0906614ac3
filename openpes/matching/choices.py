"""How a public search can be ordered and narrowed."""

from collections.abc import Mapping
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CHANGES_SHOWN = 3  # concessions that a page tells, the one that brings most first


class Sort(models.TextChoices):
    """Orders of the result."""

    NEW = "new", _("Newest")
    RELEVANCE = "relevance", _("Most fitting")
    PAY = "pay", _("Highest pay")
    DISTANCE = "distance", _("Nearest")
    PLACES = "places", _("Most places")


class Grade(models.TextChoices):
    """How well a person and a vacancy fit, in a word."""

    EXCELLENT = "excellent", pgettext_lazy("fit", "Excellent")
    GOOD = "good", pgettext_lazy("fit", "Good")
    FAIR = "fair", pgettext_lazy("fit", "Fair")
    WEAK = "weak", pgettext_lazy("fit", "Weak")
    DISTANT = "distant", pgettext_lazy("fit", "Distant work")
    EXCLUDED = "excluded", pgettext_lazy("fit", "A condition is not met")

    @classmethod
    def of(cls, percent: int | None, steps: Mapping[str, int], *, distant: bool = False) -> Self:
        """The grade of a score in per cent by the steps of a day; None where a hard condition fails.

        `distant`: the work is of the same major class at most, so that no score makes it a good one.
        """
        if percent is None:
            return cls.EXCLUDED
        if distant:
            return cls.DISTANT
        graded = (cls.EXCELLENT, cls.GOOD, cls.FAIR)
        return next((grade for grade in graded if percent >= steps[grade.value]), cls.WEAK)

    @property
    def tone(self) -> str:
        """The colour in which it stands."""
        tones = {"excellent": "ok", "good": "ok", "fair": "wait", "distant": "wait", "weak": "plain"}
        return tones.get(self.value, "bad")


class Topic(models.TextChoices):
    """What the figures of a night are about."""

    SEX = "sex", pgettext_lazy("figures", "Sex")
    AGE = "age", pgettext_lazy("figures", "Age")
    HOME = "home", pgettext_lazy("figures", "Household registration")
    GROUP = "group", pgettext_lazy("figures", "Group")
    SPREAD = "spread", pgettext_lazy("figures", "Spread of vacancies")


class AgeBand(models.TextChoices):
    """Bands of age, by completed years."""

    UNDER_25 = "0", _("under 25")
    FROM_25 = "25", _("25–34")
    FROM_35 = "35", _("35–44")
    FROM_45 = "45", _("45–54")
    FROM_55 = "55", _("55 and older")

    @classmethod
    def firsts(cls) -> list[int]:
        """The first year of each band."""
        return [int(value) for value in cls.values]


class PayBand(models.TextChoices):
    """Bands of monthly pay by the top of the range, in yuan."""

    UNDER_3000 = "0-3000", _("Under 3,000 yuan")
    UPTO_5000 = "3000-5000", _("3,000–5,000 yuan")
    UPTO_8000 = "5000-8000", _("5,000–8,000 yuan")
    UPTO_12000 = "8000-12000", _("8,000–12,000 yuan")
    OVER_12000 = "12000-", _("12,000 yuan and more")

    @property
    def bounds(self) -> tuple[int, int]:
        """Lowest (inclusive) and highest (exclusive) top of the pay range, in fen."""
        low, _dash, high = self.value.partition("-")
        return int(low) * 100, int(high) * 100 if high else 10**15
