"""Saving a search, confirming it with a code, changing it, ending it, and telling of new vacancies once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from openpes.alerts import rules
from openpes.alerts.choices import Change, Ending, Rhythm, Way
from openpes.alerts.events import SearchChanged, SearchConfirmed, SearchEnded, SearchSaved, VacanciesTold
from openpes.alerts.models import SavedSearch, ToldVacancy
from openpes.alerts.queries import searches_of_address
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.messages.actions import Wanted, ask_consent, confirm_consent, end_consent, send_message
from openpes.messages.models import Consent
from openpes.messages.queries import words_for

PURPOSE = "job_alert"
LONGEST_TITLE = 20


@dataclass(frozen=True)
class Wish:
    """A search that somebody wants to save: the query of its address, and how new vacancies are told."""

    query: str
    name: str
    way: str
    rhythm: str
    to: str = ""
    area: str = CITY
    language: str = "zh-hans"
    account: int | None = None


@action
def save_search(*, wish: Wish, by: Actor, at: datetime) -> SavedSearch:
    """Keep a search; with an address a code goes there, and nothing else before it is told.

    :raises Refused: it asks for nothing, has no name or is too long, too many are held, or the address is none
    """
    on = clock.day_of(at)
    with within(CITY):
        held = SavedSearch.objects.filter(account=wish.account, ended_at=None).count() if wish.account else 0
        refuse_if(
            rules.why_not_save(query=wish.query, name=wish.name, way=wish.way, rhythm=wish.rhythm, held=held, on=on)
        )
        saved = SavedSearch.objects.create(
            area=wish.area, name=wish.name.strip(), query=wish.query, way=wish.way, rhythm=wish.rhythm,
            language=wish.language, account=wish.account, saved_at=at, until_on=rules.runs_until(on),
            next_on=rules.next_after(on, wish.rhythm), since_on=on,
            confirmed_at=at if wish.way == Way.FEED else None,
        )  # fmt: skip
        publish(SearchSaved(area=saved.area, search=saved.pk, way=saved.way, by=by.id, at=at))
        if wish.way != Way.FEED:
            saved.consent = _ask(saved, wish.to, by, at)
            saved.save(update_fields=["consent"])
    return saved


def _ask(saved: SavedSearch, to: str, by: Actor, at: datetime) -> Consent:
    wanted = Wanted(channel=saved.way, to=to, purpose=PURPOSE, subject=f"search {saved.pk}")
    return ask_consent(wanted=wanted, area=saved.area, by=by, at=at)


@action
def send_code_again(*, key: UUID, by: Actor, at: datetime) -> None:
    """Send a new code for a search that waits for one; the old code counts no longer.

    :raises SavedSearch.DoesNotExist: no search waits under this key
    :raises Refused: too many codes went to the address today
    """
    with within(CITY):
        found = SavedSearch.objects.select_for_update().get(key=key, confirmed_at=None, ended_at=None)
        assert found.consent is not None
        before = found.consent
        found.consent = _ask(found, before.to().reveal(), by, at)
        found.save(update_fields=["consent"])
        end_consent(consent=before.pk, by=by, at=at)


@action
def confirm_search(*, key: UUID, code: str, known: Collection[int], by: Actor, at: datetime) -> bool:
    """Whether the code is the one that was sent; if so the search is in force, and what is `known` is never told.

    :raises SavedSearch.DoesNotExist: there is no such search
    :raises Refused: the code is too old or was guessed too often, or the address has too many searches
    """
    on = clock.day_of(at)
    with within(CITY):
        found = SavedSearch.objects.select_for_update().get(key=key, ended_at=None)
        if found.confirmed_at is not None:
            return True
        assert found.consent is not None
        held = searches_of_address(to_index=bytes(found.consent.to_index), on=on)
        refuse_if(
            rules.why_not_save(query=found.query, name=found.name, way=found.way, rhythm=found.rhythm, held=held, on=on)
        )
        if not confirm_consent(consent=found.consent.pk, code=code, by=by, at=at):
            return False
        found.confirmed_at, found.since_on = at, on
        found.save(update_fields=["confirmed_at", "since_on"])
        _note_told(found, known, at)
        publish(SearchConfirmed(area=found.area, search=found.pk, by=by.id, at=at))
    return True


@action
def change_search(*, key: UUID, change: str, by: Actor, at: datetime) -> SavedSearch:
    """Pause a search, let it go on, renew it for some months, or change its rhythm; done twice, nothing more happens.

    :raises SavedSearch.DoesNotExist: there is none, or it ended
    """
    on = clock.day_of(at)
    with within(CITY):
        found = SavedSearch.objects.select_for_update().get(key=key, ended_at=None)
        before = (found.paused_at, found.until_on, found.rhythm)
        match change:
            case Change.PAUSE:
                found.paused_at = found.paused_at or at
            case Change.RESUME:
                found.paused_at = None
                found.next_on = max(found.next_on, on)
            case Change.RENEW:
                found.until_on = rules.runs_until(on)
            case Change.DAILY | Change.WEEKLY:
                found.rhythm = Rhythm(change)
                found.next_on = min(found.next_on, rules.next_after(on, found.rhythm))
        if before != (found.paused_at, found.until_on, found.rhythm):
            found.save(update_fields=["paused_at", "until_on", "rhythm", "next_on"])
            publish(SearchChanged(area=found.area, search=found.pk, changed=str(change), by=by.id, at=at))
    return found


@action
def end_search(*, key: UUID, by: Actor, at: datetime) -> None:
    """End a saved search; ended twice, the second changes nothing.

    :raises SavedSearch.DoesNotExist: there is none
    """
    with within(CITY):
        found = SavedSearch.objects.select_for_update().get(key=key)
        if found.ended_at is None:
            _end(found, Ending.HOLDER, by, at)


@action
def end_expired(*, by: Actor, at: datetime) -> int:
    """End the searches whose time ran out, whose code was never told, or whose address stopped all messages."""
    on = clock.day_of(at)
    with within(CITY):
        open_ones = SavedSearch.objects.select_for_update(of=("self",)).filter(ended_at=None).select_related("consent")
        ended = 0
        for found in open_ones.order_by("id"):
            why = _why_over(found, on)
            if why:
                _end(found, why, by, at)
                ended += 1
    return ended


def _why_over(found: SavedSearch, on: date) -> Ending | None:
    if found.until_on <= on:
        return Ending.EXPIRED
    if found.confirmed_at is None:
        return Ending.NEVER if clock.day_of(found.saved_at) < on else None
    stopped = found.way != Way.FEED and (found.consent is None or found.consent.ended_at is not None)
    return Ending.STOPPED if stopped else None


def _end(found: SavedSearch, why: Ending, by: Actor, at: datetime) -> None:
    found.ended_at, found.ended_why = at, why
    found.save(update_fields=["ended_at", "ended_why"])
    if found.consent_id is not None:
        end_consent(consent=found.consent_id, by=by, at=at)
    ToldVacancy.objects.filter(search=found).delete()
    publish(SearchEnded(area=found.area, search=found.pk, reason=str(why), by=by.id, at=at))


@action
def tell_new(*, search: int, found: Sequence[tuple[int, str]], link: str, by: Actor, at: datetime) -> int:
    """Tell a search of the vacancies (number, title) that it has not told yet; gives how many were new.

    The search is locked, so that of two workers only one tells; the message, what was told and the next day are written
    together. Nothing new, no message.
    """
    on = clock.day_of(at)
    with within(CITY):
        saved = SavedSearch.objects.select_for_update().due_on(on).filter(pk=search).first()
        if saved is None:
            return 0
        told = set(
            ToldVacancy.objects.filter(search=saved, vacancy_id__in=[number for number, _title in found]).values_list(
                "vacancy_id", flat=True
            )
        )
        new = [(number, title) for number, title in dict(found).items() if number not in told]
        _note_told(saved, [number for number, _title in new], at)
        saved.next_on, saved.since_on = rules.next_after(on, saved.rhythm), on
        saved.save(update_fields=["next_on", "since_on"])
        if new and saved.way != Way.FEED and saved.consent is not None:
            _write(saved, new, link, by, at)
        if new:
            publish(VacanciesTold(area=saved.area, search=saved.pk, count=len(new), by=by.id, at=at))
    return len(new)


def _note_told(saved: SavedSearch, vacancies: Collection[int], at: datetime) -> None:
    rows = [ToldVacancy(area=saved.area, search=saved, vacancy_id=number, told_at=at) for number in vacancies]
    ToldVacancy.objects.bulk_create(rows, ignore_conflicts=True)


def _write(saved: SavedSearch, new: Sequence[tuple[int, str]], link: str, by: Actor, at: datetime) -> None:
    assert saved.consent is not None
    named = parameters().value("alert_jobs_named", clock.day_of(at))
    comma = "、" if saved.language.startswith("zh") else ", "
    jobs = comma.join(title[:LONGEST_TITLE] for _number, title in new[:named])
    text = words_for(PURPOSE, saved.language, name=saved.name[:30], count=len(new), jobs=jobs, link=link)
    send_message(
        channel=saved.way, to=saved.consent.to().reveal(), text=text, purpose=PURPOSE, area=saved.area, by=by, at=at,
        language=saved.language,
    )  # fmt: skip
