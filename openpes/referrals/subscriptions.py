"""What referrals hear from below: a vacancy whose last place went, an employment that somebody takes back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openpes.kernel import Actor, Event, Refused, listen, within
from openpes.kernel.action import PLATFORM, actor_of
from openpes.kernel.pages import OfferedPage, offer_page
from openpes.kernel.scope import CITY
from openpes.people.choices import Clash
from openpes.people.models import Tie, hold_ties
from openpes.referrals.actions import (
    ask_anew,
    close_waiting_referrals,
    pause_interviews,
    tell_of_closing,
)
from openpes.referrals.choices import GROUNDS_IN_DOUBT, Answer
from openpes.referrals.models import Hire, Interview, Reach, Referral, RetentionCheck, Step
from openpes.referrals.permissions import VIEW_REFERRALS
from openpes.referrals.queries import hires_at, referrals_of_vacancy
from openpes.referrals.queries.interviews import is_in_doubt
from openpes.registration.events import RegistrationWithdrawn
from openpes.vacancies.choices import EndReason
from openpes.vacancies.events import HoldLifted, VacancyEnded, VacancyHeld


@listen(VacancyEnded)
def answer_those_who_wait(event: VacancyEnded) -> None:
    """Who was introduced to a vacancy that is now filled is answered, and free for another introduction."""
    if event.reason == EndReason.FILLED:
        note = _("All places are filled.")
        close_waiting_referrals(
            vacancy=event.vacancy, answer=Answer.PLACE_TAKEN, note=note, by=PLATFORM, at=event.at
        )


@listen(VacancyEnded)
def tell_those_on_the_way(event: VacancyEnded) -> None:
    """Who applied or was introduced hears that the employer closed; nothing of theirs is lost."""
    if event.reason == EndReason.CLOSED:
        tell_of_closing(vacancy=event.vacancy, by=_behind(event), at=event.at)


@listen(VacancyHeld)
def set_interviews_back(event: VacancyHeld) -> None:
    """Nobody goes to an interview for a vacancy that is in doubt; both sides hear it once, on however many grounds."""
    if event.ground in GROUNDS_IN_DOUBT and not is_in_doubt(vacancy=event.vacancy, beside=event.hold):
        with within(CITY):
            pause_interviews(vacancy=event.vacancy, by=PLATFORM, at=event.at)


@listen(HoldLifted)
def ask_for_interviews_anew(event: HoldLifted) -> None:
    """When the doubt is over, both sides are asked for the time once more."""
    if event.ground in GROUNDS_IN_DOUBT:
        with within(CITY):
            ask_anew(vacancy=event.vacancy, by=PLATFORM, at=event.at)


def _behind(event: Event) -> Actor:
    return actor_of(event.by, scope=CITY)


@listen(RegistrationWithdrawn)
def keep_what_a_hire_stands_on(event: RegistrationWithdrawn) -> None:
    """An employment that came with a hire is not taken back alone: the place would stay filled.

    :raises Refused: when a hire stands on it
    """
    if event.employer is None:
        return
    with within(CITY):
        hires = Hire.objects.filter(person=event.person, employer=event.employer, begins_on=event.from_on)
        if hires.exists():
            raise Refused(
                _("This employment belongs to a hire, and its place is filled."),
                next_step=_("End the employment instead, with its day and reason."),
            )


def _hires_at(actor: Actor, pk: int) -> int:
    return hires_at(scope=actor.scope, employer=pk).count()


def _introductions_to(actor: Actor, pk: int) -> int:
    return len(referrals_of_vacancy(scope=actor.scope, vacancy=pk))


offer_page(
    "employer", OfferedPage(lazy("Hires"), "referrals:hires_of_employer", VIEW_REFERRALS.code, _hires_at)
)
offer_page(
    "vacancy",
    OfferedPage(lazy("Introductions"), "referrals:of_vacancy", VIEW_REFERRALS.code, _introductions_to),
)


hold_ties(
    Tie(
        model=Referral,
        title=lazy("Introductions"),
        apart="a.vacancy_id = b.vacancy_id AND a.answer = '' AND b.answer = ''",
        next_step=lazy("Let one of the two introductions to the same vacancy be answered first."),
    ),
    Tie(model=Hire, title=lazy("Hires")),
    Tie(model=Step, title=lazy("Steps of applications and introductions")),
    Tie(model=Interview, title=lazy("Interviews")),
    Tie(model=RetentionCheck, title=lazy("Retention checks")),
    Tie(
        model=Reach,
        title=lazy("How to be told of news"),
        apart="true",
        clash=Clash.PAST,
        living="false",
    ),
)
