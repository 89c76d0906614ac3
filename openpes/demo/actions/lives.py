"""What life brought to some persons of the demo city: names, numbers, homes, household registrations, departures."""

from collections.abc import Callable, Iterator
from datetime import datetime

from openpes.demo.actions.staff import Desk, count_done, desk_of, residents, tried
from openpes.demo.rules.accounts import COUNTY, NEIGHBOUR, TOWN
from openpes.demo.rules.names import FEMALE, MALE
from openpes.engine.identifiers import INVENTED_COUNTY, compose_resident_id
from openpes.kernel import Actor, action
from openpes.people.actions import (
    DepartureFacts,
    HukouFacts,
    NumberFacts,
    Paper,
    answer_file,
    answer_number,
    ask_number,
    change_hukou,
    change_name,
    move_residence,
    record_departure,
    record_upgrade,
    take_departure_back,
)
from openpes.people.choices import Sex
from openpes.people.models import FileHandover, FormerName, Person

EACH, CAME, DIED, OLD = 10, 9, 12, 56
ORDERS = 1000
Case = Callable[[Person, int, Desk], object]


@action
def play_lives(*, by: Actor, at: datetime) -> int:
    """Let about a dozen of each life event happen in one county, some waiting for a second officer; how many.

    Nothing happens without the demo accounts, or where names have changed already.
    """
    desk = desk_of(by, at)
    if desk is None or FormerName.objects.visible_to(by.scope).exists():
        return 0
    cases: tuple[Case, ...] = (_renamed, _upgraded, _number_asked, _registered_elsewhere, _left, _moved, _handed_over)
    grown = residents(COUNTY, EACH * len(cases), desk.today)
    old, there = residents(COUNTY, DIED, desk.today, least=OLD), residents(NEIGHBOUR, CAME, desk.today)
    done = [cases[n % len(cases)](person, n // len(cases), desk) for n, person in enumerate(grown)]
    done += [_died(person, n, desk) for n, person in enumerate(old)]
    done += [_came(person, n, desk) for n, person in enumerate(there)]
    return count_done(done)


def _renamed(person: Person, number: int, desk: Desk) -> object:
    given = MALE if person.sex == Sex.MALE else FEMALE
    name = person.name[0] + given[number % len(given)] + given[(number * 7 + 3) % len(given)]
    kind = "corrected" if number % 3 == 2 else "changed"
    paper = Paper(evidence="card" if number % 2 else "booklet")
    told = {"person": person.pk, "name": name, "kind": kind, "on": desk.day(number + 1), "paper": paper}
    return tried(change_name, **told, by=desk.county, at=desk.ago(number))


def _upgraded(person: Person, number: int, desk: Desk) -> object:
    paper, on = Paper(evidence="card"), desk.day(number + 2)
    return tried(record_upgrade, person=person.pk, on=on, paper=paper, by=desk.county, at=desk.ago(number))


def _number_asked(person: Person, number: int, desk: Desk) -> object:
    """Half of them wait for the second officer; the others are confirmed, or declined with a reason."""
    for wanted in near_numbers(person):
        facts = NumberFacts(
            id_number=wanted, on=desk.day(number + 1), paper=Paper(evidence="police"), note="公安机关更正证明（演示）"
        )
        asked = tried(ask_number, person=person.pk, facts=facts, by=desk.county, at=desk.ago(number // 2))
        if asked:
            break
    else:
        return False
    if number % 2:
        answer = {"answer": "declined", "note": "证明与申报号码不符，请重新提供。"} if number % 4 == 3 else {
            "answer": "confirmed", "typed": wanted,
        }  # fmt: skip
        told = {"change": asked.pk, "content_hash": asked.content_hash, **answer}
        tried(answer_number, **told, by=desk.city, at=desk.ago(number // 2))
    return asked


def near_numbers(person: Person) -> Iterator[str]:
    """Numbers of the same birth date and sex that differ from the person's in one figure of the order."""
    order = int(person.id_number().reveal()[14:17])
    for step in range(100, ORDERS, 100):
        yield compose_resident_id(INVENTED_COUNTY, person.born_on, (order + step) % ORDERS)


def _registered_elsewhere(person: Person, number: int, desk: Desk) -> object:
    kind = "20" if person.hukou.startswith("1") and number % 3 == 0 else "10"
    facts = HukouFacts(kind=kind, place=COUNTY, address="民族大道 100 号")
    told = {"person": person.pk, "facts": facts, "on": desk.day(number + 1), "paper": Paper(evidence="migration")}
    return tried(change_hukou, **told, by=desk.county, at=desk.ago(number))


def _left(person: Person, number: int, desk: Desk) -> object:
    """Settled abroad or gone for good; every fourth report was a mistake."""
    abroad = number % 2 == 0
    facts = DepartureFacts(
        kind="abroad" if abroad else "away", on=desk.day(number + 3), paper=Paper(evidence="police"), reporter="self"
    )
    made = tried(record_departure, person=person.pk, facts=facts, by=desk.county, at=desk.ago(number + 1))
    if made and number % 4 == 3:
        why = "户口迁移证开具有误，本人仍在本市居住。"
        tried(take_departure_back, person=person.pk, why=why, by=desk.county, at=desk.ago(number))
    return made


def _died(person: Person, number: int, desk: Desk) -> object:
    evidence = ("medical", "cremation", "committee")[number % 3]
    facts = DepartureFacts(
        kind="died", on=desk.day(number + 5), paper=Paper(evidence=evidence), reporter="relative",
        reporter_name="家属代报",
    )  # fmt: skip
    return tried(record_departure, person=person.pk, facts=facts, by=desk.county, at=desk.ago(number + 2))


def _moved(person: Person, number: int, desk: Desk) -> object:
    """Within the county; every fourth to the town whose clerk is a demo account."""
    area = f"{TOWN}005" if number % 4 == 0 else f"{COUNTY}002001"
    told = {"person": person.pk, "area": area, "address": f"建政路 {number + 1} 号", "on": desk.day(number)}
    return tried(move_residence, **told, by=desk.county, at=desk.ago(number))


def _handed_over(person: Person, number: int, desk: Desk) -> object:
    """Into the neighbouring county, whose clerk accepts some files, returns one, and has the others still waiting."""
    return _crossed(person, f"{NEIGHBOUR}001001", desk.county, desk.neighbour, number, desk)


def _came(person: Person, number: int, desk: Desk) -> object:
    area = f"{TOWN}005" if number % 2 else f"{COUNTY}002001"
    return _crossed(person, area, desk.neighbour, desk.county, number, desk)


def _crossed(person: Person, area: str, gives: Actor, takes: Actor, number: int, desk: Desk) -> object:
    told = {"person": person.pk, "area": area, "address": f"新居路 {number + 1} 号", "on": desk.day(number + 1)}
    made = tried(move_residence, **told, by=gives, at=desk.ago(number))
    if not made or number % 3 == 0:
        return made
    with takes.standing():
        waiting = FileHandover.objects.visible_to(takes.scope).waiting().filter(person=person.pk).first()
    if waiting:
        answer = {"accepts": number % 3 == 1, "note": "" if number % 3 == 1 else "该人员仍在原住址居住，退回核实。"}
        tried(answer_file, handover=waiting.pk, **answer, by=takes, at=desk.at)
    return made
