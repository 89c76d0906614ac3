"""Closed vocabularies of matters: what people ask for, how it ended, how they were told, answers to hand-overs."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Subject(models.TextChoices):
    """What somebody asks an office for."""

    REGISTRATION = "registration", pgettext_lazy("matter", "Registration and handbook")
    PLACEMENT = "placement", pgettext_lazy("matter", "Finding work or workers")
    GUIDANCE = "guidance", pgettext_lazy("matter", "Guidance and policy")
    TRAINING = "training", pgettext_lazy("matter", "Training")
    INSURANCE = "insurance", pgettext_lazy("matter", "Insurance and benefits")
    COMPLAINT = "complaint", pgettext_lazy("matter", "Complaint")
    OTHER = "other", pgettext_lazy("matter", "Something else")
    TASK = "task", pgettext_lazy("matter", "Task of the office")


ASKED = [choice for choice in Subject.choices if choice[0] != Subject.TASK]


class Outcome(models.TextChoices):
    """How a matter ended."""

    SETTLED = "settled", pgettext_lazy("matter", "Settled")
    EXPLAINED = "explained", pgettext_lazy("matter", "Explained")
    REFUSED = "refused", pgettext_lazy("matter", "Cannot be done, with reasons")
    ELSEWHERE = "elsewhere", pgettext_lazy("matter", "For another authority, which was named")
    DROPPED = "dropped", pgettext_lazy("matter", "Taken back by the person")


class Told(models.TextChoices):
    """How the person was told the outcome."""

    COUNTER = "counter", pgettext_lazy("told", "At the counter")
    PHONE = "phone", pgettext_lazy("told", "By telephone")
    LETTER = "letter", pgettext_lazy("told", "By letter")
    VISIT = "visit", pgettext_lazy("told", "At home")


class HandOverAnswer(models.TextChoices):
    """How a proposed hand-over ended."""

    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("hand-over", "Withdrawn")
