"""Asking for, confirming and ending roles."""

from datetime import timedelta

import pytest

from openpes.access.actions import (
    DelegationFacts,
    close_account,
    confirm_role,
    delegate_rights,
    end_role,
    grant_role,
)
from openpes.access.models import Grant
from openpes.access.queries import asked_roles, held_roles, rights_to_hand_on, staff_accounts, standing_of
from openpes.audit.models import JournalEntry
from openpes.kernel import Actor, Refused, within
from openpes.kernel.action import PLATFORM
from tests.access.factories import a_clerk, a_second_administrator
from tests.cast import COUNTY, NEIGHBOUR, TOWN, self_service


def grant(cast, account, role="township_clerk", scope=TOWN, by=None, at=None):
    return grant_role(account=account.pk, role=role, scope=scope, by=by or cast.administrator.actor, at=at)


def test_a_granted_role_opens_its_rights_in_its_area_and_is_journalled(cast, at):
    account = a_clerk(at)
    asked = grant(cast, account, at=at)
    second = a_second_administrator(at)
    confirm_role(grant=asked.pk, content_hash=asked.content_hash, by=second, at=at)
    assert {(one.grant.role, one.area) for one in held_roles(account=account.pk, on=at.date())} == {
        ("county_clerk", "青秀区"), ("township_clerk", "青秀区新竹街道"),
    }  # fmt: skip
    with within("4501"):
        line = JournalEntry.objects.filter(event="access.RoleGranted").last()
    asked_by = cast.administrator.actor.id
    assert (line.by, line.payload) == (
        second.id, {"account": account.pk, "role": "township_clerk", "scope": TOWN, "asked_by": asked_by},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"role": "emperor"}, "role", "one of the roles of staff"),
        ({"role": "seeker"}, "role", "one of the roles of staff"),
        ({"scope": "450199"}, "scope", "The city has no area 450199"),
        ({"scope": ""}, "scope", "The city has no area"),
        ({"scope": COUNTY, "role": "county_clerk"}, "role", "already holds this role"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused_with_its_reason(cast, at, changes, field, sentence):
    account = a_clerk(at)
    before = Grant.objects.count()
    with pytest.raises(Refused, match=sentence) as refused:
        grant(cast, account, at=at, **changes)
    assert field in [reason.field for reason in refused.value.reasons]
    assert Grant.objects.count() == before


def test_nobody_grants_to_themselves_nor_outside_their_area_nor_to_a_seeker(cast, at):
    admin = cast.administrator
    with pytest.raises(Refused, match="Nobody grants a role to themselves"):
        grant(cast, admin.account, at=at)
    of_county = Actor(id=10**6, scope=COUNTY)
    with pytest.raises(Refused, match="outside your own"):
        grant(cast, a_clerk(at), scope=NEIGHBOUR, by=of_county, at=at)
    seeker = self_service(username="seeker", person=7, at=at)
    with pytest.raises(Refused, match="account of a person or an employer"):
        grant(cast, seeker.account, at=at)


def test_whoever_acts_for_an_administrator_is_no_second_administrator(cast, at):
    """The one on whose behalf somebody acts counts as asking, granting and holding too."""
    admin = cast.administrator.actor
    for_admin = Actor(id=a_second_administrator(at).id, scope=admin.scope, behalf=admin.id)
    account = a_clerk(at)
    asked = grant(cast, account, at=at)
    with pytest.raises(Refused, match="Whoever asks for a role"):
        confirm_role(grant=asked.pk, content_hash=asked.content_hash, by=for_admin, at=at)
    for_third = Actor(id=for_admin.id, scope=admin.scope, behalf=10**6)
    with pytest.raises(Refused, match="not granted on behalf of somebody else"):
        confirm_role(grant=asked.pk, content_hash=asked.content_hash, by=for_third, at=at)
    with pytest.raises(Refused, match="not granted on behalf of somebody else"):
        grant(cast, account, scope=COUNTY, at=at, by=for_third)
    with pytest.raises(Refused, match="Nobody grants a role to themselves"):
        grant(cast, cast.administrator.account, at=at, by=for_admin)
    with pytest.raises(Refused):
        end_role(grant=Grant.objects.get(account=admin.id).pk, by=for_admin, at=at)
    with pytest.raises(Refused):
        close_account(account=admin.id, by=for_admin, at=at)
    assert asked_roles(scope="4501", on=at.date(), actor=for_admin)[0].mine


def test_the_rights_over_roles_and_accounts_are_not_handed_on(cast, at):
    _grant, rights = rights_to_hand_on(account=cast.administrator.account.pk, on=at.date())
    codes = {right.code for right in rights}
    assert codes and not codes & {"access.grant_roles", "access.keep_accounts"}
    wanted = DelegationFacts(
        taker=a_clerk(at).pk, scope="4501", until_on=at.date() + timedelta(days=3), reason="出差",
        rights=("access.grant_roles",),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        delegate_rights(facts=wanted, by=cast.administrator.actor, at=at)
    assert [reason.field for reason in refused.value.reasons] == ["rights"]


def test_an_ended_role_opens_nothing_from_that_day_on(cast, at):
    account = a_clerk(at)
    held = Grant.objects.get(account=account)
    later = at + timedelta(days=3)
    end_role(grant=held.pk, by=cast.administrator.actor, at=later)
    assert standing_of(account=account, on=at.date())[1]
    assert not standing_of(account=account, on=later.date())[1]
    with pytest.raises(Refused, match="ended already"):
        end_role(grant=held.pk, by=cast.administrator.actor, at=later)


def test_a_role_granted_by_mistake_today_leaves_no_period(cast, at):
    held = Grant.objects.get(account=a_clerk(at))
    end_role(grant=held.pk, by=cast.administrator.actor, at=at)
    held.refresh_from_db()
    assert held.from_on == held.until_on
    assert not standing_of(account=held.account, on=at.date())[1]


def test_nobody_ends_a_role_of_the_neighbour_or_their_own(cast, at):
    held = Grant.objects.get(account=a_clerk(at, scope=NEIGHBOUR))
    with pytest.raises(Grant.DoesNotExist):
        end_role(grant=held.pk, by=Actor(id=10**6, scope=COUNTY), at=at)
    own = Grant.objects.get(account=cast.administrator.account)
    with pytest.raises(Refused, match="Nobody ends their own role"):
        end_role(grant=own.pk, by=cast.administrator.actor, at=at)


def test_staff_are_listed_by_the_area_of_their_roles(cast, at):
    def names(scope: str, text: str = "") -> list[str]:
        return [account.username for account, _held in staff_accounts(scope=scope, on=at.date(), text=text)]

    assert names(COUNTY) == ["county_clerk", "township_clerk", "village_officer"]
    assert names("4501", "neighbour") == ["neighbour_clerk"]
    assert names("") == []


def test_the_platform_grants_the_first_administrator(db, at):
    account = a_clerk(at)
    grant_role(account=account.pk, role="administrator", scope="4501", by=PLATFORM, at=at)
    actor, rights, _grant = standing_of(account=account, on=at.date())
    assert (actor.scope, "access.grant_roles" in rights) == ("4501", True)
