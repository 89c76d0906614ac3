"""Employers, each once by its unified social credit code."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left, Right

from openpes.kernel import Actor, AreaField, ScopedQuerySet

# Places 9 to 17 of a credit code; an employer that has no such code yet is registered under these nine alone.
ORGANISATION = Left(Right(F("credit_code"), 10), 9)


class EmployerQuerySet(ScopedQuerySet):
    def seen_by(self, actor: Actor) -> Self:
        """An employer's account sees its own row; staff see their area."""
        return self.filter(pk=actor.employer) if actor.employer else self.visible_to(actor.scope)

    def matching(self, text: str) -> Self:
        """Employers whose present or former name holds the text, or whose code begins with it."""
        from openpes.employers.models.records import FormerName

        code = text.upper().replace(" ", "").replace("-", "")
        former = FormerName.objects.filter(name__icontains=text).order_by().values("employer")
        found = Q(name__icontains=text) | Q(credit_code__gte=code, credit_code__lt=code + "~") | Q(pk__in=former)
        return self.annotate(organisation=ORGANISATION).filter(found | Q(organisation=code))

    def of_organisation(self, code: str) -> Self:
        """The employer whose organisation code (GB 11714, nine characters) this is, alone or in its credit code."""
        return self.annotate(organisation=ORGANISATION).filter(organisation=code)


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
        constraints = [models.UniqueConstraint(ORGANISATION, name="employer_organisation_once")]

    def __str__(self) -> str:
        return self.name
