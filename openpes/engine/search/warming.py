"""Runs every compiled loop once, so that no visitor waits for its compiling."""

import numpy as np

from openpes.engine.search import kernels
from openpes.engine.search.both import Both
from openpes.engine.search.building import Builder
from openpes.engine.search.index import BEST, Index
from openpes.engine.search.kinds import Document, Near, Order, Query

SAMPLE = Document(1, 1, 9, "450103001001", "4-01-01-00", "0-", "10", "fixed", ("board",), 1, 2, 3, "会计", ("会计",))
ROWS = 2_000  # enough for terms that have bitmaps of their own
DAY = 5


def compile_all() -> None:
    """Ask a small index everything; what was compiled on this machine before is only loaded."""
    builder = Builder()
    builder.add(SAMPLE._replace(id=number, left=number) for number in range(1, ROWS))
    builder.add([SAMPLE._replace(id=ROWS, title="出纳", terms=("出纳",))])
    index = Index(builder.arrays())
    both, near = Both(index, {ROWS + 1: SAMPLE._replace(id=ROWS + 1)}), Near(22.8, 108.3, 50)
    for order in Order:
        found = both.search(Query(must=("会计",), phrases=("会",), near=near, sort=order, pay_from=1, since=1), DAY)
        both.search(Query(beginnings=("出",), benefits=("board",), sort=order, after=found.best[-1][0]), DAY)
        both.search(Query(must=("会计", "出纳"), sort=order), DAY)
        both.search(Query(nice=(("会计", 2), ("出纳", 3)), places=("450103001",), sort=order), DAY)
    both.place_counts(Query(), DAY, "4501")
    kernels.best_by_rank(
        index.open_on(DAY), index.arrays["rank_pay"], 0, np.zeros(BEST, np.int64), np.zeros(BEST, np.int64)
    )
