"""What the door does by the clock: forgetting who asked in public, which rows changed, and sessions that are over."""

from openpes.access import actions
from openpes.kernel import clock, job
from openpes.kernel.changes import forget_changes
from openpes.kernel.rates import forget_askings


@job("access.askings", every="40 1 * * *")
def forget_who_asked() -> int:
    """Every night: forget who checked papers before yesterday. Run twice, the second changes nothing."""
    return forget_askings(clock.now())


@job("access.changes", every="45 1 * * *")
def forget_old_changes() -> int:
    """Every night: forget which rows changed before any reader's sight. Run twice, the second changes nothing."""
    return forget_changes(clock.now())


@job("access.sessions", every="50 1 * * *")
def forget_old_sessions() -> int:
    """Every night: forget sessions that are over. Run twice, the second changes nothing."""
    return actions.forget_sessions(at=clock.now())


@job("access.codes", every="55 1 * * *")
def forget_old_codes() -> int:
    """Every night: forget sign-in codes of days ago. Run twice, the second changes nothing."""
    return actions.forget_codes(at=clock.now())
