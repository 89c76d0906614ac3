"""How the coder learns: kernel ridge regression of codes on the terms of titles.

C. Saunders, A. Gammerman, V. Vovk, Ridge regression learning algorithm in dual variables, ICML 1998. A title is the
sum of its weighted terms at length 1; two titles are as near as the product of the two, raised to a power; every code
is a target of its own. Advertised titles count fully, official names and aliases of the classification a little.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from openpes.engine.coding.judging import MARKS, WIDTH, Learning, judge, rows_for, weights_of
from openpes.engine.coding.kernels import all_nearness
from openpes.engine.coding.likeness import Rows, postings, rows_of
from openpes.engine.coding.model import Model
from openpes.engine.coding.telling import Weighing, vocabulary_of
from openpes.engine.files import rows
from openpes.engine.occupations import LEVELS, OccupationTree, UnknownOccupation, occupations

Floats = npt.NDArray[np.float64]
FOLDS = 5
JUDGED = 2  # folds whose titles the last step is fitted on; its weights are few


@dataclass(frozen=True)
class Settings:
    """What was chosen by leaving titles out of training (bench/title_coder.py repeats the figures)."""

    weighing: Weighing = field(default_factory=Weighing)
    power: float = 1.5  # of the likeness of two titles, in the ridge
    voting: float = 4.0  # and in the vote of the nearest
    ridge: float = 0.3
    names: float = 0.2  # what an official name counts beside a title
    smallest: float = 0.007  # coefficients below it are kept together
    rank: int = 24  # as the product of two narrow tables


@dataclass(frozen=True)
class Lesson:
    """Titles with their codes; the first `advertised` come from advertisements, the others are official names."""

    titles: tuple[str, ...]
    codes: tuple[str, ...]
    advertised: int

    def without(self, fold: int, folds: int) -> "Lesson":
        """The lesson without every title whose place leaves the remainder `fold`; official names stay."""
        stay = [at for at in range(len(self.titles)) if at >= self.advertised or at % folds != fold]
        kept = sum(at < self.advertised for at in stay)
        return Lesson(tuple(self.titles[at] for at in stay), tuple(self.codes[at] for at in stay), kept)


def lesson(titles: Iterable[tuple[str, str]] | None = None) -> tuple[Lesson, int]:
    """The advertised titles (those of the data folder when none are given) and the names of the classification.

    Also how many titles were left out because their code is not in the classification.
    """
    tree = occupations()
    given = titles if titles is not None else ((row["title"], row["occupation"]) for row in rows("job_titles.csv"))
    coded = [(title, _code(tree, code)) for title, code in given]
    advertised = [(title, code) for title, code in coded if code]
    named = [(name, one.code) for one in tree.all(LEVELS) for name in (one.name, *one.aliases)]
    both = [*advertised, *named]
    learnt = Lesson(tuple(title for title, _ in both), tuple(code for _, code in both), len(advertised))
    return learnt, len(coded) - len(advertised)


def _code(tree: OccupationTree, text: str) -> str:
    try:
        return tree.normalise(text)
    except UnknownOccupation:
        return ""


def train(learnt: Lesson, settings: Settings = Settings()) -> Model:
    """The model of a lesson, its last step fitted on titles left out; the same lesson gives the same model."""
    codes = tuple(sorted(set(learnt.codes)))
    left = left_out(learnt, codes, settings, asked=JUDGED)
    return replace(fitted(learnt, codes, settings), judging=weights_of(left.marks, left.right))


@dataclass(frozen=True, eq=False)
class LeftOut:
    """How titles are judged by a model trained without them: codes (n, 20), marks (n, 21, m), what is right (n, 21)."""

    best: npt.NDArray[np.int64]
    marks: Floats
    right: npt.NDArray[np.bool_]


def left_out(
    learnt: Lesson, codes: tuple[str, ...], settings: Settings = Settings(), folds: int = FOLDS, asked: int = FOLDS
) -> LeftOut:
    """Judge the advertised titles of the first `asked` folds by models that were trained without their fold.

    The fold of a title is the remainder of its place by `folds`; the titles keep their order.
    """
    width = min(WIDTH, len(codes))
    which = np.flatnonzero(np.arange(learnt.advertised) % folds < asked)
    best, marks = np.zeros((len(which), width), np.int64), np.zeros((len(which), width + 1, MARKS))
    for fold in range(min(asked, folds)):
        model = fitted(learnt.without(fold, folds), codes, settings)
        opened = Learning.of(model)
        part = which % folds == fold
        found = judge(model, opened, rows_for(model, opened, [learnt.titles[at] for at in which[part]]))
        best[part], marks[part] = found.best, found.marks
    truth = np.array([codes.index(learnt.codes[at]) for at in which])
    among = best == truth[:, None]
    return LeftOut(best, marks, np.concatenate([among, ~among.any(1)[:, None]], 1))


def fitted(learnt: Lesson, codes: tuple[str, ...], settings: Settings = Settings()) -> Model:
    """The model of a lesson for these codes, without its last step."""
    place = {code: at for at, code in enumerate(codes)}
    of_row = np.array([place[code] for code in learnt.codes])
    advertised = of_row[: learnt.advertised]
    words, weights = vocabulary_of(learnt.titles[: learnt.advertised], advertised, settings.weighing)
    held = rows_of(learnt.titles, {word: at for at, word in enumerate(words)}, weights)
    said = _solved(held, len(words), of_row, len(codes), learnt.advertised, settings)
    row, code = np.nonzero(np.abs(said) >= settings.smallest)
    small = _small(np.where(np.abs(said) < settings.smallest, said, 0), settings.rank)
    starts = np.cumsum([0, *np.bincount(row, minlength=len(said))]).astype(np.int32)
    return Model(
        codes=np.array(codes), vocabulary=np.array(words), weights=weights,
        row_starts=held.starts, row_terms=held.terms, row_values=held.values, row_codes=of_row.astype(np.int16),
        said_starts=starts, said_codes=code.astype(np.int16), said_values=said[row, code].astype(np.float32),
        said_rows=small[0].astype(np.float16), said_wide=small[1].astype(np.float16),
        usual=(np.bincount(advertised, minlength=len(codes)) / len(advertised)).astype(np.float32),
        advertised=np.array([learnt.advertised], np.int32),
        powers=np.array([settings.power, settings.voting]), judging=np.zeros(MARKS),
    )  # fmt: skip


def _small(said: Floats, rank: int) -> tuple[Floats, Floats]:
    """The best product of two tables (r, rank) and (rank, c) for coefficients (r, c).

    C. Eckart, G. Young, The approximation of one matrix by another of lower rank, Psychometrika 1 (1936).
    """
    _, directions = np.linalg.eigh(said.T @ said)
    wide = directions[:, ::-1][:, :rank].T
    return said @ wide.T, wide


def _solved(held: Rows, vocabulary: int, codes: npt.NDArray, wide: int, advertised: int, settings: Settings) -> Floats:
    """The dual coefficients (r, c): what every row says for every code."""
    near = all_nearness(postings(held, vocabulary), held, settings.power)
    counts = np.where(np.arange(len(codes)) < advertised, 1.0, settings.names)
    near[np.diag_indices(len(codes))] += (settings.ridge / counts).astype(np.float32)
    wanted = np.zeros((len(codes), wide), np.float32)
    wanted[np.arange(len(codes)), codes] = 1
    return np.linalg.solve(near, wanted)
