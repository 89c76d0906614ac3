"""What registration does by the clock: reminders of confirmation, and the end by silence."""

from openpes.kernel import clock, job
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.registration.actions import end_silent_registration, remind_of_confirmation
from openpes.registration.queries import over_silence, to_be_reminded


@job("registration.contacts", every="20 0 * * *")
def keep_contacts() -> tuple[int, int]:
    """Just after midnight: end what silence ended, remind of what is due. Run twice, the second changes nothing.

    Each person is one transaction, so a night that stops half-way goes on where it stopped.
    """
    at = clock.now()
    on = clock.day_of(at)
    ended = [end_silent_registration(period=pk, by=PLATFORM, at=at) for pk in over_silence(scope=CITY, on=on)]
    reminded = [remind_of_confirmation(period=pk, by=PLATFORM, at=at) for pk in to_be_reminded(scope=CITY, on=on)]
    return sum(ended), sum(reminded)
