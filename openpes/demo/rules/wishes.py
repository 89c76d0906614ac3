"""What those who look for work want: occupations, places, pay; one in seven takes anything (无要求)."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from openpes.demo.rules.careers import EMPLOYED, OPEN, UNEMPLOYED, Spells
from openpes.demo.rules.chance import Flags, Ints, Texts, picks, stream, texts
from openpes.demo.rules.days import NEVER, to_working_day, working_days
from openpes.demo.rules.people import REGISTER_DAYS, YEAR, People
from openpes.demo.rules.places import Places
from openpes.demo.rules.work import rounded, titles, usual_pay
from openpes.engine.calendars import add_months
from openpes.engine.parameters import parameters

ANY_SHARE, EMPLOYED_SHARE, TRAINING_SHARE = 0.15, 0.06, 0.28
NEW_YOUTH, GRADUATE, LOST_JOB, OTHER, AT_WORK, VILLAGER, OUTSIDER = "1", "2", "3", "4", "5", "9", "10"
COLLEGE = ("14", "20", "30")
CITY = "4501"
RENEWALS = 5


@dataclass(frozen=True)
class Wishes:
    """Wishes by number; `spell` is the status during which it was registered, `until_day` the end of its validity.

    A wish that is still valid when the unemployment ends is ended with it, at `end_minute`.
    """

    spell: Ints
    minute: Ints
    until_day: Ints
    end_minute: Ints
    occupations: Texts
    places: Texts
    only_these_places: Flags
    min_pay: Ints
    experience: Ints
    category: Texts
    wants_training: Flags

    @property
    def count(self) -> int:
        return len(self.spell)


def invent_wishes(people: People, trades: Ints, spells: Spells, seed: int, on: int, places: Places) -> Wishes:
    """A wish for every spell of unemployment, and for some of those at work."""
    rng = stream(seed, "careers")
    looks = (spells.status == UNEMPLOYED) | (
        (spells.status == EMPLOYED) & (spells.outcome == OPEN) & (rng.random(spells.count) < EMPLOYED_SHARE)
    )
    first = np.flatnonzero(looks)
    spell, minute = _renewed(first, _minutes(rng, spells, first, on), spells, on)
    n = len(spell)
    person = spells.person[spell]
    valid_until = _valid_until(minute // 1440)
    ends = (spells.status[spell] == UNEMPLOYED) & (spells.end_minute[spell] != NEVER)
    ends &= valid_until > spells.end_minute[spell] // 1440
    age = (on - people.born[person]) / YEAR
    known = titles()
    pay = usual_pay(known.major[trades[person]], places.counties[people.place[person]]) * rng.uniform(0.55, 0.95, n)
    return Wishes(
        spell=spell,
        minute=minute,
        until_day=valid_until,
        end_minute=np.where(ends, spells.end_minute[spell], NEVER),
        occupations=_occupations(rng, trades[person]),
        places=_places(rng, places.counties[people.place[person]]),
        only_these_places=rng.random(n) < 0.35,
        min_pay=np.where(rng.random(n) < 0.82, rounded(pay), 0),
        experience=np.clip((rng.random(n) * (age - 18) * 0.6), 0, 30).astype(np.int64),
        category=_categories(people, spells, spell, places),
        wants_training=rng.random(n) < TRAINING_SHARE,
    )


def _minutes(rng: np.random.Generator, spells: Spells, spell: Ints, on: int) -> Ints:
    """Right after the registration of unemployment; for those at work, some working day since."""
    begun = spells.minute[spell]
    days = working_days(on - REGISTER_DAYS - 10, on)
    since = begun // 1440
    later = to_working_day(
        np.maximum(since, on - 200) + (rng.random(len(spell)) * (on - np.maximum(since, on - 200))).astype(np.int64),
        days,
    )
    at_work = (spells.status[spell] == EMPLOYED) & (later > since)
    return np.where(at_work, later * 1440 + rng.integers(520, 920, len(spell)), begun + 3)


def _renewed(spell: Ints, minute: Ints, spells: Spells, on: int) -> tuple[Ints, Ints]:
    """Each wish, and another one whenever it ran out while the person was still looking."""
    days = working_days(on - REGISTER_DAYS - 10, on)
    found = [(spell, minute)]
    for _ in range(RENEWALS):
        place = np.searchsorted(days, _valid_until(minute // 1440))
        there = place < len(days)
        spell, minute, place = spell[there], minute[there], place[there]
        again = days[place] * 1440 + minute % 1440
        last = np.where(spells.end_minute[spell] == NEVER, on * 1440, spells.end_minute[spell])
        goes_on = again < last
        spell, minute = spell[goes_on], again[goes_on]
        found.append((spell, minute))
    return np.concatenate([part for part, _ in found]), np.concatenate([part for _, part in found])


def _valid_until(days: Ints) -> Ints:
    """The first day on which a wish of each day is no longer valid, by the parameter of that day."""
    known, place = np.unique(days, return_inverse=True)
    ends = [
        add_months(day, parameters().value("wish_validity_months", day)).toordinal()
        for day in map(date.fromordinal, known.tolist())
    ]
    return np.array(ends, dtype=np.int64)[place] if len(days) else days


def _occupations(rng: np.random.Generator, trades: Ints) -> Texts:
    codes = titles().occupation
    n = len(trades)
    order = np.argsort(codes.astype("U10"), kind="stable")
    rank = np.empty(len(codes), dtype=np.int64)
    rank[order] = np.arange(len(codes))
    near = codes[order[np.clip(rank[trades] + rng.integers(-40, 41, n), 0, len(codes) - 1)]]
    far = codes[rng.integers(0, len(codes), n)]
    count = picks(rng, (ANY_SHARE, 0.5, 0.25, 0.1), n)
    own = codes[trades]
    found = texts([()] * n)
    for place in np.flatnonzero(count):
        wanted = (own[place], near[place], far[place])[: count[place]]
        found[place] = tuple(dict.fromkeys(wanted))
    return found


def _places(rng: np.random.Generator, counties: Texts) -> Texts:
    districts = ("450103", "450107", "450102", "450108", "450105")
    n = len(counties)
    kind = picks(rng, (50, 25, 15, 10), n)
    other = rng.integers(0, len(districts), n)
    table = {key: ((key,), tuple(dict.fromkeys((key, districts[0]))), (CITY,)) for key in dict.fromkeys(counties)}
    return texts(
        [
            table[county][k] if k < 3 else tuple(dict.fromkeys((county, districts[o])))
            for county, k, o in zip(counties, kind, other, strict=True)
        ]
    )


def _categories(people: People, spells: Spells, spell: Ints, places: Places) -> Texts:
    person = spells.person[spell]
    reason = spells.reason[spell]
    college = np.isin(people.education[person], COLLEGE)
    age = (spells.from_day[spell] - people.born[person]) / YEAR
    return np.select(
        [
            spells.status[spell] == EMPLOYED,
            (reason == "10") & college & (age < 26),
            reason == "10",
            np.isin(people.hukou[person], ("12", "22")),
            places.rural[people.place[person]] & (people.hukou[person] == "21"),
            (reason == "20") | (reason == "30"),
        ],
        [AT_WORK, GRADUATE, NEW_YOUTH, OUTSIDER, VILLAGER, LOST_JOB],
        OTHER,
    ).astype(object)
