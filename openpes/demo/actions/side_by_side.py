"""Steps of a bulk load in processes that share the city's arrays.

Plain processes and no pool: a pool forks its workers from threads of its own, beside others that may hold a lock at
that moment, and for a worker that was killed it waits for ever.
"""

import gc
import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, ForkProcess

WORKERS = 3
Step = Callable[[], object]


def run_side_by_side(steps: Sequence[Step], *, workers: int = WORKERS) -> None:
    """Run the steps in their order, as many at a time as there are workers; a step that fails ends the others.

    :raises ChildProcessError: the process of a step ended without an answer, as when it is killed
    :raises Exception: what a step raised
    """
    fork = multiprocessing.get_context("fork")
    waiting = list(reversed(steps))
    running: dict[Connection, ForkProcess] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                answer, process = _begin(fork, waiting.pop())
                running[answer] = process
            answered = set(wait(list(running)))
            for answer in [one for one in running if one in answered]:
                _take(answer, running[answer])
                del running[answer]
    finally:
        for process in running.values():
            process.terminate()
            process.join()


def _begin(fork: ForkContext, step: Step) -> tuple[Connection, ForkProcess]:
    answer, told = fork.Pipe(duplex=False)
    process = fork.Process(target=_run, args=(step, told))
    process.start()
    told.close()  # so that the answer ends when the process does
    return answer, process


def _run(step: Step, told: Connection) -> None:
    gc.disable()  # rows make no circles, and looking for some would copy every page of the city
    try:
        step()
    except BaseException as error:
        told.send(error)
    else:
        told.send(None)


def _take(answer: Connection, process: ForkProcess) -> None:
    try:
        error = answer.recv()
    except EOFError:
        process.join()
        error = ChildProcessError(f"A process of the load ended without an answer, with exit code {process.exitcode}.")
    answer.close()
    process.join()
    if error is not None:
        raise error
