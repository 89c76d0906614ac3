"""Introductions of the last days to the demo employer, so that it has letters to answer in a city of any size."""

from datetime import datetime, timedelta

from openpes.access.models import Account
from openpes.demo.rules.accounts import COUNTY, EMPLOYER
from openpes.kernel import Actor, Refused, action, clock, within
from openpes.kernel.scope import CITY
from openpes.matching.queries import suggestions_for_vacancy
from openpes.referrals.actions import refer
from openpes.referrals.models import Referral
from openpes.vacancies.models import Vacancy

WAITING, LOOKED_AT = 3, 6


@action
def introduce_to_employer(*, by: Actor, at: datetime) -> int:
    """Let the county clerk introduce fitting seekers until three wait for the demo employer's answer; how many.

    Nothing happens without the two accounts, or where enough wait already.
    """
    clerk = Account.objects.filter(username="county_clerk").first()
    firm = Account.objects.filter(username=EMPLOYER).exclude(employer_id=None).first()
    if clerk is None or firm is None:
        return 0
    on = clock.day_of(at)
    with within(CITY):
        waiting = Referral.objects.visible_to(CITY).filter(employer=firm.employer_id, answer="").count()
        offered = list(
            Vacancy.objects.visible_to(CITY)
            .open_on(on)
            .filter(employer=firm.employer_id)
            .order_by("-published_on", "pk")
        )
    actor, made = Actor(id=clerk.pk, scope=COUNTY), 0
    for vacancy in offered:
        for person in _seekers(vacancy.pk, at):
            if waiting + made >= WAITING:
                return made
            made += _introduced(person, vacancy.pk, actor, at)
    return made


def _seekers(vacancy: int, at: datetime) -> list[int]:
    found = suggestions_for_vacancy(scope=COUNTY, vacancy=vacancy, on=clock.day_of(at), k=LOOKED_AT)
    return [one.person.pk for one in found if one.person is not None]


def _introduced(person: int, vacancy: int, by: Actor, at: datetime) -> int:
    try:
        refer(person=person, vacancy=vacancy, by=by, at=at - timedelta(minutes=30))
    except Refused:  # the cap is reached, or the person waits for another answer there
        return 0
    return 1
