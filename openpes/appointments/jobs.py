"""What appointments do by the clock: offers lapse, people are reminded, times are missed, lists end."""

from openpes.appointments import queries
from openpes.appointments.actions import end_recall, lapse_offer, note_missed, remind_of_appointment
from openpes.kernel import clock, job
from openpes.kernel.action import PLATFORM


@job("appointments.clock", every="*/5 * * * *")
def keep_time() -> tuple[int, int, int, int]:
    """Every five minutes: lapse, remind, note who did not come, end lists. Run twice, the second changes nothing.

    Each row is one transaction, so a run that stops half-way goes on where it stopped.
    """
    at = clock.now()
    lapsed = [lapse_offer(appointment=pk, by=PLATFORM, at=at) for pk in queries.lapsed_offers(at=at)]
    reminded = [remind_of_appointment(appointment=pk, by=PLATFORM, at=at) for pk in queries.to_be_reminded(at=at)]
    missed = [note_missed(appointment=pk, by=PLATFORM, at=at) for pk in queries.not_kept(at=at)]
    over = [end_recall(recall=pk, by=PLATFORM, at=at) for pk in queries.recalls_over(on=clock.day_of(at))]
    return sum(lapsed), sum(reminded), sum(missed), sum(over)
