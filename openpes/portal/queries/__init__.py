"""What the public site shows: a search with its facets, one vacancy, the own pages, addresses for search engines."""

from openpes.portal.queries.asked import asked_for
from openpes.portal.queries.chips import Correction, Said
from openpes.portal.queries.openings import Offer, Opening, offer, opening_of, public_addresses
from openpes.portal.queries.own import OwnFile, Workplace, own_file, own_workplace
from openpes.portal.queries.posting import job_posting, json_ld
from openpes.portal.queries.search import Chip, Choice, Found, Group, found_openings
from openpes.portal.queries.typing import Option, typing_options
from openpes.portal.queries.wishes import narrowed, query_of, wish_of, without

__all__ = [
    "Chip",
    "Choice",
    "Correction",
    "Found",
    "Group",
    "Offer",
    "Opening",
    "Option",
    "OwnFile",
    "Said",
    "Workplace",
    "asked_for",
    "found_openings",
    "job_posting",
    "json_ld",
    "narrowed",
    "offer",
    "opening_of",
    "own_file",
    "own_workplace",
    "public_addresses",
    "query_of",
    "typing_options",
    "wish_of",
    "without",
]
