"""Households and their members of working age."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from openpes.demo.rules import names, numbers
from openpes.demo.rules.chance import Flags, Ints, Texts, picks, stream, texts
from openpes.demo.rules.days import to_working_day, working_days
from openpes.demo.rules.places import Places, addresses

YEAR = 365.25
REGISTER_DAYS = 900
OPENING, CLOSING = 8 * 60 + 30, 15 * 60 + 30
HEAD, SPOUSE, CHILD, PARENT, SIBLING = range(5)
# The registered members of a household and the share of such households; heads of the last kinds are older.
KINDS: tuple[tuple[tuple[int, ...], float, tuple[int, int, int]], ...] = (
    ((HEAD,), 0.21, (17, 28, 59)),
    ((HEAD, SPOUSE), 0.37, (23, 36, 58)),
    ((HEAD, SPOUSE, CHILD), 0.17, (40, 47, 58)),
    ((HEAD, SPOUSE, CHILD, CHILD), 0.10, (42, 49, 58)),
    ((HEAD, SPOUSE, PARENT), 0.06, (22, 29, 37)),
    ((HEAD, CHILD), 0.05, (40, 47, 58)),
    ((HEAD, SIBLING), 0.04, (18, 27, 45)),
)
OLDEST_MAN, OLDEST_WOMAN, YOUNGEST = 59.0, 54.0, 16.3
SLOTS = max(len(kind[0]) for kind in KINDS)
EDUCATION = texts(["14", "20", "30", "41", "47", "61", "71", "81"])
# Shares of each level of education by age (columns as EDUCATION): under 30, under 45, older.
SCHOOLED_TOWN = np.array([[3, 30, 30, 9, 6, 12, 9, 1], [3, 20, 24, 11, 4, 16, 20, 2], [1, 8, 13, 12, 3, 22, 36, 5]])
SCHOOLED_VILLAGE = np.array([[0, 9, 18, 14, 9, 16, 32, 2], [0, 3, 7, 9, 4, 14, 56, 7], [0, 1, 2, 4, 1, 12, 58, 22]])
FINISHED_AT = np.array([25, 22, 21, 19, 19, 19, 16, 13])
RURAL_KINDS, RURAL_KIND_SHARES = texts(["1", "2", "3", "4", "5", "9"]), (38, 5, 6, 4, 42, 5)


@dataclass(frozen=True)
class Homes:
    """Households by number; `made` is the minute of the registration of the head."""

    place: Ints
    address: Texts
    booklet: Texts
    kind: Texts
    farmland: Ints
    land_taken: Flags


@dataclass(frozen=True)
class People:
    """Persons by number, each household's together and its head first; `minute` is that of the registration."""

    home: Ints
    role: Ints
    male: Flags
    born: Ints
    place: Ints
    identity: Texts
    name: Texts
    phone: Texts
    ethnic_group: Texts
    education: Texts
    hukou: Texts
    marital: Texts
    skill_level: Texts
    resides_from: Ints
    minute: Ints

    @property
    def count(self) -> int:
        return len(self.home)

    @property
    def day(self) -> Ints:
        """The day of each registration."""
        return self.minute // 1440


def invent_people(n: int, seed: int, on: int, places: Places) -> tuple[Homes, People]:
    """n persons of working age on the day `on` (an ordinal), in households of the kinds above."""
    rng = stream(seed, "people")
    home, role, age, male = _members(rng, n)
    homes_count = int(home[-1]) + 1 if n else 0
    homes = _homes(rng, homes_count, places)
    rural = places.rural[homes.place]
    born = on - (age * YEAR).astype(np.int64)
    minute = _registrations(rng, home, homes_count, born, on)
    name, ethnic_group = _names(rng, home, role, male, rural)
    education = _education(rng, age, rural[home])
    people = People(
        home=home,
        role=role,
        male=male,
        born=born,
        place=homes.place[home],
        identity=numbers.identity_numbers(born, male),
        name=name,
        phone=np.where(rng.random(n) < 0.93, numbers.telephone_numbers(seed, 0, n), ""),
        ethnic_group=ethnic_group,
        education=EDUCATION[education],
        hukou=_hukou(rng, rural)[home],
        marital=_marital(rng, home, role, age),
        skill_level=_skill_levels(rng, n),
        resides_from=np.maximum(born, minute // 1440 - rng.integers(0, 6000, homes_count)[home]),
        minute=minute,
    )
    return homes, people


def _members(rng: np.random.Generator, n: int) -> tuple[Ints, Ints, npt.NDArray[np.float64], Flags]:
    kinds = picks(rng, [kind[1] for kind in KINDS], n)  # never fewer households than are needed
    roles = np.array([list(kind[0]) + [-1] * (SLOTS - len(kind[0])) for kind in KINDS])[kinds]
    bounds = np.array([kind[2] for kind in KINDS])[kinds].astype(float)
    head_age = rng.triangular(bounds[:, 0], bounds[:, 1], bounds[:, 2] + 0.9)
    head_male = rng.random(n) < np.where(roles[:, 1] == SPOUSE, 0.82, 0.62)
    too_old = ~head_male & (head_age > OLDEST_WOMAN)
    head_age = np.where(too_old, OLDEST_WOMAN - 7 * rng.random(n), head_age)
    gaps = {
        SPOUSE: np.where(head_male, -1, 1) * rng.triangular(-3, 2, 7, n),
        CHILD: -rng.triangular(20, 25, 33, n),
        PARENT: rng.triangular(19, 22, 30, n),
        SIBLING: rng.triangular(-8, 0, 8, n),
    }
    age, male = np.zeros((n, SLOTS)), np.zeros((n, SLOTS), dtype=bool)
    for slot in range(SLOTS):
        role: Ints = roles[:, slot]
        gap = np.select([role == key for key in gaps], list(gaps.values()), 0.0)
        age[:, slot] = head_age + gap - (2.3 * (slot - 2) if slot > 2 else 0.0) * (role == CHILD)
        chance = rng.random(n) < np.where(role == PARENT, 0.3, 0.52)
        male[:, slot] = np.select([role == HEAD, role == SPOUSE], [head_male, ~head_male], chance)
    oldest = np.where(male, OLDEST_MAN, OLDEST_WOMAN)
    spouse = roles == SPOUSE
    spread = 6 * rng.random((n, SLOTS))  # nobody's age stands exactly at a limit
    age = np.where(spouse & (age > oldest), oldest - spread, np.where(spouse & (age < 20), 20 + spread / 3, age))
    keep = (roles >= 0) & (age >= YOUNGEST) & (age <= oldest)
    household, column = (found[:n] for found in np.nonzero(keep))
    numbered: Ints = np.unique(household, return_inverse=True)[1].astype(np.int64)
    return numbered, roles[household, column].astype(np.int64), age[household, column], male[household, column]


def _homes(rng: np.random.Generator, n: int, places: Places) -> Homes:
    place = places.homes(rng, n)
    rural = places.rural[place]
    order = _serial_in(place)
    booklet = places.paths[place] + np.char.zfill(order.astype("U5"), 5).astype(object)
    land = np.where(rural, rng.integers(5, 140, n), -1)
    kind = np.where(rural, RURAL_KINDS[picks(rng, RURAL_KIND_SHARES, n)], "")
    taken = rural & (rng.random(n) < 0.05)
    return Homes(place, addresses(rng, rural), booklet, kind, land, taken)


def _serial_in(place: Ints) -> Ints:
    sorted_places = np.argsort(place, kind="stable")
    ranked = place[sorted_places]
    starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]]) if len(place) else np.array([], dtype=np.int64)
    order = np.empty(len(place), dtype=np.int64)
    order[sorted_places] = np.arange(len(place)) - np.repeat(starts, np.diff(np.r_[starts, len(place)])) + 1
    return order


