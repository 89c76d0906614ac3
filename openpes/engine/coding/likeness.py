"""Titles as weighted terms, and rows of them turned into postings."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from openpes.engine.coding.kernels import weighed
from openpes.engine.coding.terms import terms

Floats = npt.NDArray[np.float64]


class Rows(NamedTuple):
    """Rows of terms: row r has `terms[starts[r]:starts[r + 1]]` with `values`, together of length 1."""

    starts: npt.NDArray[np.int32]
    terms: npt.NDArray[np.int32]
    values: npt.NDArray[np.float32]


class Postings(NamedTuple):
    """The same turned round: term t stands in `rows[starts[t]:starts[t + 1]]` with `values`."""

    starts: npt.NDArray[np.int32]
    rows: npt.NDArray[np.int32]
    values: npt.NDArray[np.float32]


def rows_of(titles: Iterable[str], vocabulary: Mapping[str, int], weights: npt.NDArray[np.float32]) -> Rows:
    """Titles as rows of their known terms: weighted, the more the oftener, together of length 1."""
    known = [[vocabulary[term] for term in terms(title) if term in vocabulary] for title in titles]
    ends = np.cumsum([0, *map(len, known)])
    held = np.fromiter(chain.from_iterable(known), np.int32, ends[-1])
    return Rows(*weighed(ends, held, weights))


def beside(titles: Rows, texts: Rows, counts: float) -> Rows:
    """Titles with texts beside them, which count so much of their length; together of length 1 again."""
    starts, held, values = [0], [], []
    for row in range(len(titles.starts) - 1):
        one, other = slice(*titles.starts[row : row + 2]), slice(*texts.starts[row : row + 2])
        both, place = np.unique(np.concatenate([titles.terms[one], texts.terms[other]]), return_inverse=True)
        summed = np.bincount(place, np.concatenate([titles.values[one], counts * texts.values[other]]), len(both))
        starts.append(starts[-1] + len(both))
        held.append(both)
        values.append(summed / (np.sqrt((summed**2).sum()) or 1.0))
    return Rows(np.array(starts), np.concatenate(held).astype(np.int32), np.concatenate(values).astype(np.float32))


def postings(rows: Rows, words: int) -> Postings:
    """For every term of a vocabulary of so many words the rows that have it, in their order."""
    order = np.argsort(rows.terms, kind="stable")
    row = np.repeat(np.arange(len(rows.starts) - 1, dtype=np.int32), np.diff(rows.starts))
    ends = np.cumsum(np.bincount(rows.terms, minlength=words))
    return Postings(np.concatenate([[0], ends]).astype(np.int32), row[order], rows.values[order])
