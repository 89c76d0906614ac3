"""Making a vacancy public, keeping its public row true, and ending it."""

from datetime import date, datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from openpes.employers.queries import employer_card, located_sites
from openpes.engine.words import title_terms, words
from openpes.kernel import Actor, Reason, Refused, action, publish, refuse_if, within
from openpes.kernel.clock import day_of
from openpes.kernel.days import spoken_day
from openpes.kernel.scope import CITY
from openpes.vacancies.actions.keeping import hold_for
from openpes.vacancies.choices import EndReason, HoldEnd, State
from openpes.vacancies.events import HoldLifted, VacancyEnded, VacancyPublished
from openpes.vacancies.models import Fill, Hold, NearCopy, PublishedVacancy, Vacancy
from openpes.vacancies.queries import publication_checks, state_on
from openpes.vacancies.rules import spot_of_work

COPIED = (
    "title", "occupation", "openings", "term", "pay_min_fen", "pay_max_fen", "address", "education_min",
    "experience_min", "skills_required", "skills_wanted", "benefits", "conditions", "description", "published_on",
    "closes_on",
)  # fmt: skip
BATCH = 500


@action
def publish_vacancy(*, vacancy: int, closes_on: date, by: Actor, at: datetime) -> Vacancy:
    """Make a draft public from today through `closes_on` (market regulations art. 24 and 29).

    What somebody has to look at first (a new employer, pay that is hard to believe, words that lure) is held from the
    first moment, so that the public never sees it before.

    :raises Vacancy.DoesNotExist: there is none of that id in the area
    :raises Refused: with every reason why not
    """
    on = day_of(at)
    row = Vacancy.objects.visible_to(by.scope).select_for_update().get(pk=vacancy)
    refuse_if(_why_not_now(row))
    checks = publication_checks(row=row, closes_on=closes_on, on=on)
    refuse_if([check.reason for check in checks if check.stops])
    row.published_on, row.closes_on, row.return_note = on, closes_on, ""
    row.version += 1
    row.save()
    publish(
        VacancyPublished(
            vacancy=row.pk, area=row.area, employer=row.employer_id, occupation=row.occupation,
            openings=row.openings, closes_on=closes_on, by=by.id, at=at,
        )
    )  # fmt: skip
    hold_for(vacancy=row, checks=checks, by=by, at=at)
    renew_publication(vacancy=row, on=on)
    return row


@action
def close_vacancy(*, vacancy: int, reason: str = "", by: Actor, at: datetime) -> Vacancy:
    """End an open vacancy today because its employer no longer looks for people; `reason` says why, in words.

    :raises Vacancy.DoesNotExist: there is none of that id that the actor may see
    :raises Refused: it is not open
    """
    row = Vacancy.objects.seen_by(by).select_for_update().get(pk=vacancy)
    state = state_on(row, day_of(at))
    if state not in (State.OPEN, State.HELD):
        raise Refused(
            _("Only an open vacancy can be closed; this one is: %(state)s.") % {"state": state.label},
            next_step=_("Nothing needs to be done."),
        )
    end_vacancy(vacancy=row, reason=EndReason.CLOSED, ended_on=day_of(at), note=reason, by=by, at=at)
    return row


@action
def expire_vacancies(*, by: Actor, at: datetime) -> int:
    """End every vacancy whose last day has passed; returns how many. Their state was right all the time."""
    on, ended = day_of(at), 0
    overdue = Vacancy.objects.visible_to(by.scope).published().filter(ended_on__isnull=True, closes_on__lt=on)
    while rows := list(overdue.select_for_update(skip_locked=True).order_by("pk")[:BATCH]):
        for row in rows:
            last = row.closes_on + timedelta(days=1)
            end_vacancy(vacancy=row, reason=EndReason.EXPIRED, ended_on=last, note="", by=by, at=at)
        ended += len(rows)
    return ended


def end_vacancy(
    *, vacancy: Vacancy, reason: EndReason, ended_on: date, note: str, by: Actor, at: datetime
) -> None:
    """Write the end of a locked vacancy, take it from the public, and tell it; its holds end with it."""
    copies = _lock_copies(vacancy)
    held = vacancy.held_on is not None
    if held:
        Hold.objects.filter(vacancy=vacancy).open().update(
            ended_at=at, ended_by=by.id, ended_hands=by.hands, end=HoldEnd.ENDED
        )
    vacancy.ended_on, vacancy.end_reason, vacancy.held_on = ended_on, reason.value, None
    vacancy.version += 1
    vacancy.save(update_fields=["ended_on", "end_reason", "held_on", "version"])
    renew_publication(vacancy=vacancy, on=day_of(at))
    if held:
        _renew_earlier_of(vacancy)
    _free_copies(copies, by, at)
    publish(
        VacancyEnded(
            vacancy=vacancy.pk, area=vacancy.area, employer=vacancy.employer_id, reason=reason.value, note=note,
            by=by.id, at=at,
        )
    )  # fmt: skip


def end_if_full(*, vacancy: Vacancy, by: Actor, at: datetime) -> None:
    """End a locked open vacancy as filled when no place is left."""
    if vacancy.published_on and vacancy.ended_on is None and places_left(vacancy) <= 0:
        end_vacancy(vacancy=vacancy, reason=EndReason.FILLED, ended_on=day_of(at), note="", by=by, at=at)


