"""The sitemap: parts by ranges of numbers, so that a part never moves and is never too large."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max

from openpes.matching.queries import open_published

PART = 50_000  # the protocol's limit for one file


@dataclass(frozen=True)
class SitemapPart:
    """The part of a range of numbers: the vacancies from `number * 50,000` on."""

    number: int
    count: int
    published_on: date


def parts(*, on: date) -> list[SitemapPart]:
    """The parts that hold an open vacancy, in their order."""
    grouped = open_published(on=on).order_by().annotate(number=F("vacancy_id") / PART).values("number")
    counted = grouped.annotate(n=Count("vacancy_id"), day=Max("published_on")).order_by("number")
    return [SitemapPart(row["number"], row["n"], row["day"]) for row in counted]


def addresses_in(*, number: int, on: date) -> list[tuple[int, date]]:
    """The open vacancies of a part with the day on which each was published, by number."""
    inside = open_published(on=on).filter(vacancy_id__gte=number * PART, vacancy_id__lt=(number + 1) * PART)
    return list(inside.order_by("vacancy_id").values_list("vacancy_id", "published_on"))
