"""Vacancies made as the counter makes them."""

from datetime import date, timedelta

from openpes.kernel import Actor, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.vacancies.actions import VacancyFacts, draft_vacancy, lift_hold, publish_vacancy, renew_publication
from openpes.vacancies.choices import HoldGround
from openpes.vacancies.models import Hold, Vacancy
from tests.cast import TOWN
from tests.employers.factories import make_employer


def facts_of_vacancy(employer: int = 1, **changes) -> VacancyFacts:
    stated = {
        "employer": employer,
        "title": "食品包装工",
        "occupation": "6-31-05-00",
        "area": TOWN,
        "openings": 2,
        "term": "open_ended",
        "pay_min_fen": 300_000,
        "pay_max_fen": 450_000,
        "address": "新竹路20号",
        "conditions": "学历不限，能上早班",
        "description": "在流水线上包装糕点并检查重量。",
        "benefits": ("board", "insurance"),
    }
    return VacancyFacts(**stated | changes)


def make_draft(by: Actor, at, **changes) -> Vacancy:
    employer = changes.pop("employer", None) or make_employer(by, at, area=by.scope).pk
    changes.setdefault("area", TOWN if TOWN.startswith(by.scope) else by.scope)
    return draft_vacancy(facts=facts_of_vacancy(employer, **changes), by=by, at=at)


REVIEWER = 987_654


def make_open(by: Actor, at, closes_on: date | None = None, **changes) -> Vacancy:
    """An open vacancy; that of a new employer is looked at by a second member of staff, as it must be."""
    draft = make_draft(by, at, **changes)
    made = publish_vacancy(
        vacancy=draft.pk, closes_on=closes_on or day_of(at) + timedelta(days=30), by=by, at=at
    )
    return look_twice(made, by, at)


def look_twice(vacancy: Vacancy, by: Actor, at) -> Vacancy:
    """The vacancy after a second member of staff let the first publication of its employer pass."""
    second = Actor(id=REVIEWER, scope=by.scope)
    with by.standing():
        waiting = list(Hold.objects.filter(vacancy=vacancy, ground=HoldGround.NEW_EMPLOYER).open().order_by("pk"))
    for hold in waiting:
        lift_hold(hold=hold.pk, words="单位信息属实", by=second, at=at)
    with by.standing():
        vacancy.refresh_from_db()
    return vacancy


def with_old_text(vacancy: Vacancy, at, **columns) -> Vacancy:
    """The vacancy with texts as they were taken before advertisements were checked: public, whatever they say."""
    with within(CITY):
        Vacancy.objects.filter(pk=vacancy.pk).update(**columns)
        row = Vacancy.objects.get(pk=vacancy.pk)
        renew_publication(vacancy=row, on=day_of(at))
    return row
