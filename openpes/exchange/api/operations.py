"""What the open interface answers: pages of everything that is open, changes behind a cursor, one vacancy."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema

from openpes.codes.queries import occupation_exists
from openpes.exchange import queries, rules
from openpes.exchange.api.door import problem
from openpes.exchange.api.schemas import AskedChanges, AskedPage, ChangesOut, PostOut, Problem, SnapshotOut
from openpes.exchange.choices import Scope
from openpes.exchange.queries.feed import is_of_this_city, one_open
from openpes.exchange.rules import MOST
from openpes.network.queries import area_exists
from openpes.vacancies.models import PublishedVacancy

ERRORS = {400: Problem, 401: Problem, 403: Problem, 429: Problem}
KEY = {"type": "http", "scheme": "bearer", "description": "A key of the city; everything else is open without one."}


class OpenInterface(NinjaAPI):
    """The interface with its key described: it may be sent, and need not be."""

    def get_openapi_schema(self, **told: Any) -> OpenAPISchema:
        """The description, with the key among its parts."""
        schema = super().get_openapi_schema(**told)
        schema["components"]["securitySchemes"] = {"key": KEY}
        schema["security"] = [{}, {"key": []}]
        return schema


api = OpenInterface(
    title="OpenPES", version="1.0.0", docs_url=None, openapi_url="openapi.json",
    urls_namespace="exchange:open",
    description=(
        "Open vacancies of the city's public employment service. Read everything once, page by page, then only what"
        " changed behind your cursor. Nothing is kept about readers. Names and refusals are Chinese, or English"
        " with `language=en`."
    ),
)  # fmt: skip


@api.exception_handler(ValidationError)
def misunderstood(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """A parameter that is missing, too long or out of range."""
    named = sorted({str(error["loc"][-1]) for error in wrong.errors})
    text = _("These parameters are missing or out of range: %(names)s.") % {"names": ", ".join(named)}
    return problem(HTTPStatus.BAD_REQUEST, "bad_parameter", text, _("The description names what each may be."))


@api.get("vacancies", response={200: SnapshotOut, **ERRORS}, summary="Everything that is open, page by page")
def snapshot(request: HttpRequest, asked: Query[AskedPage]) -> Any:
    """Pages by `after`, the smallest id first; keep `changes_from` of the first page for `/changes`."""
    if wrong := _unknown(asked.place, asked.occupation) or _too_much(request, asked.limit):
        return wrong
    page = queries.snapshot_page(
        on=request.on, after=asked.after, place=asked.place, occupation=asked.occupation, limit=asked.limit
    )
    return {
        "items": [_post(request, row) for row in page.rows],
        "next_after": page.next_after,
        "changes_from": page.behind.text if page.behind else None,
    }


@api.get("changes", response={200: ChangesOut, 410: Problem, **ERRORS}, summary="What changed behind a cursor")
def changes(request: HttpRequest, asked: Query[AskedChanges]) -> Any:
    """Every vacancy that came, changed or went, the oldest change first; ask again at once while `has_more`."""
    if wrong := _too_much(request, asked.limit):
        return wrong
    cursor = rules.cursor_of(asked.cursor)
    if cursor is None or not is_of_this_city(cursor):
        text = _("This cursor was not given out by this city, or before it was restored.")
        return _begin_again("unknown_cursor", text)
    if rules.is_too_old(cursor, request.on):
        days = rules.days_kept(request.on)
        return _begin_again("old_cursor", _("This cursor is older than the %(n)s days kept.") % {"n": days})
    found = queries.changes_behind(cursor, on=request.on, limit=asked.limit)
    return {
        "changed": [_post(request, row) for row in found.rows],
        "ended": [{"id": pk, "ended": True, "noted_at": noted_at} for pk, noted_at in found.ended],
        "cursor": found.cursor.text,
        "has_more": found.has_more,
    }


@api.get(
    "vacancies/{number}", response={200: PostOut, 404: Problem, **ERRORS}, summary="One vacancy",
    url_name="one_vacancy",
)  # fmt: skip
def one(request: HttpRequest, number: int) -> Any:
    """A vacancy that is open."""
    row = one_open(number=number, on=request.on)
    if row is None:
        text = _("There is no open vacancy of this number.")
        return problem(HTTPStatus.NOT_FOUND, "not_open", text, _("It may have ended; changes tell so."))
    return _post(request, row)


def _post(request: HttpRequest, row: PublishedVacancy) -> dict[str, Any]:
    url = request.build_absolute_uri(reverse("portal:vacancy", args=[row.pk]))
    return asdict(queries.post_of(row)) | {"url": url}


def _unknown(place: str, occupation: str) -> HttpResponse | None:
    if place and not area_exists(place):
        text = _("“%(code)s” is no area of this city.") % {"code": place}
        return problem(HTTPStatus.BAD_REQUEST, "unknown_place", text, _("The code lists name every area."))
    if occupation and not occupation_exists(occupation):
        text = _("“%(code)s” is no occupation of the classification of 2022.") % {"code": occupation}
        return problem(HTTPStatus.BAD_REQUEST, "unknown_occupation", text, _("The code lists name every occupation."))
    return None


def _too_much(request: HttpRequest, limit: int) -> HttpResponse | None:
    if limit <= MOST or Scope.BULK in request.key_scopes:
        return None
    text = _("Pages of more than %(n)s need a key that opens vacancies.bulk.") % {"n": MOST}
    return problem(HTTPStatus.FORBIDDEN, "needs_key", text, _("Ask for smaller pages, or ask the city for a key."))


def _begin_again(code: str, text: str) -> HttpResponse:
    next_step = _("Read everything once more from /vacancies and go on from its changes_from.")
    return problem(HTTPStatus.GONE, code, text, next_step)


__all__ = ["api"]
