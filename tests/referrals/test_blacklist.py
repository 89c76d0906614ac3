"""Nobody is referred to an employer on the blacklist, wherever in the city the office is."""

from datetime import timedelta

import pytest

from openpes.employers.actions import decide_blacklisting, propose_blacklisting
from openpes.kernel import Actor, Refused
from openpes.kernel.clock import day_of
from openpes.referrals.actions import refer
from tests.cast import COUNTY
from tests.employers.test_blacklist import blame
from tests.referrals.factories import CLERK, seeker
from tests.vacancies.factories import make_open


def test_nobody_is_referred_until_the_entry_ends_by_itself(db, at):
    vacancy, person = make_open(CLERK, at), seeker(at)
    told = blame(at, ends_on=day_of(at) + timedelta(days=5))
    entry = propose_blacklisting(employer=vacancy.employer_id, blame=told, by=CLERK, at=at)
    decide_blacklisting(entry=entry.pk, enters=True, by=Actor(id=2, scope=COUNTY), at=at)
    with pytest.raises(Refused, match="on the blacklist until"):
        refer(person=person.pk, vacancy=vacancy.pk, by=CLERK, at=at)
    refer(person=person.pk, vacancy=vacancy.pk, by=CLERK, at=at + timedelta(days=5))
