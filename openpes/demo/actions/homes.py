"""Households of the demo city that change: another head, a part of their own, a relation told anew, a move together."""

from datetime import datetime

from openpes.demo.actions.staff import Desk, count_done, desk_of, tried
from openpes.demo.rules.accounts import COUNTY
from openpes.kernel import Actor, action, within
from openpes.people.actions import (
    HouseholdFacts,
    Split,
    change_relation,
    leave_household,
    move_household,
    name_head,
    split_household,
)
from openpes.people.choices import MemberEnd, Relation
from openpes.people.models import Household, HouseholdMember

EACH, MOVED, LOOKED_AT = 8, 4, 600
Members = list[HouseholdMember]


@action
def play_homes(*, by: Actor, at: datetime) -> int:
    """Let about eight households of one county be split, led by another, moved, or told anew; how many.

    Nothing happens without the demo accounts, or where a household was split already.
    """
    desk, homes = desk_of(by, at), _homes()
    with within(COUNTY):
        split = HouseholdMember.objects.filter(household__in=homes, end_reason=MemberEnd.SPLIT).exists()
    if desk is None or split:
        return 0
    cases = (_split, _led, _told_anew, _left)
    large = _households(homes, 3, MOVED + EACH * len(cases))
    done = [_moved(rows, number, desk) for number, rows in enumerate(large[:MOVED])]
    done += [cases[n % len(cases)](rows, n // len(cases), desk) for n, rows in enumerate(large[MOVED:])]
    return count_done(done)


def _homes() -> list[int]:
    with within(COUNTY):
        return list(Household.objects.visible_to(COUNTY).order_by("pk").values_list("pk", flat=True)[:LOOKED_AT])


def _households(homes: list[int], least: int, most: int) -> list[Members]:
    """Present members of households with so many members at least, the head first."""
    found: dict[int, Members] = {}
    with within(COUNTY):
        rows = HouseholdMember.objects.filter(household__in=homes, until_on=None).select_related("household")
        for row in rows.order_by("household", "-is_head", "person"):
            found.setdefault(row.household_id, []).append(row)
    return [rows for rows in found.values() if len(rows) >= least and rows[0].is_head][:most]


def _split(rows: Members, number: int, desk: Desk) -> object:
    home, goer = rows[0].household, rows[-1].person_id
    facts = HouseholdFacts(area=home.area, booklet_no=f"F{home.pk:07d}", address=home.address, kind=home.kind)
    split = Split(goers={goer: Relation.HEAD}, new_head=goer)
    told = {"household": home.pk, "split": split, "facts": facts, "on": desk.day(number + 1)}
    return tried(split_household, **told, by=desk.county, at=desk.ago(number))


def _led(rows: Members, number: int, desk: Desk) -> object:
    told = {"household": rows[0].household_id, "person": rows[1].person_id, "on": desk.day(number + 1)}
    return tried(name_head, **told, by=desk.county, at=desk.ago(number))


def _told_anew(rows: Members, number: int, desk: Desk) -> object:
    told = {"household": rows[0].household_id, "person": rows[-1].person_id, "relation": Relation.OTHER}
    return tried(change_relation, **told, on=desk.day(number), by=desk.county, at=desk.ago(number))


def _left(rows: Members, number: int, desk: Desk) -> object:
    return tried(leave_household, person=rows[-1].person_id, on=desk.day(number), by=desk.county, at=desk.ago(number))


def _moved(rows: Members, number: int, desk: Desk) -> object:
    movers = frozenset(row.person_id for row in rows)
    told = {"household": rows[0].household_id, "movers": movers, "area": f"{COUNTY}002001"}
    told |= {"address": f"葛村路 {number + 1} 号", "on": desk.day(number)}
    return tried(move_household, **told, by=desk.county, at=desk.ago(number))
