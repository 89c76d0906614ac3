"""What persons need by the clock: certificates run out, and files that are likely of one person are sought."""

from datetime import datetime

from openpes.kernel import clock, job, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.people.actions import expire_qualification
from openpes.people.actions.seeking import seek_duplicates
from openpes.people.queries.records import ran_out


@job("people.certificates", every="5 0 * * *")
def run_out_of_certificates() -> int:
    """Just after midnight. Run twice, the second changes nothing; each certificate is one transaction."""
    return let_certificates_run_out(at=clock.now())


@job("people.duplicates", every="40 1 * * *")
def seek() -> int:
    """In the night: compare all files of the city and fill the work list. Run twice, the second changes nothing."""
    return seek_duplicates(by=PLATFORM, at=clock.now())


def let_certificates_run_out(*, at: datetime) -> int:
    """Let every certificate run out whose last day is over at a moment; how many did."""
    with within(CITY):
        over = ran_out(on=clock.day_of(at))
    return sum(expire_qualification(record=pk, by=PLATFORM, at=at) for pk in over)
