"""What may be asked of the demo: whether there is a city yet, and who may sign in to it."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from openpes.access.models import Account, Grant
from openpes.access.permissions import role
from openpes.demo.rules.accounts import COUNTY, EMPLOYER, SEEKER, STAFF
from openpes.employers.models import Employer
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.network.queries import area_full_name
from openpes.people.models import Person
from openpes.registration.models import JobWish, StatusPeriod
from openpes.vacancies.models import Vacancy


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demo city as it is printed at the start."""

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


def firm_to_show(*, scope: str) -> Employer | None:
    """The employer with the most vacancies."""
    busiest = (
        Vacancy.objects.visible_to(scope).values("employer").annotate(count=Count("pk")).order_by("-count", "employer")
    )
    first = busiest.first()
    return Employer.objects.visible_to(scope).get(pk=first["employer"]) if first else None


def _usernames() -> list[str]:
    return [*(player.username for player in STAFF), SEEKER, EMPLOYER]


def _shown(account: Account, grant: Grant | None) -> DemoAccount:
    if grant is None:
        found = role("seeker" if account.person_id else "employer")
        place = _("own matters only")
    else:
        found, place = role(grant.role), area_full_name(grant.scope)
    return DemoAccount(account.username, demo_password(), account.name, str(found.name) if found else "", place)
