"""Tables 6 and 7: the occupations with the largest gap between demand and seekers."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from heapq import nsmallest
from typing import Literal

from openpes.engine.indicators.rates import ratio


@dataclass(frozen=True)
class Gap:
    """An occupation (minor class), its counts, how far they are apart, and the ratio."""

    code: str
    demand: int
    seekers: int
    gap: int
    ratio: Decimal | None


def largest_gaps(
    counts: Mapping[str, tuple[int, int]], kind: Literal["shortage", "surplus"], most: int = 10
) -> tuple[Gap, ...]:
    """Return the occupations with the largest gap, largest first, ties by code; never one without a gap.

    `counts` holds (demand, seekers) by occupation code. A shortage is more demand than seekers (table 6),
    a surplus more seekers than demand (table 7).
    """
    sign = 1 if kind == "shortage" else -1
    apart = ((sign * (demand - seekers), code) for code, (demand, seekers) in counts.items())
    largest = nsmallest(most, ((-gap, code) for gap, code in apart if gap > 0))
    return tuple(Gap(code, *counts[code], -gap, ratio(*counts[code])) for gap, code in largest)
