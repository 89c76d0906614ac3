"""What ends with an account, and what is forgotten of those who were signed in."""

from datetime import timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client

from openpes.access.actions import DelegationFacts, close_account, delegate_rights
from openpes.access.jobs import forget_old_sessions
from openpes.access.models import Delegation
from openpes.audit.models import JournalEntry
from openpes.kernel import Actor, within
from openpes.kernel.action import PLATFORM
from openpes.network.actions import post_staff
from openpes.network.models import Posting
from tests.access.factories import a_clerk
from tests.cast import COUNTY, NEIGHBOUR
from tests.network.factories import a_point


def events() -> list[str]:
    with within("4501"):
        return list(JournalEntry.objects.order_by("pk").values_list("event", flat=True))


def test_with_an_account_end_its_postings_delegations_and_sessions(cast, at):
    clerk, colleague = a_clerk(at), cast.neighbour_clerk.account
    told = {"scope": COUNTY, "rights": ("people.view",), "until_on": at.date() + timedelta(days=5), "reason": "休假"}
    giver = Actor(id=clerk.pk, scope=COUNTY)
    given = delegate_rights(facts=DelegationFacts(taker=colleague.pk, **told), by=giver, at=at)
    told |= {"scope": NEIGHBOUR}
    taken = delegate_rights(facts=DelegationFacts(taker=clerk.pk, **told), by=cast.neighbour_clerk.actor, at=at)
    elsewhere = DelegationFacts(taker=cast.city_clerk.account.pk, **told)
    other = delegate_rights(facts=elsewhere, by=cast.neighbour_clerk.actor, at=at)
    far = a_point(NEIGHBOUR, at)
    post_staff(account=clerk.pk, point=far.pk, by=PLATFORM, at=at)
    for account in (clerk, clerk, colleague):
        Client().force_login(account)
    later = at + timedelta(days=2)
    close_account(account=clerk.pk, by=cast.administrator.actor, at=later)
    with within("4501"):
        assert [row.until_on for row in Posting.objects.filter(account=clerk)] == [later.date()]
    assert {row.pk for row in Delegation.objects.filter(until_on=later.date())} == {given.pk, taken.pk}
    assert Delegation.objects.get(pk=other.pk).until_on == told["until_on"]
    holders = [row.get_decoded()[SESSION_KEY] for row in Session.objects.order_by("pk")]
    assert str(clerk.pk) not in holders and str(colleague.pk) in holders
    assert sorted(events()[-5:]) == [
        "access.AccountClosed", "access.DelegationEnded", "access.DelegationEnded", "access.RoleEnded",
        "network.PostingEnded",
    ]  # fmt: skip


def test_sessions_that_are_over_are_forgotten_every_night_and_no_others(cast, at):
    for days in (-1, 1):
        Session(session_key=f"day{days}", session_data="", expire_date=at + timedelta(days=days)).save()
    assert (forget_old_sessions(), forget_old_sessions()) == (1, 0)
    assert Session.objects.filter(session_key="day1").exists()
