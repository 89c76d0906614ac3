"""Employers, each once by its unified social credit code."""

import pghistory
from django.db import models

from openpes.kernel import AreaField, ScopedQuerySet


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=False)
class Employer(models.Model):
    """A firm, institution or household business that employs people."""

    area = AreaField(db_index=True)
    credit_code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120, db_index=True)
    address = models.CharField(max_length=200, blank=True, default="")
    unit_type = models.CharField(max_length=2, blank=True, default="")
    economic_type = models.CharField(max_length=3, blank=True, default="")
    industry = models.CharField(max_length=5, blank=True, default="")
    staff_count = models.PositiveIntegerField(null=True)
    contact_name = models.CharField(max_length=80, blank=True, default="")
    contact_phone = models.CharField(max_length=30, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
