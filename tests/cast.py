"""The fixed cast of the tests: who works where, who seeks, who employs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.test import Client

from openpes.access.actions import open_account
from openpes.access.events import AccountOpened, RoleGranted
from openpes.access.models import Account, Grant
from openpes.kernel import Actor, Event
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import day_of
from openpes.kernel.publishing import publish_all

PASSWORD = "open-pes-tests"
COUNTY, TOWN, VILLAGE = "450103", "450103001", "450103001005"
NEIGHBOUR = "450105"


@dataclass(frozen=True)
class Player:
    """One of the cast: the account, and the actor that it is in actions."""

    account: Account
    actor: Actor

    def client(self, language: str = "en") -> Client:
        """A browser-less client that is signed in as this player."""
        client = Client()
        client.cookies["django_language"] = language
        client.force_login(self.account, backend="openpes.config.sign_in.ActiveAccounts")
        return client


@dataclass(frozen=True)
class Cast:
    city_clerk: Player
    county_clerk: Player
    township_clerk: Player
    village_officer: Player
    neighbour_clerk: Player
    statistician: Player
    auditor: Player
    administrator: Player


STAFF = {
    "city_clerk": ("city_clerk", "4501"),
    "county_clerk": ("county_clerk", COUNTY),
    "township_clerk": ("township_clerk", TOWN),
    "village_officer": ("village_officer", VILLAGE),
    "neighbour_clerk": ("county_clerk", NEIGHBOUR),
    "statistician": ("statistician", "4501"),
    "auditor": ("auditor", "4501"),
    "administrator": ("administrator", "4501"),
}


def assemble(at: datetime) -> Cast:
    """The accounts of the cast and their roles, as `open_account` and `grant_role` leave them, by few statements."""
    with PLATFORM.standing():
        accounts = Account.objects.bulk_create(_account(key, at) for key in STAFF)
        posts = [(account, role, scope) for account, (role, scope) in zip(accounts, STAFF.values(), strict=True)]
        Grant.objects.bulk_create(
            Grant(account=account, role=role, scope=scope, from_on=day_of(at), granted_by=PLATFORM.id)
            for account, role, scope in posts
        )
        publish_all(event for post in posts for event in _events(*post, at))
    players = [Player(account, Actor(id=account.pk, scope=scope, name=account.name)) for account, _role, scope in posts]
    return Cast(**dict(zip(STAFF, players, strict=True)))


def _events(account: Account, role: str, scope: str, at: datetime) -> Iterator[Event]:
    yield AccountOpened(account=account.pk, by=PLATFORM.id, at=at)
    yield RoleGranted(account=account.pk, role=role, scope=scope, by=PLATFORM.id, at=at)


def _account(username: str, at: datetime) -> Account:
    account = Account(username=username, name=username.replace("_", " "), created_at=at)
    account.set_unusable_password()
    return account


def self_service(*, username: str, person: int | None = None, employer: int | None = None, at: datetime) -> Player:
    """A seeker (`person`) or somebody of an employer (`employer`) with an account of their own."""
    account = open_account(username=username, name=username, person=person, employer=employer, by=PLATFORM, at=at)
    return Player(account, Actor(id=account.pk, name=username, person=person, employer=employer))
