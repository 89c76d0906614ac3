"""Which work is found in which industry: what an employer of a trade may look for."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from openpes.demo.rules.chance import Ints, picks
from openpes.demo.rules.firms import TRADES
from openpes.demo.rules.work import titles
from openpes.engine.files import rows

EVERYWHERE = "*"
PREFIXES = (7, 4, 1)  # small group, middle class, large class of an occupation


def titles_of_trades(rng: np.random.Generator, trades: Ints) -> Ints:
    """A title for each trade (by its number in `TRADES`), drawn by how usual its occupation is there."""
    found = np.zeros(len(trades), dtype=np.int64)
    for trade in np.unique(trades):
        places = np.flatnonzero(trades == trade)
        found[places] = picks(rng, weights_in(int(trade)), len(places))
    return found


@lru_cache(maxsize=len(TRADES))
def weights_in(trade: int) -> npt.NDArray[np.float64]:
    """How usual each title is in a trade; 0 where it is not found there."""
    industry = TRADES[trade][0]
    return np.array([weight_of(occupation, industry) for occupation in titles().occupation])


def weight_of(occupation: str, industry: str) -> float:
    """How usual an occupation is in a division of industry, by the longest prefix that the table knows; 0 for never."""
    table = _table()
    known = next((table[occupation[:length]] for length in PREFIXES if occupation[:length] in table), {})
    return sum(weight for prefix, weight in known.items() if prefix == EVERYWHERE or industry.startswith(prefix))


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = {}
    for row in rows("occupation_industries.csv"):
        known = table.setdefault(row["occupation"], {})
        known[row["industry"]] = known.get(row["industry"], 0.0) + float(row["weight"])
    return table
