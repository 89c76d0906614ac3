"""Figures that are kept, so that a board adds up some hundreds of numbers and no millions of rows."""

from django.db import models

from openpes.kernel import AreaField, ScopedQuerySet


class KeptFigure(models.Model):
    """That a figure of some days is kept by village.

    What facts add up to is counted from them once and then moved by every fact that is appended. The others are counted
    from their rows again from `due_at` on.
    """

    figure = models.CharField(max_length=40)
    from_on = models.DateField()
    until_on = models.DateField()
    counted_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["figure", "from_on", "until_on"]
        constraints = [models.UniqueConstraint(fields=["figure", "from_on", "until_on"], name="figure_kept_once")]


class KeptCount(models.Model):
    """What a kept figure comes to in one village, or in one cell of it; nothing stands for nothing."""

    figure = models.ForeignKey(KeptFigure, models.CASCADE, related_name="+", db_index=False)
    area = AreaField()
    cell = models.CharField(max_length=12, blank=True, default="", db_collation="C")
    numerator = models.BigIntegerField(default=0)
    denominator = models.BigIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["figure", "area", "cell"]
        constraints = [models.UniqueConstraint(fields=["figure", "area", "cell"], name="counted_once_a_village")]
