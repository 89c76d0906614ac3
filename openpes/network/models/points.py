"""Service points: where they are, when they are open, what stands in them, how they look, when they were at work."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.kernel import AreaField, ScopedQuerySet
from openpes.network.choices import LEVEL_OF_KIND, EquipmentKind, Level, PointKind, Weekday, WindowPurpose

FREE_KINDS = [kind for kind in PointKind if kind not in LEVEL_OF_KIND]
FITS_LEVEL = Q(kind__in=FREE_KINDS)
for _kind, _level in LEVEL_OF_KIND.items():
    FITS_LEVEL |= Q(kind=_kind, level=_level)
HAS_HOST = Q(contact_office__isnull=False) & ~Q(host_name="")


class PointQuerySet(ScopedQuerySet):
    def open_on(self, day: date) -> Self:
        """Points that have opened and have not closed by a day."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), opened_on__lte=day)


class ServicePoint(models.Model):
    """A market, office or station of the service, a firm's re-employment centre, or a training base.

    A re-employment centre stands in a firm (`host_name`, `host_code`) and has its fixed office to turn to.
    """

    area = AreaField(db_index=True)
    level = models.PositiveSmallIntegerField(choices=Level)
    kind = models.CharField(max_length=30, choices=PointKind)
    name = models.CharField(max_length=100)
    address = models.CharField(max_length=200, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    floor_m2 = models.PositiveIntegerField(null=True)
    hall_m2 = models.PositiveIntegerField(null=True)
    host_name = models.CharField(max_length=100, blank=True, default="")
    host_code = models.CharField(max_length=18, blank=True, default="")
    contact_office = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = PointQuerySet.as_manager()

    class Meta:
        ordering = ["area", "id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], name="service_point_once"),
            models.CheckConstraint(condition=FITS_LEVEL, name="point_kind_fits_level"),
            models.CheckConstraint(
                condition=~Q(kind=PointKind.REEMPLOYMENT_CENTRE) | HAS_HOST, name="centre_has_firm_and_office"
            ),
            models.CheckConstraint(
                condition=Q(hall_m2__isnull=True) | Q(floor_m2__isnull=True) | Q(hall_m2__lte=F("floor_m2")),
                name="hall_inside_the_floor",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gt=F("opened_on")), name="point_period"
            ),
        ]


class ServiceWindow(models.Model):
    """A numbered window of a point and one thing that it is for."""

    area = AreaField(db_index=True)
    point = models.ForeignKey(ServicePoint, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=20, choices=WindowPurpose)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["point", "number", "purpose"]
        constraints = [
            models.UniqueConstraint(fields=["point", "number", "purpose"], name="window_purpose_once"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=99), name="window_number"),
        ]


class OpeningHours(models.Model):
    """One stretch of a weekday in which a point is open, in minutes after midnight; stretches never overlap."""

    area = AreaField(db_index=True)
    point = models.ForeignKey(ServicePoint, models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    from_minute = models.PositiveSmallIntegerField()
    until_minute = models.PositiveSmallIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["point", "weekday", "from_minute"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__gte=1, weekday__lte=7, until_minute__lte=24 * 60)
                & Q(until_minute__gt=F("from_minute")),
                name="opening_hours_of_a_day",
            )
        ]


class PointEquipment(models.Model):
    """How many of one kind of equipment stand in a point."""

    area = AreaField(db_index=True)
    point = models.ForeignKey(ServicePoint, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=EquipmentKind)
    pieces = models.PositiveSmallIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["point", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["point", "kind"], name="equipment_kind_once"),
            models.CheckConstraint(condition=Q(pieces__gte=1), name="equipment_is_there"),
        ]


class PointPicture(models.Model):
    """A picture of a point that everybody may see, reduced to what draws it; `place_no` is its place in the row."""

    area = AreaField(db_index=True)
    point = models.ForeignKey(ServicePoint, models.CASCADE, related_name="+")
    place_no = models.PositiveSmallIntegerField()
    caption = models.CharField(max_length=60)
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    added_by = models.BigIntegerField()
    added_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["point", "place_no"]
        constraints = [
            models.UniqueConstraint(fields=["point", "place_no"], name="picture_place_once"),
            models.UniqueConstraint(fields=["point", "digest"], name="same_picture_once"),
            models.CheckConstraint(
                condition=Q(media_type__in=["image/jpeg", "image/png"]), name="picture_is_jpeg_or_png"
            ),
        ]


class WorkingDay(models.Model):
    """A day on which a service point recorded at least one act: the proof that it is online."""

    area = AreaField(db_index=True)
    point = models.ForeignKey(ServicePoint, models.CASCADE, related_name="+")
    worked_on = models.DateField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "worked_on"], name="working_day_once")]
