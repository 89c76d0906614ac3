"""Pay that no open vacancy of the occupation comes near: robust quantiles, so that a few lies do not move the bound.

After J. W. Tukey, Exploratory Data Analysis (1977): what lies more than three spreads of the middle half above the
upper quartile is far out; taken on logarithms, because pay is skewed to the right.
"""

from dataclasses import dataclass
from math import exp, log

FAR_OUT = 3.0
ENOUGH = 30  # open vacancies from which quartiles are told


@dataclass(frozen=True)
class PayMarket:
    """The quartiles of the lowest monthly pay, in fen, of the open vacancies of an occupation."""

    occupation: str
    count: int
    q25: float
    q50: float
    q75: float

    @property
    def is_known(self) -> bool:
        """Whether there are enough vacancies to compare with."""
        return self.count >= ENOUGH and 0 < self.q25 <= self.q50 <= self.q75


def highest_likely(market: PayMarket, *, times: float) -> int:
    """The pay in fen above which an offer is far out: three spreads above the upper quartile, at least `times` the
    median, so that an occupation in which all pay alike does not stop an honest better offer."""
    spread = log(market.q75) - log(market.q25)
    return int(max(exp(log(market.q75) + FAR_OUT * spread), times * market.q50))
