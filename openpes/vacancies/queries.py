"""Vacancies of an area or an employer, what is public, and the places that are filled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from openpes.employers.queries import employer_card, employers_named
from openpes.kernel import Actor, within
from openpes.kernel.scope import CITY
from openpes.vacancies import rules
from openpes.vacancies.choices import State
from openpes.vacancies.models import Fill, PublishedVacancy, Vacancy, VacancyQuerySet
from openpes.vacancies.rules import Check, EmployerBasics, VacancyFacts


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
        name=card.name, credit_code=card.credit_code, address=card.address, has_contact=card.has_contact
    )


def open_offers(*, employers: Iterable[int]) -> set[tuple[int, str, str]]:
    """The open vacancies and drafts of these employers that the reader may see, as (employer, title, place)."""
    rows = Vacancy.objects.filter(employer_id__in=list(employers), ended_on=None).order_by("pk")
    return set(rows.values_list("employer_id", "title", "area"))


def publication_checks(*, row: Vacancy, closes_on: date | None, on: date) -> list[Check]:
    """Every rule of publication with its answer for a stored vacancy."""
    return rules.publication_checks(
        facts_of(row), basics_of(employer=row.employer_id), closes_on=closes_on, on=on
    )


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
