"""Accounts with a password, and pieces of long work."""

from datetime import datetime
from uuid import UUID

from openpes.access.actions import grant_role, open_account
from openpes.access.models import Account
from openpes.kernel import Actor, long_work
from openpes.kernel.action import PLATFORM
from tests.cast import COUNTY, PASSWORD


def a_clerk(at: datetime, username: str = "weijianhua", scope: str = COUNTY) -> Account:
    """The usual member of staff of an area, who can sign in with the password of the tests."""
    role = {4: "city_clerk", 6: "county_clerk", 9: "township_clerk", 12: "village_officer"}[len(scope)]
    account = open_account(username=username, name="韦建华", password=PASSWORD, by=PLATFORM, at=at)
    grant_role(account=account.pk, role=role, scope=scope, by=PLATFORM, at=at)
    return account


def a_second_administrator(at: datetime, scope: str = "4501", username: str = "second_administrator") -> Actor:
    """An administrator beside the one of the cast, who confirms what that one asks for."""
    account = open_account(username=username, name="second administrator", password=PASSWORD, by=PLATFORM, at=at)
    grant_role(account=account.pk, role="administrator", scope=scope, by=PLATFORM, at=at)
    return Actor(id=account.pk, scope=scope, name=account.name)


def some_work(account: Account, at: datetime, total: int = 100) -> UUID:
    """Work that waits for the worker."""
    return long_work.start(title="Import of a ledger", total=total, account=account.pk, at=at)
