"""Work for later: one way to defer it, run by the worker of `openpes work`."""

import asyncio
from collections.abc import Callable
from typing import Any

# How many jobs of a queue run at the same time: what lasts long takes the places of its own queue only. People wait
# for the prompt jobs; the facts have a place to themselves, so that figures follow whatever else there is to do.
PLACES = {"default": 2, "prompt": 2, "facts": 1}


def job(name: str, *, every: str = "", queue: str = "default") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as the job `name` of a queue; `every` is a cron line (a sixth field gives seconds).

    :raises KeyError: there is no such queue
    """
    from procrastinate.contrib.django import app

    if queue not in PLACES:
        raise KeyError(queue)

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        if every:

            def run(timestamp: int = 0) -> Any:
                return function()

            app.periodic(cron=every)(app.task(name=name, queue=queue, queueing_lock=name)(run))
        else:
            app.task(name=name, queue=queue)(function)
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


async def work() -> None:
    """Run the jobs of all queues until a signal asks to stop, then finish those that are running."""
    from procrastinate import signals
    from procrastinate.contrib.django import app

    stopped = asyncio.Event()
    with app.replace_connector(app.connector.get_worker_connector()):
        async with app.open_async():
            lines = [asyncio.create_task(_work_on(queue, places)) for queue, places in PLACES.items()]
            for line in lines:
                line.add_done_callback(lambda _line: stopped.set())  # when one ends, all do
            try:
                with signals.on_stop(stopped.set):
                    await stopped.wait()
            finally:
                for line in lines:
                    line.cancel()
                ended = await asyncio.gather(*lines, return_exceptions=True)
    for outcome in ended:
        if isinstance(outcome, Exception):
            raise outcome


async def _work_on(queue: str, places: int) -> None:
    from procrastinate.contrib.django import app

    # Who listens keeps one of the few connections to himself; the facts are fed by the clock, so that looking will do.
    listens = queue != "facts"
    await app.run_worker_async(
        queues=[queue], concurrency=places, name=queue, listen_notify=listens, install_signal_handlers=False,
        fetch_job_polling_interval=5.0 if listens else 1.0,
    )  # fmt: skip
