"""Vacancies, their places, their holds, their signs of life, and what of them is published."""

from openpes.vacancies.models.holds import Hold, HoldQuerySet
from openpes.vacancies.models.signs import SignOfLife
from openpes.vacancies.models.vacancies import Fill, PublishedVacancy, Vacancy, VacancyQuerySet

__all__ = ["Fill", "Hold", "HoldQuerySet", "PublishedVacancy", "SignOfLife", "Vacancy", "VacancyQuerySet"]
