"""Persons."""

from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from openpes.kernel import Actor, AreaField, ScopedQuerySet, Sensitive
from openpes.people.choices import Sex


class PersonQuerySet(ScopedQuerySet):
    def held_by(self, by: Actor) -> Self:
        """Persons for whom an actor may act: those of its area, or itself."""
        return self.filter(pk=by.person) if by.person else self.visible_to(by.scope)

    def named(self, name: str) -> Self:
        """Persons with exactly this name."""
        return self.filter(name=name)

    def with_initials(self, initials: str) -> Self:
        """Persons whose pinyin initials begin like this."""
        return self.filter(initials__gte=initials, initials__lt=initials + "~")


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=False)
class Person(models.Model):
    """One resident, registered once: the identity number is sealed and found by its blind index."""

    area = AreaField(db_index=True)
    name = models.CharField(max_length=80)
    initials = models.CharField(max_length=40, db_collation="C", blank=True, default="")
    id_number_sealed = models.BinaryField()
    id_number_index = models.BinaryField(max_length=16, unique=True)
    id_tail_index = models.BinaryField(max_length=16, db_index=True)
    id_mask = models.CharField(max_length=18)
    sex = models.CharField(max_length=1, choices=Sex)
    born_on = models.DateField()
    ethnic_group = models.CharField(max_length=2, blank=True, default="")
    education = models.CharField(max_length=2, blank=True, default="")
    hukou = models.CharField(max_length=2, blank=True, default="")
    marital = models.CharField(max_length=2, blank=True, default="")
    skill_level = models.CharField(max_length=2, blank=True, default="")
    skills = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    phone_sealed = models.BinaryField(null=True)
    phone_index = models.BinaryField(max_length=16, null=True, db_index=True)
    phone_mask = models.CharField(max_length=20, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["name", "id"], name="person_by_name"),
            models.Index(fields=["initials", "id"], name="person_by_initials"),
            models.Index(fields=["born_on"], name="person_by_birth"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the person; settings name a richer one of a higher room (ABSOLUTE_URL_OVERRIDES)."""
        from django.urls import reverse

        return reverse("people:edit", args=[self.pk])

    def id_number(self) -> Sensitive:
        """The identity number, masked until it is revealed."""
        from openpes.kernel.sensitive import unseal

        return Sensitive(unseal(self.id_number_sealed, context="person.id_number"), self.id_mask)

    def phone(self) -> Sensitive | None:
        """The telephone number, masked until it is revealed."""
        from openpes.kernel.sensitive import unseal

        if self.phone_sealed is None:
            return None
        return Sensitive(unseal(self.phone_sealed, context="person.phone"), self.phone_mask)
