"""The one publication base of everything that is released: open vacancies of an area, of occupations, for a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from openpes.codes.queries import code_label
from openpes.matching.queries import open_published
from openpes.network.queries import area_label
from openpes.screens.choices import Group
from openpes.screens.rules import A_YEAR, AGE_LIMIT, FROM_COLLEGE, UP_TO_JUNIOR, UP_TO_SENIOR, Told
from openpes.vacancies.models import PublishedVacancy

BELOW = {4: 6, 6: 9, 9: 12, 12: 12}

NO_SKILL = Q(skills_required=[]) & Q(experience_min=0)
FREE_OF_AGE = ~Q(conditions__regex=AGE_LIMIT) & ~Q(description__regex=AGE_LIMIT) & ~Q(title__regex=AGE_LIMIT)
SUITED = {
    Group.OLDER: Q(education_min__in=UP_TO_JUNIOR) & NO_SKILL & FREE_OF_AGE,
    Group.LAID_OFF: Q(term__in=A_YEAR, benefits__contains=["insurance"], education_min__in=UP_TO_SENIOR),
    Group.GRADUATES: Q(education_min__in=FROM_COLLEGE, experience_min=0),
    Group.LODGED: Q(benefits__overlap=["lodging", "board"], education_min__in=UP_TO_SENIOR),
}


@dataclass(frozen=True)
class Selection:
    """What is released: everything open in an area, of some occupations or classes, for a group, published since."""

    area: str
    occupations: tuple[str, ...] = ()
    group: str = ""
    since_on: date | None = None


def selected(selection: Selection, *, on: date) -> QuerySet[PublishedVacancy]:
    """The vacancies of a selection that are open on a day, the newest first."""
    found = open_published(on=on).filter(place__gte=selection.area, place__lt=selection.area + "~")
    if selection.occupations:
        wanted = Q()
        for code in selection.occupations:
            wanted |= Q(occupation__gte=code, occupation__lt=code + "~")
        found = found.filter(wanted)
    if selection.group in Group.values:
        found = found.filter(SUITED[Group(selection.group)])
    return found.filter(published_on__gte=selection.since_on) if selection.since_on else found


def told_of(rows: Sequence[PublishedVacancy], *, inside: str) -> list[Told]:
    """Vacancies in the words of the reader; a place is named one level below the area they are told for."""
    length = BELOW[len(inside)]
    return [
        Told(
            id=row.pk, title=row.title, employer=row.employer_name, place=area_label(row.place[:length]),
            pay_min=row.pay_min_fen // 100, pay_max=row.pay_max_fen // 100, places=row.places_left,
            education=code_label("education_2006", row.education_min) if row.education_min else "",
        )
        for row in rows
    ]  # fmt: skip
