"""The whole invented city of a size, a seed and a day."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from openpes.demo.rules.careers import FOUND_WORK, HIRED, IN_UNIT, UNEMPLOYED, Spells, invent_careers
from openpes.demo.rules.chance import Ints, Texts
from openpes.demo.rules.days import NEVER
from openpes.demo.rules.firms import Firms, invent_firms
from openpes.demo.rules.meetings import Meetings, Situation, play_meetings
from openpes.demo.rules.openings import Openings, invent_openings
from openpes.demo.rules.people import Homes, People, invent_people
from openpes.demo.rules.places import Places, places
from openpes.demo.rules.wishes import Wishes, invent_wishes
from openpes.demo.rules.work import skills_of, trades_of

PERSONS_A_FIRM, PERSONS_A_VACANCY = 60, 5
FEWEST_FIRMS, FEWEST_VACANCIES = 12, 40
LARGEST = 7_500_000  # of more, some days would have no number left for another person


@dataclass(frozen=True)
class CityPlan:
    """How large a city is invented, from which seed, and which day it is there."""

    people: int
    seed: int
    on: date


@dataclass(frozen=True)
class City:
    """Everything about the city; the parts refer to each other by number."""

    plan: CityPlan
    places: Places
    homes: Homes
    people: People
    trades: Ints
    skills: Texts
    firms: Firms
    openings: Openings
    spells: Spells
    wishes: Wishes
    meetings: Meetings


def invent_city(plan: CityPlan) -> City:
    """The city of a plan; the same plan gives the same city.

    :raises ValueError: the plan asks for no person, or for more than `LARGEST`
    """
    if not 1 <= plan.people <= LARGEST:
        raise ValueError(f"A demo city has 1 to {LARGEST:,} persons, not {plan.people:,}.")
    on, seed, where = plan.on.toordinal(), plan.seed, places()
    homes, people = invent_people(plan.people, seed, on, where)
    firms = invent_firms(max(plan.people // PERSONS_A_FIRM, FEWEST_FIRMS), seed, on, where, people.count)
    openings = invent_openings(max(plan.people // PERSONS_A_VACANCY, FEWEST_VACANCIES), seed, on, firms, where)
    trades = trades_of(people, seed)
    spells = invent_careers(people, trades, len(firms.code), seed, on, where)
    wishes = invent_wishes(people, trades, spells, seed, on, where)
    meetings = play_meetings(Situation(people, trades, spells, openings, where, on), seed)
    return City(
        plan, where, homes, people, trades, skills_of(people, trades, seed), firms, openings,
        with_hires(spells, meetings, openings), wishes, meetings,
    )  # fmt: skip


def with_hires(spells: Spells, meetings: Meetings, openings: Openings) -> Spells:
    """The spells after the hires: the work of who was hired is that of the vacancy; the others found work alone."""
    outcome = np.where((spells.status == UNEMPLOYED) & (spells.outcome == HIRED), FOUND_WORK, spells.outcome)
    firm, title, pay = spells.firm.copy(), spells.title.copy(), spells.pay.copy()
    category, contract = spells.category.copy(), spells.contract_until.copy()
    for spell, vacancy, _referral, _minute in meetings.hires:
        outcome[spell] = HIRED
        work = spell + 1  # the spells of a person stand in order
        firm[work], title[work] = openings.firm[vacancy], openings.title[vacancy]
        pay[work], category[work] = openings.pay_min[vacancy], IN_UNIT
        fixed = openings.term[vacancy] in ("fixed", "short")
        contract[work] = spells.from_day[work] + (730 if openings.term[vacancy] == "fixed" else 180) if fixed else NEVER
    return replace(spells, outcome=outcome, firm=firm, title=title, pay=pay, category=category, contract_until=contract)
