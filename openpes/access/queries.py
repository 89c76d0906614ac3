"""Who an account is on a day: its grant, its rights, and the actor it becomes."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from openpes.access.models import Account, Delegation, Grant, PhoneCode
from openpes.access.permissions import GRANT_ROLES, KEEP_ACCOUNTS, Role, role
from openpes.engine.areas import LENGTHS, ancestors, areas
from openpes.engine.qualifications import lacking
from openpes.kernel import Actor
from openpes.kernel.composed import Composed

CITY_LENGTH = LENGTHS["city"]
SEEKER, EMPLOYER = "seeker", "employer"
NOBODY = Actor(id=0)
INVENTED = "Invented: nobody in this city is real, and the password of its accounts is known to all."

# Every request asks both: nothing of an account or a grant is remembered from one request to the next.
_GRANTS = Composed(
    lambda account, on: Grant.objects.in_force_on(on).filter(account_id=account), {"account": -1, "on": date.min}
)
_ACTIVE = Composed(lambda account: Account.objects.filter(pk=account, is_active=True), {"account": -1})


def city_is_invented() -> bool:
    """Whether nobody in this city is real: the owner of the tables noted so when the city was invented.

    The note is a comment on the table of the accounts, so it goes with a backup and away with the tables, and no
    process that serves pages can write it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('access_account'::regclass, 'pg_class')")
        return cursor.fetchone() == (INVENTED,)


def codes_stand_on_the_list() -> bool:
    """Whether the staff of an invented city reads the codes that no gateway sends; never so in a real city."""
    return not settings.MESSAGES["sms_url"] and city_is_invented()


def active_account(*, account: int) -> Account | None:
    """The account behind a session; nothing when it is closed or gone."""
    return next(iter(_ACTIVE(account=account)), None)


def codes_to_send(*, at: datetime) -> list[PhoneCode]:
    """Codes that were asked for and nobody has looked after yet, the oldest first."""
    return list(PhoneCode.objects.filter(handled_at=None, until_at__gt=at).order_by("asked_at", "pk"))


def grants_in_force(*, account_id: int, on: date) -> list[Grant]:
    """The grants of an account on a day, the widest area first."""
    return sorted(_GRANTS(account=account_id, on=on), key=lambda grant: (len(grant.scope), grant.scope, grant.id))


def standing_of(*, account: Any, on: date, delegation: int | None = None) -> tuple[Actor, frozenset[str], Grant | None]:
    """The actor, the codes of its permissions, and the grant that they come from.

    A person or an employer has the self-service role of its kind and no area. Staff act under their widest grant, or
    on behalf of somebody under the `delegation` that they chose while it holds. A right whose certificate is not held
    that day is no right.
    """
    if not account.is_authenticated:
        return NOBODY, frozenset(), None
    if account.person_id or account.employer_id:
        kind = role(account.self_role or (SEEKER if account.person_id else EMPLOYER))
        actor = Actor(id=account.pk, name=account.name, person=account.person_id, employer=account.employer_id)
        return actor, _codes(kind), None
    if delegation and (handed := delegation_in_force(pk=delegation, taker=account.pk, on=on)):
        name = _("%(who)s on behalf of %(whom)s") % {"who": account.name, "whom": handed.giver.name}
        actor = Actor(id=account.pk, scope=handed.scope, name=name, behalf=handed.giver_id)
        codes = _codes(role(handed.grant.role)) & frozenset(handed.rights)
        return actor, _certified(codes, account, on), handed.grant
    grant = next(iter(grants_in_force(account_id=account.pk, on=on)), None)
    if grant is None:
        return Actor(id=account.pk, name=account.name), frozenset(), None
    codes = _certified(_codes(role(grant.role)), account, on)
    return Actor(id=account.pk, scope=grant.scope, name=account.name), codes, grant


def delegation_in_force(*, pk: int, taker: int, on: date) -> Delegation | None:
    """A delegation to an account, with its giver and role, while it holds; nothing otherwise."""
    found = Delegation.objects.in_force_on(on).filter(pk=pk, taker=taker)
    return found.select_related("giver", "grant").first()


def delegations_of(*, account: int, on: date) -> tuple[list[Delegation], list[Delegation]]:
    """What an account has handed to others, and what others have handed to it, not yet over on a day."""
    open_ones = Delegation.objects.filter(until_on__gt=on).select_related("giver", "taker", "grant")
    return list(open_ones.filter(giver=account)), list(open_ones.in_force_on(on).filter(taker=account))


def rights_to_hand_on(*, account: int, on: date) -> tuple[Grant | None, list[Any]]:
    """The role under which an account acts on a day, and its rights in the order of their codes.

    The rights over accounts and roles stay with their holder: two administrators must be two people.
    """
    grant = next(iter(grants_in_force(account_id=account, on=on)), None)
    held = role(grant.role) if grant else None
    handed = held.permissions - {GRANT_ROLES, KEEP_ACCOUNTS} if held else frozenset()
    return grant, sorted(handed, key=lambda right: right.code)


def staff_account(*, on: date, username: str | None = None, account: int | None = None) -> Account | None:
    """The account of that user name or number when its holder is staff with a role on a day, or nothing."""
    holders = Grant.objects.in_force_on(on).values("account")
    wanted = {"username": username} if account is None else {"pk": account}
    return Account.objects.filter(is_active=True, pk__in=holders, **wanted).first()


