"""Occupation coding of titles that were left out of training, beside a linear SVM and the nearest official name.

Each of five parts of the titles is coded by what was learnt from the other four. Without OPENPES_TITLES these are the
distinct titles of the data folder; that variable names another file (columns job_name, expected_code), such as the
advertisements from which the shipped model learnt.
"""

import csv
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.city import BenchCity
from bench.table import Line
from openpes.engine.coding import Coder, training
from openpes.engine.coding.judging import chances, weights_of
from openpes.engine.coding.terms import terms
from openpes.engine.files import rows

FOLDS = 5
BEST = 5
RUNS = 5
PIECES = {"analyzer": "char", "ngram_range": (1, 3), "sublinear_tf": True}
Codes = npt.NDArray[np.str_]


@dataclass(frozen=True)
class Found:
    """What a way of coding gives for titles that it has not seen: the best codes (n, 5), and titles a second."""

    codes: Codes
    rate: float
    scores: npt.NDArray[np.float64] | None = None

    def right(self, truth: Codes) -> tuple[float, float]:
        """The shares of titles whose code comes first, and among the first five."""
        hits = self.codes == truth[:, None]
        return float(hits[:, 0].mean()), float(hits.any(1).mean())


def measure(city: BenchCity) -> list[Line]:
    """Both alternatives on the same folds; the share of right answers stands beside the speed."""
    learnt = lesson(titles())
    truth = np.array(learnt.codes[: learnt.advertised])
    ours = coded(learnt)
    print("\n" + "\n".join(reliability(ours, truth)), file=sys.stderr)
    told = "right at once %.1f %%, among five %.1f %%"
    first = told % tuple(100 * share for share in ours.right(truth))
    lines = []
    for peer, way in PEERS.items():
        plain = way(learnt)
        answers = f"{first}; {peer.split(',')[0]}: {told % tuple(100 * share for share in plain.right(truth))}"
        what = f"occupation coding, {len(truth):,} titles in {FOLDS} parts"
        lines.append(Line(what, "titles/s", ours.rate, plain.rate, peer, answers))
    return lines


def titles() -> Iterator[tuple[str, str]]:
    """The titles with their codes: of the file that is named, or the distinct ones of the data folder."""
    if named := os.environ.get("OPENPES_TITLES"):
        with Path(named).open(encoding="utf-8-sig", newline="") as opened:
            yield from ((row["job_name"], row["expected_code"]) for row in csv.DictReader(opened))
        return
    yield from {row["title"]: row["occupation"] for row in rows("job_titles.csv")}.items()


def lesson(given: Iterator[tuple[str, str]], most: int | None = None) -> training.Lesson:
    """The titles as the coder learns them, at most so many of them."""
    return training.lesson(list(given)[:most])[0]


def coded(learnt: training.Lesson) -> Found:
    """Our codes: the last step of each part is fitted on the others, as it never saw the titles that it judges."""
    codes = tuple(sorted(set(learnt.codes)))
    left = training.left_out(learnt, codes, folds=FOLDS)
    fold, sure = np.arange(len(left.best)) % FOLDS, np.zeros(left.right.shape)
    for one in range(FOLDS):
        judging = weights_of(left.marks[fold != one], left.right[fold != one])
        sure[fold == one] = chances(left.marks[fold == one], judging)
    order = np.argsort(-sure[:, :-1], axis=1, kind="stable")[:, :BEST]
    best = np.array(codes)[np.take_along_axis(left.best, order, 1)]
    return Found(best, _rate(Coder.shipped().code, learnt), np.take_along_axis(sure, order, 1))


def by_vector_machine(learnt: training.Lesson) -> Found:
    """scikit-learn: TF-IDF of character n-grams and a linear SVM."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    def learn(seen: Sequence[str], codes: Sequence[str]) -> Callable[[Sequence[str]], Codes]:
        pieces = TfidfVectorizer(**PIECES)
        machine = LinearSVC(C=1.0).fit(pieces.fit_transform(seen), codes)
        return lambda asked: machine.classes_[_first(machine.decision_function(pieces.transform(asked)))]

    return _crossed(learnt, learn)


def by_nearest_name(learnt: training.Lesson) -> Found:
    """The official name or alias that shares most weighted character n-grams; nothing is learnt from titles."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    names, of_name = learnt.titles[learnt.advertised :], np.array(learnt.codes[learnt.advertised :])

    def learn(seen: Sequence[str], codes: Sequence[str]) -> Callable[[Sequence[str]], Codes]:
        pieces = TfidfVectorizer(**PIECES)
        known = pieces.fit_transform(names).T.tocsr()
        return lambda asked: of_name[_first((pieces.transform(asked) @ known).toarray())]

    return _crossed(learnt, learn)


PEERS: dict[str, Callable[[training.Lesson], Found]] = {
    "linear SVM, scikit-learn on character n-grams": by_vector_machine,
    "nearest official name or alias, by character n-grams": by_nearest_name,
}


def reliability(found: Found, truth: Codes, steps: int = 10) -> list[str]:
    """For each tenth of confidence: how many first answers, how sure they are, how many are right."""
    assert found.scores is not None
    sure, hit = found.scores[:, 0], found.codes[:, 0] == truth
    place = np.minimum((sure * steps).astype(int), steps - 1)
    told = ["confidence   titles   said   right"]
    for one in np.unique(place):
        rows_of = place == one
        shares = f"{sure[rows_of].mean():.3f}  {hit[rows_of].mean():.3f}"
        told.append(f"{one / steps:.1f}-{(one + 1) / steps:.1f}  {rows_of.sum():9,}  {shares}")
    return told


def _first(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    return np.argsort(-scores, axis=1, kind="stable")[:, :BEST]


def _crossed(learnt: training.Lesson, learn: Callable[..., Callable[[Sequence[str]], Codes]]) -> Found:
    count = learnt.advertised
    best = np.empty((count, BEST), "<U10")
    for fold in range(FOLDS):
        part = learnt.without(fold, FOLDS)
        ask = learn(part.titles[: part.advertised], part.codes[: part.advertised])
        best[fold::FOLDS] = ask(learnt.titles[fold:count:FOLDS])
    return Found(best, _rate(ask, learnt))


def _rate(ask: Callable[[Sequence[str]], object], learnt: training.Lesson) -> float:
    asked, spent = learnt.titles[: learnt.advertised], []
    ask(asked[:20])
    for _ in range(RUNS):
        terms.cache_clear()
        began = time.perf_counter()
        ask(asked)
        spent.append(time.perf_counter() - began)
    return len(asked) / statistics.median(spent)
