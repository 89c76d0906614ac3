"""The rules of vacancies: what is wrong with one, whether it may be public, what it is on a day."""

from openpes.vacancies.rules.adverts import copy_checks, pay_checks, text_checks
from openpes.vacancies.rules.checks import Check
from openpes.vacancies.rules.completeness import Completeness, completeness
from openpes.vacancies.rules.facts import EmployerBasics, VacancyFacts, changed_fields, why_not_draft
from openpes.vacancies.rules.holds import CLAUSES as HOLD_CLAUSES
from openpes.vacancies.rules.holds import (
    LOOKED_AT,
    second_look,
    why_not_appeal,
    why_not_decide,
    why_not_hold,
    why_not_lift,
)
from openpes.vacancies.rules.holds import STEPS as HOLD_STEPS
from openpes.vacancies.rules.places import first_free_place, why_not_fill
from openpes.vacancies.rules.publication import publication_checks, stated_checks, why_not_publish
from openpes.vacancies.rules.reports import why_not_judge, why_not_report
from openpes.vacancies.rules.spots import spot_of_work
from openpes.vacancies.rules.states import state_on, was_open_for

__all__ = [
    "HOLD_CLAUSES",
    "HOLD_STEPS",
    "LOOKED_AT",
    "Check",
    "Completeness",
    "EmployerBasics",
    "VacancyFacts",
    "changed_fields",
    "completeness",
    "copy_checks",
    "first_free_place",
    "pay_checks",
    "publication_checks",
    "second_look",
    "spot_of_work",
    "state_on",
    "stated_checks",
    "text_checks",
    "was_open_for",
    "why_not_appeal",
    "why_not_decide",
    "why_not_draft",
    "why_not_fill",
    "why_not_hold",
    "why_not_judge",
    "why_not_lift",
    "why_not_publish",
    "why_not_report",
]
