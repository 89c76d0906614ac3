"""What persons need by the clock: certificates run out, likely duplicates are sought, sign-in codes are sent."""

from datetime import datetime

from openpes.access.actions import DELIVERY
from openpes.access.queries import codes_to_send
from openpes.kernel import clock, job, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.people.actions import expire_qualification, send_sign_in_code
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


@job(DELIVERY, every="* * * * *", queue="prompt")
def deliver_codes() -> int:
    """Send the sign-in codes that were asked for; asking wakes it at once, the clock catches what failed before."""
    at = clock.now()
    waiting = codes_to_send(at=at)
    return sum(send_sign_in_code(code=row.pk, index=bytes(row.phone_index), by=PLATFORM, at=at) for row in waiting)
