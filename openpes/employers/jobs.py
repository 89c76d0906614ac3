"""What employers do by the clock."""

from openpes.employers.actions import tell_blacklist_changes
from openpes.kernel import clock, job
from openpes.kernel.action import PLATFORM


@job("employers.blacklist", every="2 0 * * *")
def renew_blacklist() -> None:
    """Tell just after midnight which entries on the blacklist began or ended with the day."""
    tell_blacklist_changes(by=PLATFORM, at=clock.now())
