"""What the open interfaces do by the clock."""

from openpes.exchange.actions import forget_old_entries
from openpes.kernel import clock, job
from openpes.kernel.action import PLATFORM


@job("exchange.forget", every="40 3 * * *")
def forget() -> int:
    """Every night: forget changes of vacancies that are kept no longer."""
    return forget_old_entries(by=PLATFORM, at=clock.now())
