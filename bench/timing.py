"""Timing two variants of the same work by turns, on the same tasks, with their answers compared."""

import math
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

Task = TypeVar("Task")
Run = Callable[[Task], Any]
WARM_UP = 3
FEWEST_FOR_P99 = 100


class DifferentAnswers(AssertionError):
    """The two variants answered differently, so that comparing their times would mean nothing."""


@dataclass(frozen=True)
class Times:
    """The seconds that one variant took for each task."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median in seconds."""
        return statistics.median(self.seconds)

    @property
    def p99(self) -> float | None:
        """The 99th percentile (nearest rank) in seconds; None with fewer than a hundred runs, where it says nothing."""
        if len(self.seconds) < FEWEST_FOR_P99:
            return None
        return sorted(self.seconds)[math.ceil(0.99 * len(self.seconds)) - 1]


def alternate(tasks: Iterable[Task], ours: Run, plain: Run, *, warm_up: int = WARM_UP) -> tuple[Times, Times]:
    """Run both variants on every task, ours first on one, the other first on the next; the times of each.

    The first tasks are run once more before anything is timed. Every pair of answers is compared.

    :raises DifferentAnswers: the variants disagree about a task
    """
    todo = list(tasks)
    for task in todo[:warm_up]:
        refuse_difference(task, ours(task), plain(task))
    spent: tuple[list[float], list[float]] = ([], [])
    for number, task in enumerate(todo):
        answers: list[Any] = [None, None]
        for side in (0, 1) if number % 2 == 0 else (1, 0):
            began = time.perf_counter()
            answers[side] = (ours, plain)[side](task)
            spent[side].append(time.perf_counter() - began)
        refuse_difference(task, *answers)
    return Times(tuple(spent[0])), Times(tuple(spent[1]))


def refuse_difference(task: Any, ours: Any, plain: Any) -> None:
    """Compare two answers.

    :raises DifferentAnswers: they are not equal
    """
    if ours != plain:
        ours, plain = _apart(ours, plain)
        raise DifferentAnswers(f"{_short(task)}: ours answers {_short(ours)}, the plain alternative {_short(plain)}")


def _apart(ours: Any, plain: Any) -> tuple[Any, Any]:
    """The parts of two answers that differ, as deep as they are of the same shape."""
    if isinstance(ours, tuple) and isinstance(plain, tuple) and len(ours) == len(plain):
        return next(_apart(one, other) for one, other in zip(ours, plain, strict=True) if one != other)
    if isinstance(ours, dict) and isinstance(plain, dict):
        return dict(_rest(ours.items(), plain.items())), dict(_rest(plain.items(), ours.items()))
    if isinstance(ours, list) and isinstance(plain, list) and len(ours) != len(plain):
        return _rest(ours, plain), _rest(plain, ours)
    return ours, plain


def _rest(some: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    left_out = list(others)
    return [one for one in some if one not in left_out]


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 300 else text[:300] + " …"
