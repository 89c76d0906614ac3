"""What matching does by the clock."""

from openpes.kernel import clock, job
from openpes.kernel.action import PLATFORM
from openpes.matching.actions import match_city, renew_search_index


@job("matching.search_index", every="* * * * *")
def keep_search_index() -> int | None:
    """Every minute: look whether the search index is due, and make it anew when it is."""
    return renew_search_index(by=PLATFORM, at=clock.now())


@job("matching.city", every="30 3 * * *")
def match_whole_city() -> int:
    """In the night: match the whole city both ways. Run twice, the second leaves the same lists."""
    return match_city(by=PLATFORM, at=clock.now())
