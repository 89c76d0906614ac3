"""What the network does by the clock."""

from openpes.kernel import clock, job
from openpes.kernel.action import PLATFORM
from openpes.network.actions import entitle_month
from openpes.network.rules import month_before


@job("network.entitle_month", every="20 1 1 * *")
def entitle_last_month() -> None:
    """Entitle the village officers to the subsidy of the month that has just ended."""
    at = clock.now()
    entitle_month(month_on=month_before(clock.day_of(at)), by=PLATFORM, at=at)
