"""What matching keeps: the lists of the whole city, and the search index."""

from openpes.matching.actions.city import match_city
from openpes.matching.actions.search_index import renew_search_index

__all__ = ["match_city", "renew_search_index"]
