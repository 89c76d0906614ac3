"""The worker: what lasts long holds up nobody who waits, and stopping lets the running jobs finish."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock

import pytest
from django.db import connections
from procrastinate.contrib.django.procrastinate_app import current_app as app

from openpes.kernel import clock, defer, job, jobs, within
from openpes.kernel.scope import CITY
from openpes.statistics.models import DueSubject, Fact
from tests.statistics.test_facts import LATE, a_city

FEEDING = "statistics.feed_facts"
AT_MOST = 60  # seconds, as promised; it takes a second


class Long:
    """Jobs that hold their places until they are let go."""

    def __init__(self) -> None:
        self.running, self.finished, self.go, self._lock = 0, 0, Event(), Lock()

    def run(self) -> None:
        with self._lock:
            self.running += 1
        self.go.wait(AT_MOST)
        with self._lock:
            self.finished += 1


@pytest.fixture
def long(monkeypatch) -> Long:
    """The worker knows a long job beside that of the facts, and nothing else comes by the clock."""
    monkeypatch.setattr(app, "tasks", dict(app.tasks))
    clocked = app.periodic_registry.periodic_tasks
    monkeypatch.setattr(app.periodic_registry, "periodic_tasks", {(FEEDING, ""): clocked[FEEDING, ""]})
    made = Long()
    job("tests.long")(made.run)
    yield made
    made.go.set()


def rows(model) -> int:
    with within(CITY):
        return model.objects.count()


async def until(true: Callable[[], bool], seconds: float = AT_MOST) -> bool:
    ends = asyncio.get_running_loop().time() + seconds
    while not (found := true()) and asyncio.get_running_loop().time() < ends:
        await asyncio.sleep(0.05)
    return found


async def its_own_threads(work: Awaitable[bool]) -> bool:
    """Await what is done in threads that close their connections at the end."""
    number, loop = sum(jobs.PLACES.values()), asyncio.get_running_loop()
    gate, threads = Barrier(number), ThreadPoolExecutor(number)
    loop.set_default_executor(threads)

    def close() -> None:
        gate.wait(AT_MOST)  # so that each thread closes its own
        connections.close_all()

    try:
        return await work
    finally:
        await asyncio.gather(*(loop.run_in_executor(threads, close) for _thread in range(number)))
        connections.close_all()  # of the loop itself


async def worked_beside(long: Long, seconds: float) -> bool:
    """Whether what was noted is fed while long jobs hold all the places that they can take."""

    def busy() -> bool:
        return long.running == jobs.PLACES["default"]

    def fed() -> bool:
        return not rows(DueSubject) and rows(Fact) > 0

    worker = asyncio.create_task(jobs.work())
    try:
        assert await until(busy)
        found = await until(fed, seconds)
        assert long.finished == 0
    finally:
        worker.cancel()
        long.go.set()
        await asyncio.wait([worker], timeout=AT_MOST)
    assert worker.done() and long.finished == long.running
    return found


@pytest.mark.city
@pytest.mark.parametrize(("queue", "seconds", "fed"), [("facts", AT_MOST, True), ("default", 1, False)])
def test_facts_are_fed_while_long_jobs_run_because_they_have_a_place_of_their_own(
    city, long, monkeypatch, queue, seconds, fed
):
    """The planted mistake is the feeding in the queue of all."""
    monkeypatch.setattr(app.tasks[FEEDING], "queue", queue)
    a_city(LATE)
    for _place in range(jobs.PLACES["default"]):
        defer("tests.long")
    with clock.stopped(LATE):
        assert asyncio.run(its_own_threads(worked_beside(long, seconds))) is fed


def test_a_job_of_a_queue_that_nobody_works_on_is_refused():
    with pytest.raises(KeyError):
        job("tests.nowhere", queue="elsewhere")
