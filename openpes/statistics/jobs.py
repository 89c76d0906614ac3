"""What statistics does by the clock."""

from openpes.kernel import clock, job
from openpes.kernel.action import PLATFORM
from openpes.statistics.actions import feed_noted, rebuild_facts
from openpes.statistics.actions.boards import publish_board


@job("statistics.feed_facts", every="* * * * * */15")
def feed_facts() -> int:
    """Every quarter of a minute: feed the facts of all rows of which something was told; how many that appended."""
    appended = 0
    while (some := feed_noted(by=PLATFORM, at=clock.now())) is not None:
        appended += some
    return appended


@job("statistics.rebuild_facts", every="40 1 * * *")
def rebuild() -> int:
    """In the night: compare all facts with the rows, append what no event told, and make the months ahead."""
    return rebuild_facts(by=PLATFORM, at=clock.now()).total


@job("statistics.publish_board", every="20 5 * * *")
def publish() -> int:
    """In the early morning: make the public figures of the day; how many numbers they show."""
    return publish_board(by=PLATFORM, at=clock.now()).shown
