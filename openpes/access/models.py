"""Accounts and what they were granted: which role, for which area, from when to when."""

from datetime import date
from typing import Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from openpes.kernel import AreaField


class Accounts(BaseUserManager["Account"]):
    """Finds an account at sign-in."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=username)


class Account(AbstractBaseUser):
    """Somebody who signs in: staff, a job seeker, or a person who acts for an employer."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    email = models.EmailField(blank=True, default="")
    is_active = models.BooleanField(default=True)
    person_id = models.BigIntegerField(null=True, unique=True)
    employer_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    objects = Accounts()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person_id__isnull=True) | Q(employer_id__isnull=True), name="account_of_one_kind"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """The framework's own administration is not used; nobody is staff of it."""
        return False


class GrantQuerySet(models.QuerySet):
    def in_force_on(self, day: date) -> Self:
        """Grants valid on a day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=day), from_on__lte=day)


class Grant(models.Model):
    """A role for an area and a period. It is read before any scope is known, so its column is `scope`."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    role = models.CharField(max_length=30)
    scope = AreaField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    granted_by = models.BigIntegerField()

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=models.F("from_on")), name="grant_period"
            )
        ]
