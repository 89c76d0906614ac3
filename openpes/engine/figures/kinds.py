"""The kinds of facts by number, and what each does to demand and seekers."""

from typing import Final

import numpy as np
import numpy.typing as npt

PLACES_OFFERED: Final = 1
PLACES_FILLED: Final = 2
PLACES_ENDED: Final = 3
WISH_BEGUN: Final = 4
WISH_ENDED: Final = 5
UNEMPLOYMENT_BEGUN: Final = 6
UNEMPLOYMENT_ENDED: Final = 7
EMPLOYMENT_BEGUN: Final = 8
EMPLOYMENT_ENDED: Final = 9
INTRODUCTION: Final = 10
HIRE: Final = 11
UNEMPLOYMENT_PASSING: Final = 12
EMPLOYMENT_PASSING: Final = 13

KINDS = {
    PLACES_OFFERED: "places offered",
    PLACES_FILLED: "places filled",
    PLACES_ENDED: "places ended",
    WISH_BEGUN: "wish begun",
    WISH_ENDED: "wish ended",
    UNEMPLOYMENT_BEGUN: "unemployment begun",
    UNEMPLOYMENT_ENDED: "unemployment ended",
    EMPLOYMENT_BEGUN: "employment begun",
    EMPLOYMENT_ENDED: "employment ended",
    INTRODUCTION: "introduction",
    HIRE: "hire",
    UNEMPLOYMENT_PASSING: "unemployment passing",
    EMPLOYMENT_PASSING: "employment passing",
}

# What a kind is to the quarterly report, in bits: it counts; for the seekers; as new when it falls into the period.
COUNTS, SEEKERS, BEGINS = 4, 2, 1
PARTS_OF_REPORT = {
    PLACES_OFFERED: COUNTS | BEGINS,
    PLACES_FILLED: COUNTS,
    PLACES_ENDED: COUNTS,
    WISH_BEGUN: COUNTS | SEEKERS | BEGINS,
    WISH_ENDED: COUNTS | SEEKERS,
}


def parts_of_report() -> npt.NDArray[np.uint8]:
    """The part of the report by kind, for every number of 16 bits."""
    table = np.zeros(1 << 16, np.uint8)
    table[list(PARTS_OF_REPORT)] = list(PARTS_OF_REPORT.values())
    return table
