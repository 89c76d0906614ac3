"""What a term counts: more when it is rare, more when the titles that have it are of few codes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from openpes.engine.coding.terms import kind_of, terms

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Weighing:
    """How the weight of a term follows from its kind, from how rare it is, and from how much it tells of the code."""

    kinds: tuple[tuple[str, float], ...] = (
        ("1", 2.0), ("2", 1.0), ("3", 1.0), ("4", 1.0), ("5", 0.5), ("H", 1.0), ("W", 1.0),
    )  # fmt: skip
    rarity: float = 0.5  # the power of the inverse document frequency
    telling: float = 0.5  # the power of what it tells
    least: float = 0.3  # what a term that tells nothing still has, in nats
    doubt: float = 10.0  # so many titles of all codes are put beside those that were seen


def vocabulary_of(
    titles: Sequence[str], codes: npt.NDArray[np.intp], weighing: Weighing
) -> tuple[list[str], npt.NDArray[np.float32]]:
    """The terms of coded titles in the order of their characters, and the weight of each."""
    coded = zip(titles, codes.tolist(), strict=True)
    pairs = Counter((term, code) for title, code in coded for term in set(terms(title)))
    words = sorted({term for term, _ in pairs})
    place = {term: at for at, term in enumerate(words)}
    ordered = sorted((place[term], code, times) for (term, code), times in pairs.items())
    term, code, times = (np.array(column) for column in zip(*ordered, strict=True))
    held = np.bincount(term, times, len(words)).astype(float)
    rarity = np.log((1 + len(titles)) / (1 + held)) + 1
    told = _told(term, times, np.bincount(codes)[code] / len(titles), held, weighing.doubt)
    kinds = dict(weighing.kinds)
    of_kind = np.array([kinds[kind_of(word)] for word in words])
    return words, (of_kind * rarity**weighing.rarity * (weighing.least + told) ** weighing.telling).astype(np.float32)


def _told(term: npt.NDArray, times: npt.NDArray, usual: Floats, held: Floats, doubt: float) -> Floats:
    """What each term tells of the code, in nats: the divergence of the codes of its titles from those of all titles.

    S. Kullback, R. Leibler, On information and sufficiency, Annals of Mathematical Statistics 22 (1951). Codes seen
    with the term are summed one by one; all others have kept the usual share, made smaller by the same factor.
    """
    shares = (times + doubt * usual) / (held + doubt)[term]
    seen = np.bincount(term, shares * np.log(shares / usual), len(held))
    shrunk = doubt / (held + doubt)
    unseen = 1 - np.bincount(term, usual, len(held))
    return np.maximum(seen + np.maximum(unseen, 0) * shrunk * np.log(shrunk), 0)
