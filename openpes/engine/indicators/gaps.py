"""Tables 6 and 7: the occupations with the largest gap between demand and seekers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
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
    found = _gaps(counts, sign)
    return tuple(sorted(found, key=lambda gap: (-gap.gap, gap.code))[:most])


def _gaps(counts: Mapping[str, tuple[int, int]], sign: int) -> Iterable[Gap]:
    for code, (demand, seekers) in counts.items():
        gap = sign * (demand - seekers)
        if gap > 0:
            yield Gap(code, demand, seekers, gap, ratio(demand, seekers))
