"""Working lives: spells of employment and unemployment that follow one another and never overlap."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np

from openpes.demo.rules.chance import Flags, Ints, Texts, picks, stream, texts
from openpes.demo.rules.days import NEVER, to_working_day, working_days
from openpes.demo.rules.people import REGISTER_DAYS, YEAR, People
from openpes.demo.rules.places import Places
from openpes.demo.rules.work import rounded, titles, usual_pay

UNEMPLOYED, EMPLOYED = 0, 1
OPEN, HIRED, FOUND_WORK, LEFT, ENDED = range(5)
ROUNDS = 8
# First status of a person: none, unemployed, employed; in towns and in villages.
FIRST_TOWN, FIRST_VILLAGE = (0.24, 0.17, 0.59), (0.46, 0.11, 0.43)
OUTCOMES, OUTCOME_SHARES = np.array([HIRED, FOUND_WORK, LEFT]), (46, 29, 25)
LEFT_REASONS, LEFT_SHARES = texts(["50", "30", "99"]), (62, 26, 12)
QUIT_REASONS, QUIT_SHARES = texts(["10", "20", "30", "40", "60"]), (28, 34, 16, 16, 6)
PROOFS, PROOF_SHARE = {"10": ("3",), "20": ("2",), "30": ("2",), "80": ("5",)}, 0.86
OFF_WORK = 16 * 60 + 5
IN_UNIT, SOLE, FLEXIBLE, WELFARE = "010", "021", "022", "030"
CATEGORIES, CATEGORY_SHARES = texts([IN_UNIT, SOLE, FLEXIBLE, WELFARE]), (72, 8, 17, 3)


@dataclass(frozen=True)
class Spells:
    """Status periods by number, each person's in order; days are ordinals, `NEVER` where there is none.

    `minute` is that of the registration, `end_minute` that of the end. `outcome` says how the spell ended; a spell of
    unemployment that ended in work is followed by the spell of that work. `former` is the employer that was left.
    """

    person: Ints
    status: Ints
    from_day: Ints
    until_day: Ints
    minute: Ints
    end_minute: Ints
    outcome: Ints
    reason: Texts
    end_reason: Texts
    former: Ints
    proofs: Texts
    category: Texts
    firm: Ints
    title: Ints
    pay: Ints
    contract_until: Ints

    @property
    def count(self) -> int:
        return len(self.person)


def invent_careers(people: People, trades: Ints, firms: int, seed: int, on: int, places: Places) -> Spells:
    """The registered spells of every person up to the day before `on`."""
    rng = stream(seed, "careers")
    rounds = list(_rounds(rng, people, on, places))
    columns = [np.concatenate(parts) for parts in zip(*rounds, strict=True)]
    order = np.lexsort((columns[2], columns[0]))
    person, status, from_day, until_day, minute, end_minute, outcome = (column[order] for column in columns)
    reason, end_reason = _reasons(rng, people, person, status, from_day, outcome)
    category = np.where(status == EMPLOYED, CATEGORIES[picks(rng, CATEGORY_SHARES, len(person))], "")
    in_unit = (category == IN_UNIT) | (category == WELFARE)
    firm = np.where(in_unit, rng.integers(0, firms, len(person)), NEVER)
    title = trades[person]
    pay = usual_pay(titles().major[title], places.counties[people.place[person]]) * rng.lognormal(0, 0.2, len(person))
    contract = np.where(rng.random(len(person)) < 0.6, from_day + 365 * rng.integers(1, 4, len(person)), NEVER)
    contract = np.where((contract > minute // 1440) & in_unit, contract, NEVER)
    return Spells(
        person=person,
        status=status,
        from_day=from_day,
        until_day=until_day,
        minute=minute,
        end_minute=end_minute,
        outcome=outcome,
        reason=reason,
        end_reason=end_reason,
        former=_former_firms(rng, person, status, firm, reason, firms),
        proofs=_proofs(rng, reason),
        category=category,
        firm=firm,
        title=title,
        pay=np.where(status == EMPLOYED, np.maximum(rounded(pay), 200_000), NEVER),
        contract_until=contract,
    )


def taken(spells: Spells, places: Ints | Flags) -> Spells:
    """Some of the spells."""
    return Spells(**{field.name: getattr(spells, field.name)[places] for field in fields(Spells)})


def _rounds(rng: np.random.Generator, people: People, on: int, places: Places) -> Iterator[tuple[Ints, ...]]:
    days = working_days(on - REGISTER_DAYS - 10, on)
    rural = places.rural[people.place]
    first = np.where(rural, picks(rng, FIRST_VILLAGE, people.count), picks(rng, FIRST_TOWN, people.count))
    person = np.flatnonzero(first > 0)
    status = first[person] - 1
    minute = people.minute[person] + 2
    before = np.where(status == EMPLOYED, rng.integers(5, 2400, len(person)), rng.integers(0, 40, len(person)))
    from_day = np.maximum(minute // 1440 - before, people.born[person] + int(16.1 * YEAR))
    from_day = np.minimum(from_day, minute // 1440)
    for _ in range(ROUNDS):
        if not len(person):
            return
        lasts = np.where(
            status == EMPLOYED, 60 + rng.exponential(1150, len(person)), 14 + rng.exponential(125, len(person))
        )
        end = to_working_day(minute // 1440 + 3 + lasts.astype(np.int64), days)
        ended = minute // 1440 + lasts < on - 2
        ended &= end > minute // 1440
        outcome = np.where(status == EMPLOYED, ENDED, OUTCOMES[picks(rng, OUTCOME_SHARES, len(person))])
        outcome = np.where(ended, outcome, OPEN)
        end_minute = np.where(ended, end * 1440 + OFF_WORK + rng.integers(0, 40, len(person)), NEVER)
        yield person, status, from_day, np.where(ended, end, NEVER), minute, end_minute, outcome
        again = ended & (
            (outcome == HIRED) | (outcome == FOUND_WORK) | ((outcome == ENDED) & (rng.random(len(person)) < 0.72))
        )
        wait = np.where(outcome == ENDED, rng.integers(1, 30, len(person)), 0)
        later = to_working_day(end + wait, days)
        again &= (later < on - 1) & ((outcome != ENDED) | (later > end))
        next_minute = np.where(
            outcome == ENDED, later * 1440 + rng.integers(8 * 60 + 30, 15 * 60 + 30, len(person)), end_minute
        )
        person, status = person[again], 1 - status[again]
        from_day, minute = end[again], next_minute[again]


def _reasons(
    rng: np.random.Generator, people: People, person: Ints, status: Ints, from_day: Ints, outcome: Ints
) -> tuple[Texts, Texts]:
    n = len(person)
    first = np.r_[True, person[1:] != person[:-1]] if n else np.zeros(0, dtype=bool)
    young = from_day - people.born[person] < 24 * YEAR
    chance = rng.random(n)
    at_first = np.where(young, "10", np.where(chance < 0.2, "90", np.where(chance < 0.28, "80", "20")))
    at_first = np.where((people.hukou[person] == "11") & (chance > 0.95), "40", at_first)
    later = np.where(chance < 0.04, "30", "20")
    reason = np.where(status == UNEMPLOYED, np.where(first, at_first, later), "")
    left = LEFT_REASONS[picks(rng, LEFT_SHARES, n)]
    works = (outcome == HIRED) | (outcome == FOUND_WORK)
    quit_reason = np.where(outcome == ENDED, QUIT_REASONS[picks(rng, QUIT_SHARES, n)], "")
    left_reason = np.where(works, "60", np.where(outcome == LEFT, left, ""))
    return reason, np.where(status == UNEMPLOYED, left_reason, quit_reason)


def _former_firms(rng: np.random.Generator, person: Ints, status: Ints, firm: Ints, reason: Texts, firms: int) -> Ints:
    """The employer that was left: the one of the spell before, or for the first spell any."""
    before = np.r_[NEVER, firm[:-1]] if len(firm) else firm
    same = np.r_[False, person[1:] == person[:-1]] if len(person) else np.zeros(0, dtype=bool)
    left = np.where(same, before, rng.integers(0, firms, len(person)))
    return np.where((status == UNEMPLOYED) & np.isin(reason, ("20", "30")), left, NEVER)


def _proofs(rng: np.random.Generator, reason: Texts) -> Texts:
    brought = rng.random(len(reason)) < PROOF_SHARE
    return texts([PROOFS.get(key, ()) if there else () for key, there in zip(reason, brought, strict=True)])
