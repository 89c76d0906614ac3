"""The area that a page is about, checked against the reader's own."""

from django.http import Http404, HttpRequest

from openpes.network import queries


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
