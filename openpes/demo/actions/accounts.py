"""One account a role in the demo city, posted where it belongs, with a seeker and an employer who serve themselves."""

from datetime import datetime

from openpes.access.actions import grant_role, open_account
from openpes.access.models import Account
from openpes.demo.queries import demo_password, firm_to_show, seeker_to_show
from openpes.demo.rules.accounts import EMPLOYER, SEEKER, STAFF, Staff
from openpes.kernel import Actor, action, clock
from openpes.network.actions import post_staff
from openpes.network.models import ServicePoint


@action
def open_demo_accounts(*, by: Actor, at: datetime) -> list[Account]:
    """Open the demo accounts that are not there yet; the seeker and the employer need people and firms in the city.

    They all have the password of `demo_password`, which is why an invented city is the only place for them.
    """
    known = set(Account.objects.values_list("username", flat=True))
    opened = [_open_staff(one, by, at) for one in STAFF if one.username not in known]
    seeker, firm = seeker_to_show(scope=by.scope), firm_to_show(scope=by.scope, on=clock.day_of(at))
    if seeker and SEEKER not in known:
        opened.append(_open_own(SEEKER, seeker.name, by, at, person=seeker.pk))
    if firm and EMPLOYER not in known:
        opened.append(_open_own(EMPLOYER, firm.name, by, at, employer=firm.pk))
    return opened


def _open_staff(one: Staff, by: Actor, at: datetime) -> Account:
    account = open_account(username=one.username, name=one.name, password=demo_password(), by=by, at=at)
    grant_role(account=account.pk, role=one.role, scope=one.scope, by=by, at=at)
    point = ServicePoint.objects.visible_to(by.scope).filter(area=one.scope).first()
    if point is not None:
        post_staff(account=account.pk, point=point.pk, window=one.window, by=by, at=at)
    return account


def _open_own(
    username: str, name: str, by: Actor, at: datetime, *, person: int | None = None, employer: int | None = None
) -> Account:
    return open_account(
        username=username, name=name, password=demo_password(), person=person, employer=employer, by=by, at=at
    )
