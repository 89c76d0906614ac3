"""Feeds of the newest vacancies: Atom, JSON Feed, and a table for spreadsheets."""

import csv
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from itertools import chain

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.codes.queries import occupation_exists, occupation_label
from openpes.exchange import queries
from openpes.exchange.api.door import open_door, problem
from openpes.exchange.choices import Scope
from openpes.exchange.queries.posts import Post, post_of
from openpes.exchange.rules import xml_text
from openpes.kernel import clock, within
from openpes.kernel.scope import PUBLIC
from openpes.look.queries import city_name
from openpes.network.queries import area_exists, area_label

NEWEST, AT_ONCE = 50, 1000
COLUMNS = (
    "id", "title", "employer", "place_code", "place", "address", "occupation_code", "occupation", "places_left", "term",
    "pay_min_yuan", "pay_max_yuan", "education_min", "published_on", "closes_on", "url",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@open_door
@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """The newest vacancies of an area or occupation as Atom (RFC 4287)."""
    place, occupation, language = _asked(request)
    with override(language):
        context = {
            "posts": [_entry(request, post) for post in _newest(request, place, occupation)],
            "title": _title(place, occupation), "here": request.build_absolute_uri(), "language": language,
            "start": request.build_absolute_uri(reverse("portal:search")), "updated": _updated(request),
        }  # fmt: skip
        text = render(request, "exchange/atom.xml", context).content.decode()
    answer = HttpResponse(xml_text(text), content_type="application/atom+xml; charset=utf-8")
    return _dated(answer, _updated(request), language)


@open_door
@require_safe
def json_feed(request: HttpRequest) -> HttpResponse:
    """The newest vacancies of an area or occupation as JSON Feed 1.1."""
    place, occupation, language = _asked(request)
    with override(language):
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": _title(place, occupation),
            "home_page_url": request.build_absolute_uri(reverse("portal:search")),
            "feed_url": request.build_absolute_uri(),
            "language": "zh-Hans" if language.startswith("zh") else language,
            "items": [_item(request, post) for post in _newest(request, place, occupation)],
        }
    answer = JsonResponse(feed, json_dumps_params={"ensure_ascii": False}, content_type="application/feed+json")
    return _dated(answer, _updated(request), language)


@open_door
@require_safe
def table(request: HttpRequest) -> HttpResponseBase:
    """The open vacancies as CSV in UTF-8: the newest thousand, or with a key that opens it all of them."""
    place, occupation, language = _asked(request)
    if "all" in request.GET:
        if Scope.BULK not in request.key_scopes:
            text = _("The whole list needs a key that opens vacancies.bulk.")
            return problem(403, "needs_key", text, _("Read it page by page from /exchange/v1/vacancies without a key."))  # type: ignore[arg-type]
        pages = _pages(request, place, occupation, language)
    else:
        with override(language):
            rows = queries.newest(on=request.on, place=place, occupation=occupation, limit=AT_ONCE)
            pages = iter([[_line(request, post_of(row)) for row in rows]])
    answer = StreamingHttpResponse(_csv(pages), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="vacancies-{request.on:%Y%m%d}.csv"'
    return _dated(answer, _updated(request), language)


def _pages(request: HttpRequest, place: str, occupation: str, language: str) -> Iterator[list[list[str]]]:
    """Every open vacancy, each page in a transaction of its own: no reader holds one open."""
    after: int | None = 0
    while after is not None:
        with within(role=PUBLIC), override(language):
            page = queries.snapshot_page(
                on=request.on, after=after, place=place, occupation=occupation, limit=AT_ONCE
            )
            yield [_line(request, post_of(row)) for row in page.rows]
        after = page.next_after


def _csv(pages: Iterator[list[list[str]]]) -> Iterator[str]:
    yield "\ufeff"  # by which spreadsheets know UTF-8
    for lines in chain([[list(COLUMNS)]], pages):
        out = StringIO()
        csv.writer(out, lineterminator="\r\n").writerows(lines)
        yield out.getvalue()


def _line(request: HttpRequest, post: Post) -> list[str]:
    cells = (
        post.id, post.title, post.employer, post.place.code, post.place.name, post.address, post.occupation.code,
        post.occupation.name, post.places_left, post.term.name, post.pay.min_fen // 100, post.pay.max_fen // 100,
        post.education_min.name, post.published_on, post.closes_on, _address(request, post),
    )  # fmt: skip
    return [_harmless(str(cell)) for cell in cells]


def _harmless(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _asked(request: HttpRequest) -> tuple[str, str, str]:
    """Area, occupation and language of a feed; what nobody offers counts as not said."""
    place, occupation = request.GET.get("place", ""), request.GET.get("class", "")
    language = request.GET.get("language", "")
    known = language if language in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE
    return place if area_exists(place) else "", occupation if occupation_exists(occupation) else "", known


def _newest(request: HttpRequest, place: str, occupation: str) -> list[Post]:
    rows = queries.newest(on=request.on, place=place, occupation=occupation, limit=NEWEST)
    return [post_of(row) for row in rows]


def _title(place: str, occupation: str) -> str:
    words = [_("Open vacancies"), area_label(place) if place else city_name()]
    return " · ".join([*words, occupation_label(occupation)] if occupation else words)


def _updated(request: HttpRequest) -> datetime:
    return queries.changed_at() or request.at.replace(hour=0, minute=0, second=0, microsecond=0)


def _dated(answer: HttpResponseBase, updated: datetime, language: str) -> HttpResponseBase:
    answer["Last-Modified"] = http_date(updated.timestamp())
    answer["Content-Language"] = language
    return answer


def _address(request: HttpRequest, post: Post) -> str:
    return request.build_absolute_uri(reverse("portal:vacancy", args=[post.id]))


def _summary(post: Post) -> str:
    pay = f"{post.pay.min_fen // 100}–{post.pay.max_fen // 100}"
    told = {"employer": post.employer, "place": post.place.name, "pay": pay, "n": post.places_left}
    return _("%(employer)s, %(place)s, %(pay)s yuan a month, %(n)s places") % told


def _entry(request: HttpRequest, post: Post) -> dict[str, object]:
    published = datetime.combine(post.published_on, datetime.min.time(), clock.BUSINESS_ZONE)
    return {
        "url": _address(request, post), "title": post.title, "summary": _summary(post), "text": post.description,
        "published": published.isoformat(), "employer": post.employer, "class": post.occupation,
    }  # fmt: skip


def _item(request: HttpRequest, post: Post) -> dict[str, object]:
    entry = _entry(request, post)
    text = "\n".join(part for part in (_summary(post), post.description) if part)
    return {
        "id": entry["url"], "url": entry["url"], "title": post.title, "content_text": text,
        "date_published": entry["published"], "authors": [{"name": post.employer}], "tags": [post.occupation.name],
    }  # fmt: skip
