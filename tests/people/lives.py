"""Lives for the pages: somebody with another name and a number that waits, and somebody who is gone."""

from datetime import date, datetime

from openpes.kernel import Actor
from openpes.people.actions import (
    DepartureFacts,
    HukouFacts,
    NumberFacts,
    Paper,
    ask_number,
    change_hukou,
    change_name,
    record_departure,
    record_upgrade,
)
from tests.people.factories import a_person, id_number


def lives(by: Actor, on: date, at: datetime) -> dict[str, int]:
    """Persons with something of every kind in their life, by what stands for them in an address."""
    told = {"by": by, "at": at}
    card, booklet = Paper(evidence="card", number="450103198103050021"), Paper(evidence="booklet", number="第 5 页")
    born_on = date(1981, 3, 5)
    renamed = a_person(name="班小妹", id_number=id_number(born_on), resides_from_on=date(2012, 5, 1), **told).pk
    change_name(person=renamed, name="班晓美", kind="changed", on=date(2019, 6, 3), paper=booklet, **told)
    record_upgrade(person=renamed, on=date(2005, 8, 12), paper=card, **told)
    place = HukouFacts(kind="21", place="450103", address="长塘村 7 队 12 号")
    change_hukou(person=renamed, facts=place, on=date(2021, 9, 1), paper=booklet, **told)
    number = NumberFacts(id_number=id_number(date(1982, 3, 5)), on=on, paper=card, note="出生年份登记有误")
    change = ask_number(person=renamed, facts=number, **told).pk
    gone = a_person(name="莫远行", resides_from_on=date(2010, 2, 1), **told).pk
    left = DepartureFacts(
        kind="away", on=date(2026, 11, 2), paper=Paper(evidence="migration", number="迁字 2026-118 号"),
        reporter="relative", reporter_name="莫家兄",
    )  # fmt: skip
    record_departure(person=gone, facts=left, **told)
    return {"renamed": renamed, "number_change": change, "gone": gone}
