"""Who gets a figure every month, what is watched, and what was seen to cross a threshold."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.kernel import AreaField, ScopedQuerySet
from openpes.statistics.choices import AlertStep, Content, EndedWhy, Rhythm, Sense

LAST_DAY = 28  # the last day that every month has
MOST_RUNS = 12


class FollowedQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        """Those that have not ended."""
        return self.filter(ended_at__isnull=True)

    def of(self, account: int) -> Self:
        """Those of one account."""
        return self.filter(account=account)


class Followed(models.Model):
    """What an account follows in an area until it ends, and why that was."""

    area = AreaField(db_index=True)
    account = models.BigIntegerField(db_index=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=8, choices=EndedWhy, blank=True, default="")

    objects = FollowedQuerySet.as_manager()

    class Meta:
        abstract = True


def _says_why(name: str) -> models.CheckConstraint:
    says = Q(ended_at__isnull=True, ended_why="") | (Q(ended_at__isnull=False) & ~Q(ended_why=""))
    return models.CheckConstraint(condition=says, name=name)


class Subscription(Followed):
    """That a member of staff gets the board or the report of an area as a PDF every month, on a day of the month."""

    content = models.CharField(max_length=8, choices=Content)
    language = models.CharField(max_length=10)
    day = models.PositiveSmallIntegerField()
    next_on = models.DateField()
    paused_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["area", "content", "id"]
        indexes = [
            models.Index(
                fields=["next_on", "id"], condition=Q(ended_at__isnull=True, paused_at__isnull=True),
                name="subscriptions_due",
            )
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["account", "area", "content"], condition=Q(ended_at__isnull=True), name="subscribed_once"
            ),
            models.CheckConstraint(condition=Q(day__gte=1, day__lte=LAST_DAY), name="subscription_day"),
            _says_why("ended_subscription_says_why"),
        ]


class SubscriptionIssue(models.Model):
    """The PDF that a subscription brought about a month: once a month, never changed."""

    area = AreaField(db_index=True)
    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    pages = models.BinaryField()
    digest = models.CharField(max_length=64)
    message = models.BigIntegerField(null=True)  # the mail that told of it; nothing without an address
    made_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["subscription", "from_on"], name="month_issued_once"),
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="issue_period"),
        ]


class Threshold(Followed):
    """A rule on an indicator of an area: above, below or changed by more than a bound for some periods running.

    It is back when the value is inside the bound by `margin`. `noted_at` says since when facts came that nobody has
    looked at yet, `checked_at` when it was last held against the rows.
    """

    indicator = models.CharField(max_length=40)
    sense = models.CharField(max_length=8, choices=Sense)
    bound = models.DecimalField(max_digits=14, decimal_places=2)
    margin = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    rhythm = models.CharField(max_length=8, choices=Rhythm)
    runs = models.PositiveSmallIntegerField(default=1)
    noted_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["area", "indicator", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "area", "indicator", "sense", "rhythm"], condition=Q(ended_at__isnull=True),
                name="threshold_set_once",
            ),
            models.CheckConstraint(condition=Q(bound__gte=0, margin__gte=0), name="threshold_amounts"),
            models.CheckConstraint(condition=Q(runs__gte=1, runs__lte=MOST_RUNS), name="threshold_runs"),
            _says_why("ended_threshold_says_why"),
        ]  # fmt: skip


class FigureAlertQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        """Those whose figure is not back."""
        return self.filter(back_at__isnull=True)


class FigureAlert(models.Model):
    """That a figure crossed a threshold; open from the crossing until it is back, one of a threshold at most."""

    area = AreaField(db_index=True)
    threshold = models.ForeignKey(Threshold, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    back_at = models.DateTimeField(null=True)

    objects = FigureAlertQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["threshold"], condition=Q(back_at__isnull=True), name="one_alert_open")
        ]


class AlertEntry(models.Model):
    """One line in the history of an alert: what happened, by whom, in which words, at which value; never changed."""

    area = AreaField(db_index=True)
    alert = models.ForeignKey(FigureAlert, models.PROTECT, related_name="+")
    step = models.CharField(max_length=12, choices=AlertStep)
    at = models.DateTimeField()
    by = models.BigIntegerField()
    words = models.CharField(max_length=300, blank=True, default="")
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    before = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # from which a change is counted
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(step="acknowledged") | ~Q(words=""), name="acknowledged_with_words")
        ]
