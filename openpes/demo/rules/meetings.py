"""Who met which vacancy: referrals with their answers, hires, places filled, and how each vacancy ended.

The meetings are played in the order of time, so that no place is given twice and nobody is sent to a closed vacancy.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from openpes.demo.rules.careers import HIRED, UNEMPLOYED, Spells
from openpes.demo.rules.chance import Ints, Texts, stream
from openpes.demo.rules.days import NEVER, working_days
from openpes.demo.rules.openings import VACANCY_DAYS, Openings
from openpes.demo.rules.people import People
from openpes.demo.rules.places import Places
from openpes.demo.rules.work import titles

FILLED, CLOSED, EXPIRED = "filled", "closed", "expired"
# The answer of a hire, and the one that a vacancy gives by itself when its last place goes.
HIRED_ANSWER, ALL_FILLED = "hired", "all_filled"
ANSWERS = ("not_suitable", "declined", "no_show", "place_taken")
ANSWER_BOUNDS = np.cumsum((0.46, 0.26, 0.18, 0.10)).tolist()
REFERRALS_A_DAY, OUTSIDE_SHARE, DIRECT_SHARE, ELSEWHERE_SHARE = 0.008, 0.16, 0.12, 0.25
RATIO, VALID_DAYS, TRIES, LONGEST_OPEN = 3, 6, 10, 92 * 1440
# Employers answer within weeks: of the last days most still wait, of the last weeks a few.
LATELY, LATELY_SHARE, LATE, LATE_SHARE = 8, 0.7, 45, 0.06
HIRE, REFER, OUTSIDE = range(3)
MORNING = 9 * 60


@dataclass
class Ledger:
    """What happened, line by line, while the meetings are played."""

    referrals: list[tuple[int, int, int, int, str, int]] = field(default_factory=list)
    hires: list[tuple[int, int, int, int]] = field(default_factory=list)
    fills: list[tuple[int, int, int, int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Meetings:
    """What came of the meetings, each as a row, and when and why each vacancy ended.

    Referrals: person, vacancy, minute, score, answer, minute of the answer. Hires: spell of unemployment, vacancy,
    referral or `NEVER`, minute. Fills: vacancy, place number, person or `NEVER`, day, minute.
    """

    referrals: list[tuple[int, int, int, int, str, int]]
    hires: list[tuple[int, int, int, int]]
    fills: list[tuple[int, int, int, int, int]]
    ended: Ints
    end_reason: Texts


@dataclass(frozen=True)
class Situation:
    """Who looks for work and what is offered: `on` is the day (an ordinal) before which everything happens."""

    people: People
    trades: Ints
    spells: Spells
    openings: Openings
    places: Places
    on: int


def play_meetings(about: Situation, seed: int) -> Meetings:
    """Play every meeting up to the day before that of the situation."""
    market = Market(about, seed)
    for minute, kind, number in _agenda(market, about.spells, about.openings, about.on):
        market.play(minute, kind, number)
    ended, reason = market.ends()
    return Meetings(market.ledger.referrals, market.ledger.hires, market.ledger.fills, ended, reason)


class Market:
    """The vacancies with their places while time passes."""

    def __init__(self, about: Situation, seed: int) -> None:
        people, spells, openings, places, on = about.people, about.spells, about.openings, about.places, about.on
        self.rng = stream(seed, "meetings")
        self.ledger = Ledger()
        self.on, self.days = on, working_days(on - VACANCY_DAYS - 200, on)
        self.day_list = self.days.tolist()
        codes = titles().occupation
        self.person = spells.person.tolist()
        self.begun, self.finished = spells.minute.tolist(), spells.end_minute.tolist()
        self.county = places.counties[people.place].tolist()
        self.trade = codes[about.trades].tolist()
        self.work = codes[openings.title].tolist()
        self.publish, self.closes = openings.publish.tolist(), openings.closes.tolist()
        self.withdraw, self.places = openings.withdraw.tolist(), openings.openings.tolist()
        self.taken, self.sent = [0] * openings.count, [0] * openings.count
        self.full_at = [NEVER] * openings.count
        self.letters: list[list[int]] = [[] for _ in range(openings.count)]
        self.met: set[tuple[int, int]] = set()
        self.shelf = self._shelves(openings, places)
        self.dice: Any = iter(())

    def play(self, minute: int, kind: int, number: int) -> None:
        """One event: a hire or a referral of a spell of unemployment, or a place filled from outside."""
        if kind == HIRE:
            self._hire(number, minute)
        elif kind == REFER:
            self._refer(number, minute)
        else:
            self._outside(number, minute)

    def ends(self) -> tuple[Ints, Texts]:
        """The minute at which each vacancy ended (`NEVER` while open or a draft), and why."""
        publish, closes = np.array(self.publish), np.array(self.closes)
        withdraw, full = np.array(self.withdraw), np.array(self.full_at)
        expiry = (closes + 1) * 1440 + 10
        public = publish != NEVER
        ended = np.where(public & (closes + 1 <= self.on), expiry, NEVER)
        ended = np.where(withdraw != NEVER, withdraw, ended)
        ended = np.where(full != NEVER, full, ended)
        reason = np.select([full != NEVER, withdraw != NEVER, ended != NEVER], [FILLED, CLOSED, EXPIRED], "")
        return ended, reason.astype(object)

    def is_open(self, vacancy: int, minute: int) -> bool:
        """Whether a vacancy is public at a moment and has a place."""
        return (
            NEVER != self.publish[vacancy] < minute
            and self.closes[vacancy] >= minute // 1440
            and (self.withdraw[vacancy] == NEVER or self.withdraw[vacancy] > minute)
            and self.taken[vacancy] < self.places[vacancy]
        )

    def roll(self) -> float:
        """The next random number; drawn by the ten thousand."""
        found = next(self.dice, None)
        if found is None:
            self.dice = iter(self.rng.random(10_000).tolist())
            found = next(self.dice)
        return found

    def _shelves(self, openings: Openings, places: Places) -> dict[str, tuple[list[int], list[int]]]:
        county = places.counties[openings.place].tolist()
        public = sorted((m, k) for k, m in enumerate(self.publish) if m != NEVER)
        shelves: dict[str, tuple[list[int], list[int]]] = {"": ([], [])}
        for minute, vacancy in public:
            for key in ("", county[vacancy]):
                minutes, vacancies = shelves.setdefault(key, ([], []))
                minutes.append(minute)
                vacancies.append(vacancy)
        return shelves

    def _choose(self, person: int, minute: int, *, referred: bool) -> int:
        key = self.county[person] if self.roll() > ELSEWHERE_SHARE else ""
        minutes, vacancies = self.shelf.get(key) or self.shelf[""]
        low, high = bisect_left(minutes, minute - LONGEST_OPEN), bisect_left(minutes, minute)
        best, best_score = NEVER, -1
        for _ in range(min(TRIES, high - low)):
            vacancy = vacancies[low + int(self.roll() * (high - low))]
            if not self.is_open(vacancy, minute) or (person, vacancy) in self.met:
                continue
            if referred and self.sent[vacancy] >= self.places[vacancy] * RATIO:
                continue
            score = _shared(self.work[vacancy], self.trade[person])
            if score > best_score:
                best, best_score = vacancy, score
        return best

    def _hire(self, spell: int, minute: int) -> None:
        person = self.person[spell]
        vacancy = self._choose(person, minute, referred=True)
        if vacancy == NEVER:
            return
        referral = NEVER
        sent = self._sent_before(spell, vacancy, minute)
        if sent != NEVER and self.roll() > DIRECT_SHARE:
            referral = self._write(person, vacancy, sent, HIRED_ANSWER, minute)
        self.met.add((person, vacancy))
        self.ledger.hires.append((spell, vacancy, referral, minute))
        self._fill(vacancy, person, minute)

    def _refer(self, spell: int, minute: int) -> None:
        person, finished = self.person[spell], self.finished[spell]
        vacancy = self._choose(person, minute, referred=True)
        if vacancy == NEVER:
            return
        answered = self._next_open_day(minute // 1440 + 1 + int(self.roll() * 9)) * 1440 + 600 + int(self.roll() * 300)
        if finished != NEVER and answered >= finished:
            return
        age = self.on - minute // 1440
        slow = LATELY_SHARE if age < LATELY else LATE_SHARE if age < LATE else 0.0
        waits = finished == NEVER and self.roll() < slow
        if answered // 1440 >= self.on or waits:
            if finished == NEVER:
                self._write(person, vacancy, minute, "", NEVER)
            return
        place = bisect_left(ANSWER_BOUNDS, self.roll())
        self._write(person, vacancy, minute, ANSWERS[min(place, len(ANSWERS) - 1)], answered)

    def _outside(self, vacancy: int, minute: int) -> None:
        if self.is_open(vacancy, minute):
            self._fill(vacancy, NEVER, minute)

    def _fill(self, vacancy: int, person: int, minute: int) -> None:
        self.taken[vacancy] += 1
        self.ledger.fills.append((vacancy, self.taken[vacancy], person, minute // 1440, minute))
        if self.taken[vacancy] == self.places[vacancy]:
            self.full_at[vacancy] = minute
            self._answer_waiting(vacancy, minute)

    def _answer_waiting(self, vacancy: int, minute: int) -> None:
        """Who still waits for an answer of a vacancy that is now full hears so at once."""
        rows = self.ledger.referrals
        for number in self.letters[vacancy]:
            person, _, made, score, answer, answered = rows[number]
            if answer != HIRED_ANSWER and (answered == NEVER or answered > minute):
                rows[number] = (person, vacancy, made, score, ALL_FILLED, minute)

    def _write(self, person: int, vacancy: int, minute: int, answer: str, answered: int) -> int:
        score = 38 + 13 * _shared(self.work[vacancy], self.trade[person]) + int(self.roll() * 10)
        self.met.add((person, vacancy))
        self.sent[vacancy] += 1
        self.ledger.referrals.append((person, vacancy, minute, score, answer, answered))
        self.letters[vacancy].append(len(self.ledger.referrals) - 1)
        return len(self.ledger.referrals) - 1

    def _sent_before(self, spell: int, vacancy: int, minute: int) -> int:
        """A minute of an earlier day at which the person could be sent there, `NEVER` when there is none."""
        day = self._open_day(minute // 1440 - 1 - int(self.roll() * (VALID_DAYS - 1)))
        sent = day * 1440 + MORNING + int(self.roll() * 360)
        in_time = sent > max(self.begun[spell] + 5, self.publish[vacancy]) and minute // 1440 - VALID_DAYS <= day
        return sent if in_time else NEVER

    def _next_open_day(self, day: int) -> int:
        """The first working day from then on; the day of the city itself when there is none before it."""
        place = bisect_left(self.day_list, day)
        return self.day_list[place] if place < len(self.day_list) else self.on

    def _open_day(self, day: int) -> int:
        place = bisect_left(self.day_list, day + 1) - 1
        return self.day_list[max(place, 0)]


def _agenda(market: Market, spells: Spells, openings: Openings, on: int) -> list[tuple[int, int, int]]:
    rng, days = market.rng, market.days
    hired = np.flatnonzero((spells.status == UNEMPLOYED) & (spells.outcome == HIRED))
    agenda = [
        (minute, HIRE, number) for minute, number in zip(spells.end_minute[hired].tolist(), hired.tolist(), strict=True)
    ]
    looking = np.flatnonzero(spells.status == UNEMPLOYED)
    since = spells.minute[looking] // 1440
    until = np.where(spells.until_day[looking] == NEVER, on, spells.until_day[looking])
    times = rng.poisson(np.maximum(until - since - 1, 0) * REFERRALS_A_DAY)
    spell, begin, length = (np.repeat(column, times) for column in (looking, since, until - since))
    day = days[
        np.searchsorted(days, begin + 1 + (rng.random(len(spell)) * (length - 1)).astype(np.int64), side="right") - 1
    ]
    minute = day * 1440 + MORNING + rng.integers(0, 370, len(spell))
    fits = (day > begin) & (day < begin + length)
    agenda += [(m, REFER, s) for m, s in zip(minute[fits].tolist(), spell[fits].tolist(), strict=True)]
    public = np.flatnonzero(openings.publish != NEVER)
    vacancy = np.repeat(public, rng.binomial(openings.openings[public], OUTSIDE_SHARE))
    first, last = openings.publish[vacancy] // 1440 + 1, np.minimum(openings.closes[vacancy], on - 1)
    day = days[
        np.searchsorted(
            days, first + (rng.random(len(vacancy)) * np.maximum(last - first, 1)).astype(np.int64), side="right"
        )
        - 1
    ]
    minute = day * 1440 + MORNING + rng.integers(0, 400, len(vacancy))
    fits = (day >= first) & (day <= last)
    agenda += [(m, OUTSIDE, v) for m, v in zip(minute[fits].tolist(), vacancy[fits].tolist(), strict=True)]
    return sorted(agenda)


def _shared(one: str, other: str) -> int:
    if one == other:
        return 4
    if one[:7] == other[:7]:
        return 3
    if one[:4] == other[:4]:
        return 2
    return int(one[0] == other[0])
