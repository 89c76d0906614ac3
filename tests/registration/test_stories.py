"""Two long tales: a laid-off worker with a certificate, and a family that moves while matters are open."""

from datetime import date, datetime

import pytest

from openpes.kernel import Actor, within
from openpes.kernel.clock import BUSINESS_ZONE, stopped
from openpes.kernel.scope import CITY
from openpes.people.actions import move_residence
from openpes.registration.actions import (
    CertificateFacts,
    EmploymentFacts,
    UseFacts,
    answer_transfer,
    apply_certificate,
    confirm_unemployment,
    decide_certificate,
    file_appeal,
    file_end,
    file_hire,
    hand_over_handbook,
    issue_handbook,
    request_handbook,
    review_certificate,
    rule_appeal,
    use_certificate,
)
from openpes.registration.jobs import keep_contacts
from openpes.registration.models import Decision, Filing, HandbookCopy, StatusPeriod, Transfer
from openpes.registration.queries import checked_by_token, handbook_of, own_handbook, why
from tests.cast import COUNTY, NEIGHBOUR, self_service
from tests.employers.factories import make_employer
from tests.people.factories import a_person, id_number
from tests.registration.factories import unemployed

NAME = "覃小梅"


def on(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=BUSINESS_ZONE)


@pytest.fixture
def clerk(cast) -> Actor:
    return cast.county_clerk.actor


@pytest.fixture
def chief(cast) -> Actor:
    return cast.city_clerk.actor


def test_a_laid_off_worker_goes_from_the_closed_firm_to_new_work(cast, clerk, chief, at):
    """Registered, certified, subsidised, hired online, the handbook with the employer and back again."""
    number = id_number(date(1984, 3, 5), order=3)
    person = a_person(by=clerk, at=at, id_number=number, resides_from_on=date(2010, 1, 1)).pk
    unemployed(person, by=clerk, at=at)
    booklet = issue_handbook(copy=request_handbook(person=person, by=clerk, at=at).pk, by=chief, at=on(2026, 11, 25))
    facts = CertificateFacts(group="3", documents=("01", "02", "07", "08"), former_unit="南宁机械厂")
    asked = apply_certificate(person=person, facts=facts, by=clerk, at=on(2026, 11, 25))
    review_certificate(certificate=asked.pk, by=clerk, at=on(2026, 11, 26))
    decide_certificate(certificate=asked.pk, issues=True, by=chief, at=on(2026, 12, 1))
    subsidy = UseFacts(policy="020", unit="青秀区社会保险局", from_on=date(2026, 12, 2), amount_fen=200_000)
    use_certificate(certificate=asked.pk, facts=subsidy, by=clerk, at=on(2026, 12, 2))

    firm = make_employer(cast.neighbour_clerk.actor, at, area=NEIGHBOUR)
    boss = self_service(username="boss", employer=firm.pk, at=at).actor
    work = EmploymentFacts(from_on=date(2026, 12, 10), category="010", pay_fen=400_000)
    hired = file_hire(id_number=number, name=NAME, facts=work, by=boss, at=on(2027, 1, 20))
    assert hired.late_days == 11  # 30 days from 10 December are over on 9 January
    book = booklet.handbook_id
    hand_over_handbook(handbook=book, holder="employer", employer=firm.pk, by=clerk, at=on(2027, 1, 21))
    ended = file_end(period=hired.period_id, reason="40", on=date(2027, 6, 30), by=boss, at=on(2027, 7, 15))
    assert ended.late_days == 0
    hand_over_handbook(handbook=book, holder="person", by=boss, at=on(2027, 7, 15))

    seeker = self_service(username="seeker", person=person, at=at).actor
    with seeker.standing():
        lines = [line.kind for line in own_handbook(actor=seeker).lines]
        assert Filing.objects.count() == 2
    assert lines == ["unemployed", "issued", "certified", "policy", "unemp_end", "employed", "emp_end"]
    assert checked_by_token(token=booklet.token).state == "valid"
    with within(COUNTY):
        rows = why(scope=COUNTY, person=person, on=date(2027, 2, 1))
    assert [row.decision.subject for row in rows] == ["ending", "certificate", "unemployment"]
    assert all(row.agrees for row in rows)


def test_a_person_who_moved_and_fell_silent_is_restored_on_appeal(cast, clerk, at):
    """A move with an open matter, a hand-over, silence, the end by the clock, and another officer who restores."""
    other = cast.neighbour_clerk.actor
    person = a_person(by=clerk, at=at, resides_from_on=date(2010, 1, 1)).pk
    period = unemployed(person, by=clerk, at=at)
    asked = request_handbook(person=person, by=clerk, at=at)
    move_residence(person=person, area="450105001", address="", on=date(2026, 11, 24), by=clerk, at=on(2026, 11, 24))
    with within(NEIGHBOUR):
        transfer = Transfer.objects.waiting().get(person=person)
    assert [matter["kind"] for matter in transfer.matters] == ["unemployed", "handbook"]
    answer_transfer(transfer=transfer.pk, accepts=True, by=other, at=on(2026, 11, 25))
    with within(NEIGHBOUR):
        assert HandbookCopy.objects.visible_to(NEIGHBOUR).awaited().get().pk == asked.pk
    issue_handbook(copy=asked.pk, by=other, at=on(2026, 11, 26))
    confirm_unemployment(person=person, way="phone", by=other, at=on(2026, 12, 20))

    nights = [date(2027, 2, 20), date(2027, 3, 19), date(2027, 3, 20), date(2027, 3, 21)]
    done = []
    for night in nights:
        with stopped(on(night.year, night.month, night.day, 0)):
            done.append(keep_contacts())
    assert done == [(0, 1), (0, 0), (1, 0), (0, 0)]
    with within(NEIGHBOUR):
        decision = Decision.objects.get(person=person, subject="ending")
    appeal = file_appeal(decision=decision.pk, grounds="住院，无法联系", by=other, at=on(2027, 3, 22))
    rule_appeal(appeal=appeal.pk, ruling="allowed", reason="有住院证明", by=other, at=on(2027, 3, 23))
    with within(CITY):
        restored = StatusPeriod.objects.get(pk=period.pk)
    assert (restored.until_on, restored.contacted_on) == (None, date(2027, 3, 23))
    with within(NEIGHBOUR):
        kinds = [line.kind for line in handbook_of(scope=NEIGHBOUR, person=person).lines]
    assert kinds[-3:] == ["confirmed", "unemp_end", "reopened"] and restored.from_on == date(2026, 11, 2)
