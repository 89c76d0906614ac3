"""Skills and licences as bits: number 0..127 of a skill list, packed into two 64-bit words."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

WORDS = 2
SKILLS_AT_MOST = 64 * WORDS


def skill_bits(numbers: Iterable[int]) -> tuple[int, int]:
    """Return the two words that hold these skill numbers.

    :raises ValueError: a number outside 0..127
    """
    words = [0] * WORDS
    for number in numbers:
        if not 0 <= number < SKILLS_AT_MOST:
            raise ValueError(f"skill number {number} is outside 0..{SKILLS_AT_MOST - 1}")
        words[number // 64] |= 1 << (number % 64)
    return words[0], words[1]


def skill_places(words: Iterable[int]) -> tuple[int, ...]:
    """Return the skill numbers that are set in the words, ascending."""
    return tuple(64 * i + bit for i, word in enumerate(words) for bit in range(64) if int(word) >> bit & 1)


def as_words(skills: Any) -> npt.NDArray[np.uint64]:
    """Return the words of one row (2,) or of many rows (n, 2) as an array."""
    return np.asarray(skills, dtype=np.uint64)


def skills_counted(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """Return how many skills each row holds: (..., 2) words in, (...) counts out."""
    counts = np.bitwise_count(words)  # adding the words is many times as fast as a sum along so short an axis
    return np.asarray(counts[..., 0] + counts[..., 1], dtype=np.int64)


def holds_any(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Say which rows hold a skill: (..., 2) words in, (...) out."""
    return np.asarray(words[..., 0] | words[..., 1]) != 0


def first_skill(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return of each row the first skill alone: (n, 2) words in and out."""
    lowest = words & (~words + np.uint64(1))
    lowest[:, 1] = np.where(words[:, 0] == 0, lowest[:, 1], np.uint64(0))
    return lowest


def skills_weighed(words: npt.NDArray[np.uint64], counts: npt.NDArray[np.intp]) -> list[tuple[int, int]]:
    """Return for each skill how much the rows that hold it count together, ascending by skill, zeros left out."""
    rows = np.flatnonzero(counts)
    octets = words[rows].astype("<u8").view(np.uint8).reshape(len(rows), SKILLS_AT_MOST // 8)
    at, skills = np.nonzero(np.unpackbits(octets, axis=1, bitorder="little"))
    sums = np.bincount(skills, weights=counts[rows][at], minlength=SKILLS_AT_MOST)
    return [(int(skill), int(sums[skill])) for skill in np.flatnonzero(sums)]
