"""What reporting does by the clock."""

from openpes.kernel import clock, job
from openpes.kernel.action import PLATFORM
from openpes.reporting.actions import hold_stale, remind_employers, settle_duties


@job("reporting.duties", every="10 0 * * *")
def duties() -> None:
    """Give employers that have enough people by now their duty, just after midnight."""
    settle_duties(by=PLATFORM, at=clock.now())


@job("reporting.stale", every="20 0 * * *")
def stale() -> None:
    """Hold the vacancies of which nothing was heard for too long."""
    hold_stale(by=PLATFORM, at=clock.now())


@job("reporting.reminders", every="0 9 * * 1-5")
def reminders() -> None:
    """Remind employers of the reports that they owe, on the mornings of weekdays."""
    remind_employers(by=PLATFORM, at=clock.now())
