"""Random histories of a small city, made through the actions of the rooms, and what its rows say by hand."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.core.exceptions import ObjectDoesNotExist

from openpes.employers.actions import change_employer
from openpes.employers.actions import facts_of as facts_of_employer
from openpes.employers.models import Employer
from openpes.engine.calendars import age_on
from openpes.kernel import Actor, Refused, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.people.actions import PersonChanges, change_person, move_residence
from openpes.people.models import Person
from openpes.referrals.actions import record_hire, refer
from openpes.referrals.models import Referral
from openpes.registration.actions import (
    change_wish,
    end_status,
    end_wish,
    register_employment,
    register_unemployment,
    register_wish,
    withdraw_registration,
)
from openpes.registration.models import JobWish, StatusPeriod
from openpes.statistics.actions import feed_noted
from openpes.statistics.models import Fact
from openpes.vacancies.actions import change_vacancy, close_vacancy, fill_place
from openpes.vacancies.models import Fill, Vacancy
from openpes.vacancies.queries import facts_of
from tests.cast import COUNTY, VILLAGE
from tests.people.factories import a_person, id_number
from tests.referrals.factories import hire_facts
from tests.registration.factories import a_wish, employment, unemployment
from tests.vacancies.factories import make_open

CLERK = Actor(id=1, scope=COUNTY)
CITY_CLERK = Actor(id=3, scope=CITY)
ELSEWHERE = "450103001006"
OCCUPATIONS = ("6-31-05-00", "4-02-02-01", "2-02-10-03")


def feed(at: datetime) -> int:
    """What the worker does every quarter of a minute."""
    appended = 0
    while (some := feed_noted(by=PLATFORM, at=at)) is not None:
        appended += some
    return appended


def sums(*columns: str) -> dict[tuple, int]:
    """What the store adds up to by these columns; what adds up to nothing is not there."""
    found: Counter[tuple] = Counter()
    with within(CITY):
        for *key, number in Fact.objects.order_by("pk").values_list(*columns, "number"):
            found[tuple(key)] += number
    return {key: number for key, number in found.items() if number}


class History:
    """A city in which one thing happens after another; what the rooms refuse does not happen."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.done: Counter[str] = Counter()
        self.steps: tuple[Callable[[int], object], ...] = (
            self.open_vacancy, self.fill, self.change_vacancy, self.close_vacancy, self.reclass_employer,
            self.register, self.lose_job, self.find_job, self.end_period, self.withdraw, self.wish, self.change_wish,
            self.end_wish, self.refer, self.hire, self.move, self.learn, self.wait, self.feed,
        )  # fmt: skip

    def go(self, step: int, choice: int) -> None:
        """Do one of the steps, to one of the rows there are."""
        act = self.steps[step % len(self.steps)]
        try:
            act(choice)
        except (Refused, ObjectDoesNotExist, ZeroDivisionError):  # no such row, or not now
            return
        self.done[act.__name__] += 1

    @property
    def today(self) -> date:
        return day_of(self.at)

    def one(self, rows, choice: int):
        with within(CITY):
            there = list(rows.order_by("pk"))
        return there[choice % len(there)]

    def person(self, choice: int) -> Person:
        return self.one(Person.objects, choice)

    def open_vacancy(self, choice: int) -> None:
        closes_on = self.today + timedelta(days=5 + choice % 60)
        make_open(CLERK, self.at, closes_on, openings=1 + choice % 3, occupation=OCCUPATIONS[choice % 3])

    def fill(self, choice: int) -> None:
        vacancy = self.one(Vacancy.objects.published(), choice)
        fill_place(vacancy=vacancy.pk, person=None, on=self.today, by=CLERK, at=self.at)

    def change_vacancy(self, choice: int) -> None:
        vacancy = self.one(Vacancy.objects, choice)
        told = replace(facts_of(vacancy), openings=1 + choice % 4, occupation=OCCUPATIONS[choice % 3])
        change_vacancy(vacancy=vacancy.pk, facts=told, version=vacancy.version, by=CLERK, at=self.at)

    def close_vacancy(self, choice: int) -> None:
        close_vacancy(vacancy=self.one(Vacancy.objects.published(), choice).pk, by=CLERK, at=self.at)

    def reclass_employer(self, choice: int) -> None:
        employer = self.one(Employer.objects, choice)
        told = replace(facts_of_employer(employer), industry="CFG"[choice % 3], unit_type=("10", "20")[choice % 2])
        change_employer(employer=employer.pk, facts=told, version=employer.version, by=CLERK, at=self.at)

    def register(self, choice: int) -> None:
        number = id_number(date(1980 + choice % 25, 2 + choice % 9, 28), "12"[choice % 2])
        education = ("61", "20", "71")[choice % 3]
        a_person(by=CLERK, at=self.at, area=VILLAGE, education=education, id_number=number)

    def lose_job(self, choice: int) -> None:
        since = self.today - timedelta(days=choice % 3)
        told = unemployment(from_on=since)
        register_unemployment(person=self.person(choice).pk, facts=told, by=CLERK, at=self.at)

    def find_job(self, choice: int) -> None:
        told = employment(from_on=self.today - timedelta(days=choice % 3), occupation=OCCUPATIONS[choice % 3])
        register_employment(person=self.person(choice).pk, facts=told, by=CLERK, at=self.at)

    def register_late(self, since: date) -> None:
        """An employment that is registered long after it began, and ended since."""
        told = employment(from_on=since, occupation=OCCUPATIONS[0])
        register_employment(person=self.person(0).pk, facts=told, by=CLERK, at=self.at)

    def end_period(self, choice: int) -> None:
        period = self.one(StatusPeriod.objects.filter(until_on=None), choice)
        reason = "10" if period.status == "employed" else "70"
        end_status(period=period.pk, reason=reason, on=self.today, note="本人申请", by=CLERK, at=self.at)

    def withdraw(self, choice: int) -> None:
        (self.find_job if choice % 2 else self.lose_job)(choice)
        if choice % 3:
            feed(self.at)
        with within(CITY):
            last = StatusPeriod.objects.order_by("pk").last()
        withdraw_registration(period=last.pk, by=CLERK, at=self.at)

    def wish(self, choice: int) -> None:
        wanted = () if choice % 4 == 0 else (OCCUPATIONS[choice % 3],)
        told = a_wish(occupations=wanted, category=str(1 + choice % 10))
        register_wish(person=self.person(choice).pk, facts=told, by=CLERK, at=self.at)

    def change_wish(self, choice: int) -> None:
        wish = self.one(JobWish.objects, choice)
        told = a_wish(occupations=(OCCUPATIONS[(choice + 1) % 3],), category=str(1 + choice % 10))
        change_wish(wish=wish.pk, version=wish.version, facts=told, by=CLERK, at=self.at)

    def end_wish(self, choice: int) -> None:
        end_wish(wish=self.one(JobWish.objects, choice).pk, on=self.today, by=CLERK, at=self.at)

    def refer(self, choice: int) -> None:
        vacancy = self.one(Vacancy.objects.open_on(self.today), choice)
        wish = self.one(JobWish.objects.in_force_on(self.today), choice)
        refer(person=wish.person_id, vacancy=vacancy.pk, by=CLERK, at=self.at)

    def hire(self, choice: int) -> None:
        told = hire_facts(begins_on=self.today)
        record_hire(facts=told, referral=self.one(Referral.objects.waiting(), choice).pk, by=CLERK, at=self.at)

    def move(self, choice: int) -> None:
        area = (VILLAGE, ELSEWHERE)[choice % 2]
        move_residence(person=self.person(choice).pk, area=area, address="新屋", on=self.today, by=CLERK, at=self.at)

    def learn(self, choice: int) -> None:
        person = self.person(choice)
        told = PersonChanges(education=("20", "61", "71")[choice % 3], skill_level=("", "5")[choice % 2])
        change_person(person=person.pk, version=person.version, changes=told, by=CLERK, at=self.at)

    def wait(self, choice: int) -> None:
        self.at += timedelta(days=1 + choice % 45)

    def feed(self, choice: int) -> None:
        feed(self.at)


def stocks_by_hand(day: date) -> dict[tuple[str, str], int]:
    """What was registered before a day and still held at its start, by what it is and where, row by row."""
    found: Counter[tuple[str, str]] = Counter()
    with within(CITY):
        for vacancy in Vacancy.objects.published().order_by("pk"):
            until = min(filter(None, (vacancy.ended_on, vacancy.closes_on + timedelta(days=1))))
            if vacancy.published_on < day < until:
                filled = Fill.objects.filter(vacancy=vacancy, filled_on__lt=day).count()
                found["places", vacancy.area] += vacancy.openings - filled
        for row in (*JobWish.objects.order_by("pk"), *StatusPeriod.objects.order_by("pk")):
            if row.from_on < day and (row.until_on is None or row.until_on > day):
                found[getattr(row, "status", "wishes"), row.area] += 1
    return {key: number for key, number in found.items() if number}


def ages_by_hand() -> dict[int, int]:
    """The completed years of every seeker on the day of registration."""
    with within(CITY):
        rows = JobWish.objects.select_related("person").order_by("pk")
        return {wish.pk: age_on(wish.person.born_on, wish.from_on) for wish in rows}
