"""What the office keeps about an employer beside its facts: former names, papers that were seen, people to call."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from openpes.employers.choices import ConsentWay, DocumentKind, Purpose
from openpes.employers.models.employer import Employer
from openpes.kernel import Actor, AreaField, ScopedQuerySet, Sensitive
from openpes.kernel.sensitive import unseal


class BelongingQuerySet(ScopedQuerySet):
    def seen_by(self, actor: Actor) -> Self:
        """An employer's account sees what belongs to itself; staff see their area."""
        return self.filter(employer_id=actor.employer) if actor.employer else self.visible_to(actor.scope)


class Belonging(models.Model):
    """A row about one employer, in the employer's own area."""

    area = AreaField(db_index=True)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class FormerName(Belonging):
    """A name that an employer had until a day."""

    name = models.CharField(max_length=120, db_index=True)
    until_on = models.DateField()
    noted_by = models.BigIntegerField()

    objects = BelongingQuerySet.as_manager()

    class Meta:
        ordering = ["-until_on", "-id"]


class DocumentQuerySet(BelongingQuerySet):
    def kept(self) -> Self:
        """Documents that were not struck out."""
        return self.filter(struck_on__isnull=True)

    def ending_by(self, day: date) -> Self:
        """Kept documents whose last day is this one or an earlier one."""
        return self.kept().filter(valid_until_on__lte=day)


class LicenceDocument(Belonging):
    """A paper of an employer that a member of staff has seen: a licence, a permit; not the paper itself."""

    kind = models.CharField(max_length=12, choices=DocumentKind)
    number = models.CharField(max_length=40)
    issued_by = models.CharField(max_length=80)
    valid_until_on = models.DateField(null=True)
    seen_on = models.DateField()
    seen_by = models.BigIntegerField()
    struck_on = models.DateField(null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "kind", "number"], condition=Q(struck_on__isnull=True), name="document_kept_once"
            ),
            models.CheckConstraint(
                condition=Q(struck_on__isnull=True) | Q(struck_on__gte=F("seen_on")), name="document_struck_after"
            ),
        ]


class ContactQuerySet(BelongingQuerySet):
    def agreeing(self, purpose: Purpose | str, on: date) -> Self:
        """People who agreed to be contacted for a purpose and have not withdrawn that by a day."""
        in_force = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on)
        return self.filter(in_force, given_on__lte=on, purposes__contains=[str(purpose)])

    def open(self) -> Self:
        """People whose consent was not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)


class Contact(Belonging):
    """Somebody at an employer who agreed to be called or written to: for which purposes, since when, in what way."""

    name = models.CharField(max_length=80)
    position = models.CharField(max_length=60, blank=True, default="")
    phone_sealed = models.BinaryField()
    phone_index = models.BinaryField(max_length=16)
    phone_mask = models.CharField(max_length=20)
    purposes = ArrayField(models.CharField(max_length=12, choices=Purpose))
    way = models.CharField(max_length=8, choices=ConsentWay)
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True)
    noted_by = models.BigIntegerField()

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "phone_index"], condition=Q(withdrawn_on__isnull=True), name="contact_kept_once"
            ),
            models.CheckConstraint(condition=~Q(purposes=[]), name="consent_for_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")), name="consent_period"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def agreed_to(self) -> str:
        """What was agreed to, in words."""
        return gettext(", ").join(str(Purpose(one).label) for one in self.purposes)

    def phone(self) -> Sensitive:
        """The number, masked until it is revealed."""
        return Sensitive(unseal(self.phone_sealed, context="employer_contact.phone"), self.phone_mask)
