"""Everything that the platform holds about a person: to be read on the own page and taken along as a file."""

from openpes.portal.queries.holdings.catalogue import CATALOGUE, LEFT_OUT, Kept, Section
from openpes.portal.queries.holdings.copies import FORMS, as_json, as_workbook
from openpes.portal.queries.holdings.reading import Holdings, own_holdings
from openpes.portal.queries.holdings.schema import city_schema, unlisted

__all__ = [
    "CATALOGUE",
    "FORMS",
    "LEFT_OUT",
    "Holdings",
    "Kept",
    "Section",
    "as_json",
    "as_workbook",
    "city_schema",
    "own_holdings",
    "unlisted",
]
