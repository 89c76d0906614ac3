"""The accounts of an employer: invited, changed, ended; somebody always keeps them."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from openpes.access.models import Account
from openpes.employers.actions import change_member, end_member, invite_member
from openpes.employers.choices import MemberRight
from openpes.employers.models import Employer
from openpes.employers.queries import members_of
from openpes.kernel import Actor, Refused
from tests.cast import COUNTY, NEIGHBOUR, Player
from tests.employers.factories import make_employer
from tests.races import outcomes

CLERK = Actor(id=1, scope=COUNTY)


def invited(employer: int, username: str, right: str, by: Actor, at) -> Account:
    account, _password = invite_member(employer=employer, username=username, name="覃女士", right=right, by=by, at=at)
    return account


def player(account: Account, at) -> Player:
    Account.objects.filter(pk=account.pk).update(password_given_at=None)
    account.refresh_from_db()
    return Player(account, Actor(id=account.pk, name=account.name, employer=account.employer_id))


def test_the_counter_opens_the_first_account_and_its_holder_the_others(db, at):
    firm = make_employer(CLERK, at)
    with pytest.raises(Refused, match="first account of an employer keeps its accounts"):
        invited(firm.pk, "firm1", MemberRight.READER, CLERK, at)
    boss = invited(firm.pk, "firm1", MemberRight.ADMIN, CLERK, at)
    me = Actor(id=boss.pk, employer=firm.pk)
    invited(firm.pk, "firm2", MemberRight.RECRUITER, me, at)
    assert [(one.username, one.right, one.waits) for one in members_of(employer=firm.pk)] == [
        ("firm1", MemberRight.ADMIN, True), ("firm2", MemberRight.RECRUITER, True),
    ]  # fmt: skip
    with pytest.raises(Refused, match="is taken"):
        invited(firm.pk, "firm2", MemberRight.READER, me, at)
    with pytest.raises(Employer.DoesNotExist):
        invited(firm.pk, "firm3", MemberRight.READER, Actor(id=2, scope=NEIGHBOUR), at)


def test_the_only_administrator_neither_leaves_nor_becomes_less(db, at):
    firm = make_employer(CLERK, at)
    boss = invited(firm.pk, "firm1", MemberRight.ADMIN, CLERK, at)
    second = invited(firm.pk, "firm2", MemberRight.RECRUITER, CLERK, at)
    me = Actor(id=boss.pk, employer=firm.pk)
    for act in (
        lambda: end_member(employer=firm.pk, account=boss.pk, by=me, at=at),
        lambda: change_member(employer=firm.pk, account=boss.pk, right=MemberRight.READER, by=me, at=at),
    ):
        with pytest.raises(Refused, match="only administrator"):
            act()
    change_member(employer=firm.pk, account=second.pk, right=MemberRight.ADMIN, by=me, at=at)
    end_member(employer=firm.pk, account=boss.pk, by=me, at=at)
    assert [one.account for one in members_of(employer=firm.pk)] == [second.pk]
    boss.refresh_from_db()
    assert not boss.is_active and not boss.has_usable_password()


def test_nobody_ends_the_account_of_another_employer(db, at):
    firm, foreign = make_employer(CLERK, at), make_employer(CLERK, at)
    boss = invited(firm.pk, "firm1", MemberRight.ADMIN, CLERK, at)
    theirs = invited(foreign.pk, "foreign1", MemberRight.ADMIN, CLERK, at)
    with pytest.raises(Account.DoesNotExist):
        end_member(employer=firm.pk, account=theirs.pk, by=Actor(id=boss.pk, employer=firm.pk), at=at)


def test_a_reader_opens_the_pages_and_changes_nothing_and_a_recruiter_keeps_no_accounts(db, at):
    firm = make_employer(CLERK, at)
    invited(firm.pk, "firm1", MemberRight.ADMIN, CLERK, at)
    reader = player(invited(firm.pk, "firm2", MemberRight.READER, CLERK, at), at).client()
    recruiter = player(invited(firm.pk, "firm3", MemberRight.RECRUITER, CLERK, at), at).client()
    assert reader.get(reverse("vacancies:mine")).status_code == HTTPStatus.OK
    refused = reader.post(reverse("vacancies:new_mine"), {"title": "电工"})
    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert "may read everything of your unit, but change nothing" in refused.content.decode()
    assert (
        recruiter.post(reverse("vacancies:new_mine"), {"title": "电工"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    )
    for one in (reader, recruiter):
        assert one.get(reverse("employers:people")).status_code == HTTPStatus.FORBIDDEN
        assert one.get(reverse("employers:mine")).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.city
def test_two_administrators_who_end_each_other_at_once_leave_one(city, at):
    firm = make_employer(CLERK, at)
    bosses = [invited(firm.pk, f"firm{n}", MemberRight.ADMIN, CLERK, at).pk for n in (1, 2)]
    acts = outcomes(
        lambda pair: end_member(employer=firm.pk, account=pair[1], by=Actor(id=pair[0], employer=firm.pk), at=at),
        [tuple(bosses), tuple(reversed(bosses))],
    )
    assert acts == {"done": 1, "refused": 1}
    assert len(members_of(employer=firm.pk)) == 1
