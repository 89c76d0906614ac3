"""What resumes do by the clock: people are reminded before their CV runs out."""

from openpes.kernel import clock, job, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.resumes.actions import remind_of_expiry
from openpes.resumes.queries import running_out


@job("resumes.expiry", every="10 9 * * *")
def remind() -> int:
    """Every morning: remind whoever was not yet. Run twice, the second changes nothing."""
    at = clock.now()
    with within(CITY):
        due = running_out(on=clock.day_of(at))
    return sum(remind_of_expiry(person=pk, by=PLATFORM, at=at) for pk in due)
