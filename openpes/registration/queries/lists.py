"""Who is registered as unemployed: the list of an office, narrowed and exported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from openpes.codes.queries import code_label
from openpes.engine.calendars import add_months, age_on
from openpes.engine.retirement import FEMALE, MALE, born_by
from openpes.network.queries import area_full_name
from openpes.people.choices import Sex
from openpes.registration.choices import PROOFS_BY_REASON, REASON_SET
from openpes.registration.models import StatusPeriod

ROWS_AT_ONCE = 2000


@dataclass(frozen=True, kw_only=True)
class UnemployedSieve:
    """What the list is narrowed to.

    `months_min` keeps who has been unemployed at least so many months, `past_age` who has reached retirement age since
    the registration, whose end with the reason 10 is to be looked at (就业服务与就业管理规定 art. 66).
    """

    area: str = ""
    reason: str = ""
    since_from_on: date | None = None
    since_until_on: date | None = None
    months_min: int | None = None
    past_age: bool = False


@dataclass(frozen=True)
class UnemployedRow:
    """One registered unemployed person, in words and masked, as lists and exports show it."""

    period: int
    person: int
    number: str
    name: str
    sex: str
    age: int
    id_mask: str
    phone_mask: str
    area: str
    from_on: date
    reason: str
    proof_missing: bool


def unemployed(*, scope: str, sieve: UnemployedSieve, on: date) -> QuerySet[StatusPeriod]:
    """The unemployment registrations of the area in force on a day, the latest first."""
    found = StatusPeriod.objects.visible_to(scope).unemployed().in_force_on(on)
    if sieve.area:
        found = found.visible_to(sieve.area)
    if sieve.reason:
        found = found.filter(reason=sieve.reason)
    if sieve.since_from_on:
        found = found.filter(from_on__gte=sieve.since_from_on)
    if sieve.since_until_on:
        found = found.filter(from_on__lte=sieve.since_until_on)
    if sieve.months_min:
        since_on = Coalesce("counted_from_on", "from_on")
        found = found.alias(since_on=since_on).filter(since_on__lte=add_months(on, -sieve.months_min))
    if sieve.past_age:
        men, women = (Q(person__sex=sex, person__born_on__lte=born_by(sex, on)) for sex in (MALE, FEMALE))
        found = found.filter(men | women)
    return found.order_by("-from_on", "-id")


def unemployed_rows(found: QuerySet[StatusPeriod], *, on: date) -> Iterator[UnemployedRow]:
    """The registrations as rows for a page or an export, read in chunks."""
    for period in found.select_related("person").iterator(chunk_size=ROWS_AT_ONCE):
        yield _row(period, on)


def proof_missing(period: StatusPeriod) -> bool:
    """Whether the reason of an unemployment asks for a proof that is not there yet."""
    wanted = PROOFS_BY_REASON.get(period.reason, frozenset())
    return bool(wanted) and not wanted & set(period.proofs)


def _row(period: StatusPeriod, on: date) -> UnemployedRow:
    person = period.person
    return UnemployedRow(
        period=period.pk,
        person=person.pk,
        number=period.number,
        name=person.name,
        sex=str(Sex(person.sex).label),
        age=age_on(person.born_on, on),
        id_mask=person.id_mask,
        phone_mask=person.phone_mask,
        area=area_full_name(period.area),
        from_on=period.from_on,
        reason=code_label(REASON_SET, period.reason),
        proof_missing=proof_missing(period),
    )
