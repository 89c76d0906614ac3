"""The fixed cast of the tests: who works where, who seeks, who employs."""

from dataclasses import dataclass
from datetime import datetime

from django.test import Client

from openpes.access.actions import grant_role, open_account
from openpes.access.models import Account
from openpes.kernel import Actor
from openpes.kernel.action import PLATFORM

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
    """Open the accounts of the cast and grant their roles."""
    return Cast(**{key: _player(key, role, scope, at) for key, (role, scope) in STAFF.items()})


def _player(username: str, role: str, scope: str, at: datetime) -> Player:
    account = open_account(username=username, name=username.replace("_", " "), password=None, by=PLATFORM, at=at)
    grant_role(account=account.pk, role=role, scope=scope, by=PLATFORM, at=at)
    return Player(account, Actor(id=account.pk, scope=scope, name=account.name))


def self_service(*, username: str, person: int | None = None, employer: int | None = None, at: datetime) -> Player:
    """A seeker (`person`) or somebody of an employer (`employer`) with an account of their own."""
    account = open_account(username=username, name=username, person=person, employer=employer, by=PLATFORM, at=at)
    return Player(account, Actor(id=account.pk, name=username, person=person, employer=employer))
