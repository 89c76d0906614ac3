"""What matching does by the clock."""

from openpes.kernel import clock, job
from openpes.kernel.action import PLATFORM
from openpes.matching.actions import match_city, renew_search_index
from openpes.matching.queries import is_matched, open_published


@job("matching.search_index", every="* * * * *")
def keep_search_index() -> int | None:
    """Every minute: look whether the search index is due, and make it anew when it is."""
    return renew_search_index(by=PLATFORM, at=clock.now())


@job("matching.city", every="30 3 * * *")
def match_whole_city() -> int:
    """In the night: match the whole city both ways. Run twice, the second leaves the same lists."""
    return match_city(by=PLATFORM, at=clock.now())


@job("matching.first", every="* * * * *")
def match_before_the_first_night() -> int:
    """Every minute: match a city that never was matched, so that no list waits for the first night."""
    return 0 if is_matched() or not open_published(on=clock.day_of(clock.now())).exists() else match_whole_city()
