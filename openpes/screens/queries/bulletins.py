"""The bulletins that were printed; everybody may read them."""

from django.db.models import QuerySet

from openpes.screens.models import Bulletin

LATEST = 30


def bulletins(*, area: str = "") -> list[Bulletin]:
    """The latest bulletins of an area and those below it, without their lists and pages."""
    found = _public()
    if area:
        found = found.filter(area__gte=area, area__lt=area + "~")
    return list(found.defer("printed_by", "listed", "pages")[:LATEST])


def bulletin(*, number: int) -> Bulletin:
    """A bulletin as it was printed.

    :raises Bulletin.DoesNotExist: there is none of that number
    """
    return _public().get(pk=number)


def _public() -> QuerySet[Bulletin]:
    return Bulletin.objects.defer("printed_by").order_by("-printed_at", "-id")
