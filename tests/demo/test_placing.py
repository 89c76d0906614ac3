"""The demo city shows people on the way to work: applications in several states, interviews, CVs, retention checks."""

import pytest

from openpes.demo.actions import build_city, introduce_to_employer, open_demo_accounts, play_placing
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.referrals.models import Referral, RetentionCheck, Step
from openpes.resumes.models import Sharing
from tests.demo.factories import SEED, owner_of


@pytest.mark.city
def test_people_are_on_the_way_to_work_once(city, at):
    open_demo_accounts(by=PLATFORM, at=at)
    build_city(people=2000, seed=SEED, owner=owner_of(city), by=PLATFORM, at=at)
    open_demo_accounts(by=PLATFORM, at=at)
    introduce_to_employer(by=PLATFORM, at=at)
    assert play_placing(by=PLATFORM, at=at) > 3
    assert play_placing(by=PLATFORM, at=at) == 0
    with within(CITY):
        states = {row.state for row in Referral.objects.filter(origin="application")}
        assert len(states) > 1 and Step.objects.filter(referral__origin="application").exists()
        assert {"there", "left"} <= set(RetentionCheck.objects.values_list("outcome", flat=True))
        assert "all" in set(Sharing.objects.values_list("audience", flat=True))
