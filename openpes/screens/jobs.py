"""What is released by the clock."""

from openpes.kernel import clock, job
from openpes.kernel.action import PLATFORM
from openpes.messages.queries import consents_in_force
from openpes.screens.actions import send_digest

AT_ONCE = 500


@job("screens.digests", every="0 9 * * 1")
def send_digests() -> int:
    """Every Monday at nine: write all subscribers what is new. Run twice, nobody is written twice; gives how many."""
    at, sent, after = clock.now(), 0, 0
    while True:
        with PLATFORM.standing():
            subscribed = consents_in_force(scope=PLATFORM.scope, purpose="digest", after=after, limit=AT_ONCE)
        if not subscribed:
            return sent
        for consent in subscribed:
            sent += send_digest(consent=consent, on=clock.day_of(at), by=PLATFORM, at=at)
        after = subscribed[-1].pk
