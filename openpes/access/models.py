"""Accounts and what they were granted: which role, for which area, from when to when, by which two people."""

import hashlib
from datetime import date, timedelta
from typing import Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
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
    # What somebody may do who acts for an employer together with others; empty is the first role of the kind.
    self_role = models.CharField(max_length=30, blank=True, default="", db_default="")
    created_at = models.DateTimeField()
    # Since when the password is one that an administrator gave; empty once its holder has chosen one.
    password_given_at = models.DateTimeField(null=True, default=None)
    # Certificates held, as `kind:from:until`: the guard of a request needs no statement more; `network` keeps them.
    certificates = ArrayField(models.CharField(max_length=60), default=list)

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


# The platform itself sets up a city alone; what a person asks for counts when a second one has confirmed it.
CONFIRMED = Q(granted_by=0) | Q(confirmed_by__isnull=False)


class GrantQuerySet(models.QuerySet):
    def in_force_on(self, day: date) -> Self:
        """Confirmed grants valid on a day."""
        return self.filter(CONFIRMED).open_on(day).filter(from_on__lte=day)

    def open_on(self, day: date) -> Self:
        """Grants that have not ended before or on a day, confirmed or not."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=day))

    def waiting(self) -> Self:
        """Grants that a second administrator has not decided yet."""
        return self.filter(~CONFIRMED, until_on__isnull=True)

    def inside(self, scope: str) -> Self:
        """Grants for an area inside `scope`; none for an empty scope."""
        return self.filter(scope__gte=scope, scope__lt=scope + "~") if scope else self.none()


class Grant(models.Model):
    """A role for an area and a period. It is read before any scope is known, so its column is `scope`.

    Who asked for it (`granted_by`) and who confirmed it are two people; a declined one has an empty period.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    role = models.CharField(max_length=30)
    scope = AreaField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    granted_by = models.BigIntegerField()
    confirmed_by = models.BigIntegerField(null=True, default=None)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")), name="grant_period"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("granted_by")),
                name="grant_by_two_people",
            ),
            models.UniqueConstraint(
                fields=["account", "role", "scope"], condition=Q(until_on__isnull=True), name="grant_held_once"
            ),
        ]

    @property
    def is_confirmed(self) -> bool:
        return self.granted_by == 0 or self.confirmed_by is not None

    @property
    def content_hash(self) -> str:
        """What a confirmation is bound to: exactly this role for exactly this account and area."""
        content = f"{self.pk}|{self.account_id}|{self.role}|{self.scope}|{self.granted_by}"
        return hashlib.sha256(content.encode()).hexdigest()


class DelegationQuerySet(models.QuerySet):
    def of(self, account: int) -> Self:
        """Delegations that an account gave or took."""
        return self.filter(Q(giver=account) | Q(taker=account))

    def in_force_on(self, day: date) -> Self:
        """Delegations that hold on a day, of giver's roles that are in force on it too."""
        roles = Grant.objects.in_force_on(day)
        return self.filter(from_on__lte=day, until_on__gt=day, grant__in=roles, giver__is_active=True)


class Delegation(models.Model):
    """Rights of one member of staff handed to another for at most thirty days; they end by themselves.

    `rights` are codes of rights of the giver's role, `scope` lies inside its area. Ended early, it ends on that day,
    and one that ended on its first day has an empty period.
    """

    giver = models.ForeignKey(Account, models.CASCADE, related_name="+")
    taker = models.ForeignKey(Account, models.CASCADE, related_name="+")
    grant = models.ForeignKey(Grant, models.CASCADE, related_name="+")
    scope = AreaField()
    rights = ArrayField(models.CharField(max_length=60))
    reason = models.CharField(max_length=200)
    from_on = models.DateField()
    until_on = models.DateField()

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=models.F("taker")), name="delegation_to_somebody_else"),
            models.CheckConstraint(
                condition=Q(until_on__gte=models.F("from_on"))
                & Q(until_on__lte=models.F("from_on") + timedelta(days=30)),
                name="delegation_of_thirty_days",
            ),
            models.CheckConstraint(condition=~Q(rights=[]), name="delegation_of_something"),
        ]


class PhoneCode(models.Model):
    """A code of six digits that was asked for a telephone number, known or not; it opens an account once.

    The number stands as its blind index, the digits as a keyed digest; until the worker has found whose number it is,
    and for numbers that nobody has, the digest is of nothing.
    """

    phone_index = models.BinaryField(max_length=16)
    asked_at = models.DateTimeField()
    until_at = models.DateTimeField()
    digest = models.BinaryField(max_length=16)
    account_id = models.BigIntegerField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(fields=["phone_index", "-asked_at"], name="codes_of_a_number"),
            models.Index(fields=["asked_at"], name="codes_to_send", condition=Q(handled_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(account_id__isnull=False), name="used_code_opened_an_account"
            ),
        ]
