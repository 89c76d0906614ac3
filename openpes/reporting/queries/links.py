"""What the link in a reminder opens, without signing in: one employer's own vacancies, while the link holds."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from openpes.employers.queries import employer_card
from openpes.kernel import within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.reporting.models import Reminder
from openpes.reporting.queries.due import OpenVacancy, running_vacancies


@dataclass(frozen=True)
class Linked:
    """An employer that a link belongs to, with what it is asked about."""

    employer: int
    name: str
    vacancies: list[OpenVacancy]


def digest_of(token: str) -> str:
    """What is kept of a token: nobody who reads the table can make the link."""
    return hashlib.sha256(token.encode()).hexdigest()


def linked(*, token: str, at: datetime) -> Linked | None:
    """What a link opens; nothing when it was used, has run out, or never was."""
    with within(CITY):
        found = Reminder.objects.answerable_at(at).filter(digest=digest_of(token)).order_by("pk").first()
    if found is None:
        return None
    name = employer_card(pk=found.employer_id).name
    return Linked(found.employer_id, name, running_vacancies(employer=found.employer_id, on=day_of(at)))