def renew_publication(*, vacancy: Vacancy, on: date) -> None:
    """Make the public row say exactly what is true of the vacancy on a day, or nothing when it is not open.

    Nothing of an employer on the blacklist is public.

    Called by every action that changes what the public sees, in its transaction.
    """
    if state_on(vacancy, on) != State.OPEN:
        PublishedVacancy.objects.filter(pk=vacancy.pk).delete()
        return
    employer = employer_card(pk=vacancy.employer_id)
    if not employer.served_on(on):
        PublishedVacancy.objects.filter(pk=vacancy.pk).delete()
        return
    columns = {name: getattr(vacancy, name) for name in COPIED}
    PublishedVacancy.objects.update_or_create(
        vacancy_id=vacancy.pk,
        defaults=columns
        | {
            "place": vacancy.area,
            "employer_id": employer.id,
            "employer_name": employer.name,
            "industry": employer.industry,
            "places_left": places_left(vacancy),
            "spot": _spot(vacancy, on),
            "terms": "",
        },
    )
    _write_terms(vacancy.pk, terms_of(title=vacancy.title, employer_name=employer.name))
    renew_sources(vacancy=vacancy.pk)


def _spot(vacancy: Vacancy, on: date) -> str:
    sites = located_sites(employers=[vacancy.employer_id], on=on).get(vacancy.employer_id, [])
    return spot_of_work(area=vacancy.area, address=vacancy.address, sites=sites)


def renew_sources(*, vacancy: int) -> None:
    """Make the public row of a vacancy name exactly the copies that it is shown for."""
    with within(CITY):
        shown = (
            NearCopy.objects.filter(kept=vacancy, hold__ended_at__isnull=True)
            .merged()
            .order_by("copy")
            .values_list("copy", "copy__employer__name")
        )
        sources = [{"vacancy": pk, "employer": name} for pk, name in shown]
    PublishedVacancy.objects.filter(pk=vacancy).update(sources=sources or None)


def _lock_copies(vacancy: Vacancy) -> list[NearCopy]:
    """The copies that a vacancy is shown for, locked after it and before anything of theirs is written."""
    with within(CITY):
        pairs = list(NearCopy.objects.filter(kept=vacancy).merged().order_by("copy").select_related("hold"))
        if pairs:
            list(Vacancy.objects.filter(pk__in=[pair.copy_id for pair in pairs]).select_for_update().order_by("pk"))
    return pairs


def _renew_earlier_of(vacancy: Vacancy) -> None:
    with within(CITY):
        earlier = list(NearCopy.objects.filter(copy=vacancy).merged().order_by("pk").values_list("kept", flat=True))
    for pk in earlier:
        renew_sources(vacancy=pk)


def _free_copies(pairs: list[NearCopy], by: Actor, at: datetime) -> None:
    """What was shown by a vacancy that ended stands for itself again."""
    words = _("The vacancy that was shown for both has ended.")
    with within(CITY):
        for pair in pairs:
            hold = Hold.objects.select_for_update().get(pk=pair.hold_id)
            if hold.ended_at is not None:
                continue
            hold.ended_at, hold.ended_by, hold.ended_hands = at, by.id, by.hands
            hold.end, hold.end_words = HoldEnd.LIFTED.value, words
            hold.save()
            copy = Vacancy.objects.get(pk=pair.copy_id)
            free = not Hold.objects.filter(vacancy=copy).open().exists()
            if free:
                copy.held_on = None
                copy.save(update_fields=["held_on"])
            renew_publication(vacancy=copy, on=day_of(at))
            publish(
                HoldLifted(
                    vacancy=copy.pk, area=copy.area, employer=copy.employer_id, hold=hold.pk, ground=hold.ground,
                    words=words, public_again=free, by=by.id, at=at,
                )
            )  # fmt: skip


def renew_publications_of(*, employer: int, on: date) -> int:
    """Renew the public rows of an employer whose name or kind changed, wherever in the city they are.

    The rows are locked in the order of their ids, as everywhere.
    """
    with within(CITY):
        rows = list(
            Vacancy.objects.open_on(on).filter(employer_id=employer).select_for_update().order_by("pk")
        )
        for row in rows:
            renew_publication(vacancy=row, on=on)
    return len(rows)


def terms_of(*, title: str, employer_name: str) -> list[str]:
    """The search terms of a public row: words and bigrams of the title, words of the employer's name."""
    return sorted(title_terms(title) | frozenset(words(employer_name)))


def places_left(vacancy: Vacancy) -> int:
    """How many places nobody has taken yet."""
    return vacancy.openings - Fill.objects.filter(vacancy=vacancy).count()


def _write_terms(pk: int, terms: list[str]) -> None:
    """Store plain lexemes: the words are cut by us, so no text-search dictionary may change them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vacancies_publishedvacancy SET terms = array_to_tsvector(%s) WHERE vacancy_id = %s",
            [terms, pk],
        )


def _why_not_now(row: Vacancy) -> list[Reason]:
    if row.published_on is None:
        return []
    return [
        Reason(
            _("This vacancy was published on %(day)s.") % {"day": spoken_day(row.published_on)},
            next_step=_("Copy it into a new one if it shall be offered again."),
        )
    ]
