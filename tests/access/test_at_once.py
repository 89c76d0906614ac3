"""A closed account, an ended role and an ended session stop working with the next request."""

from django.contrib.sessions.models import Session
from django.urls import reverse

from openpes.access.models import Account, Grant


def opens(client) -> int:
    return client.get(reverse("people:new")).status_code


def test_a_closed_account_is_shown_the_door_at_the_next_request(cast):
    client = cast.county_clerk.client()
    assert opens(client) == 200
    Account.objects.filter(pk=cast.county_clerk.account.pk).update(is_active=False)
    assert opens(client) == 302


def test_an_ended_role_opens_nothing_at_the_next_request(cast, at):
    client = cast.county_clerk.client()
    assert opens(client) == 200
    Grant.objects.filter(account=cast.county_clerk.account).delete()
    assert opens(client) == 403


def test_a_deleted_session_is_over_at_the_next_request(cast):
    client = cast.county_clerk.client()
    assert opens(client) == 200
    Session.objects.all().delete()
    assert opens(client) == 302


def test_a_session_whose_time_is_over_opens_nothing(cast, at):
    client = cast.county_clerk.client()
    Session.objects.update(expire_date="2020-01-01T00:00:00Z")
    assert opens(client) == 302


def test_a_new_password_ends_the_other_sessions(cast):
    client = cast.county_clerk.client()
    account = Account.objects.get(pk=cast.county_clerk.account.pk)
    account.set_password("another-long-password-1")
    account.save()
    assert opens(client) == 302
