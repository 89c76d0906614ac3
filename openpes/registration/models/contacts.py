"""Contacts of registered unemployed persons with their office."""

from django.db import models

from openpes.kernel import AreaField, ScopedQuerySet
from openpes.people.models import Person
from openpes.registration.choices import Way


class Contact(models.Model):
    """A confirmation that a registered person is still unemployed and looks for work, by whatever way it came."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    on = models.DateField()
    way = models.CharField(max_length=8, choices=Way)
    note = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["person", "id"]
