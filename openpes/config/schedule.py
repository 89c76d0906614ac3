"""What the worker does by the clock, apart from the jobs that the rooms declare themselves."""

from openpes.kernel import clock, job, outbox


@job("kernel.deliver_outbox", every="* * * * * */20", queue="prompt")
def deliver_outbox() -> None:
    """Deliver what waits in the outbox; an event wakes it at once, the clock catches what failed before."""
    outbox.deliver(at=clock.now())
