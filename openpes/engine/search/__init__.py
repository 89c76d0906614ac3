"""Search over published vacancies: what may be asked, and an inverted index in files that answers it.

What is compiled stands in `index`, `building` and `files`, which only those import who need it.
"""

from openpes.engine.search.distance import UNKNOWN, metres_to, spot_of, spotted
from openpes.engine.search.keys import read_key, written_key
from openpes.engine.search.kinds import FACETS, PAGE_SIZE, Document, Near, Order, Query
from openpes.engine.search.text import beginning, cut, folded

__all__ = [
    "FACETS",
    "PAGE_SIZE",
    "UNKNOWN",
    "Document",
    "Near",
    "Order",
    "Query",
    "beginning",
    "cut",
    "folded",
    "metres_to",
    "read_key",
    "spot_of",
    "spotted",
    "written_key",
]
