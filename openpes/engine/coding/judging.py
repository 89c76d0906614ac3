"""The last step: the twenty best codes of a title are weighed against each other, which gives their chances."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from openpes.engine.coding.kernels import judged
from openpes.engine.coding.likeness import Postings, Rows, rows_of
from openpes.engine.coding.model import Learnt, Model, Said

Floats = npt.NDArray[np.float64]
WIDTH = 20
MARKS = 10
FAINT = 0.03  # keeps the logarithm of a score of nothing finite
STEPS = 50
SMALLEST_STEP = 1e-7
CAUTION = 1e-3  # draws the weights to nothing; the marks are all of the order of one


class Judged(NamedTuple):
    """The best codes of titles by their score (n, 20); what speaks for each of them and, last, for none (n, 21, m)."""

    best: npt.NDArray[np.int64]
    marks: Floats


class Known(NamedTuple):
    """What a model knows, as the compiled loops take it."""

    postings: Postings
    said: Said
    learnt: Learnt


class Learning(NamedTuple):
    """A model unfolded for asking."""

    place: dict[str, int]
    known: Known

    @classmethod
    def of(cls, model: Model) -> "Learning":
        """Unfold it."""
        place = {term: at for at, term in enumerate(model.vocabulary.tolist())}
        return cls(place, Known(model.postings(), model.said(), model.learnt()))


def judge(model: Model, learning: Learning, titles: Rows) -> Judged:
    """The best codes of titles and what speaks for them."""
    count = len(titles.starts) - 1
    width = min(WIDTH, len(model.codes))
    found = Judged(np.zeros((count, width), np.int64), np.zeros((count, width + 1, MARKS)))
    found.marks[:, width, MARKS - 1] = 1
    judged(learning.known, titles, model.powers, FAINT, found.best, found.marks)
    return found


def rows_for(model: Model, learning: Learning, titles: Sequence[str]) -> Rows:
    """Titles as rows of the terms that a model knows."""
    return rows_of(titles, learning.place, model.weights)


def chances(marks: Floats, weights: Floats) -> Floats:
    """The chance of each of the codes of a title to be the right one, and last that none of them is (n, 21)."""
    spoken = marks @ weights
    spoken -= spoken.max(1, keepdims=True)
    np.exp(spoken, out=spoken)
    return spoken / spoken.sum(1, keepdims=True)


def weights_of(marks: Floats, right: npt.NDArray[np.bool_]) -> Floats:
    """The weights under which what is right (n, 21) is likeliest, by Newton's method.

    D. McFadden, Conditional logit analysis of qualitative choice behavior, Frontiers in Econometrics, 1974.
    """
    weights = np.zeros(MARKS)
    for _ in range(STEPS):
        shares = chances(marks, weights)
        middle = np.einsum("nk,nkm->nm", shares, marks)
        slope = np.einsum("nk,nkm->m", right - shares, marks) / len(marks) - CAUTION * weights
        apart = marks - middle[:, None]
        bend = np.einsum("nk,nkm,nkl->ml", shares, apart, apart, optimize=True) / len(marks) + CAUTION * np.eye(MARKS)
        step, before = np.linalg.solve(bend, slope), _surprise(marks, right, weights)
        while _surprise(marks, right, weights + step) > before and np.abs(step).max() > SMALLEST_STEP:
            step = step / 2
        weights = weights + step
        if np.abs(step).max() < SMALLEST_STEP:
            break
    return weights


def _surprise(marks: Floats, right: npt.NDArray[np.bool_], weights: Floats) -> float:
    """What is made as small as it goes: the mean surprise at what was right, and the caution."""
    told = chances(marks, weights)[right]
    return float(-np.log(np.maximum(told, 1e-300)).mean() + CAUTION / 2 * (weights @ weights))
