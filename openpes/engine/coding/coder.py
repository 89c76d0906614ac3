"""Which occupations a title means: the best codes with their confidence, and the words that decided."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Self

import numpy as np
import numpy.typing as npt

from openpes.engine.coding.judging import WIDTH, Learning, chances, judge, rows_for
from openpes.engine.coding.kernels import shares_of
from openpes.engine.coding.likeness import beside
from openpes.engine.coding.model import Model
from openpes.engine.coding.terms import letters_of, spoken_words

FILE = "title_coder.zip"
AT_ONCE = 500  # titles of one pass
LANES = 2
TEXT_COUNTS = 0.2  # what a text counts beside its title


@dataclass(frozen=True, eq=False)
class Coded:
    """The best codes of every title.

    `codes` (n, k) as the tree names them; `scores` (n, k) the chance of each to be the right one; `known` (n) whether
    the title has a term that was learnt: one without gets the most usual codes.
    """

    codes: npt.NDArray[np.str_]
    scores: npt.NDArray[np.float64]
    known: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Decided:
    """A word of a title and what its letters added to the score of a code; all words together make the score."""

    words: str
    share: float


class Coder:
    """A model ready to be asked."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.learning = Learning.of(model)
        self._code = {code: at for at, code in enumerate(model.codes.tolist())}
        self._usual = np.argsort(-model.usual, kind="stable")  # of a title without one known term nothing else is known

    @classmethod
    def shipped(cls) -> Self:
        """The coder that the product ships with."""
        return cls(Model.from_bytes((files("openpes") / "data" / FILE).read_bytes()))

    def code(self, titles: Sequence[str], texts: Sequence[str] | None = None, *, k: int = 5) -> Coded:
        """The k best codes of each title with their confidence, best first; ties go to the smaller code.

        :raises ValueError: k is not between 1 and 20, or there are not as many texts as titles
        """
        if not 1 <= k <= WIDTH:
            raise ValueError(f"Between 1 and {WIDTH} codes can be given, not {k}.")
        if texts is not None and len(texts) != len(titles):
            raise ValueError(f"There are {len(titles)} titles and {len(texts)} texts.")
        told = texts if texts is not None else [""] * len(titles)
        parts = [slice(begin, begin + AT_ONCE) for begin in range(0, max(len(titles), 1), AT_ONCE)]
        if len(parts) == 1:
            return self._coded(titles, told, k)
        with ThreadPoolExecutor(LANES) as lanes:  # the compiled loops run beside each other
            done = list(lanes.map(lambda part: self._coded(titles[part], told[part], k), parts))
        columns = zip(*((part.codes, part.scores, part.known) for part in done), strict=True)
        return Coded(*(np.concatenate(column) for column in columns))

    def reasons(self, title: str, code: str, *, most: int = 5) -> list[Decided]:
        """The words of a title that spoke for a code, the strongest first; none for a code that is not known."""
        ranked = sorted((-share, word) for word, share in self.shares(title, code).items() if share > 0)
        return [Decided(word, -share) for share, word in ranked[:most]]

    def shares(self, title: str, code: str) -> dict[str, float]:
        """What every word of a title adds to the score of a code, for or against it; together they are the score.

        What a term adds is parted among its letters, and what a letter adds among the words that have it.
        """
        if code not in self._code:
            return {}
        row = rows_for(self.model, self.learning, [title])
        added = shares_of(self.learning.known, row.terms, row.values, self.model.powers[0], self._code[code])
        letters = Counter[str]()
        for place, share in zip(row.terms.tolist(), added.tolist(), strict=True):
            piece = letters_of(str(self.model.vocabulary[place]))
            for letter in piece:
                letters[letter] += share / len(piece)
        words = spoken_words(title)
        times = Counter(letter for word in words for letter in word)
        return {word: words.count(word) * sum(letters[x] / times[x] for x in word) for word in dict.fromkeys(words)}

    def _coded(self, titles: Sequence[str], texts: Sequence[str], k: int) -> Coded:
        held = rows_for(self.model, self.learning, titles)
        if any(texts):
            held = beside(held, rows_for(self.model, self.learning, texts), TEXT_COUNTS)
        best, marks = judge(self.model, self.learning, held)
        sure = chances(marks, self.model.judging)[:, :-1]
        order = np.lexsort((best, -sure))[:, :k]
        known = np.diff(held.starts) > 0
        best, sure = np.take_along_axis(best, order, 1), np.take_along_axis(sure, order, 1)
        best[~known] = self._usual[:k]
        sure[~known] = self.model.usual[self._usual[:k]]
        return Coded(self.model.codes[best], sure, known)


@lru_cache(maxsize=1)
def shipped_coder() -> Coder:
    """The coder that the product ships with, read once."""
    return Coder.shipped()


def code_titles(titles: Sequence[str], texts: Sequence[str] | None = None, *, k: int = 5) -> Coded:
    """The k best codes of each title with their confidence, best first; see Coder.code."""
    return shipped_coder().code(titles, texts, k=k)


def reasons_of(title: str, code: str, *, most: int = 5) -> list[Decided]:
    """The words of a title that spoke for a code, the strongest first; see Coder.reasons."""
    return shipped_coder().reasons(title, code, most=most)
