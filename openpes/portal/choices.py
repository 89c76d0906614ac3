"""Short names of sectors, what comes next on the own pages, and what is promised there."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.look.choices import SERVICE_PHONE

__all__ = ["SERVICE_PHONE", "Sector", "sector_of"]


class Sector(models.TextChoices):
    """Sections of GB/T 4754 by the short names that a badge has room for."""

    A = "A", pgettext_lazy("sector", "Farming")
    B = "B", pgettext_lazy("sector", "Mining")
    C = "C", pgettext_lazy("sector", "Manufacturing")
    D = "D", pgettext_lazy("sector", "Power and water")
    E = "E", pgettext_lazy("sector", "Construction")
    F = "F", pgettext_lazy("sector", "Trade")
    G = "G", pgettext_lazy("sector", "Transport")
    H = "H", pgettext_lazy("sector", "Hotels and food")
    I = "I", pgettext_lazy("sector", "Information technology")  # noqa: E741 — the letter of the section
    J = "J", pgettext_lazy("sector", "Finance")
    K = "K", pgettext_lazy("sector", "Real estate")
    L = "L", pgettext_lazy("sector", "Leasing and business services")
    M = "M", pgettext_lazy("sector", "Research and engineering")
    N = "N", pgettext_lazy("sector", "Water and environment")
    O = "O", pgettext_lazy("sector", "Repairs and household services")  # noqa: E741
    P = "P", pgettext_lazy("sector", "Education")
    Q = "Q", pgettext_lazy("sector", "Health and social work")
    R = "R", pgettext_lazy("sector", "Culture and sport")
    S = "S", pgettext_lazy("sector", "Public bodies")
    T = "T", pgettext_lazy("sector", "International bodies")


class Promised(models.TextChoices):
    """What the service promises to everybody who is registered unemployed."""

    GUIDANCE = "guidance", _("A talk of vocational guidance")
    JOB_INFORMATIONS = "job_informations", _("Jobs named to you")
    TRAINING = "training", _("A free or partly free training place")


class NextKind(models.TextChoices):
    """What comes next on an own page, as its badge says; in the order in which equal days are shown."""

    HOLD = "hold", pgettext_lazy("next", "Held back")
    TIMES = "times", pgettext_lazy("next", "Choose a time")
    OFFER = "offer", pgettext_lazy("next", "Job offer")
    ANSWER = "answer", pgettext_lazy("next", "To answer")
    SIGN = "sign", pgettext_lazy("next", "Still open?")
    REPORT = "report", pgettext_lazy("next", "Vacancy report")
    RETURNED = "returned", pgettext_lazy("next", "To mend")
    CHECK = "check", pgettext_lazy("next", "We ask you")
    INTERVIEW = "interview", pgettext_lazy("next", "Interview")
    APPOINTMENT = "appointment", pgettext_lazy("next", "Appointment")
    LETTER = "letter", pgettext_lazy("next", "Letter runs out")
    WISH = "wish", pgettext_lazy("next", "Job wish")
    ENDING = "ending", pgettext_lazy("next", "Ends soon")
    WRITE = "write", pgettext_lazy("next", "Vacancy")


def sector_of(industry: str) -> str:
    """The short name of the section to which an industry code belongs; empty when none is known."""
    return str(Sector(industry[0]).label) if industry[:1] in Sector.values else ""
