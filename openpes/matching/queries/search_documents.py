"""The public rows as the documents of a search index."""

from bisect import bisect_right
from collections.abc import Collection, Iterator

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, TextField

from openpes.engine.search import Document, spotted
from openpes.matching.choices import PayBand
from openpes.vacancies.models import PublishedVacancy

FIELDS = (
    "vacancy_id", "published_on", "closes_on", "place", "occupation", "pay_max_fen", "education_min", "term",
    "benefits", "pay_min_fen", "places_left", "title", "words", "spot",
)  # fmt: skip
AT_ONCE = 5_000
_BANDS = list(PayBand.values)
_FLOORS = [PayBand(code).bounds[0] for code in _BANDS]


def documents(*, of: Collection[int] | None = None) -> Iterator[Document]:
    """What is to be found of every public row, open today or not, or of those of these numbers."""
    words = Func(F("terms"), function="tsvector_to_array", output_field=ArrayField(TextField()))
    rows = PublishedVacancy.objects.order_by("vacancy_id").annotate(words=words)
    if of is not None:
        rows = rows.filter(vacancy_id__in=sorted(of))
    for row in rows.values_list(*FIELDS).iterator(AT_ONCE):
        number, begun, closes, place, occupation, top, education, term, benefits, low, left, title, said, spot = row
        band = _BANDS[bisect_right(_FLOORS, top) - 1]
        days = begun.toordinal(), closes.toordinal()
        yield Document(
            number, *days, spotted(place, spot), occupation, band, education, term, benefits, low, top, left, title,
            said,
        )  # fmt: skip
