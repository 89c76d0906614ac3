"""Keeping an open vacancy from the public with words, and letting it go again."""

from datetime import datetime

from openpes.kernel import Actor, action, publish, refuse_if, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import day_of
from openpes.kernel.hands import has_hand_in
from openpes.kernel.scope import CITY
from openpes.vacancies import rules
from openpes.vacancies.actions.keeping import begin_hold
from openpes.vacancies.actions.publication import renew_publication, renew_sources
from openpes.vacancies.choices import CopyState, HoldEnd, HoldGround
from openpes.vacancies.events import CopyParted, HoldLifted
from openpes.vacancies.models import Hold, HoldAppeal, NearCopy, Vacancy
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
    judged = by.id != PLATFORM.id and ground != HoldGround.NEW_EMPLOYER
    hold = begin_hold(vacancy=row, hold=new, judged=judged, by=by, at=at)
    renew_publication(vacancy=row, on=day_of(at))
    return hold


@action
def lift_hold(*, hold: int, words: str, by: Actor, at: datetime) -> Hold:
    """Lift a hold, saying why; with the last one the vacancy is public again, unless it ended meanwhile.

    An employer's own account lifts only the holds whose cause its own act takes away (stale, silence). A hold against
    which an appeal waits is lifted by deciding the appeal. Lifting the hold of a copy makes two vacancies of it again.

    :raises Hold.DoesNotExist: there is none of that id that the actor may see
    :raises Refused: it is over, or whoever asks may not lift it, or the words are missing
    """
    row, found = lock_for_hold(hold=hold, by=by)
    refuse_if(
        rules.why_not_lift(
            ground=HoldGround(found.ground),
            over=found.ended_at is not None,
            own_hold=has_hand_in(by, found.held_hands),
            by_employer=by.employer is not None,
            appealed=HoldAppeal.objects.filter(hold=found).undecided().exists(),
            words=words,
        )
    )
    end_hold(vacancy=row, hold=found, words=words, by=by, at=at)
    return found


def lock_for_hold(*, hold: int, by: Actor) -> tuple[Vacancy, Hold]:
    """Lock the vacancy of a hold and then the hold; of a copy the earlier vacancy first, as everywhere.

    :raises Hold.DoesNotExist: there is none of that id that the actor may see
    """
    seen = Hold.objects.seen_by(by).get(pk=hold)
    if seen.ground == HoldGround.DUPLICATE:
        with within(CITY):
            earlier = NearCopy.objects.filter(hold=seen).order_by("pk").values_list("kept_id", flat=True).first()
            Vacancy.objects.select_for_update().filter(pk=earlier).order_by("pk").first()
    row = Vacancy.objects.seen_by(by).select_for_update().get(pk=seen.vacancy_id)
    return row, Hold.objects.seen_by(by).select_for_update().get(pk=hold)


def end_hold(*, vacancy: Vacancy, hold: Hold, words: str, by: Actor, at: datetime) -> None:
    """Lift a locked hold of a locked vacancy, and make the vacancy public again when it was the last."""
    hold.ended_at, hold.ended_by, hold.ended_hands = at, by.id, by.hands
    hold.end, hold.end_words = HoldEnd.LIFTED.value, words.strip()[:600]
    hold.save()
    if hold.ground == HoldGround.DUPLICATE:
        part_copies(hold=hold, words=hold.end_words, by=by, at=at)
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


def part_copies(*, hold: Hold, words: str, by: Actor, at: datetime) -> None:
    """Tell two advertisements apart whose copy was held by this; they are never called copies again."""
    with within(CITY):
        for pair in NearCopy.objects.filter(hold=hold).merged().select_for_update().order_by("pk"):
            pair.state, pair.words, pair.decided_at, pair.decided_by = CopyState.APART.value, words, at, by.id
            pair.save()
            renew_sources(vacancy=pair.kept_id)
            publish(
                CopyParted(vacancy=pair.copy_id, area=pair.area, earlier=pair.kept_id, words=words, by=by.id, at=at)
            )
