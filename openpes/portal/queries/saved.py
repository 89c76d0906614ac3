"""What a saved search finds, and how it stands in words."""

from dataclasses import replace
from datetime import date

from django.http import QueryDict

from openpes.matching.queries import SearchWish, search_vacancies
from openpes.portal.queries.asked import asked_for
from openpes.portal.queries.openings import Opening, opening_of
from openpes.portal.queries.search import chips_of
from openpes.portal.queries.wishes import query_of, wish_of
from openpes.vacancies.models import PublishedVacancy

MOST_TOLD = 200  # of one round; a search that finds more leads to the list


def saved_wish(query: str) -> SearchWish:
    """The search behind the query of an address, its place in the list forgotten."""
    return replace(wish_of(QueryDict(query.lstrip("?"))), page=1, after="")


def saved_query(wish: SearchWish) -> str:
    """The query under which a search is kept; empty when it asks for nothing."""
    kept = replace(wish, page=1, after="")
    return "" if kept == SearchWish(sort=kept.sort) else query_of(kept)


def saved_words(query: str, on: date) -> str:
    """A search in words, as a name for it."""
    wish = saved_wish(query)
    return " · ".join(chip.label for chip, _rest in chips_of(wish, asked_for(wish, on)))


def found_since(*, query: str, since: date, on: date) -> list[PublishedVacancy]:
    """The open vacancies of a search that were published on a day or later, the newest first, 200 at most."""
    wish = replace(asked_for(saved_wish(query), on).wish, sort="new")
    wish = replace(wish, since=max(wish.since or since, since))
    rows: list[PublishedVacancy] = []
    while len(rows) < MOST_TOLD:
        page = search_vacancies(wish=wish, on=on)
        rows += page.rows
        if not page.following:
            break
        wish = replace(wish, after=page.following)
    return rows[:MOST_TOLD]


def told_openings(*, vacancies: list[int], on: date) -> list[Opening]:
    """Those of some vacancies that are still open, in the order that was given."""
    rows = PublishedVacancy.objects.defer("terms").in_bulk(vacancies)
    return [opening_of(rows[pk], on) for pk in vacancies if pk in rows and rows[pk].closes_on >= on]
