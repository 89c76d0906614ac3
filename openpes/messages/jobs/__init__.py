"""Sending what waits, settling what was interrupted, erasing what is old."""

from datetime import datetime

from openpes.kernel import clock, job
from openpes.kernel.action import PLATFORM
from openpes.messages.actions import erase_old, note_failure, note_interrupted, note_sent, take_message
from openpes.messages.actions.sending import Parcel
from openpes.messages.actions.writing import DELIVERY
from openpes.messages.jobs.gateways import Gateway, NotSent, gateways
from openpes.messages.rules import Failure

MOST_AT_ONCE = 200
MOST_IN_VAIN = 3  # a gateway that is away is not asked for every message


@job(DELIVERY, queue="prompt")
def deliver() -> int:
    """Send what is due; a message wakes this when it is written. Gives how many went out."""
    return send_due(gateways())


@job("messages.deliver_by_clock", every="* * * * * */30", queue="prompt")
def deliver_by_clock() -> int:
    """Twice a minute: settle what was interrupted, send what became due. Run twice, nothing goes out twice."""
    served = gateways()
    repeatable = frozenset(channel for channel, gateway in served.items() if gateway.knows_numbers)
    note_interrupted(repeatable=repeatable, by=PLATFORM, at=clock.now())
    return send_due(served)


@job("messages.erase", every="20 3 * * *")
def erase() -> int:
    """Every night: erase recipients and texts that are kept no longer."""
    return erase_old(by=PLATFORM, at=clock.now())


def send_due(served: dict[str, Gateway]) -> int:
    """Send what is due by these gateways, one message after the other; without a gateway everything waits."""
    sent, in_vain = 0, dict.fromkeys(served, 0)
    for _round in range(MOST_AT_ONCE):
        channels = frozenset(channel for channel in served if in_vain[channel] < MOST_IN_VAIN)
        parcel = take_message(channels=channels, by=PLATFORM, at=clock.now()) if channels else None
        if parcel is None:
            break
        went = _send(served[parcel.channel], parcel, clock.now())
        in_vain[parcel.channel] = 0 if went else in_vain[parcel.channel] + 1
        sent += went
    return sent


def _send(gateway: Gateway, parcel: Parcel, at: datetime) -> bool:
    try:
        receipt = gateway.send(parcel)
    except NotSent as not_sent:
        failure = not_sent.failure
        if failure is Failure.UNKNOWN and gateway.knows_numbers:
            failure = Failure.LATER  # the gateway recognises the number when it comes again
        note_failure(message=parcel.message, failure=failure, why=not_sent.why, by=PLATFORM, at=clock.now())
        return False
    note_sent(message=parcel.message, receipt=receipt, by=PLATFORM, at=clock.now())
    return True
