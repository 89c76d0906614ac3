"""Calling employers one after the other: the next on the list is taken up by one, who tells the outcome by one key."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.employers.actions import withdraw_consent
from openpes.employers.choices import Purpose
from openpes.employers.queries import agreeing_contact
from openpes.kernel import Actor, Refused, action, publish
from openpes.kernel.clock import day_of
from openpes.reporting.actions.reports import Said, report_vacancies
from openpes.reporting.choices import REACHED, CallOutcome, Still
from openpes.reporting.events import EmployerCalled
from openpes.reporting.models import Call
from openpes.reporting.queries import open_call, running_vacancies, to_call
from openpes.vacancies.choices import SignWay

LOOKED_AT = 20
SAYS = {CallOutcome.OPEN: Still.OPEN, CallOutcome.FILLED: Still.FILLED, CallOutcome.CHANGED: Still.CHANGED}
AGAIN = {CallOutcome.NO_ANSWER: 1}


@action
def take_next_call(*, by: Actor, at: datetime) -> Call | None:
    """Take up the next employer to be called, or go on with the call that one has; nothing when the list is empty.

    Two who take at once get two employers: an employer is called by one at a time.
    """
    mine = open_call(actor=by)
    if mine:
        return mine
    for row in to_call(scope=by.scope, on=day_of(at))[:LOOKED_AT]:
        try:
            with transaction.atomic():
                return Call.objects.create(employer=row, area=row.area, taken_at=at, taken_by=by.id)
        except IntegrityError as error:
            if "one_call_at_a_time" in str(error):
                return open_call(actor=by)
            if "called_by_one_at_a_time" not in str(error):
                raise
    return None


@action
def tell_call(*, call: int, outcome: str, note: str = "", by: Actor, at: datetime) -> Call:
    """Tell what came of one's call: whoever was reached has reported; who wants no calls is called no more.

    :raises Call.DoesNotExist: one has no such open call
    :raises Refused: no such outcome, or it needs words
    """
    row = Call.objects.visible_to(by.scope).open().select_for_update().get(pk=call, taken_by=by.id)
    if outcome not in CallOutcome.values:
        raise Refused(_("Choose what came of the call."), field="outcome")
    came = CallOutcome(outcome)
    row.outcome, row.note, row.told_at = came, note.strip(), at
    row.again_on = day_of(at) + timedelta(days=AGAIN[came]) if came in AGAIN else None
    row.save()
    if came in REACHED:
        _report(row, came, by, at)
    if came == CallOutcome.REFUSED:
        contact = agreeing_contact(employer=row.employer_id, purpose=Purpose.VACANCIES, on=day_of(at))
        if contact:
            withdraw_consent(contact=contact.pk, by=by, at=at)
    publish(EmployerCalled(employer=row.employer_id, area=row.area, outcome=came.value, by=by.id, at=at))
    return row


@action
def give_back_call(*, call: int, by: Actor, at: datetime) -> None:
    """Give a call back that one has taken up and not made; somebody else gets it.

    :raises Call.DoesNotExist: one has no such open call
    """
    Call.objects.visible_to(by.scope).open().select_for_update().get(pk=call, taken_by=by.id).delete()


def _report(row: Call, came: CallOutcome, by: Actor, at: datetime) -> None:
    running = running_vacancies(employer=row.employer_id, on=day_of(at))
    said = [Said(one.vacancy.pk, SAYS[came], row.note) for one in running] if came in SAYS else []
    told = {"employer": row.employer_id, "said": said, "way": SignWay.PHONE}
    report_vacancies(**told, none_open=not said, by=by, at=at)
