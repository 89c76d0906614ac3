"""A published vacancy as other systems read it: codes beside their names, amounts in fen."""

from dataclasses import dataclass
from datetime import date

from openpes.codes.queries import code_label, occupation_label
from openpes.network.queries import area_full_name
from openpes.vacancies.choices import Term
from openpes.vacancies.models import PublishedVacancy

EDUCATION = "education_2006"


@dataclass(frozen=True)
class Coded:
    """A code and its name in the reader's language; nothing when it is not stated."""

    code: str
    name: str


@dataclass(frozen=True)
class Pay:
    """Pay a month in fen."""

    min_fen: int
    max_fen: int
    currency: str = "CNY"
    per: str = "month"


@dataclass(frozen=True)
class Post:
    """A published vacancy."""

    id: int
    title: str
    employer: str
    place: Coded
    address: str
    occupation: Coded
    industry: str
    openings: int
    places_left: int
    term: Coded
    pay: Pay
    education_min: Coded
    experience_min_years: int
    skills_required: list[str]
    skills_wanted: list[str]
    benefits: list[str]
    conditions: str
    description: str
    published_on: date
    closes_on: date


def post_of(row: PublishedVacancy) -> Post:
    """A published row as other systems read it; areas of 2023, occupations of 2022, education of 2006."""
    term = str(Term(row.term).label) if row.term in Term.values else row.term
    education = code_label(EDUCATION, row.education_min) if row.education_min else ""
    return Post(
        id=row.pk, title=row.title, employer=row.employer_name, place=Coded(row.place, area_full_name(row.place)),
        address=row.address, occupation=Coded(row.occupation, occupation_label(row.occupation)), industry=row.industry,
        openings=row.openings, places_left=row.places_left, term=Coded(row.term, term),
        pay=Pay(row.pay_min_fen, row.pay_max_fen), education_min=Coded(row.education_min, education),
        experience_min_years=row.experience_min, skills_required=list(row.skills_required),
        skills_wanted=list(row.skills_wanted), benefits=list(row.benefits), conditions=row.conditions,
        description=row.description, published_on=row.published_on, closes_on=row.closes_on,
    )  # fmt: skip
