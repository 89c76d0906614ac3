"""Seeded choice by the column: one stream of random numbers for each part of the city."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]
PARTS = ("people", "work", "employers", "vacancies", "careers", "meetings", "ledgers", "points", "furniture", "towns")


def stream(seed: int, part: str) -> np.random.Generator:
    """The random numbers of one part; a change in one part leaves the others as they were."""
    return np.random.default_rng([seed, PARTS.index(part)])


def picks(rng: np.random.Generator, weights: Sequence[float] | npt.NDArray[np.float64], n: int) -> Ints:
    """n places in a list, each drawn with its weight."""
    bounds = np.cumsum(np.asarray(weights, dtype=float))
    return np.searchsorted(bounds, rng.random(n) * bounds[-1], side="right").astype(np.int64)


def texts(values: Sequence[Any]) -> Texts:
    """Values as an array that is indexed by numbers."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def spread(rng: np.random.Generator, low: float, mode: float, high: float, n: int) -> Ints:
    """n whole numbers around a mode (triangular)."""
    return rng.triangular(low, mode, high, n).astype(np.int64)
