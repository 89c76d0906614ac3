"""The register in full for some persons of the demo city: handbooks, confirmations, appeals, certificates, moves."""

from datetime import datetime, timedelta

from openpes.access.models import Account
from openpes.demo.actions.certificates import play_certificates
from openpes.demo.actions.staff import desk_of
from openpes.demo.rules.accounts import COUNTY, NEIGHBOUR
from openpes.kernel import Actor, action, clock, within
from openpes.people.actions import move_residence
from openpes.people.models import Person
from openpes.registration.actions import (
    UnemploymentFacts,
    confirm_unemployment,
    file_appeal,
    issue_handbook,
    refuse_registration,
    request_handbook,
)
from openpes.registration.models import Handbook, StatusPeriod

HANDBOOKS, AWAITED, CONFIRMED, CERTIFICATES, APPEALS, MOVES = 30, 6, 8, 24, 4, 4


@action
def keep_registers(*, by: Actor, at: datetime) -> int:
    """Let two officers of one county keep handbooks, certificates and appeals of its unemployed; how many persons.

    Nothing happens where handbooks are kept already, or where the officers have no accounts.
    """
    accounts = dict(Account.objects.order_by("pk").values_list("username", "pk"))
    names = ("county_clerk", "city_clerk", "neighbour_clerk")
    if not all(name in accounts for name in names) or Handbook.objects.visible_to(by.scope).exists():
        return 0
    clerk, judge, neighbour = (
        Actor(id=accounts[name], scope=scope) for name, scope in zip(names, (COUNTY, by.scope, NEIGHBOUR), strict=True)
    )
    here, there = _unemployed(COUNTY, HANDBOOKS + AWAITED), _unemployed(NEIGHBOUR, MOVES)
    weeks_ago = at - timedelta(days=21)
    for number, person in enumerate(here):
        asked = request_handbook(person=person, by=clerk, at=weeks_ago if number < HANDBOOKS else at)
        if number < HANDBOOKS:
            issue_handbook(copy=asked.pk, by=judge, at=weeks_ago + timedelta(days=7))
    for number, person in enumerate(here[:CONFIRMED]):
        confirm_unemployment(person=person, way=("phone", "counter", "visit")[number % 3], by=clerk, at=at)
    desk = desk_of(by, at)
    if desk:
        play_certificates(here[:CERTIFICATES], desk)
    _appeals(here[CERTIFICATES : CERTIFICATES + APPEALS], clerk, at)
    for person in there:
        move_residence(person=person, area=f"{COUNTY}001", address="", on=clock.day_of(at), by=neighbour, at=at)
    return len(here) + len(there)


def _unemployed(scope: str, most: int) -> list[int]:
    """The first registered unemployed of an area whose household class is known."""
    with within(scope):
        open_ones = StatusPeriod.objects.visible_to(scope).unemployed().filter(until_on=None)
        persons = Person.objects.visible_to(scope).exclude(hukou="").filter(pk__in=open_ones.values("person_id"))
        return list(persons.order_by("pk").values_list("pk", flat=True)[:most])


def _appeals(persons: list[int], clerk: Actor, at: datetime) -> None:
    """Refusals of a second registration, each appealed against."""
    facts = UnemploymentFacts(from_on=clock.day_of(at), reason="90")
    for person in persons:
        refused = refuse_registration(person=person, facts=facts, by=clerk, at=at)
        file_appeal(decision=refused.pk, grounds="原登记信息有误，请求重新办理。", by=clerk, at=at)
