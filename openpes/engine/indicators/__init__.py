"""Official figures from counts: the quarterly supply-demand report, rates, and what counts in a period."""

from openpes.engine.indicators.classes import KEYS, UNRECORDED, key_of, keys_in
from openpes.engine.indicators.gaps import Gap, largest_gaps
from openpes.engine.indicators.periods import Counted, Fact, counted
from openpes.engine.indicators.rates import half_up, percentage, ratio, registered_unemployment_rate
from openpes.engine.indicators.report import DEFINITION, Sides, Tables, occupation_key, official_tables
from openpes.engine.indicators.shielding import ShieldedLine, ShieldedTable, shielded_line, shielded_table
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
    "DEFINITION",
    "KEYS",
    "TABLES",
    "UNRECORDED",
    "Counted",
    "CountsRefused",
    "Fact",
    "Gap",
    "OfficialRow",
    "OfficialTable",
    "ShieldedLine",
    "ShieldedTable",
    "Sides",
    "Tables",
    "counted",
    "half_up",
    "key_of",
    "keys_in",
    "largest_gaps",
    "occupation_key",
    "official_tables",
    "overall",
    "percentage",
    "ratio",
    "registered_unemployment_rate",
    "shielded_line",
    "shielded_table",
    "supply_demand",
]
