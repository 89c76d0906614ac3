"""The outbox: what the outside world is told after the commit, once for each event and listener."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from openpes.kernel.events import Event, later_listener, restore
from openpes.kernel.jobs import defer

ATTEMPTS = 8


def post(event: Event, listeners: list[str]) -> None:
    """Write one row a listener in the transaction of the event, and wake the worker when it commits."""
    from openpes.kernel.models import OutboxRow

    number = uuid4()
    OutboxRow.objects.bulk_create(
        OutboxRow(event_id=number, event=event.name(), payload=event.payload(), listener=name, posted_at=event.at)
        for name in listeners
    )
    defer("kernel.deliver_outbox", once="outbox")


def deliver(*, at: datetime, limit: int = 500) -> int:
    """Deliver waiting rows, each in a transaction of its own; a row that fails waits for the next round.

    Returns the number delivered. Rows that failed `ATTEMPTS` times stay for a person to look at.
    """
    delivered = 0
    for _ in range(limit):
        with transaction.atomic():
            outcome = _deliver_one(at)
        if outcome is None:
            break
        delivered += outcome
    return delivered


def _deliver_one(at: datetime) -> int | None:
    from openpes.kernel.models import OutboxRow

    row = OutboxRow.objects.select_for_update(skip_locked=True).waiting(at).first()
    if row is None:
        return None
    try:
        with transaction.atomic():
            later_listener(row.listener)(restore(row.event, row.payload))
    except Exception as error:  # one bad listener must not hold up the others
        row.attempts += 1
        row.error = f"{type(error).__name__}: {error}"[:500]
        row.tried_at = at
        row.save(update_fields=["attempts", "error", "tried_at"])
        return 0
    row.delivered_at = at
    row.save(update_fields=["delivered_at"])
    return 1
