"""The weights of the score, and inside each the shares that a partial fit earns."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt

WHOLE = 10_000
COMPONENTS = ("occupation", "place", "pay", "education", "skills", "experience")
OPTIONAL = frozenset(["priority", "priority_groups", "priority_shares"])  # earlier editions have none
GROUPS_BELOW = 1000  # the numbers of groups of persons (engine.groups)


@dataclass(frozen=True, kw_only=True)
class Weights:
    """One edition of the weights, in force from a date that the caller knows.

    The six component weights are points and add up to 10,000. Everything else is a share of its
    component in ten-thousandths, except `experience_slack_years` (years).
    `priority` are points on top of these: how much a place in a group that is served first is worth at most, and
    `priority_shares` the share of each of `priority_groups` (numbers of engine.groups).
    """

    occupation: int
    place: int
    pay: int
    education: int
    skills: int
    experience: int
    # Deepest class of the occupation tree shared by wish and vacancy: none, major, middle, minor, same code.
    occupation_shared: tuple[int, ...]
    # The wish is a class that holds the vacancy; by the depth of the wish: major, middle, minor, same code.
    occupation_within: tuple[int, ...]
    occupation_no_wish: int
    # Deepest area shared with the place: none, city, county, town, village. Inside a place wanted: whole.
    place_shared: tuple[int, ...]
    # The floor of the seeker equals the top of the range: from whole at the bottom, linear in between.
    pay_at_top: int
    # The floor is above the range by no more than the tolerance (a share of the floor).
    pay_tolerated: int
    pay_tolerance: int
    # The vacancy states no pay.
    pay_unstated: int
    # Ranks above the education asked for: none, one, two, three or more.
    education_surplus: tuple[int, ...]
    # Years below the experience asked for that do not exclude.
    experience_slack_years: int
    # On top of the fit.
    priority: int = 0
    priority_groups: tuple[int, ...] = ()
    priority_shares: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self._refuse_wrong_sum()
        for name, length in (("occupation_shared", 5), ("occupation_within", 4), ("place_shared", 5)):
            self._refuse_wrong_ladder(name, length, rising=True)
        self._refuse_wrong_ladder("education_surplus", 4, rising=False)
        for name in ("occupation_no_wish", "pay_at_top", "pay_tolerated", "pay_unstated", "pay_tolerance"):
            if not 0 <= getattr(self, name) <= WHOLE:
                raise ValueError(f"{name} must be a share between 0 and {WHOLE}, not {getattr(self, name)}")
        if self.pay_tolerance == WHOLE:
            raise ValueError("pay_tolerance must be below the whole floor")
        if not 0 <= self.priority <= WHOLE:
            raise ValueError(f"priority must be points between 0 and {WHOLE}, not {self.priority}")
        if len(self.priority_groups) != len(self.priority_shares):
            raise ValueError("priority_groups and priority_shares must be of the same length")
        for group, share in zip(self.priority_groups, self.priority_shares, strict=True):
            if not (0 < group < GROUPS_BELOW and 0 <= share <= WHOLE):
                raise ValueError(f"the share of the group {group} must be between 0 and {WHOLE}, not {share}")
        if self.experience_slack_years < 0:
            raise ValueError("experience_slack_years must not be negative")

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Self:
        """Build the weights from plain values as a parameter file holds them (lists become tuples).

        :raises ValueError: a value is missing, unknown or out of its range
        """
        known = {field.name for field in fields(cls)}
        wrong = sorted((known - OPTIONAL - set(values)) | (set(values) - known))
        if wrong:
            raise ValueError(f"weights missing or unknown: {', '.join(wrong)}")
        plain: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in values.items()}

        return cls(**plain)

    @cached_property
    def share_of_group(self) -> npt.NDArray[np.int64]:
        """The share of the priority that a group earns, by its number; 0 for none."""
        shares = np.zeros(GROUPS_BELOW, np.int64)
        shares[list(self.priority_groups)] = self.priority_shares
        return shares

    def _refuse_wrong_sum(self) -> None:
        points = [getattr(self, name) for name in COMPONENTS]
        if min(points) < 0 or sum(points) != WHOLE:
            raise ValueError(f"the six weights must not be negative and add up to {WHOLE}, not {sum(points)}")

    def _refuse_wrong_ladder(self, name: str, length: int, *, rising: bool) -> None:
        steps = getattr(self, name)
        ordered = list(steps) == sorted(steps, reverse=not rising)
        if len(steps) != length or not ordered or min(steps) < 0 or max(steps) != WHOLE:
            direction = "rising to" if rising else "falling from"
            raise ValueError(f"{name} must be {length} shares {direction} {WHOLE}, not {list(steps)}")
