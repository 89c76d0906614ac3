"""One open vacancy as the public reads it, and others like it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Q, Value, When

from openpes.codes.queries import code_label, occupation_label, skill_label
from openpes.matching.queries import open_published
from openpes.network.queries import area_full_name, area_name
from openpes.portal.choices import sector_of
from openpes.portal.queries.wishes import EDUCATION
from openpes.vacancies.choices import Benefit, Term
from openpes.vacancies.models import PublishedVacancy
from openpes.vacancies.queries import once_public

SIMILAR = 6
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class Opening:
    """A published vacancy with its codes in the words of the reader."""

    row: PublishedVacancy
    place: str
    full_place: str
    occupation: str
    sector: str
    term: str
    education: str
    benefits: tuple[str, ...]
    skills_required: tuple[str, ...]
    skills_wanted: tuple[str, ...]
    days_left: int


@dataclass(frozen=True)
class Offer:
    """The page of a vacancy: the vacancy, when it is open, and others like it; `ended` tells gone from unknown."""

    opening: Opening | None
    similar: tuple[Opening, ...]
    ended: bool


def offer(*, vacancy: int, on: date) -> Offer:
    """A vacancy that is open on a day, or the knowledge that it no longer is, with similar open ones."""
    pk = vacancy if vacancy <= LARGEST_ID else 0
    row = PublishedVacancy.objects.defer("terms").filter(pk=pk).first()
    is_open = row is not None and row.published_on <= on <= row.closes_on and row.places_left > 0
    like = (row.occupation, row.place) if row is not None else once_public(pk=pk)
    similar = tuple(opening_of(other, on) for other in _similar(pk, like, on))
    if row is not None and is_open:
        return Offer(opening_of(row, on), similar, ended=False)
    return Offer(None, similar, ended=like is not None)


def opening_of(row: PublishedVacancy, on: date) -> Opening:
    """A published row in the words of the reader."""
    return Opening(
        row=row,
        place=area_name(row.place[:6]),
        full_place=area_full_name(row.place),
        occupation=occupation_label(row.occupation),
        sector=sector_of(row.industry),
        term=str(Term(row.term).label) if row.term in Term else "",
        education=code_label(EDUCATION, row.education_min) if row.education_min else "",
        benefits=tuple(str(Benefit(code).label) for code in row.benefits if code in Benefit),
        skills_required=tuple(skill_label(code) for code in row.skills_required),
        skills_wanted=tuple(skill_label(code) for code in row.skills_wanted),
        days_left=(row.closes_on - on).days,
    )


def public_addresses(*, on: date) -> list[tuple[int, date]]:
    """Every vacancy that is open on a day with the day on which it was published, the newest first."""
    return list(open_published(on=on).values_list("vacancy_id", "published_on"))


def _similar(pk: int, like: tuple[str, str] | None, on: date) -> list[PublishedVacancy]:
    """Open vacancies of the same kind, the nearest occupation first, then the nearest place; else the newest."""
    found = open_published(on=on)
    if like is None:
        return list(found[:SIMILAR])
    occupation, area = like
    kind = _steps("occupation", [occupation, occupation[:7], occupation[:4]])
    place = _steps("place", [area, area[:9], area[:6]])
    alike = found.exclude(pk=pk).filter(_prefix("occupation", occupation[:1]))
    return list(alike.annotate(kind=kind, near=place).order_by("-kind", "-near", "-published_on", "-pk")[:SIMILAR])


def _steps(column: str, prefixes: list[str]) -> Case:
    """How many of the prefixes a column has, the longest first: 3 is nearest, 0 is none."""
    whens = [When(_prefix(column, prefix), then=Value(3 - at)) for at, prefix in enumerate(prefixes)]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def _prefix(column: str, prefix: str) -> Q:
    return Q(**{f"{column}__gte": prefix, f"{column}__lt": prefix + "~"})
