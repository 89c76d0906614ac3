"""Nearness in the two code trees: occupations (X-XX-XX-XX) and statistical areas (12 digits)."""

from typing import Any

import numpy as np

# Dividing a padded code by the divisor of a level leaves the groups of that level and above.
OCCUPATION_LEVELS = (10**6, 10**4, 10**2, 1)
AREA_LEVELS = (10**10, 10**8, 10**6, 10**3, 1)
COUNTY = 10**6


def occupation_code(text: str) -> int:
    """Return a code such as '6-31-01-03', or the class '6-31', as a padded 7-digit number.

    :raises ValueError: the text is not one to four groups of the 2022 classification
    """
    digits = text.replace("-", "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in (1, 3, 5, 7) or digits[0] == "0":
        raise ValueError(f"'{text}' is not an occupation code of the form X-XX-XX-XX")
    return int(digits.ljust(7, "0"))


def area_code(prefix: str) -> int:
    """Return a significant prefix such as '450102' as a padded 12-digit number.

    :raises ValueError: the prefix does not end at a level of the area tree
    """
    if not (prefix.isascii() and prefix.isdigit()) or len(prefix) not in (2, 4, 6, 9, 12) or prefix[0] == "0":
        raise ValueError(f"'{prefix}' is not an area code of 2, 4, 6, 9 or 12 digits")
    return int(prefix.ljust(12, "0"))


def depth(code: Any, levels: tuple[int, ...]) -> Any:
    """Return how many levels a padded code names: 1 (only the top class) to len(levels)."""
    named = np.ones_like(np.asarray(code), dtype=np.int64)
    for divisor in levels[:-1]:
        named = named + (np.asarray(code) % divisor != 0)
    return named


def equal_levels(one: Any, other: Any, levels: tuple[int, ...]) -> Any:
    """Return how many leading levels two padded codes have in common, trailing zeros included."""
    one, other = np.asarray(one), np.asarray(other)
    common = np.zeros(np.broadcast(one, other).shape, dtype=np.int64)
    for divisor in levels:
        common = common + (one // divisor == other // divisor)
    return common


def shared_levels(one: Any, other: Any, levels: tuple[int, ...]) -> Any:
    """Return the depth of the deepest class that holds both codes; 0 when there is none or a code is 0."""
    common = np.minimum(equal_levels(one, other, levels), np.minimum(depth(one, levels), depth(other, levels)))
    return np.where((np.asarray(one) > 0) & (np.asarray(other) > 0), common, 0)


def holds(wide: Any, narrow: Any, levels: tuple[int, ...]) -> Any:
    """Say whether the class or area `wide` contains `narrow` (or is the same)."""
    return (np.asarray(wide) > 0) & (equal_levels(wide, narrow, levels) >= depth(wide, levels))
