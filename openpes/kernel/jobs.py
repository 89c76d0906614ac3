"""Work for later: one way to defer it, run by the worker of `openpes work`."""

from collections.abc import Callable
from typing import Any


def job(name: str, *, every: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as the job `name`; `every` is a cron line (a sixth field gives seconds)."""
    from procrastinate.contrib.django import app

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        if every:

            def run(timestamp: int = 0) -> Any:
                return function()

            app.periodic(cron=every)(app.task(name=name, queueing_lock=name)(run))
        else:
            app.task(name=name)(function)
        return function

    return register


def defer(name: str, *, once: str = "", **arguments: Any) -> None:
    """Put a job into the queue in the present transaction; with `once`, only if none of that lock waits."""
    from django.db import transaction
    from procrastinate.contrib.django import app
    from procrastinate.exceptions import AlreadyEnqueued

    deferrer = app.configure_task(name, queueing_lock=once or None, allow_unknown=True)
    if not once:
        deferrer.defer(**arguments)
        return
    try:
        with transaction.atomic():
            deferrer.defer(**arguments)
    except AlreadyEnqueued:
        pass
