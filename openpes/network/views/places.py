"""The area that a page is about, checked against the reader's own."""

from django.http import Http404, HttpRequest

from openpes.engine.checklists import Checklist, Item, checklist_version
from openpes.network import queries
from openpes.network.models import Acceptance


def inside(request: HttpRequest, area: str) -> str:
    """The area asked for, else the reader's own.

    :raises Http404: there is no such unit, or it lies outside the reader's area
    """
    wanted = area or request.actor.scope
    if not wanted.startswith(request.actor.scope) or not queries.area_exists(wanted):
        raise Http404
    return wanted


def columns(*labels: str, numbers: tuple[str, ...] = ()) -> list[dict[str, object]]:
    """Heads of a table; those in `numbers` stand over figures."""
    return [{"label": label, "number": label in numbers} for label in labels]


def with_titles(rows: list[Acceptance], language: str) -> list[tuple[Acceptance, str]]:
    """Acceptances with the title of their check-list in the reader's language."""
    return [(row, title_of(checklist_version(row.checklist, row.version), language)) for row in rows]


def title_of(listed: Checklist | Item, language: str) -> str:
    """The title of a check-list or of one of its items in a language."""
    return listed.title_zh if language.startswith("zh") else listed.title_en
