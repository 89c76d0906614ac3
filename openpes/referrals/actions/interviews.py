"""Interviews: the employer proposes times, the person takes one; moved, cancelled, held or missed."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from openpes.kernel import Actor, Refused, action, publish, refuse_if
from openpes.kernel.days import spoken_moment
from openpes.referrals import rules
from openpes.referrals.actions.steps import Told, locked_referral, move_on, publish_step, write_step
from openpes.referrals.choices import InterviewState, News, Stage
from openpes.referrals.events import InterviewArranged
from openpes.referrals.models import Interview, Referral
from openpes.referrals.queries.interviews import is_in_doubt
from openpes.referrals.rules import InterviewFacts


@action
def propose_interview(*, referral: int, facts: InterviewFacts, by: Actor, at: datetime) -> Interview:
    """Propose times for an interview, or other times than before; what was agreed before is open again then.

    :raises Referral.DoesNotExist: there is none of that id for the actor
    :raises Refused: it is not open any more, the vacancy is in doubt, or with everything that is wrong with the times
    """
    held = locked_referral(referral, by)
    refuse_if(rules.why_not_propose(facts, in_doubt=is_in_doubt(vacancy=held.vacancy_id), at=at))
    row = Interview.objects.filter(referral=held).open().select_for_update().first()
    words = _("New times are proposed.") if row else ""
    move_on(referral=held, stage=Stage.INVITED, told=Told(news=News.TIMES, words=words), by=by, at=at)
    row = row or Interview(
        area=held.area, referral=held, person_id=held.person_id, employer_id=held.employer_id, moves=-1
    )
    row.state, row.starts_at, row.ends_at, row.moves = InterviewState.PROPOSED, None, None, max(row.moves + 1, 0)
    row.slots, row.minutes, row.way = sorted(facts.slots), facts.minutes, facts.way
    row.place, row.note = facts.place.strip(), facts.note.strip()
    row.proposed_at, row.proposed_by = at, by.id
    row.save()
    _tell(row, by, at)
    return row


@action
def take_slot(*, interview: int, slot: datetime, by: Actor, at: datetime) -> Interview:
    """Take one of the proposed times, or another of them than before; the person does, or an office for it.

    :raises Interview.DoesNotExist: there is none of that id for the actor
    :raises Refused: the interview is over, the time is not proposed or past, or an employer would choose for itself
    """
    held, row = _locked(interview, by)
    in_doubt = is_in_doubt(vacancy=held.vacancy_id)
    refuse_if(rules.why_not_take(state=row.state, slots=row.slots, wanted=slot, in_doubt=in_doubt, at=at))
    if by.employer is not None:
        raise Refused(_("The person chooses the time."), next_step=_("Propose other times if none of these suits."))
    row.state, row.starts_at, row.ends_at = InterviewState.AGREED, slot, slot + timedelta(minutes=row.minutes)
    row.save(update_fields=["state", "starts_at", "ends_at"])
    _say(held, News.AGREED, "", by, at)
    _tell(row, by, at)
    return row


@action
def cancel_interview(*, interview: int, words: str, by: Actor, at: datetime) -> Interview:
    """Cancel an interview, with words; the application goes on.

    :raises Interview.DoesNotExist: there is none of that id for the actor
    :raises Refused: the interview is over, or the words are missing
    """
    held, row = _locked(interview, by)
    if row.state not in (InterviewState.PROPOSED, InterviewState.AGREED):
        raise Refused(_("This interview is over or cancelled already."), next_step=_("Nothing needs to be done."))
    if not words.strip():
        raise Refused(_("Write why the interview is cancelled; the other side reads it."), field="words")
    _close(row, InterviewState.CANCELLED, words, by, at)
    move_on(referral=held, stage=Stage.SEEN, told=Told(news=News.CANCELLED, words=words.strip()), by=by, at=at)
    _tell(row, by, at)
    return row


@action
def note_interview(*, interview: int, came: bool, words: str = "", by: Actor, at: datetime) -> Interview:
    """Say that an interview was held, or that the person did not come.

    :raises Interview.DoesNotExist: there is none of that id for the actor
    :raises Refused: no time was agreed, or it lies ahead
    """
    held, row = _locked(interview, by)
    refuse_if(rules.why_not_told_held(state=row.state, starts_at=row.starts_at, at=at))
    _close(row, InterviewState.HELD if came else InterviewState.NO_SHOW, words, by, at)
    told = Told(words=words.strip() or ("" if came else _("The person did not come to the interview.")))
    move_on(referral=held, stage=Stage.HELD if came else Stage.SEEN, told=told, by=by, at=at)
    _tell(row, by, at)
    return row


@action
def pause_interviews(*, vacancy: int, by: Actor, at: datetime) -> int:
    """Set back the interviews ahead for a vacancy that is looked into; returns how many.

    The agreed time is open again, both sides are told, and no time is taken until the vacancy is released.
    """
    found = _ahead(vacancy, at)
    for held, row in found:
        words = _("Agreed was %(when)s.") % {"when": spoken_moment(row.starts_at)} if row.starts_at else ""
        row.state, row.starts_at, row.ends_at = InterviewState.PROPOSED, None, None
        row.save(update_fields=["state", "starts_at", "ends_at"])
        _say(held, News.PAUSED, words, by, at)
        _tell(row, by, at)
    return len(found)


@action
def ask_anew(*, vacancy: int, by: Actor, at: datetime) -> int:
    """Ask for the times of the interviews for a released vacancy anew; returns how many. Both sides are told.

    Where every proposed time has passed meanwhile, the words ask the employer for others.
    """
    if is_in_doubt(vacancy=vacancy):
        return 0
    found = _ahead(vacancy, at)
    for held, row in found:
        over = not any(slot > at for slot in row.slots)
        words = _("All times that were proposed are over; the employer proposes others.") if over else ""
        _say(held, News.ASKED_ANEW, words, by, at)
    return len(found)


def _ahead(vacancy: int, at: datetime) -> list[tuple[Referral, Interview]]:
    """The open interviews for a vacancy that have not begun, each behind the lock of its referral, by id."""
    locked = Referral.objects.waiting().filter(vacancy_id=vacancy).select_for_update().order_by("pk")
    found = []
    for held in locked:
        row = Interview.objects.filter(referral=held).open().select_for_update().first()
        if row is not None and (row.starts_at is None or row.starts_at > at):
            found.append((held, row))
    return found


def _locked(interview: int, by: Actor) -> tuple[Referral, Interview]:
    """An interview that the actor may see, behind the lock of its referral."""
    referral = Interview.objects.seen_by(by).get(pk=interview).referral_id
    held = locked_referral(referral, by)
    return held, Interview.objects.seen_by(by).select_for_update().get(pk=interview)


def _close(row: Interview, state: InterviewState, words: str, by: Actor, at: datetime) -> None:
    row.state, row.ended_at, row.ended_by, row.ended_words = state, at, by.id, words.strip()[:300]
    row.save(update_fields=["state", "ended_at", "ended_by", "ended_words"])


def _say(held: Referral, news: News, words: str, by: Actor, at: datetime) -> None:
    write_step(referral=held, was=held.state, told=Told(news=news, words=words), by=by, at=at)
    publish_step(referral=held, news=news, by=by, at=at)


def _tell(row: Interview, by: Actor, at: datetime) -> None:
    publish(
        InterviewArranged(
            interview=row.pk, referral=row.referral_id, person=row.person_id, area=row.area,
            employer=row.employer_id, state=row.state, by=by.id, at=at,
        )
    )  # fmt: skip
