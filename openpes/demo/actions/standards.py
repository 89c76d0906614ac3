"""Certificates, acceptances and a pilot in the demo city, played by its own staff."""

from datetime import datetime

from openpes.access.models import Account
from openpes.demo.rules.accounts import COUNTY, STAFF, TOWN
from openpes.engine.calendars import add_months
from openpes.engine.checklists import Checklist, checklist_version, lists_for
from openpes.kernel import Actor, action, clock
from openpes.network.actions import (
    StaffCertificateFacts,
    StepFacts,
    apply_as_pilot,
    assess_acceptance,
    begin_acceptance,
    publish_acceptance,
    record_certificate,
    sign_acceptance,
    submit_acceptance,
    take_pilot_step,
)
from openpes.network.models import Acceptance, ServicePoint, StaffCertificate

LOOKED_AT = 18
ASSESSORS = ("city_clerk", "county_clerk")


@action
def play_standards(*, by: Actor, at: datetime) -> int:
    """Give the demo staff their certificates, assess points of one county, and send a township's pilot on its way.

    Returns the number of acceptances; without the demo accounts, or when they are there already, nothing happens.
    """
    staff = _staff()
    if not {*ASSESSORS, "township_clerk"} <= staff.keys() or StaffCertificate.objects.visible_to(by.scope).exists():
        return 0
    for number, (username, actor) in enumerate(staff.items(), 1):
        _certify(username, actor, number, by, at)
    points = list(ServicePoint.objects.visible_to(COUNTY).exclude(area=COUNTY).order_by("area", "pk"))
    chosen = [point for point in points if lists_for(point.kind, clock.day_of(at))][:: max(len(points) // LOOKED_AT, 1)]
    for number, point in enumerate(chosen):
        _accept(point, number, staff, by, at)
    _pilot(staff, at)
    return len(chosen)


def _staff() -> dict[str, Actor]:
    known = dict(Account.objects.filter(username__in=[one.username for one in STAFF]).values_list("username", "pk"))
    return {one.username: Actor(id=known[one.username], scope=one.scope) for one in STAFF if one.username in known}


def _certify(username: str, actor: Actor, number: int, by: Actor, at: datetime) -> None:
    examined_on = add_months(clock.day_of(at), -11)
    facts = StaffCertificateFacts(
        kind="assessor" if username in ASSESSORS else "service_post", number=f"演示-{number:04d}",
        examined_on=examined_on, score=72 + number, from_on=examined_on,
    )  # fmt: skip
    record_certificate(account=actor.id, facts=facts, by=by, at=at)


def _accept(point: ServicePoint, number: int, staff: dict[str, Actor], by: Actor, at: datetime) -> None:
    """Every fifth acceptance only handed in, every fifth signed once, every seventh failed, the rest published."""
    listed = lists_for(point.kind, clock.day_of(at))[0]
    begun = begin_acceptance(point=point.pk, checklist=listed.code, by=by, at=at)
    words = {item.code: "现场照片、文件和台账（演示）" for item in listed.items}
    submit_acceptance(acceptance=begun.pk, evidence=words, by=by, at=at)
    if number % 5 == 1:
        return
    first, second = staff["county_clerk"], staff["city_clerk"]
    points = _points(checklist_version(begun.checklist, begun.version), number)
    row: Acceptance = assess_acceptance(acceptance=begun.pk, points=points, remarks={}, by=first, at=at)
    if number % 5 == 3:
        return
    sign_acceptance(acceptance=begun.pk, seen=row.first_hash, by=second, at=at)
    publish_acceptance(acceptance=begun.pk, by=second, at=at)


def _points(listed: Checklist, number: int) -> dict[str, int | None]:
    given: dict[str, int | None] = {item.code: item.points - (number + k) % 3 for k, item in enumerate(listed.items)}
    if number % 7 == 2:
        weakest = listed.items[number % len(listed.items)]
        given[weakest.code] = weakest.least - 1
    return given


def _pilot(staff: dict[str, Actor], at: datetime) -> None:
    plan = StepFacts("三年建成重点乡镇市场：场地、人员、经费和进度安排（演示）")
    row = apply_as_pilot(area=TOWN, title="乡镇劳动力市场建设试点", facts=plan, by=staff["township_clerk"], at=at)
    opinion = StepFacts("实地察看，条件具备，同意推荐（演示）")
    take_pilot_step(application=row.pk, step="review", facts=opinion, by=staff["county_clerk"], at=at)
