"""How likely two files are of one person: evidence weighed field by field, against strangers and against relatives.

After I. P. Fellegi and A. B. Sunter, A theory for record linkage, Journal of the American Statistical Association
64 (1969), 1183-1210: each field adds log2(m/u), where m is how often it agrees so on two files of one person and u how
often on files of two. Here those two may be strangers or of one family, and brothers share a home, a telephone and
half a name; so the odds are taken against both kinds of pair, each with its own u and its own number of pairs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import log2
from typing import Any, Literal, Self

from openpes.engine.identifiers import normalise_id, resident_check_digit, upgrade_id

BILLION = 1_000_000_000
DIGITS = "0123456789"

Level = Literal[
    "same_number", "near_number", "same_birth", "near_birth", "other_person",
    "same_name", "like_name", "other_name",
    "same_phone", "other_phone",
    "same_village", "same_county", "elsewhere",
]  # fmt: skip
ALIKE: frozenset[Level] = frozenset(
    ("same_number", "near_number", "same_birth", "near_birth", "same_name", "like_name", "same_phone", "same_village")
)


@dataclass(frozen=True)
class Weights:
    """One edition of the weights; shares are parts of a billion.

    For every level of a field: how often two files show it that are of one person (`same`), of two strangers
    (`stranger`), and of two of one family (`relative`). `doubles` is how many of 10,000 files are second ones of a
    person, `family` how many relatives a person has in the register. `likely` is from how many hundredths of a bit on a
    pair is shown; `certain` from where on it is called very likely.
    """

    same: Mapping[str, int]
    stranger: Mapping[str, int]
    relative: Mapping[str, int]
    doubles: int
    family: int
    likely: int
    certain: int

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Self:
        """Build the weights from the parameter `likeness_weights`: `level = [same, stranger, relative]` and numbers.

        :raises ValueError: a level is missing, or a share is not between 1 and a billion
        """
        levels = {name: value for name, value in values.items() if isinstance(value, tuple | list)}
        missing = sorted(set(Level.__args__) - set(levels))  # type: ignore[attr-defined]
        wrong = [
            name for name, shares in levels.items() if len(shares) != 3 or not all(0 < s <= BILLION for s in shares)
        ]
        if missing or wrong:
            raise ValueError(f"likeness weights missing: {missing}, wrong: {wrong}")
        same, stranger, relative = ({name: shares[place] for name, shares in levels.items()} for place in range(3))
        numbers = {name: int(values[name]) for name in ("doubles", "family", "likely", "certain")}
        return cls(same=same, stranger=stranger, relative=relative, **numbers)


@dataclass(frozen=True, kw_only=True)
class Face:
    """What two files are compared by. `sound` is the name as it is heard, `phone` any token that equal numbers share;
    either is empty when nothing is recorded. `number` has 18 characters, or is empty when it stays sealed.
    """

    name: str
    sound: str
    born_on: date
    sex: str
    area: str
    number: str = ""
    phone: bytes | str = b""


def levels_of(a: Face, b: Face) -> tuple[Level, ...]:
    """How two files agree, field by field: number and birth, name, telephone (when both have one), home."""
    return (*_who(a, b), _name(a, b), *_phone(a, b), _home(a, b))


def score_of(levels: tuple[str, ...], weights: Weights, *, persons: int, name_share: int = 0) -> int:
    """The log-odds in hundredths of a bit that two files are of one person, among `persons` files.

    `name_share` is how many of a billion persons bear the name, when it is known: two who share a rare one are more
    likely one. At 0 the chances are even.
    """
    sides = ((weights.stranger, max(persons, 2) - 1), (weights.relative, weights.family))
    against = 0.0
    for shares, others in sides:
        odds = log2(weights.doubles / 10_000) - log2(others)
        for level in levels:
            chance = max(name_share, 1) if level == "same_name" and name_share else shares[level]
            odds += log2(weights.same[level] / chance)
        against += 2.0**-odds
    return round(-100 * log2(against))


def near_numbers(text: str) -> Iterator[str]:
    """Every well-formed number that a text with one wrong character, or two neighbours swapped, may have meant.

    The text itself, when it is a good number, is not among them. 15 digits are upgraded before (GB 11643).
    """
    number = normalise_id(text)
    if len(number) == 15 and number.isdigit():
        number = upgrade_id(number)
    if len(number) != 18 or not number[:17].isdigit():
        return
    body = number[:17]
    meant = [body, *_neighbours(body)] if resident_check_digit(body) != number[17] else _neighbours(body)
    for first_17 in dict.fromkeys(meant):
        yield first_17 + resident_check_digit(first_17)


def is_near(a: str, b: str) -> bool:
    """Whether the first 17 characters of two numbers differ by one, or by two neighbours swapped."""
    return _one_slip(a[:17], b[:17])


def _neighbours(body: str) -> list[str]:
    wrong = [body[:at] + digit + body[at + 1 :] for at in range(17) for digit in DIGITS if digit != body[at]]
    swapped = [
        body[:at] + body[at + 1] + body[at] + body[at + 2 :] for at in range(16) if body[at] != body[at + 1]
    ]
    return wrong + swapped


def _who(a: Face, b: Face) -> tuple[Level]:
    if a.number and b.number and a.number == b.number:
        return ("same_number",)
    if a.number and b.number and is_near(a.number, b.number):
        return ("near_number",)
    if a.sex == b.sex and a.born_on == b.born_on:
        return ("same_birth",)
    return ("near_birth",) if a.sex == b.sex and _is_near_day(a.born_on, b.born_on) else ("other_person",)


@lru_cache(maxsize=65_536)
def _is_near_day(a: date, b: date) -> bool:
    day_for_month = a.year == b.year and (a.month, a.day) == (b.day, b.month)
    return day_for_month or _one_slip(f"{a:%Y%m%d}", f"{b:%Y%m%d}")


def _one_slip(a: str, b: str) -> bool:
    places = [place for place in range(len(a)) if a[place] != b[place]]
    if len(places) == 2:
        first, second = places
        return second == first + 1 and a[first] == b[second] and a[second] == b[first]
    return len(places) == 1


def _name(a: Face, b: Face) -> Level:
    if a.name == b.name:
        return "same_name"
    return "like_name" if a.sound and a.sound == b.sound else "other_name"


def _phone(a: Face, b: Face) -> tuple[Level, ...]:
    if not a.phone or not b.phone:
        return ()
    return ("same_phone",) if a.phone == b.phone else ("other_phone",)


def _home(a: Face, b: Face) -> Level:
    if a.area == b.area:
        return "same_village"
    return "same_county" if a.area[:6] == b.area[:6] else "elsewhere"
