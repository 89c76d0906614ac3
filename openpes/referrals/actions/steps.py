"""Writing down what happens on the way of a referral, and telling both sides."""

from dataclasses import dataclass
from datetime import datetime

from openpes.kernel import Actor, Refused, publish, refuse_if, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.referrals import rules
from openpes.referrals.actions.telling import tell_both
from openpes.referrals.choices import News, Stage, State
from openpes.referrals.events import ReferralStepped
from openpes.referrals.models import Referral, Step
from openpes.referrals.queries.silence import is_answered_to
from openpes.vacancies.actions import lift_hold
from openpes.vacancies.choices import HoldGround
from openpes.vacancies.models import Hold


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is written beside a step: which news, a coded reason, words."""

    news: News = News.STATE
    reason: str = ""
    words: str = ""


def locked_referral(pk: int, by: Actor) -> Referral:
    """A referral that the actor may see, locked.

    :raises Referral.DoesNotExist: there is none of that id for the actor
    """
    return Referral.objects.seen_by(by).select_for_update().get(pk=pk)


def move_on(*, referral: Referral, stage: Stage, told: Told, by: Actor, at: datetime) -> Referral:
    """Bring a locked, open referral to a stage, if it follows and the actor may say so; write it down and tell it.

    :raises Refused: the stage does not follow the present one, or is not the actor's to say
    """
    was = referral.state
    now = rules.state_of(origin=referral.origin, stage=stage, answer="")
    side = rules.side_of(person=by.person, employer=by.employer, account=by.id)
    refuse_if(rules.why_not_step(was=was, now=now, side=side))
    referral.stage, referral.stage_at, referral.reminders = stage.value, at, 0
    referral.version += 1
    referral.save(update_fields=["stage", "stage_at", "reminders", "version"])
    write_step(referral=referral, was=was, told=told, by=by, at=at)
    publish_step(referral=referral, news=told.news, by=by, at=at)
    release_when_answered(vacancy=referral.vacancy_id, at=at)
    return referral


def write_step(*, referral: Referral, was: State, told: Told, by: Actor, at: datetime) -> Step:
    """Write a step of a referral that stands at its new state already, and tell both sides."""
    step = Step.objects.create(
        area=referral.area, referral=referral, person_id=referral.person_id, employer_id=referral.employer_id,
        news=told.news, was=was, now=referral.state, reason=told.reason, words=told.words,
        side=rules.side_of(person=by.person, employer=by.employer, account=by.id), at=at, by=by.id,
    )  # fmt: skip
    tell_both(step=step, by=by, at=at)
    return step


def publish_step(*, referral: Referral, news: News, by: Actor, at: datetime) -> None:
    """Tell the journal of a step."""
    publish(
        ReferralStepped(
            referral=referral.pk, person=referral.person_id, area=referral.area, vacancy=referral.vacancy_id,
            employer=referral.employer_id, news=news, state=referral.state, by=by.id, at=at,
        )
    )  # fmt: skip


def release_when_answered(*, vacancy: int, at: datetime) -> None:
    """Lift the freeze of a vacancy for silence as soon as everybody who waited too long has an answer."""
    with within(CITY):
        held = Hold.objects.filter(vacancy=vacancy, ground=HoldGround.SILENCE).open().first()
        if held is None or not is_answered_to(vacancy=vacancy, at=at):
            return
        try:
            lift_hold(hold=held.pk, words=str(rules.ALL_ANSWERED), by=PLATFORM, at=at)
        except Refused:  # lifted by somebody else in the same moment
            return
