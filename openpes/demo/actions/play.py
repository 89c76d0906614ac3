"""A small city by the doors of the rooms: every fact comes in through the action that a clerk would use."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from openpes.demo.rules import City
from openpes.demo.rules.accounts import Recorders
from openpes.demo.rules.agenda import Act, agenda
from openpes.demo.rules.careers import UNEMPLOYED
from openpes.demo.rules.days import NEVER, day_or_none, moment
from openpes.demo.rules.facts import RELATIONS, notes_of
from openpes.demo.rules.work import titles
from openpes.employers.actions import EmployerFacts, register_employer
from openpes.kernel import Actor
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.people.actions import HouseholdFacts, PersonFacts, form_household, join_household, register_person
from openpes.referrals.actions import HireFacts, record_answer, record_hire, refer
from openpes.registration.actions import (
    EmploymentFacts,
    UnemploymentFacts,
    WishFacts,
    end_status,
    end_wish,
    register_employment,
    register_unemployment,
    register_wish,
)
from openpes.vacancies.actions import (
    VacancyFacts,
    close_vacancy,
    draft_vacancy,
    expire_vacancies,
    fill_place,
    publish_vacancy,
)


def play_city(*, city: City, recorders: Recorders, by: Actor, at: datetime) -> None:
    """Let everything happen that the city's agenda says, each act at its own moment before `at`."""
    play = Play(city, recorders, by)
    for minute, kind, number in agenda(city).tolist():
        play.act(Act(kind), number, moment(minute, BUSINESS_ZONE))


