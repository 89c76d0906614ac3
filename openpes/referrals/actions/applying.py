"""A person applies for a vacancy without an introduction, or takes the application back."""

from datetime import datetime

from openpes.employers.queries import why_not_serve
from openpes.kernel import Actor, action, publish, refuse_if, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.matching.queries import explanation_of
from openpes.people.queries import own_person, why_not_living
from openpes.referrals import rules
from openpes.referrals.actions.referring import new_referral, store_referral
from openpes.referrals.actions.telling import tell_of_new
from openpes.referrals.choices import Origin
from openpes.referrals.events import PersonApplied
from openpes.referrals.models import Referral
from openpes.referrals.queries import introduction
from openpes.vacancies.actions import take_in_hand


@action
def apply_for(*, vacancy: int, own_words: str = "", by: Actor, at: datetime) -> Referral:
    """Apply for a vacancy anywhere in the city; it counts against the same cap as introductions do.

    The vacancy is locked before its referrals are counted, so that whoever comes last to the last free place of the cap
    is refused in words, and nobody twice.

    :raises Person.DoesNotExist: the account stands for no person
    :raises Vacancy.DoesNotExist: the city has no such vacancy that was ever public
    :raises Refused: with every reason why not
    """
    person, on = own_person(actor=by), day_of(at)
    held = take_in_hand(vacancy=vacancy, by=by, at=at)
    with within(CITY):  # the reasons look at what others did
        about = introduction(person=person, held=held, scope=CITY, on=on)
        refuse_if(
            [
                *why_not_living(person=person.pk),
                *why_not_serve(employer=held.employer, on=on),
                *rules.why_not_apply(about, on=on),
                *rules.why_not_say(own_words),
            ]
        )
        fit = explanation_of(person=person.pk, vacancy=vacancy, on=on)
    referral = new_referral(person=person, held=held, score=fit.score if fit else None, by=by, at=at)
    referral.origin, referral.own_words = Origin.APPLICATION, own_words.strip()
    store_referral(referral=referral, held=held)
    tell_of_new(referral=referral, by=by, at=at)
    publish(
        PersonApplied(
            referral=referral.pk, person=person.pk, area=referral.area, vacancy=vacancy, employer=held.employer,
            letter_no=referral.letter_no, by=by.id, at=at,
        )
    )  # fmt: skip
    return referral
