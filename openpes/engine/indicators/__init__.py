"""Official figures from counts: the quarterly supply-demand report, rates, and what counts in a period."""

from openpes.engine.indicators.gaps import Gap, largest_gaps
from openpes.engine.indicators.periods import Counted, Fact, counted
from openpes.engine.indicators.rates import half_up, percentage, ratio, registered_unemployment_rate
from openpes.engine.indicators.supply_demand import (
    ALLOTMENTS,
    CountsRefused,
    OfficialRow,
    overall,
    supply_demand,
)
from openpes.engine.indicators.tables import TABLES, OfficialTable

__all__ = [
    "ALLOTMENTS",
    "TABLES",
    "Counted",
    "CountsRefused",
    "Fact",
    "Gap",
    "OfficialRow",
    "OfficialTable",
    "counted",
    "half_up",
    "largest_gaps",
    "overall",
    "percentage",
    "ratio",
    "registered_unemployment_rate",
    "supply_demand",
]
