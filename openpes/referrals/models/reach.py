"""How people and employers want to be told of news beside their own page."""

from django.db import models
from django.db.models import Q

from openpes.employers.models import Employer
from openpes.kernel import AreaField, ScopedQuerySet
from openpes.people.models import Person


class Reach(models.Model):
    """The consent of a person or an employer to be told by SMS or mail; without a row only the own page tells.

    SMS go to the telephone that is registered; a mail address is sealed.
    """

    area = AreaField(db_index=True)
    person = models.OneToOneField(Person, models.PROTECT, null=True, related_name="+")
    employer = models.OneToOneField(Employer, models.PROTECT, null=True, related_name="+")
    by_sms = models.BooleanField(default=False)
    mail_sealed = models.BinaryField(null=True)
    language = models.CharField(max_length=10, default="zh-hans")
    agreed_at = models.DateTimeField()
    agreed_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, employer__isnull=True)
                | Q(person__isnull=True, employer__isnull=False),
                name="reach_of_one_side",
            ),
        ]
