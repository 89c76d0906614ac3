"""Whether a hired person is still there after some months: told by one of the sides or a register."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from openpes.kernel import Actor, Reason, Refused, action, publish, refuse_if, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.referrals import rules
from openpes.referrals.choices import CheckOutcome, CheckWay
from openpes.referrals.events import RetentionChecked
from openpes.referrals.models import Hire, RetentionCheck
from openpes.referrals.queries import leaving_codes
from openpes.referrals.rules import CheckFacts


@action
def answer_check(*, hire: int, months: int, facts: CheckFacts, by: Actor, at: datetime) -> RetentionCheck:
    """Record what a retention check found; an answer after its last day is marked as late.

    :raises Hire.DoesNotExist: there is none of that id for the actor
    :raises Refused: it was answered already, is not yet due, or with everything that is wrong with the answer
    """
    row = _hires_of(by).select_for_update().get(pk=hire)
    on = day_of(at)
    refuse_if(
        rules.why_not_check(facts, begins_on=row.begins_on, months=months, on=on, reasons_known=leaving_codes())
    )
    answered = RetentionCheck.objects.filter(hire=row)
    if answered.filter(months=months).exists() or answered.filter(outcome=CheckOutcome.LEFT).exists():
        raise _answered()
    return _store(row, months, facts, _way(by), by, at)


@action
def answer_by_register(*, hire: int, months: int, left_on: date, reason: str, by: Actor, at: datetime) -> bool:
    """The register says that the employment of a hire had ended by the day of the question; whether that was news."""
    with within(CITY):
        row = Hire.objects.select_for_update().get(pk=hire)
        answered = RetentionCheck.objects.filter(hire=row)
        if answered.filter(months=months).exists() or answered.filter(outcome=CheckOutcome.LEFT).exists():
            return False
        facts = CheckFacts(outcome=CheckOutcome.LEFT, left_on=max(left_on, row.begins_on), reason=reason)
        _store(row, months, facts, CheckWay.REGISTER, by, at)
    return True


def _store(
    hire: Hire, months: int, facts: CheckFacts, way: CheckWay, by: Actor, at: datetime
) -> RetentionCheck:
    due = rules.due_on(hire.begins_on, months)
    row = RetentionCheck(
        area=hire.area, hire=hire, person_id=hire.person_id, employer_id=hire.employer_id, months=months, due_on=due,
        outcome=facts.outcome, left_on=facts.left_on, reason=facts.reason, way=way, note=facts.note.strip(),
        is_late=day_of(at) > rules.last_day(due), answered_at=at, answered_by=by.id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise _answered() from twice
    publish(
        RetentionChecked(
            hire=hire.pk, person=hire.person_id, area=hire.area, employer=hire.employer_id, months=months,
            outcome=facts.outcome, way=way, by=by.id, at=at,
        )
    )  # fmt: skip
    return row


def _hires_of(by: Actor) -> QuerySet[Hire]:
    if by.employer:
        return Hire.objects.filter(employer_id=by.employer)
    return Hire.objects.filter(person_id=by.person) if by.person else Hire.objects.visible_to(by.scope)


def _way(by: Actor) -> CheckWay:
    if by.employer:
        return CheckWay.EMPLOYER
    return CheckWay.PERSON if by.person else CheckWay.PHONE


def _answered() -> Refused:
    text = _("This question is answered already, or the person has left since.")
    return Refused(Reason(text, next_step=_("Nothing needs to be done.")))
