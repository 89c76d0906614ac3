"""Vacancies of an area or an employer, what is public, and the places that are filled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from openpes.employers.models import Employer
from openpes.employers.queries import employer_card, employers_named
from openpes.engine.adverts.copies import likeness, shingles
from openpes.engine.adverts.pay import ENOUGH, PayMarket
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, within
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.kernel.scope import CITY
from openpes.vacancies import rules
from openpes.vacancies.choices import HoldEnd, HoldGround, State
from openpes.vacancies.models import Fill, Hold, PublishedVacancy, Vacancy, VacancyQuerySet
from openpes.vacancies.rules import Check, EmployerBasics, VacancyFacts

COUNTY_DIGITS = 6
MOST_COMPARED = 400
CLASS_DIGITS = (10, 7, 4)
QUARTILES = """
SELECT asked.prefix, count(*), percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY row.pay_min_fen)
FROM unnest(%s::text[]) AS asked(prefix) JOIN vacancies_publishedvacancy row
ON row.occupation >= asked.prefix COLLATE "C" AND row.occupation < (asked.prefix || '~') COLLATE "C"
GROUP BY asked.prefix
"""


@dataclass(frozen=True)
class VacancyInHand:
    """What an office anywhere in the city may know of a vacancy that is or was public."""

    id: int
    area: str
    address: str
    title: str
    occupation: str
    employer: int
    employer_name: str
    openings: int
    filled: int
    pay_min_fen: int
    pay_max_fen: int
    state: State
    published_on: date
    closes_on: date


@dataclass(frozen=True)
class VacancyFilter:
    """What a list of vacancies is narrowed to; empty means all. `area` lies inside the reader's own."""

    state: str = ""
    area: str = ""
    employer: int | None = None
    occupation: str = ""
    text: str = ""


def vacancy(*, scope: str, pk: int) -> Vacancy:
    """One vacancy of the area with its employer's id.

    :raises Vacancy.DoesNotExist: there is none of that id in the area
    """
    return Vacancy.objects.visible_to(scope).get(pk=pk)


def vacancy_in_hand(*, pk: int, on: date) -> VacancyInHand:
    """A vacancy that is or was public, anywhere in the city, as it stands on a day.

    :raises Vacancy.DoesNotExist: the city has none of that id, or it was never public
    """
    with within(CITY):
        row = Vacancy.objects.published().get(pk=pk)
        filled = Fill.objects.filter(vacancy=row).count()
    copied = {
        name: getattr(row, name)
        for name in VacancyInHand.__dataclass_fields__
        if name not in ("employer", "employer_name", "filled", "state")
    }
    employer_name = employer_card(pk=row.employer_id).name
    return VacancyInHand(
        employer=row.employer_id,
        employer_name=employer_name,
        filled=filled,
        state=state_on(row, on),
        **copied,
    )


def vacancies_seen_by(*, actor: Actor, narrowed: VacancyFilter, on: date) -> VacancyQuerySet:
    """The vacancies that an actor may see, narrowed, the newest first."""
    found = in_state(Vacancy.objects.seen_by(actor), narrowed.state, on)
    if narrowed.area:
        found = found.visible_to(narrowed.area)
    if narrowed.employer:
        found = found.filter(employer_id=narrowed.employer)
    if narrowed.occupation:
        found = found.filter(occupation__startswith=narrowed.occupation)
    if narrowed.text:
        named = employers_named(text=narrowed.text)
        found = found.filter(Q(title__icontains=narrowed.text) | Q(employer_id__in=named))
    return found.order_by("-id")


def vacancies_of(*, employer: int, actor: Actor) -> VacancyQuerySet:
    """The vacancies of an employer that an actor may see, the newest first."""
    return Vacancy.objects.seen_by(actor).filter(employer_id=employer).order_by("-id")


def asked_publications(*, scope: str) -> VacancyQuerySet:
    """Drafts whose employers wait for the office, the longest wait first."""
    return Vacancy.objects.visible_to(scope).asked_for().order_by("asked_on", "id")


def in_state(found: VacancyQuerySet, state: str, on: date) -> VacancyQuerySet:
    """Narrow to a state on a day, by dates alone, as `state_on` decides it for one."""
    if state == State.DRAFT:
        return found.filter(Q(published_on__isnull=True) | Q(published_on__gt=on))
    if state == State.OPEN:
        return found.open_on(on)
    if state == State.HELD:
        return found.held_on_day(on)
    ended = Q(ended_on__isnull=False, ended_on__lte=on)
    if state == State.EXPIRED:
        late = found.published().filter(published_on__lte=on, closes_on__lt=on)
        return late.exclude(ended & ~Q(end_reason=State.EXPIRED)) | found.filter(
            ended, end_reason=State.EXPIRED
        )
    return found.filter(ended, end_reason=state) if state else found


def published(*, on: date) -> QuerySet[PublishedVacancy]:
    """What is public on a day in the whole city, the newest first."""
    return PublishedVacancy.objects.filter(closes_on__gte=on)


def once_public(*, pk: int) -> tuple[str, str] | None:
    """The occupation and place of a vacancy that was ever public, ended or not; nothing of a draft.

    The public role may read exactly this of the whole city.
    """
    return Vacancy.objects.published().filter(pk=pk).order_by("pk").values_list("occupation", "area").first()


def state_on(row: Vacancy, day: date) -> State:
    """The state of a vacancy on a day."""
    return rules.state_on(row, day)


def facts_of(row: Vacancy) -> VacancyFacts:
    """What is stated of a stored vacancy."""
    stated = {name: getattr(row, name) for name in VacancyFacts.__dataclass_fields__ if name != "employer"}
    for name in ("skills_required", "skills_wanted", "benefits"):
        stated[name] = tuple(stated[name])
    return VacancyFacts(employer=row.employer_id, **stated)


