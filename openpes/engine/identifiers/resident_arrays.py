"""Resident identity numbers by the column: the same checks as for one number, some hundred times faster."""

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from openpes.engine.identifiers.resident import CHECKS, EARLIEST_BIRTH, WEIGHTS

_MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_CHECK_POINTS = np.array([ord(character) for character in CHECKS])


def resident_ids_valid(numbers: npt.NDArray[np.str_], on: date) -> npt.NDArray[np.bool_]:
    """Which of n normalised 18-character numbers have the form, a possible birth date and the right check digit.

    Takes shape (n,), any unicode dtype; returns shape (n,). Numbers of another length are not valid.
    """
    right_length = np.char.str_len(numbers) == 18
    points = np.ascontiguousarray(numbers.astype("U18")).view(np.uint32).reshape(-1, 18).astype(np.int64)
    digits = points[:, :17] - ord("0")
    formed = right_length & ((digits >= 0) & (digits <= 9)).all(axis=1)
    digits[~formed] = 0
    checked = _CHECK_POINTS[digits @ np.array(WEIGHTS) % 11] == points[:, 17]
    valid: npt.NDArray[np.bool_] = formed & checked & _possible_births(digits[:, 6:14], on)
    return valid


def _possible_births(digits: npt.NDArray[np.int64], on: date) -> Any:
    year = digits[:, :4] @ np.array([1000, 100, 10, 1])
    month = digits[:, 4:6] @ np.array([10, 1])
    day = digits[:, 6:] @ np.array([10, 1])
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    longest = _MONTH_DAYS[np.where(month <= 12, month, 0)] + ((month == 2) & leap)
    known = (day >= 1) & (day <= longest)
    number = year * 10_000 + month * 100 + day
    return known & (number >= _as_number(EARLIEST_BIRTH)) & (number <= _as_number(on))


def _as_number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
