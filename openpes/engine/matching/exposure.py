"""Who is shown how often: of vacancies how evenly, and of groups of persons how far up in the lists."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

MILLION = 1_000_000

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Evenness:
    """How evenly vacancies are shown: those shown at all, the Gini coefficient of how often (millionths), the score of
    a pair in the mean (hundredths), and the pairs.
    """

    vacancies: int
    shown: int
    gini: int
    score: int
    pairs: int


@dataclass(frozen=True)
class Place:
    """What a group gets of the lists: persons, those in a list, places in lists, the sum of ranks (from 1), and the sum
    of attention, 1 / log2(1 + rank) for each place, in millionths (Järvelin and Kekäläinen 2002; Singh and Joachims
    2018).
    """

    persons: int
    listed: int
    places: int
    ranks: int
    attention: int


def gini(counts: Ints) -> int:
    """The Gini coefficient of counts in millionths: 0 when all are equal, near a million when one has all."""
    total, n = int(counts.sum()), len(counts)
    if not total:
        return 0
    ordered = np.sort(counts).astype(np.int64)
    weighed = int((np.arange(1, n + 1, dtype=np.int64) * ordered).sum())
    return MILLION * (2 * weighed - (n + 1) * total) // (n * total)


def evenness(vacancies: Ints, scores: Ints, given: npt.NDArray[np.bool_], count: int) -> Evenness:
    """How evenly `count` vacancies are shown by the given places of lists (n, k) of their numbers."""
    shown = np.bincount(vacancies[given], minlength=count)
    pairs = int(given.sum())
    score = 100 * int(scores[given].sum()) // pairs if pairs else 0
    return Evenness(count, int(np.count_nonzero(shown)), gini(shown), score, pairs)


def places_of_groups(persons: Ints, group: Ints, groups: int) -> list[Place]:
    """What each of so many groups gets of lists (m, k) of the numbers of persons, -1 for none.

    `group` gives the group of every person by number; the order of a list is the rank.
    """
    rows, ranks = np.nonzero(persons >= 0)
    who = persons[rows, ranks]
    of = group[who]
    attention = np.rint(MILLION / np.log2(2.0 + np.arange(persons.shape[1]))).astype(np.int64)
    in_list = np.zeros(len(group), np.bool_)
    in_list[who] = True
    columns = (
        np.bincount(group, minlength=groups),
        np.bincount(group[in_list], minlength=groups),
        np.bincount(of, minlength=groups),
        np.bincount(of, weights=ranks + 1, minlength=groups).astype(np.int64),
        np.bincount(of, weights=attention[ranks], minlength=groups).astype(np.int64),
    )
    return [Place(*(int(column[n]) for column in columns)) for n in range(groups)]
