"""Employers, each once by its unified social credit code."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q

from openpes.kernel import Actor, AreaField, ScopedQuerySet


class EmployerQuerySet(ScopedQuerySet):
    def seen_by(self, actor: Actor) -> Self:
        """An employer's account sees its own row; staff see their area."""
        return self.filter(pk=actor.employer) if actor.employer else self.visible_to(actor.scope)

    def matching(self, text: str) -> Self:
        """Employers whose name holds the text, or whose credit code begins with it."""
        code = text.upper().replace(" ", "")
        return self.filter(Q(name__icontains=text) | Q(credit_code__gte=code, credit_code__lt=code + "~"))


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

    objects = EmployerQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
