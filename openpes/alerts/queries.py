"""Saved searches: by their keys, of an account, due on a day, and what they told."""

from datetime import date, datetime
from uuid import UUID

from openpes.alerts.models import SavedSearch, ToldVacancy
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.messages.models import Consent

MOST_IN_FEED = 50


def search_by_key(*, key: UUID) -> SavedSearch:
    """The search that a key manages.

    :raises SavedSearch.DoesNotExist: there is none
    """
    with within(CITY):
        return SavedSearch.objects.select_related("consent").get(key=key)


def search_by_feed_key(*, key: UUID) -> SavedSearch:
    """The search that a feed reader asks for.

    :raises SavedSearch.DoesNotExist: there is none
    """
    with within(CITY):
        return SavedSearch.objects.get(feed_key=key)


def searches_of_account(*, account: int) -> list[SavedSearch]:
    """The searches that an account saved and that have not ended, the newest first."""
    with within(CITY):
        held = SavedSearch.objects.select_related("consent").filter(account=account, ended_at=None)
        return list(held.order_by("-id"))


def due_searches(*, on: date, after: int = 0, limit: int = 200) -> list[SavedSearch]:
    """Searches that tell of new vacancies on a day, by id, from one id on."""
    with within(CITY):
        return list(SavedSearch.objects.due_on(on).filter(pk__gt=after).order_by("pk")[:limit])


def told_by(*, search: int, limit: int = MOST_IN_FEED) -> list[tuple[int, datetime]]:
    """The vacancies that a search told of, or knew when it began, the newest first, with the moment."""
    with within(CITY):
        told = ToldVacancy.objects.filter(search_id=search)
        return list(told.order_by("-told_at", "-vacancy_id").values_list("vacancy_id", "told_at")[:limit])


def searches_of_address(*, to_index: bytes, on: date) -> int:
    """How many searches in force tell to an address."""
    agreed = Consent.objects.filter(to_index=to_index, given_at__isnull=False, ended_at=None)
    return SavedSearch.objects.in_force_on(on).filter(consent__in=agreed).count()