@dataclass
class Play:
    """The ids that the acts so far have given to the persons, spells and vacancies of the city."""

    city: City
    recorders: Recorders
    by: Actor
    persons: dict[int, int] = field(default_factory=dict)
    homes: dict[int, int] = field(default_factory=dict)
    firms: dict[int, int] = field(default_factory=dict)
    periods: dict[int, int] = field(default_factory=dict)
    wishes: dict[int, int] = field(default_factory=dict)
    vacancies: dict[int, int] = field(default_factory=dict)
    referrals: dict[int, int] = field(default_factory=dict)

    def act(self, kind: Act, number: int, at: datetime) -> None:
        """Do one act."""
        deeds: dict[Act, Callable[[int, datetime], None]] = {
            Act.REGISTER_EMPLOYER: self.register_employer,
            Act.REGISTER_PERSON: self.register_person,
            Act.FORM_HOUSEHOLD: self.form_household,
            Act.JOIN_HOUSEHOLD: self.join_household,
            Act.REGISTER_STATUS: self.register_status,
            Act.REGISTER_WISH: self.register_wish,
            Act.DRAFT: self.draft,
            Act.PUBLISH: self.publish,
            Act.EXPIRE: self.expire,
            Act.REFER: self.refer,
            Act.ANSWER: self.answer,
            Act.HIRE: self.hire,
            Act.FILL_FROM_OUTSIDE: self.fill_from_outside,
            Act.END_STATUS: self.end_status,
            Act.END_WISH: self.end_wish,
            Act.CLOSE: self.close,
        }
        deeds[kind](number, at)

    def register_employer(self, number: int, at: datetime) -> None:
        firms, places = self.city.firms, self.city.places
        facts = EmployerFacts(
            credit_code=firms.code[number],
            name=firms.name[number],
            area=places.paths[firms.place[number]],
            address=firms.address[number],
            unit_type=firms.unit_type[number],
            economic_type=firms.economic_type[number],
            industry=firms.industry[number],
            staff_count=int(firms.staff[number]),
            contact_name=firms.contact[number],
            contact_phone=firms.phone[number],
        )
        by = self._clerk_of_place(int(firms.place[number]))
        self.firms[number] = register_employer(facts=facts, by=by, at=at).pk

    def register_person(self, number: int, at: datetime) -> None:
        people = self.city.people
        facts = PersonFacts(
            id_number=people.identity[number],
            name=people.name[number],
            area=self.city.places.paths[people.place[number]],
            address=self.city.homes.address[people.home[number]],
            phone=people.phone[number],
            ethnic_group=people.ethnic_group[number],
            education=people.education[number],
            hukou=people.hukou[number],
            marital=people.marital[number],
            skill_level=people.skill_level[number],
            skills=self.city.skills[number],
            resides_from_on=date.fromordinal(int(people.resides_from[number])),
        )
        self.persons[number] = register_person(facts=facts, by=self._clerk_of(number), at=at).pk

    def form_household(self, number: int, at: datetime) -> None:
        homes, home = self.city.homes, int(self.city.people.home[number])
        mu = int(homes.farmland[home])
        facts = HouseholdFacts(
            area=self.city.places.paths[homes.place[home]],
            booklet_no=homes.booklet[home],
            address=homes.address[home],
            kind=homes.kind[home],
            farmland_mu=None if mu == NEVER else Decimal(mu) / 10,
            land_taken=bool(homes.land_taken[home]),
        )
        formed = form_household(
            facts=facts,
            head=self.persons[number],
            from_on=self._resides_from(number),
            by=self._clerk_of(number),
            at=at,
        )
        self.homes[home] = formed.pk

    def join_household(self, number: int, at: datetime) -> None:
        people = self.city.people
        join_household(
            household=self.homes[int(people.home[number])],
            person=self.persons[number],
            relation=RELATIONS[int(people.role[number])][int(people.male[number])],
            from_on=self._resides_from(number),
            by=self._clerk_of(number),
            at=at,
        )

    def register_status(self, number: int, at: datetime) -> None:
        spells = self.city.spells
        whose = int(spells.person[number])
        person, by = self.persons[whose], self._clerk_of(whose)
        if spells.status[number] == UNEMPLOYED:
            former = int(spells.former[number])
            facts = UnemploymentFacts(
                from_on=date.fromordinal(int(spells.from_day[number])),
                reason=spells.reason[number],
                former_employer="" if former == NEVER else self.city.firms.name[former],
                proofs=spells.proofs[number],
            )
            self.periods[number] = register_unemployment(person=person, facts=facts, by=by, at=at).pk
            return
        self.periods[number] = register_employment(person=person, facts=self._employment(number), by=by, at=at).pk

    def register_wish(self, number: int, at: datetime) -> None:
        wishes = self.city.wishes
        facts = WishFacts(
            category=wishes.category[number],
            occupations=wishes.occupations[number],
            places=wishes.places[number],
            only_these_places=bool(wishes.only_these_places[number]),
            min_pay_fen=int(wishes.min_pay[number]),
            experience_years=int(wishes.experience[number]),
            wants_training=bool(wishes.wants_training[number]),
        )
        person = int(self.city.spells.person[wishes.spell[number]])
        made = register_wish(person=self.persons[person], facts=facts, by=self._clerk_of(person), at=at)
        self.wishes[number] = made.pk

    def draft(self, number: int, at: datetime) -> None:
        openings, known = self.city.openings, titles()
        title, firm = int(openings.title[number]), int(openings.firm[number])
        facts = VacancyFacts(
            employer=self.firms[firm],
            title=known.title[title],
            occupation=known.occupation[title],
            area=self.city.places.paths[openings.place[number]],
            openings=int(openings.openings[number]),
            term=openings.term[number],
            pay_min_fen=int(openings.pay_min[number]),
            pay_max_fen=int(openings.pay_max[number]),
            address=self.city.firms.address[firm],
            education_min=openings.education[number],
            experience_min=int(openings.experience[number]),
            skills_required=openings.skills_required[number],
            skills_wanted=openings.skills_wanted[number],
            benefits=openings.benefits[number],
            conditions=openings.conditions[number],
            description=openings.description[number],
        )
        self.vacancies[number] = draft_vacancy(facts=facts, by=self._clerk_of_vacancy(number), at=at).pk

    def publish(self, number: int, at: datetime) -> None:
        closes_on = date.fromordinal(int(self.city.openings.closes[number]))
        by = self._clerk_of_vacancy(number)
        publish_vacancy(vacancy=self.vacancies[number], closes_on=closes_on, by=by, at=at)

    def expire(self, number: int, at: datetime) -> None:
        expire_vacancies(by=self.by, at=at)

    def refer(self, number: int, at: datetime) -> None:
        person, vacancy, _, score, _, _ = self.city.meetings.referrals[number]
        by = self._clerk_of(person)
        made = refer(person=self.persons[person], vacancy=self.vacancies[vacancy], score=score, by=by, at=at)
        self.referrals[number] = made.pk

    def answer(self, number: int, at: datetime) -> None:
        person, _, _, _, answer, _ = self.city.meetings.referrals[number]
        by = self._clerk_of(person)
        record_answer(referral=self.referrals[number], answer=answer, note=notes_of(answer), by=by, at=at)

    def hire(self, number: int, at: datetime) -> None:
        spell, vacancy, referral, _ = self.city.meetings.hires[number]
        spells, work = self.city.spells, spell + 1
        facts = HireFacts(
            begins_on=date.fromordinal(int(spells.from_day[work])),
            pay_fen=int(spells.pay[work]),
            contract_until_on=day_or_none(int(spells.contract_until[work])),
        )
        person = int(spells.person[spell])
        by = self._clerk_of(person)
        if referral == NEVER:
            record_hire(person=self.persons[person], vacancy=self.vacancies[vacancy], facts=facts, by=by, at=at)
        else:
            record_hire(referral=self.referrals[referral], facts=facts, by=by, at=at)
        self.periods[work] = NEVER

    def fill_from_outside(self, number: int, at: datetime) -> None:
        vacancy, _, _, day, _ = self.city.meetings.fills[number]
        by = self._clerk_of_vacancy(vacancy)
        fill_place(vacancy=self.vacancies[vacancy], person=None, on=date.fromordinal(day), by=by, at=at)

    def end_status(self, number: int, at: datetime) -> None:
        spells = self.city.spells
        period = self.periods[number]
        end_status(
            period=period if period != NEVER else self._period_of_hire(number),
            reason=spells.end_reason[number],
            on=date.fromordinal(int(spells.until_day[number])),
            by=self._clerk_of(int(spells.person[number])),
            at=at,
        )

    def end_wish(self, number: int, at: datetime) -> None:
        person = int(self.city.spells.person[self.city.wishes.spell[number]])
        end_wish(wish=self.wishes[number], on=at.date(), by=self._clerk_of(person), at=at)

    def close(self, number: int, at: datetime) -> None:
        close_vacancy(vacancy=self.vacancies[number], by=self._clerk_of_vacancy(number), at=at)

    def _clerk_of(self, person: int) -> Actor:
        return replace(self.by, id=int(self.recorders.people[self.city.people.place[person]]))

    def _clerk_of_vacancy(self, vacancy: int) -> Actor:
        return self._clerk_of_place(int(self.city.openings.place[vacancy]))

    def _clerk_of_place(self, place: int) -> Actor:
        return replace(self.by, id=int(self.recorders.firms[place]))

    def _resides_from(self, number: int) -> date:
        return date.fromordinal(int(self.city.people.resides_from[number]))

    def _employment(self, number: int) -> EmploymentFacts:
        spells = self.city.spells
        firm = int(spells.firm[number])
        return EmploymentFacts(
            from_on=date.fromordinal(int(spells.from_day[number])),
            category=spells.category[number],
            employer=None if firm == NEVER else self.firms[firm],
            occupation=titles().occupation[spells.title[number]],
            pay_fen=int(spells.pay[number]),
            contract_until_on=day_or_none(int(spells.contract_until[number])),
        )

    def _period_of_hire(self, number: int) -> int:
        """The registration that a hire made: the open one of the person."""
        from openpes.kernel import within
        from openpes.registration.models import StatusPeriod

        with within(self.by.scope):
            person = self.persons[int(self.city.spells.person[number])]
            return StatusPeriod.objects.visible_to(self.by.scope).get(person_id=person, until_on=None).pk
