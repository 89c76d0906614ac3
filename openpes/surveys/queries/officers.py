"""Who may survey where: the staff to whom a village is given, and to whom it would be given by itself."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from openpes.access.models import Account, Grant
from openpes.access.permissions import role, roles
from openpes.access.queries import grants_in_force
from openpes.engine.areas import ancestors, contains
from openpes.network.models import Posting
from openpes.surveys.models import SurveyVillage
from openpes.surveys.permissions import ANSWER_SURVEYS

OFFICERS_SHOWN = 30
Holder = tuple[Account, str]


def surveyors(
    *, scope: str, inside: str, on: date, called: str = "", most: int = OFFICERS_SHOWN
) -> tuple[list[Holder], bool]:
    """The staff who may survey in an area or a part of it, each with the area of the widest role, by name.

    At most so many, and whether there are more; `called` is a part of a name or user name. Offices above the reader's
    own area (`scope`) are not among them.
    """
    above = [path for path in ancestors(inside) if contains(scope, path)]
    grants = _grants(on).filter(Q(scope__in=above) | Q(scope__gte=inside, scope__lt=inside + "~"))
    if called:
        grants = grants.filter(Q(account__name__icontains=called) | Q(account__username__icontains=called))
    found = _holders(grants, on, most + 1)
    return found[:most], len(found) > most


def surveys_in(*, account: int, on: date) -> str:
    """The area in which an account may survey on a day; empty when nowhere."""
    grants = grants_in_force(account_id=account, on=on)[:1]
    active = Account.objects.filter(pk=account, is_active=True, person_id=None, employer_id=None).exists()
    return next((grant.scope for grant in grants if active and _surveys(grant)), "")


def suggested_officers(*, scope: str, villages: Iterable[SurveyVillage], on: date) -> dict[int, Account]:
    """For each village the officer to whom it would be given: posted there, else with a role for just that village."""
    wanted = {village.area: village.pk for village in villages}
    posted = Posting.objects.visible_to(scope).in_force_on(on).filter(area__in=wanted).order_by("-pk")
    places = list(posted.values_list("area", "account"))
    near = Q(scope__in=wanted) | Q(account__in=[pk for _place, pk in places], scope__startswith=scope)
    staff = _holders(_grants(on).filter(near), on)
    found = {wanted[place]: account for account, place in staff if place in wanted}
    by_number = {account.pk: account for account, _place in staff}
    for place, pk in places:
        if pk in by_number:
            found[wanted[place]] = by_number[pk]
    return found


def _grants(on: date) -> QuerySet[Grant]:
    """The grants of a day with a role that surveys, of staff who are there."""
    may = [one.code for one in roles() if ANSWER_SURVEYS in one.permissions]
    return Grant.objects.in_force_on(on).filter(
        role__in=may, account__is_active=True, account__person_id=None, account__employer_id=None
    )


def _holders(grants: QuerySet[Grant], on: date, most: int | None = None) -> list[Holder]:
    """The holders of such grants by name, with the area in which they act: that of the widest role of the day."""
    accounts = Account.objects.filter(pk__in=grants.values("account")).order_by("name", "pk")[:most]
    held = Grant.objects.in_force_on(on).filter(account__in=[account.pk for account in accounts])
    widest: dict[int, Grant] = {}
    for grant in held.order_by("account", "scope", "pk"):
        before = widest.setdefault(grant.account_id, grant)
        widest[grant.account_id] = min(before, grant, key=lambda one: (len(one.scope), one.scope, one.pk))
    return [(one, widest[one.pk].scope) for one in accounts if _surveys(widest[one.pk])]


def _surveys(grant: Grant) -> bool:
    held = role(grant.role)
    return held is not None and ANSWER_SURVEYS in held.permissions
