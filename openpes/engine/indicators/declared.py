"""The indicators as they are declared: what is counted over what, by which clause, since when, and who measures it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from openpes.engine.files import document
from openpes.engine.indicators.rates import half_up, percentage

KINDS = ("count", "percent", "average")
SPANS = ("period", "day")
DIRECTIONS = ("up", "down", "none")
BREAKDOWNS = (
    "area", "sex", "age", "education", "group", "reason", "end_reason", "occupation", "industry", "kind", "ground",
    "months", "purpose",
)  # fmt: skip
CITY_DIGITS = 4  # of an area code


@dataclass(frozen=True)
class Indicator:
    """One definition of an indicator, in force from a day until its next one.

    `measured_by` names the measure, `supplied_by` the room that will bring one; exactly one of them is there. `target`
    is what the founding plan asks, `target_of` the denominator that the plan prints with it.
    """

    code: str
    from_on: date
    title_en: str
    title_zh: str
    unit: str
    kind: str
    spans: str
    direction: str
    numerator_en: str
    numerator_zh: str
    breakdowns: tuple[str, ...]
    source: str
    denominator_en: str = ""
    denominator_zh: str = ""
    measured_by: str = ""
    supplied_by: str = ""
    target: Decimal | None = None
    target_of: int | None = None

    @property
    def has_denominator(self) -> bool:
        """Whether it is something of something."""
        return self.kind != "count"

    def plan_for(self, area: str, year: int) -> Decimal | None:
        """What the founding plan asks of an area in a year: it speaks of the whole city, from its own year on."""
        return self.target if len(area) == CITY_DIGITS and year >= self.from_on.year else None

    @property
    def plan_number(self) -> int | None:
        """How many of the denominator of the plan its share comes to: 153 of 204; None where it prints none."""
        if self.target is None or self.target_of is None:
            return None
        return int(half_up(Fraction(self.target) * self.target_of / 100))

    @property
    def accumulates(self) -> bool:
        """Whether its target is reached little by little over the year."""
        return self.kind == "count" and self.spans == "period"

    def value(self, numerator: int, denominator: int | None = None) -> Decimal | None:
        """What the counts come to: the count itself, per cent or a mean with two decimals, half up.

        Nothing (None) without a denominator to divide by: no share of nobody.
        """
        if self.kind == "count":
            return Decimal(numerator)
        if not denominator:
            return None
        if self.kind == "percent":
            return percentage(numerator, denominator)
        return half_up(Fraction(numerator, denominator))


@lru_cache(maxsize=1)
def declared() -> tuple[Indicator, ...]:
    """Every definition of every indicator, in the order of the file.

    :raises ValueError: as `indicator_from`, or two definitions of one indicator that begin on one day
    """
    found = tuple(indicator_from(entry) for entry in document("indicators.toml")["indicators"])
    days = {(one.code, one.from_on) for one in found}
    if len(days) < len(found):
        raise ValueError("An indicator has two definitions that begin on one day.")
    return found


def indicators_on(on: date) -> tuple[Indicator, ...]:
    """The definitions in force on a day, in the order of the file."""
    latest: dict[str, Indicator] = {}
    for one in declared():
        known = latest.get(one.code)
        if one.from_on <= on and (known is None or known.from_on < one.from_on):
            latest[one.code] = one
    return tuple(latest.values())


def indicator_on(code: str, on: date) -> Indicator:
    """The definition of an indicator on a day.

    :raises KeyError: there is none of that code, or it begins later
    """
    found = next((one for one in indicators_on(on) if one.code == code), None)
    if found is None:
        raise KeyError(f"There is no indicator '{code}' on {on}.")
    return found


def indicator_from(entry: Mapping[str, Any]) -> Indicator:
    """Build and check one definition from its entry in the file.

    :raises ValueError: a word outside the vocabulary, a share without a denominator, no source, or not exactly one of
        a measure and a room that will supply it
    """
    told = {key: value for key, value in entry.items() if key not in ("from", "target", "breakdowns")}
    target = entry.get("target", {})
    one = Indicator(
        from_on=entry["from"],
        breakdowns=tuple(entry["breakdowns"]),
        target=Decimal(target["amount"]) if target else None,
        target_of=target.get("denominator"),
        **told,
    )
    wrong = [
        name
        for name, words in (("kind", KINDS), ("spans", SPANS), ("direction", DIRECTIONS))
        if getattr(one, name) not in words
    ]
    if not one.breakdowns or not set(one.breakdowns) <= set(BREAKDOWNS):
        wrong.append("breakdown")
    if wrong:
        raise ValueError(f"The indicator '{one.code}' has an unknown {', '.join(wrong)}.")
    if one.has_denominator != bool(one.denominator_en and one.denominator_zh):
        raise ValueError(f"The indicator '{one.code}' must name a denominator exactly when it is a share or a mean.")
    if bool(one.measured_by) == bool(one.supplied_by):
        raise ValueError(f"The indicator '{one.code}' must name either its measure or the room that will supply it.")
    if not one.source.strip():
        raise ValueError(f"The indicator '{one.code}' names no source.")
    return one
