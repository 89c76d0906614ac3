"""Reports as they are drawn up, published and counted again."""

from typing import Self

from django.db import models
from django.db.models import F, Q, Value

from openpes.engine.calendars import Period
from openpes.kernel import AreaField, ScopedQuerySet
from openpes.kernel.hands import HandsField, by_another
from openpes.statistics.choices import ReturnKind

SEAL = 64  # hexadecimal digits of a SHA-256
MARKS = {ReturnKind.AGENCIES: "7-"}  # of 劳社统就7号


class EditionQuerySet(ScopedQuerySet):
    def of(self, kind: str, area: str, period: Period) -> Self:
        """Every edition of a return of an area about a period."""
        return self.filter(kind=kind, area=area, from_on=period.from_on, until_on=period.until_on)


class Reported(models.Model):
    """What a report is about, by which rule, from which rows, in which words, and why it corrects another.

    `others` counts the rows behind it beside vacancies and wishes, by what they are.
    """

    kind = models.CharField(
        max_length=20, choices=ReturnKind, default=ReturnKind.SUPPLY_DEMAND, db_default=ReturnKind.SUPPLY_DEMAND
    )
    area = AreaField(db_index=True)
    from_on = models.DateField()
    until_on = models.DateField()
    allotted = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True, default="")
    seal = models.CharField(max_length=SEAL)
    vacancies = models.PositiveIntegerField()
    wishes = models.PositiveIntegerField()
    others = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    texts = models.JSONField()  # by language: [{"key", "computed", "edited"}]
    drawn_up_at = models.DateTimeField()
    drawn_up_by = models.BigIntegerField()
    drawn_up_hands = HandsField()

    class Meta:
        abstract = True

    @property
    def period(self) -> Period:
        """The days that it is about."""
        return Period(self.from_on, self.until_on)


class ReportEdition(Reported):
    """One edition of a published report: its tables, text and pages as they were sealed; never changed.

    A correction is a new edition with a reason. The public reads `public_tables`, `public_texts` and the two files, in
    which small numbers are hidden.
    """

    edition = models.PositiveSmallIntegerField()
    definition = models.CharField(max_length=40)
    tables = models.JSONField()
    compared = models.JSONField()
    digest = models.CharField(max_length=SEAL)
    public_tables = models.JSONField()
    public_texts = models.JSONField()
    pages_zh = models.BinaryField()
    pages_en = models.BinaryField()
    published_at = models.DateTimeField()
    published_by = models.BigIntegerField()
    published_hands = HandsField()

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "area", "from_on", "until_on", "edition"], name="edition_once"),
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="edition_period"),
            models.CheckConstraint(condition=Q(edition=1) | ~Q(reason=""), name="edition_correction_says_why"),
            by_another("published_hands", "drawn_up_hands", name="edition_published_by_another"),
        ]

    @property
    def number(self) -> str:
        """The number of the edition: area, first and last day, and which one of them; a form has its mark before it."""
        mark = MARKS.get(self.kind, "")
        return f"{mark}{self.area}-{self.from_on:%Y%m%d}-{self.period.last_on:%Y%m%d}-{self.edition}"


class ReportDraft(Reported):
    """A report that was drawn up for publication and waits for another pair of hands; one a kind, area and period."""

    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-drawn_up_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "area", "from_on", "until_on"], name="edition_drawn_up_once"),
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="edition_draft_period"),
        ]


class EditionCheck(models.Model):
    """That somebody counted a published report again, and whether the same came out."""

    area = AreaField(db_index=True)
    edition = models.ForeignKey(ReportEdition, models.PROTECT, related_name="+")
    seal = models.CharField(max_length=SEAL)
    vacancies = models.PositiveIntegerField()
    wishes = models.PositiveIntegerField()
    others = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    differing = models.JSONField()  # numbers of the tables that came out otherwise
    same = models.BooleanField()
    checked_at = models.DateTimeField()
    checked_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-checked_at", "-id"]
