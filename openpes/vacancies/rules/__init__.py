"""The rules of vacancies: what is wrong with one, whether it may be public, what it is on a day."""

from openpes.vacancies.rules.facts import EmployerBasics, VacancyFacts, changed_fields, why_not_draft
from openpes.vacancies.rules.holds import CLAUSES as HOLD_CLAUSES
from openpes.vacancies.rules.holds import STEPS as HOLD_STEPS
from openpes.vacancies.rules.holds import why_not_hold, why_not_lift
from openpes.vacancies.rules.places import first_free_place, why_not_fill
from openpes.vacancies.rules.publication import Check, publication_checks, why_not_publish
from openpes.vacancies.rules.states import state_on, was_open_for
from openpes.vacancies.rules.wording import Finding, discrimination_in, limits_in

__all__ = [
    "HOLD_CLAUSES",
    "HOLD_STEPS",
    "Check",
    "EmployerBasics",
    "Finding",
    "VacancyFacts",
    "changed_fields",
    "discrimination_in",
    "first_free_place",
    "limits_in",
    "publication_checks",
    "state_on",
    "was_open_for",
    "why_not_draft",
    "why_not_fill",
    "why_not_hold",
    "why_not_lift",
    "why_not_publish",
]
