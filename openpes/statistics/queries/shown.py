"""Rows that are read within the city, held to those that the database shows to whoever asks.

What describes a row may be at home in another area, so sums by it are read `within` the city, where the row policy
shows everything. Which rows count is settled before, under the standing of the reader: a sum leaks nothing when the
queryset forgets the area, and nothing when the policy does.
"""

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from openpes.kernel import within
from openpes.kernel.scope import CITY, present_standing


def shown(rows: QuerySet) -> QuerySet:
    """The same rows, none of which the database would not show to the reader; to be read within the city.

    The rows must be found by their own columns alone.
    """
    return rows if _sees_the_city() else rows.filter(pk__in=_numbers(rows))


def shown_of_city(rows: QuerySet) -> QuerySet:
    """The same for rows that are found by what is at home anywhere in the city; to be read within it as well."""
    if _sees_the_city():
        return rows
    with within(CITY):
        found = _numbers(rows)
    return rows.filter(pk__in=_numbers(rows.model._default_manager.filter(pk__in=found)))


def _sees_the_city() -> bool:
    return present_standing().scope == CITY


def _numbers(rows: QuerySet) -> RawSQL:
    return RawSQL("SELECT unnest(%s::bigint[])", [list(rows.order_by().values_list("pk", flat=True))])
