"""Several do the same at the same moment, each on a line of its own to the database."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier
from typing import Any

from django.db import IntegrityError, OperationalError, connections
from django.utils import translation

from openpes.kernel import Refused

PATIENCE = 20  # seconds until a thread that the others wait for counts as lost


def at_once(act: Callable[[Any], Any], arguments: Iterable[Any]) -> list[Any]:
    """What `act` gives for each argument, in their order; all begin together, in English, in threads of their own."""
    given = list(arguments)
    gate = Barrier(len(given), timeout=PATIENCE)

    def run(argument: Any) -> Any:
        gate.wait()
        try:
            with translation.override("en"):  # a thread begins in the city's language
                return act(argument)
        finally:
            connections.close_all()

    contexts = [copy_context() for _argument in given]
    with ThreadPoolExecutor(len(given)) as pool:
        return list(pool.map(lambda context, argument: context.run(run, argument), contexts, given))


def outcomes(act: Callable[[Any], Any], arguments: Iterable[Any]) -> Counter[str]:
    """How often the act was done at once, refused in words, or stopped by the database."""

    def tried(argument: Any) -> str:
        try:
            act(argument)
        except Refused:
            return "refused"
        except (IntegrityError, OperationalError):
            return "stopped"
        return "done"

    return Counter(at_once(tried, arguments))


def or_refused(act: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The act, giving the word “refused” when it is."""

    def tried(argument: Any) -> Any:
        try:
            return act(argument)
        except Refused:
            return "refused"

    return tried
