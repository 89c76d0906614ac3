"""What may be asked of the demo: whether there is a city yet, and who may sign in to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from openpes.access.models import Account, Grant
from openpes.access.permissions import role
from openpes.demo.rules.accounts import COUNTY, EMPLOYER, SEEKER, STAFF, VILLAGE
from openpes.demo.rules.ledgers import file_name
from openpes.employers.models import Employer
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.network.queries import area_full_name
from openpes.people.models import Person
from openpes.referrals.models import Referral
from openpes.registration.models import JobWish, StatusPeriod
from openpes.vacancies.models import Vacancy


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demo city as it is printed at the start, the words in both languages."""

    username: str
    password: str
    name: str
    role_name: str
    place: str


def demo_password() -> str:
    """The one password of all demo accounts; it opens nothing outside an invented city."""
    return "nanning-demo-2026"


def city_is_empty() -> bool:
    """Whether nobody is registered in the city."""
    with within(CITY):
        return not Person.objects.visible_to(CITY).exists()


def demo_accounts() -> list[DemoAccount]:
    """The demo accounts with their roles and places, in the order in which they were opened."""
    accounts = list(Account.objects.filter(username__in=[*_usernames()], is_active=True).order_by("pk"))
    grants = {grant.account_id: grant for grant in Grant.objects.filter(account__in=accounts).order_by("pk")}
    return [_shown(account, grants.get(account.pk)) for account in accounts]


def ledger_files() -> list[tuple[str, str]]:
    """Which demo account imports which of the written ledgers."""
    return [
        ("village_officer", file_name("rural_ledger", VILLAGE)),
        ("county_clerk", file_name("rural_ledger", COUNTY)),
        ("county_clerk", file_name("vacancy_list", COUNTY)),
    ]


def staff_accounts() -> dict[str, int]:
    """The demo accounts of staff that are open, as ids by username."""
    names = [player.username for player in STAFF]
    return dict(Account.objects.filter(username__in=names, is_active=True).values_list("username", "pk"))


def seeker_to_show(*, scope: str) -> Person | None:
    """A registered unemployed person of the county clerk's county with a job wish, else any such person."""
    wishes = JobWish.objects.visible_to(scope).filter(occupations__len__gt=0)
    looking = StatusPeriod.objects.visible_to(scope).unemployed().filter(until_on=None)
    found = Person.objects.visible_to(scope).filter(
        pk__in=looking.filter(person__in=wishes.values("person")).values("person")
    )
    return found.visible_to(COUNTY).order_by("pk").first() or found.order_by("pk").first()


def firm_to_show(*, scope: str, on: date) -> Employer | None:
    """An employer of the county clerk's county with open vacancies and most people introduced who wait for its answer.

    Where that county has none, the one of the whole scope.
    """
    return _busiest(COUNTY, scope, on) or _busiest(scope, scope, on)


def _busiest(area: str, scope: str, on: date) -> Employer | None:
    waiting = Q(Exists(Referral.objects.visible_to(scope).filter(vacancy=OuterRef("pk"), answer="")))
    ranked = (
        Vacancy.objects.visible_to(scope)
        .visible_to(area)
        .open_on(on)
        .filter(employer__in=Employer.objects.visible_to(scope).visible_to(area))
        .order_by()
        .values("employer")
        .annotate(waiting=Count("pk", filter=waiting), count=Count("pk"))
        .order_by("-waiting", "-count", "employer")
    )
    first = ranked.first()
    return Employer.objects.visible_to(scope).get(pk=first["employer"]) if first else None


def _usernames() -> list[str]:
    return [*(player.username for player in STAFF), SEEKER, EMPLOYER]


def _shown(account: Account, grant: Grant | None) -> DemoAccount:
    own = "seeker" if account.person_id else "employer"
    found = role(grant.role if grant else own)
    name = _in_both(lambda: str(found.name)) if found else ""
    place = area_full_name(grant.scope) if grant else _in_both(lambda: _("own matters only"))
    return DemoAccount(account.username, demo_password(), account.name, name, place)


def _in_both(words: Callable[[], str]) -> str:
    told = []
    for language in ("en", "zh-hans"):
        with override(language):
            told.append(words())
    return " · ".join(told)
