"""A hire: the place is filled, unemployment ends, employment begins and the wish ends, or nothing happens."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from openpes.kernel import Actor, action, publish, refuse_if, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.people.queries import person as person_of_area
from openpes.referrals import rules
from openpes.referrals.actions.answering import close_waiting_referrals, write_answer
from openpes.referrals.actions.steps import Told
from openpes.referrals.choices import EMPLOYED_BY_UNIT, Answer
from openpes.referrals.events import Hired
from openpes.referrals.models import Hire, HireReport, Referral
from openpes.referrals.rules import HireFacts
from openpes.registration.actions import EmploymentFacts, end_wish, register_employment
from openpes.registration.queries import wish_of
from openpes.vacancies.actions import VacancyInHand, fill_place, take_in_hand


@action
def record_hire(
    *,
    facts: HireFacts,
    referral: int | None = None,
    person: int | None = None,
    vacancy: int | None = None,
    by: Actor,
    at: datetime,
) -> Hire:
    """Record that a person of the clerk's area was hired, by a referral or directly for a vacancy.

    One transaction: the place is filled, employment registered (which ends an open unemployment), the job wish
    ended, the referral answered, and everything else that is open of the person closed as hired elsewhere. Rows are
    locked in the order vacancy, referral, person. Source of the registration: 就业服务与就业管理规定 art. 62.

    :raises Referral.DoesNotExist, Person.DoesNotExist, Vacancy.DoesNotExist: not of the area, or not in the city
    :raises Refused: no place is left, the referral was answered, or the employment cannot be registered
    """
    introduced = Referral.objects.visible_to(by.scope).get(pk=referral) if referral is not None else None
    person, vacancy = (introduced.person_id, introduced.vacancy_id) if introduced else (person, vacancy)
    assert person is not None and vacancy is not None
    hired = person_of_area(scope=by.scope, pk=person)
    held = take_in_hand(vacancy=vacancy, by=by, at=at)
    refuse_if(rules.why_not_hire(facts, on=day_of(at)))
    _lock_waiting(person, vacancy)
    introduced = _answered_as_hired(introduced, hired, held, by, at)
    _fill(held, hired, introduced, by, at)
    _begin_work(hired, held, facts, by, at)
    hire = _store(hired, held, introduced, facts, by, at)
    note = _("The person was hired elsewhere.")
    close_waiting_referrals(person=person, answer=Answer.ELSEWHERE, note=note, by=by, at=at)
    publish(
        Hired(
            hire=hire.pk, person=person, area=hire.area, vacancy=vacancy, employer=held.employer,
            occupation=held.occupation, begins_on=facts.begins_on,
            referral=introduced.pk if introduced else None, by=by.id, at=at,
        )
    )  # fmt: skip
    return hire


@action
def confirm_hire(*, report: int, by: Actor, at: datetime) -> Hire:
    """Make the hire that an employer reported, with the facts that it stated.

    :raises HireReport.DoesNotExist: there is none of that id in the area
    :raises Refused: as `record_hire`
    """
    row = HireReport.objects.visible_to(by.scope).get(pk=report)
    facts = HireFacts(begins_on=row.begins_on, pay_fen=row.pay_fen, contract_until_on=row.contract_until_on)
    return record_hire(referral=row.referral_id, facts=facts, by=by, at=at)


def _lock_waiting(person: int, vacancy: int) -> None:
    """Lock at once, smallest id first, every introduction that this hire may answer.

    Two hires that empty each other's vacancies would otherwise each wait for a row that the other one holds.
    """
    with within(CITY):
        rows = Referral.objects.waiting().filter(Q(person_id=person) | Q(vacancy_id=vacancy))
        list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))


def _answered_as_hired(
    introduced: Referral | None, hired: Person, held: VacancyInHand, by: Actor, at: datetime
) -> Referral | None:
    """Lock and answer the referral; a direct hire of somebody who was introduced here belongs to that referral."""
    if introduced is None:
        with within(CITY):  # the letter may be of the office where the person lived before
            waiting = Referral.objects.waiting().filter(person=hired, vacancy_id=held.id)
            row = waiting.select_for_update().first()
            return row and write_answer(referral=row, answer=Answer.HIRED, told=Told(), by=by, at=at)
    row = Referral.objects.visible_to(by.scope).select_for_update().get(pk=introduced.pk)
    refuse_if(rules.why_not_answer(answer=Answer.NOT_SUITABLE, now=row.answer, by_employer=False))
    return write_answer(referral=row, answer=Answer.HIRED, told=Told(), by=by, at=at)


def _fill(held: VacancyInHand, hired: Person, introduced: Referral | None, by: Actor, at: datetime) -> None:
    introduced_on = introduced.made_on if introduced else None
    fill_place(vacancy=held.id, person=hired.pk, on=day_of(at), introduced_on=introduced_on, by=by, at=at)


def _begin_work(hired: Person, held: VacancyInHand, facts: HireFacts, by: Actor, at: datetime) -> None:
    employment = EmploymentFacts(
        from_on=facts.begins_on,
        category=EMPLOYED_BY_UNIT,
        employer=held.employer,
        occupation=held.occupation,
        pay_fen=facts.pay_fen,
        contract_until_on=facts.contract_until_on,
    )
    register_employment(person=hired.pk, facts=employment, by=by, at=at)
    wish = wish_of(scope=by.scope, person=hired.pk, on=day_of(at))
    if wish is not None:
        end_wish(wish=wish.pk, on=day_of(at), by=by, at=at)


def _store(
    hired: Person, held: VacancyInHand, introduced: Referral | None, facts: HireFacts, by: Actor, at: datetime
) -> Hire:
    return Hire.objects.create(
        area=hired.area,
        person=hired,
        vacancy_id=held.id,
        employer_id=held.employer,
        referral=introduced,
        begins_on=facts.begins_on,
        contract_until_on=facts.contract_until_on,
        pay_fen=facts.pay_fen,
        recorded_at=at,
        recorded_by=by.id,
    )
