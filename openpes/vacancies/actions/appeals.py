"""An employer's objection to a hold, and its decision by somebody else."""

from datetime import datetime

from openpes.engine.calendars import working_days_after
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, action, publish, refuse_if
from openpes.kernel.clock import day_of
from openpes.kernel.hands import has_hand_in
from openpes.vacancies import rules
from openpes.vacancies.actions.holding import end_hold, lock_for_hold
from openpes.vacancies.events import HoldAppealDecided, HoldAppealed
from openpes.vacancies.models import Hold, HoldAppeal


@action
def appeal_hold(*, hold: int, words: str, by: Actor, at: datetime) -> HoldAppeal:
    """Object to a hold, for the employer's account or at the counter in its name; the office decides by a day.

    :raises Hold.DoesNotExist: there is none of that id that the actor may see
    :raises Refused: the hold is over, an appeal waits already, or the words are missing
    """
    row = Hold.objects.seen_by(by).select_for_update().get(pk=hold)
    waits = HoldAppeal.objects.filter(hold=row).undecided().exists()
    refuse_if(rules.why_not_appeal(over=row.ended_at is not None, waits=waits, words=words))
    days = int(parameters().value("hold_appeal_days", day_of(at)))
    appeal = HoldAppeal.objects.create(
        area=row.area,
        hold=row,
        employer_id=row.employer_id,
        words=words.strip(),
        appealed_at=at,
        appealed_by=by.id,
        held_hands=row.held_hands,
        due_on=working_days_after(day_of(at), days),
    )
    publish(
        HoldAppealed(
            vacancy=row.vacancy_id, area=row.area, employer=row.employer_id, hold=row.pk, words=appeal.words,
            by=by.id, at=at,
        )
    )  # fmt: skip
    return appeal


@action
def decide_appeal(*, appeal: int, granted: bool, answer: str, by: Actor, at: datetime) -> HoldAppeal:
    """Decide an appeal with reasons; when it is granted the hold is lifted in the same act.

    :raises HoldAppeal.DoesNotExist: there is none of that id in the area
    :raises Refused: it is decided, whoever decides held the vacancy, or the reasons are missing
    """
    vacancy, hold = lock_for_hold(hold=HoldAppeal.objects.visible_to(by.scope).get(pk=appeal).hold_id, by=by)
    found = HoldAppeal.objects.visible_to(by.scope).select_for_update().get(pk=appeal)
    refuse_if(
        rules.why_not_decide(
            decided=found.decided_at is not None, own_hold=has_hand_in(by, found.held_hands), answer=answer
        )
    )
    found.granted, found.answer = granted, answer.strip()
    found.decided_at, found.decided_by, found.decided_hands = at, by.id, by.hands
    found.save()
    publish(
        HoldAppealDecided(
            vacancy=vacancy.pk, area=vacancy.area, employer=vacancy.employer_id, hold=hold.pk, granted=granted,
            answer=found.answer, by=by.id, at=at,
        )
    )  # fmt: skip
    if granted and hold.ended_at is None:
        end_hold(vacancy=vacancy, hold=hold, words=found.answer, by=by, at=at)
    return found
