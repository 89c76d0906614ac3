"""Makes the search index of the city anew when it is due, and takes it away where it is not needed."""

from datetime import datetime

from django.conf import settings

from openpes.engine.search.files import BadIndex, name_in_force, note_of, take_out_of_force, write_index
from openpes.kernel import Actor, within
from openpes.kernel.changes import changes_since
from openpes.kernel.scope import CITY
from openpes.matching.queries.search_documents import documents
from openpes.matching.queries.search_kept import SUBJECT, sight_of, written_sight
from openpes.vacancies.models import PublishedVacancy

ENOUGH = 300  # so many changed rows, or one row in a hundred, and a new index is worth its making
SHARE = 100


def renew_search_index(*, by: Actor, at: datetime) -> int | None:
    """Make and put in force a new index when the present one is missing, unreadable or has become old.

    Below `SEARCH_INDEX_FROM` public rows the table alone is fast enough, and there is none. Returns how many rows the
    new one has, or None when nothing was made.
    """
    with within(CITY):
        rows = PublishedVacancy.objects.count()
        due = rows >= settings.SEARCH_INDEX_FROM and _is_due(rows)
    if rows < settings.SEARCH_INDEX_FROM:
        take_out_of_force(settings.SEARCH_FOLDER)
    return _made() if due else None


def _is_due(rows: int) -> bool:
    folder = settings.SEARCH_FOLDER
    name = name_in_force(folder)
    if not name:
        return True
    try:
        changes = changes_since(SUBJECT, sight_of(note_of(folder, name)))
    except BadIndex:
        return True
    return changes.rows is None or len(changes.rows) > max(ENOUGH, rows // SHARE)


def _made() -> int:
    from openpes.engine.search.building import Builder
    from openpes.engine.search.warming import compile_all

    compile_all()  # here and not in the processes that visitors ask: they only load what is compiled
    builder = Builder()
    with within(CITY):
        sight = changes_since(SUBJECT, None).sight
        builder.add(documents())
    arrays = builder.arrays()
    write_index(settings.SEARCH_FOLDER, arrays, written_sight(sight))
    return len(arrays["id"])
