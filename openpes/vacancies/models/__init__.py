"""Vacancies, their places, holds, copies, reports and signs of life, and what of them is published."""

from openpes.vacancies.models.appeals import HoldAppeal, HoldAppealQuerySet
from openpes.vacancies.models.copies import NearCopy, NearCopyQuerySet
from openpes.vacancies.models.holds import Hold, HoldQuerySet
from openpes.vacancies.models.reports import AdvertReport, AdvertReportQuerySet
from openpes.vacancies.models.signs import SignOfLife
from openpes.vacancies.models.vacancies import Fill, PublishedVacancy, Vacancy, VacancyQuerySet

__all__ = [
    "AdvertReport",
    "AdvertReportQuerySet",
    "Fill",
    "Hold",
    "HoldAppeal",
    "HoldAppealQuerySet",
    "HoldQuerySet",
    "NearCopy",
    "NearCopyQuerySet",
    "PublishedVacancy",
    "SignOfLife",
    "Vacancy",
    "VacancyQuerySet",
]
