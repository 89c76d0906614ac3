"""What matching keeps: the search index of the city."""

from openpes.matching.actions.search_index import renew_search_index

__all__ = ["renew_search_index"]