@dataclass(frozen=True)
class HeldRole:
    """A role that an account holds, waits for or held, for pages; `state` is in_force, waiting, ended or declined."""

    grant: Grant
    name: Any
    description: Any
    area: str
    state: str = "in_force"


@dataclass(frozen=True)
class StaffMember:
    """An account of staff with its roles inside the reader's area, and how many it holds outside."""

    account: Account
    roles: list[HeldRole]
    elsewhere: int


@dataclass(frozen=True)
class AskedRole:
    """A role that waits for a second administrator: who asked, and whether the reader may be that second one."""

    account: Account
    held: HeldRole
    asked_by: str
    mine: bool


def held_roles(*, account: int, on: date) -> list[HeldRole]:
    """The roles of an account on a day, the widest area first."""
    return [_held(grant, on) for grant in grants_in_force(account_id=account, on=on)]


def staff_accounts(
    *, scope: str, on: date, text: str = "", state: str = "in_force"
) -> list[tuple[Account, list[HeldRole]]]:
    """Staff of an area by user name with their roles there; `text` is part of a name.

    `state` chooses those who hold a role on the day (`in_force`), wait for one (`waiting`), or neither (`none`).
    """
    inside = Grant.objects.inside(scope).select_related("account")
    if text:
        inside = inside.filter(Q(account__username__icontains=text) | Q(account__name__icontains=text))
    found: dict[Account, list[HeldRole]] = {}
    for grant in inside.order_by("account__username", "scope", "pk"):
        found.setdefault(grant.account, []).append(_held(grant, on))
    wanted = {"in_force", "waiting"} if state == "none" else {state}
    return [
        (account, [one for one in roles if one.state in ("in_force", "waiting")])
        for account, roles in found.items()
        if any(one.state in wanted for one in roles) != (state == "none")
    ]


def asked_roles(*, scope: str, on: date, actor: Actor) -> list[AskedRole]:
    """The roles inside an area that wait for a second administrator, the oldest request first."""
    waiting = list(Grant.objects.inside(scope).waiting().select_related("account").order_by("from_on", "pk"))
    names = _names(waiting)
    return [
        AskedRole(grant.account, _held(grant, on), names.get(grant.granted_by, ""), _is_theirs(grant, actor))
        for grant in waiting
    ]


def staff_member(*, account: int, scope: str, on: date) -> StaffMember:
    """An account of staff with all roles that it has or had inside an area.

    :raises Account.DoesNotExist: nobody inside the area has this account
    """
    found = Account.objects.get(pk=account, person_id=None, employer_id=None)
    everywhere = Grant.objects.filter(account=found)
    inside = list(everywhere.inside(scope).order_by("-from_on", "-pk"))
    if not inside:
        raise Account.DoesNotExist
    elsewhere = everywhere.open_on(on).exclude(pk__in=[grant.pk for grant in inside]).count()
    return StaffMember(found, [_held(grant, on) for grant in inside], elsewhere)


def _names(grants: list[Grant]) -> dict[int, str]:
    askers = Account.objects.filter(pk__in={grant.granted_by for grant in grants})
    return dict(askers.values_list("pk", "name"))


def _is_theirs(grant: Grant, actor: Actor) -> bool:
    return bool(actor.hands & {grant.granted_by, grant.account_id})


def account_named(*, username: str) -> Account | None:
    """The account of a user name, or nothing."""
    return Account.objects.filter(username=username, is_active=True).first()


def _held(grant: Grant, on: date) -> HeldRole:
    found = role(grant.role)
    name, description = (found.name, found.description) if found else (grant.role, "")
    return HeldRole(grant, name, description, full_area_name(grant.scope), _state(grant, on))


def _state(grant: Grant, on: date) -> str:
    if grant.until_on is not None and grant.until_on <= on:
        return "ended" if grant.is_confirmed else "declined"
    return "in_force" if grant.is_confirmed else "waiting"


@cache
def full_area_name(path: str) -> str:
    """The names from the county down to an area, the city's for the city; the path itself when unknown."""
    tree = areas()
    if path not in tree:
        return path
    names = [tree[above].name for above in reversed(ancestors(path)) if above in tree and len(above) > CITY_LENGTH]
    return "".join([*names, tree[path].name])


def area_options(*, scope: str, text: str, limit: int = 12) -> list[tuple[str, str]]:
    """Areas inside a scope, itself among them, whose names hold a text: path and names, the shortest names first."""
    return _areas_named(scope, text)[:limit]


def area_path_of(*, scope: str, text: str) -> str:
    """The path of the area that was chosen by its names; what names none is left as it was typed."""
    wanted = "".join(text.split())
    found = [(path, name) for path, name in _areas_named(scope, text) if name.endswith(wanted)]
    exact = [hit for hit in found if hit[1] == wanted] or found
    return exact[0][0] if len(exact) == 1 else text


def _areas_named(scope: str, text: str) -> list[tuple[str, str]]:
    wanted = "".join(text.split())
    inside = [area.path for area in areas().all(within=scope)] if scope and wanted else []
    hits = [(path, name) for path in inside if wanted in (name := full_area_name(path))]
    return sorted(hits, key=lambda hit: (len(hit[1]), hit[0]))


def _certified(codes: frozenset[str], account: Account, on: date) -> frozenset[str]:
    return codes - lacking(codes, account.certificates, on).keys()


def _codes(held: Role | None) -> frozenset[str]:
    return frozenset(permission.code for permission in held.permissions) if held else frozenset()
