"""Vacancies of a list: entered row by row with their employers, and taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from openpes.employers.actions import EmployerFacts, register_employer
from openpes.employers.models import Employer
from openpes.employers.queries import EmployerCard, employer_card_by_code
from openpes.intake.actions import erase_records
from openpes.kernel import Actor, Reason, Refused, action, publish
from openpes.vacancies.actions.drafting import draft_vacancy
from openpes.vacancies.actions.publication import publish_vacancy
from openpes.vacancies.events import ListedVacancyWithdrawn
from openpes.vacancies.models import PublishedVacancy, Vacancy
from openpes.vacancies.rules import VacancyFacts
from openpes.vacancies.rules.sheet import NO_MINIMUM, PUBLISH

Reference = tuple[str, int]
EMPLOYER, VACANCY = Employer._meta.label_lower, Vacancy._meta.label_lower
PUBLISHED = PublishedVacancy._meta.label_lower
# What the refusal of an employer calls its columns, and what the list calls them.
EMPLOYER_COLUMNS = {"name": "employer_name", "address": "employer_address"}


@action
def enter_listed(*, values: Mapping[str, Any], by: Actor, at: datetime) -> list[Reference]:
    """Enter one row of a vacancy list, with its employer when the city does not know it yet; publish it if it says so.

    Returns what it became, newest last.

    :raises Refused: with every reason why not; then nothing of the row is left
    """
    became: list[Reference] = []
    employer = known_employer(values["credit_code"])
    number = employer.id if employer else _register(values, became, by, at)
    vacancy = draft_vacancy(facts=facts_from(values, number), by=by, at=at)
    became.append((VACANCY, vacancy.pk))
    if values["action"] == PUBLISH:
        publish_vacancy(vacancy=vacancy.pk, closes_on=values["closes_on"], by=by, at=at)
        became.append((PUBLISHED, vacancy.pk))
    return became


@action
def withdraw_listed(*, became: Sequence[Reference], by: Actor, at: datetime) -> None:
    """Delete what one row of a vacancy list had become.

    :raises Refused: the vacancy was changed or ended since, or referrals, hires or other vacancies depend on it
    """
    told = dict(became)
    vacancy = Vacancy.objects.visible_to(by.scope).select_for_update().filter(pk=told[VACANCY]).first()
    if vacancy is None or vacancy.version > 1 + (PUBLISHED in told):
        raise Refused(_("This vacancy was changed, published or ended since."))
    records: list[models.Model] = [vacancy]
    if EMPLOYER in told:
        records.append(_untouched(told[EMPLOYER], by))
    area, employer = vacancy.area, vacancy.employer_id
    erase_records(
        records=records,
        otherwise=_("Referrals, hires, or other vacancies of this employer depend on it by now."),
        by=by,
        at=at,
    )
    publish(
        ListedVacancyWithdrawn(
            vacancy=told[VACANCY],
            area=area,
            employer=employer,
            employer_too=EMPLOYER in told,
            by=by.id,
            at=at,
        )
    )


def known_employer(credit_code: str) -> EmployerCard | None:
    """The employer with a credit code, wherever in the city it is registered."""
    try:
        return employer_card_by_code(credit_code=credit_code)
    except Employer.DoesNotExist:
        return None


def facts_from(values: Mapping[str, Any], employer: int) -> VacancyFacts:
    """What a row of a list states of a vacancy."""
    education = values["education_min"] or ""
    return VacancyFacts(
        employer=employer,
        title=values["title"],
        occupation=values["occupation"],
        area=values["area"],
        openings=values["openings"],
        **({"term": values["term"]} if values["term"] else {}),
        pay_min_fen=values["pay_min_fen"] or values["pay_max_fen"],
        pay_max_fen=values["pay_max_fen"] or values["pay_min_fen"],
        address=values["address"] or "",
        education_min="" if education == NO_MINIMUM else education,
        experience_min=values["experience_min"] or 0,
        skills_required=values["skills_required"] or (),
        benefits=values["benefits"] or (),
        conditions=values["conditions"] or (_("No minimum education") if education == NO_MINIMUM else ""),
        description=values["description"] or "",
    )


def _register(values: Mapping[str, Any], became: list[Reference], by: Actor, at: datetime) -> int:
    facts = EmployerFacts(
        credit_code=values["credit_code"],
        name=values["employer_name"],
        area=values["area"],
        address=values["employer_address"] or "",
        contact_name=values["contact_name"] or "",
        contact_phone=values["contact_phone"] or "",
    )
    try:
        employer = register_employer(facts=facts, by=by, at=at)
    except Refused as refused:
        raise Refused(*(_at_its_column(reason) for reason in refused.reasons)) from None
    became.append((EMPLOYER, employer.pk))
    return int(employer.pk)


def _at_its_column(reason: Reason) -> Reason:
    return replace(reason, field=EMPLOYER_COLUMNS.get(reason.field, reason.field))


def _untouched(pk: int, by: Actor) -> Employer:
    employer = Employer.objects.visible_to(by.scope).select_for_update().filter(pk=pk).first()
    if employer is None or employer.version > 1:
        raise Refused(_("The employer of this vacancy was changed since."))
    return employer