def _registrations(rng: np.random.Generator, home: Ints, homes: int, born: Ints, on: int) -> Ints:
    open_days = working_days(on - REGISTER_DAYS, on)
    first = open_days[(np.sqrt(rng.random(homes)) * len(open_days)).astype(np.int64)]
    grown_up = born + int(16.1 * YEAR)
    day = to_working_day(np.maximum(first[home], grown_up) + np.where(grown_up > first[home], 6, 0), open_days)
    place_in_home = _serial_in(home) - 1
    minutes = rng.integers(OPENING, CLOSING, homes)[home] + 4 * place_in_home
    return day * 1440 + minutes


def _names(rng: np.random.Generator, home: Ints, role: Ints, male: Flags, rural: Flags) -> tuple[Texts, Texts]:
    n = len(home)
    own, family = names.surname_picks(rng, n), names.surname_picks(rng, int(home[-1]) + 1 if n else 0)
    surname = np.where((role == SPOUSE) | ((role == PARENT) & ~male), own, family[home])
    full = names.SURNAME_TEXTS[surname] + names.given_names(rng, male)
    groups = names.ethnic_groups(rng, surname, rural[home])
    place = rng.integers(0, len(names.MINORITY_NAMES), n)
    sex = np.where(male, "1", "2")
    from_afar = (rng.random(n) < names.MINORITY_SHARE) & (texts(names.MINORITY_SEXES)[place] == sex)
    full = np.where(from_afar, texts(names.MINORITY_NAMES)[place], full)
    return full, np.where(from_afar, texts(names.MINORITY_GROUPS)[place], groups)


def _education(rng: np.random.Generator, age: npt.NDArray[np.float64], rural: Flags) -> Ints:
    band = np.digitize(age, [30, 45])
    level = np.where(
        rural,
        _band_picks(rng, SCHOOLED_VILLAGE, band),
        _band_picks(rng, SCHOOLED_TOWN, band),
    )
    for higher in range(len(FINISHED_AT) - 1):  # who is too young for a degree has the one below
        level = np.where((level == higher) & (age < FINISHED_AT[higher]), higher + 1, level)
    return level


def _band_picks(rng: np.random.Generator, shares: Ints, band: Ints) -> Ints:
    bounds = np.cumsum(shares, axis=1) / shares.sum(axis=1, keepdims=True)
    return (rng.random(len(band))[:, None] >= bounds[band]).sum(axis=1)


def _hukou(rng: np.random.Generator, rural: Flags) -> Texts:
    town = texts(["11", "12", "21", "22", "50"])[picks(rng, (62, 10, 10, 8, 10), len(rural))]
    village = texts(["21", "11", "22", "50"])[picks(rng, (90, 4, 2, 4), len(rural))]
    return np.where(rural, village, town)


def _marital(rng: np.random.Generator, home: Ints, role: Ints, age: npt.NDArray[np.float64]) -> Texts:
    n = len(home)
    married = np.zeros(int(home[-1]) + 1 if n else 0, dtype=bool)
    married[home[role == SPOUSE]] = True
    couple = (married[home] & ((role == HEAD) | (role == SPOUSE))) | (role == PARENT)
    chance = rng.random(n)
    alone = np.where((age > 32) & (chance < 0.30), "40", np.where((age > 45) & (chance < 0.42), "30", "10"))
    alone = np.where((role == CHILD) | (age < 22), "10", alone)
    return np.where(couple, np.where(chance < 0.94, "20", "22"), alone)


def _skill_levels(rng: np.random.Generator, n: int) -> Texts:
    return texts(["", "5", "4", "3", "2", "1"])[picks(rng, (84, 6.5, 6, 2.6, 0.7, 0.2), n)]
