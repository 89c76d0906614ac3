"""The ids that the rows of a city get when they are written in bulk."""

from dataclasses import dataclass

import numpy as np

from openpes.demo.rules import City
from openpes.demo.rules.accounts import Recorders
from openpes.demo.rules.agenda import Act, hired_into
from openpes.demo.rules.chance import Ints, Texts
from openpes.demo.rules.days import MINUTES

PERSONS, HOUSEHOLDS, RESIDENCES = "people_person", "people_household", "people_residence"
MEMBERS, EMPLOYERS = "people_householdmember", "employers_employer"
PERIODS, WISHES = "registration_statusperiod", "registration_jobwish"
VACANCIES, HISTORY, FILLS = "vacancies_vacancy", "vacancies_vacancyevent", "vacancies_fill"
PUBLISHED = "vacancies_publishedvacancy"
REFERRALS, HIRES, PROOFS = "referrals_referral", "referrals_hire", "referrals_letterproof"
JOURNAL = "audit_journalentry"
WRITTEN = (
    PERSONS, HOUSEHOLDS, RESIDENCES, MEMBERS, EMPLOYERS, PERIODS, WISHES, VACANCIES, HISTORY, FILLS, PUBLISHED,
    REFERRALS, HIRES, PROOFS, JOURNAL,
)  # fmt: skip


@dataclass(frozen=True)
class Before:
    """What stood in the database before: the last id of each table, the last registration number, and accounts."""

    last: dict[str, int]
    serial: int
    by: Recorders


class Ids:
    """Which id each part of the city gets: its number after the last id before, referrals in the order of time."""

    def __init__(self, city: City, before: Before) -> None:
        self.before = before
        count = city.people.count
        self.person = self._numbered(PERSONS, count)
        self.home = self._numbered(HOUSEHOLDS, len(city.homes.place))
        self.firm = self._numbered(EMPLOYERS, len(city.firms.code))
        self.period = self._numbered(PERIODS, city.spells.count)
        self.wish = self._numbered(WISHES, city.wishes.count)
        self.vacancy = self._numbered(VACANCIES, city.openings.count)
        made = np.array([row[2] for row in city.meetings.referrals], dtype=np.int64)
        self.referral = before.last[REFERRALS] + 1 + _ranks(made)
        self.hire = self._numbered(HIRES, len(city.meetings.hires))

        self.number = _registration_numbers(city, before)
        self.served_by = before.by.people[city.people.place]

    def _numbered(self, table: str, count: int) -> Ints:
        return self.before.last[table] + 1 + np.arange(count, dtype=np.int64)


def _registration_numbers(city: City, before: Before) -> Texts:
    """The number of each spell: county, year, and a serial in the order in which the registrations came."""
    spells = city.spells
    kind = np.where(hired_into(spells), int(Act.HIRE), int(Act.REGISTER_STATUS))
    number = np.arange(spells.count)
    for place, hire in enumerate(city.meetings.hires):
        number[hire[0] + 1] = place
    serial = before.serial + 1 + _ranks(spells.minute, kind, number)
    years = (spells.minute // MINUTES - 719_163).astype("datetime64[D]").astype("U10").astype("U4")
    county = city.places.counties[city.people.place[spells.person]]
    return county + years.astype(object) + np.char.zfill(serial.astype("U7"), 7).astype(object)


def _ranks(*keys: Ints) -> Ints:
    order = np.lexsort(tuple(reversed(keys)))
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    return ranks
