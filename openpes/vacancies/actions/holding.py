"""Keeping an open vacancy from the public with words, and letting it go again."""

from datetime import datetime

from openpes.kernel import Actor, action, publish, refuse_if
from openpes.kernel.clock import day_of
from openpes.kernel.hands import has_hand_in
from openpes.vacancies import rules
from openpes.vacancies.actions.publication import renew_publication
from openpes.vacancies.choices import HoldEnd, HoldGround
from openpes.vacancies.events import HoldLifted, VacancyHeld
from openpes.vacancies.models import Hold, Vacancy
from openpes.vacancies.queries import state_on


@action
def hold_vacancy(
    *,
    vacancy: int,
    ground: HoldGround,
    words: str,
    clause: str = "",
    next_step: str = "",
    by: Actor,
    at: datetime,
) -> Hold:
    """Keep an open vacancy from the public on a ground; its public row goes in the same transaction.

    The employer reads the words, the clause (that of the ground, if none is given) and what to do next.

    :raises Vacancy.DoesNotExist: there is none of that id in the area
    :raises Refused: it is not open, is held on this ground already, or the words are missing
    """
    ground = HoldGround(ground)
    row = Vacancy.objects.visible_to(by.scope).select_for_update().get(pk=vacancy)
    held_already = Hold.objects.filter(vacancy=row, ground=ground).open().exists()
    refuse_if(rules.why_not_hold(state=state_on(row, day_of(at)), words=words, held_already=held_already))
    new = Hold(ground=ground, words=words, clause=clause, next_step=next_step)
    hold = begin_hold(vacancy=row, hold=new, by=by, at=at)
    renew_publication(vacancy=row, on=day_of(at))
    return hold


@action
def lift_hold(*, hold: int, words: str, by: Actor, at: datetime) -> Hold:
    """Lift a hold, saying why; with the last one the vacancy is public again, unless it ended meanwhile.

    An employer's own account lifts only the holds whose cause its own act takes away (stale, silence).

    :raises Hold.DoesNotExist: there is none of that id that the actor may see
    :raises Refused: it is over, or whoever asks may not lift it, or the words are missing
    """
    vacancy = Hold.objects.seen_by(by).get(pk=hold).vacancy_id
    row = Vacancy.objects.seen_by(by).select_for_update().get(pk=vacancy)
    found = Hold.objects.seen_by(by).select_for_update().get(pk=hold)
    refuse_if(
        rules.why_not_lift(
            ground=HoldGround(found.ground),
            over=found.ended_at is not None,
            own_hold=has_hand_in(by, found.held_hands),
            by_employer=by.employer is not None,
            words=words,
        )
    )
    end_hold(vacancy=row, hold=found, words=words, by=by, at=at)
    return found


def begin_hold(*, vacancy: Vacancy, hold: Hold, by: Actor, at: datetime) -> Hold:
    """Write a hold of a locked vacancy down and tell it; the caller renews what is public."""
    hold.area, hold.vacancy, hold.employer_id = vacancy.area, vacancy, vacancy.employer_id
    hold.words = hold.words.strip()
    hold.clause = hold.clause or str(rules.HOLD_CLAUSES[HoldGround(hold.ground)])
    hold.next_step = hold.next_step or str(rules.HOLD_STEPS[HoldGround(hold.ground)])
    hold.version, hold.held_at, hold.held_by, hold.held_hands = vacancy.version, at, by.id, by.hands
    hold.save(force_insert=True)
    if vacancy.held_on is None:
        vacancy.held_on = day_of(at)
        vacancy.save(update_fields=["held_on"])
    publish(
        VacancyHeld(
            vacancy=vacancy.pk, area=vacancy.area, employer=vacancy.employer_id, hold=hold.pk,
            ground=hold.ground, words=hold.words, by=by.id, at=at,
        )
    )  # fmt: skip
    return hold


def end_hold(*, vacancy: Vacancy, hold: Hold, words: str, by: Actor, at: datetime) -> None:
    """Lift a locked hold of a locked vacancy, and make the vacancy public again when it was the last."""
    hold.ended_at, hold.ended_by, hold.ended_hands = at, by.id, by.hands
    hold.end, hold.end_words = HoldEnd.LIFTED.value, words.strip()
    hold.save()
    free = not Hold.objects.filter(vacancy=vacancy).open().exists()
    if free:
        vacancy.held_on = None
        vacancy.save(update_fields=["held_on"])
    renew_publication(vacancy=vacancy, on=day_of(at))
    publish(
        HoldLifted(
            vacancy=vacancy.pk, area=vacancy.area, employer=vacancy.employer_id, hold=hold.pk, ground=hold.ground,
            words=hold.end_words, public_again=free, by=by.id, at=at,
        )
    )  # fmt: skip