def basics_of(*, employer: int) -> EmployerBasics:
    """An employer's basic facts in the sense of the market regulations art. 24, wherever in the city it stands.

    :raises Employer.DoesNotExist: the city has none of that id
    """
    card = employer_card(pk=employer)
    return EmployerBasics(
        name=card.name, credit_code=card.credit_code, address=card.address, has_contact=card.has_contact,
        unserved=card.unserved,
    )


def open_offers(*, employers: Iterable[int]) -> set[tuple[int, str, str]]:
    """The open vacancies and drafts of these employers that the reader may see, as (employer, title, place)."""
    rows = Vacancy.objects.filter(employer_id__in=list(employers), ended_on=None).order_by("pk")
    return set(rows.values_list("employer_id", "title", "area"))


def publication_checks(*, row: Vacancy, closes_on: date | None, on: date) -> list[Check]:
    """Every rule of publication with its answer for a stored vacancy, and whether a second pair of eyes has to look."""
    card = employer_card(pk=row.employer_id)
    checks = rules.publication_checks(
        facts_of(row),
        basics_of(employer=row.employer_id),
        closes_on=closes_on,
        on=on,
        market=pay_market(occupation=row.occupation),
    )
    checks += rules.copy_checks(near_copies(row=row, on=on), employer=row.employer_id)
    is_new = row.published_on is None and is_new_employer(employer=row.employer_id, on=on)
    return [*checks, rules.second_look(card.name)] if is_new else checks


def near_copies(*, row: Vacancy, on: date) -> list[tuple[PublishedVacancy, int]]:
    """Public vacancies of the occupation in the county that say the same as this one, with hundredths of equal text."""
    wanted = shingles("\n".join((row.title, row.conditions, row.description)))
    county = row.area[:COUNTY_DIGITS]
    others = (
        published(on=on)
        .filter(occupation=row.occupation, place__gte=county, place__lt=county + "~")
        .exclude(pk=row.pk)
        .defer("terms")[:MOST_COMPARED]
    )
    least = int(parameters().value("copy_likeness", on))
    found = [
        (other, round(100 * likeness(wanted, shingles("\n".join((other.title, other.conditions, other.description))))))
        for other in others
    ]
    return sorted((one for one in found if one[1] >= least), key=lambda one: (-one[1], one[0].pk))


def pay_market(*, occupation: str) -> PayMarket | None:
    """What the open vacancies of an occupation pay, or of its class when those are too few."""
    return pay_markets(occupations=[occupation])[occupation]


def pay_markets(*, occupations: Iterable[str]) -> dict[str, PayMarket | None]:
    """`pay_market` of many occupations, by one statement."""
    steps = {code: [code[:digits] for digits in CLASS_DIGITS] for code in occupations if code}
    prefixes = sorted({prefix for found in steps.values() for prefix in found})
    with connection.cursor() as cursor:
        cursor.execute(QUARTILES, [prefixes])
        known = {prefix: PayMarket(prefix, count, *quartiles) for prefix, count, quartiles in cursor if count >= ENOUGH}
    return {code: next((known[one] for one in steps.get(code, ()) if one in known), None) for code in occupations}


def is_new_employer(*, employer: int, on: date) -> bool:
    """Whether an employer was registered a short time ago and the public has not read a vacancy of it yet."""
    return employer in new_employers(employers=[employer], on=on)


def new_employers(*, employers: Iterable[int], on: date) -> set[int]:
    """Those of the employers that are new, wherever in the city they stand."""
    days = int(parameters().value("new_employer_days", on))
    if not days:
        return set()
    since = datetime.combine(on - timedelta(days=days), time.min, BUSINESS_ZONE)
    waiting = Hold.objects.filter(vacancy=OuterRef("pk"), ground=HoldGround.NEW_EMPLOYER).exclude(end=HoldEnd.LIFTED)
    read = Vacancy.objects.published().filter(~Exists(waiting), employer_id=OuterRef("pk"))
    with within(CITY):
        found = Employer.objects.filter(~Exists(read), pk__in=list(employers), created_at__gte=since)
        return set(found.order_by("pk").values_list("pk", flat=True))


def fills_of(*, vacancy: int) -> list[Fill]:
    """The filled places of a vacancy that the present standing shows, by number."""
    return list(Fill.objects.filter(vacancy_id=vacancy).order_by("place_no"))


def places_filled(*, pks: list[int]) -> dict[int, int]:
    """How many places of each vacancy are filled."""
    counted = (
        Fill.objects.filter(vacancy_id__in=pks)
        .order_by("vacancy")
        .values_list("vacancy")
        .annotate(n=Count("id"))
    )
    return dict(counted)


def titles_of(*, pks: set[int]) -> dict[int, tuple[str, str]]:
    """Title and employer's name of vacancies that were ever public, anywhere in the city, by id."""
    with within(CITY):
        found = Vacancy.objects.published().filter(pk__in=pks).order_by("pk")
        return {pk: (title, name) for pk, title, name in found.values_list("pk", "title", "employer__name")}


def checks_while_writing(*, facts: VacancyFacts, on: date) -> list[Check]:
    """What the words and the pay that stand in a form say against publication; nothing is stored."""
    market = pay_market(occupation=facts.occupation) if facts.occupation and facts.pay_min_fen else None
    return [
        *rules.text_checks(facts, on),
        *(check for check in rules.stated_checks(facts, on) if check.state == "bad"),
        *rules.pay_checks(facts, market, on),
    ]
