"""The cast that every test begins with stands as the actions would have made it."""

from django.forms.models import model_to_dict

from openpes.access.actions import grant_role, open_account
from openpes.access.models import Account, Grant
from openpes.audit.models import JournalEntry
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from tests.cast import STAFF


def left_of(account: Account) -> tuple[dict, list[dict], list[dict]]:
    """What is stored of an account, its roles and its lines in the journal, except numbers and the empty password."""
    stored = Account.objects.get(pk=account.pk)
    assert not stored.has_usable_password()
    with within(CITY):
        grants = Grant.objects.filter(account=account).order_by("pk")
        lines = JournalEntry.objects.filter(payload__account=account.pk).order_by("pk")
        return (
            model_to_dict(stored, exclude=["id", "username", "name", "password"]),
            [model_to_dict(grant, exclude=["id", "account"]) for grant in grants],
            [model_to_dict(line, exclude=["id"]) | {"payload": line.payload | {"account": 0}} for line in lines],
        )


def test_the_cast_stands_as_the_actions_would_make_it(cast, at):
    for key, (role, scope) in STAFF.items():
        account = open_account(username=f"second_{key}", name=key, by=PLATFORM, at=at)
        grant_role(account=account.pk, role=role, scope=scope, by=PLATFORM, at=at)
        made, by_actions = left_of(getattr(cast, key).account), left_of(account)
        assert made == by_actions
        assert len(made[1]) == 1 and len(made[2]) == 2
