"""Eight at once over signatures, months, applications and postings; beside each the naive way that does it often."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db.models import QuerySet

from openpes.audit.models import JournalEntry
from openpes.kernel import Actor, refuse_if, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.network.actions import apply_as_pilot, entitle_month, post_staff, sign_acceptance
from openpes.network.models import Posting, SubsidyEntitlement
from tests import races
from tests.access.factories import a_clerk
from tests.cast import COUNTY, TOWN, VILLAGE
from tests.network.factories import a_point
from tests.network.test_acceptance import assessed
from tests.network.test_pilots import WORDS
from tests.stories.test_races import as_owner

pytestmark = pytest.mark.city
DESKS = 8
NOVEMBER = date(2026, 11, 1)
OFFICERS = [Actor(id=number, scope=CITY) for number in range(601, 601 + DESKS)]


def at_once(act: Callable[[Actor], Any]) -> Counter:
    return races.outcomes(act, OFFICERS)


def told(event: str) -> int:
    with within(CITY):
        return JournalEntry.objects.filter(event=f"network.{event}").count()


def naively(monkeypatch, room: str) -> None:
    """The planted mistake: rows are read without their lock, and all have looked before anybody writes."""
    gate = Barrier(DESKS, timeout=races.PATIENCE)

    def refuse_together(reasons) -> None:
        refuse_if(reasons)
        gate.wait()

    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self)
    monkeypatch.setattr(f"openpes.network.actions.{room}.refuse_if", refuse_together)


# One second signature


def signing(at) -> Callable[[Actor], Any]:
    row = assessed(at)
    return lambda by: sign_acceptance(acceptance=row.pk, seen=row.first_hash, by=by, at=at)


def test_of_eight_second_assessors_one_concludes(city, at):
    assert at_once(signing(at)) == Counter(done=1, refused=DESKS - 1)
    assert told("AcceptanceConcluded") == 1


def test_without_the_lock_an_acceptance_is_concluded_many_times(city, at, monkeypatch):
    act = signing(at)
    naively(monkeypatch, "acceptance")
    assert at_once(act)["done"] == told("AcceptanceConcluded") == DESKS


# One subsidy of a month


def counting(at) -> Callable[[Actor], Any]:
    station, long_ago = a_point(VILLAGE, at), at - timedelta(days=60)
    for name in ("nongjianhua", "weixiaomei"):
        post_staff(account=a_clerk(long_ago, name, VILLAGE).pk, point=station.pk, by=PLATFORM, at=long_ago)
    return lambda by: entitle_month(month_on=NOVEMBER, by=by, at=at + timedelta(days=9))


def entitled() -> int:
    with within(CITY):
        return SubsidyEntitlement.objects.count()


def test_a_month_counted_by_eight_entitles_each_officer_once(city, at):
    assert at_once(counting(at)) == Counter(done=DESKS)
    assert entitled() == told("VillageSubsidyEntitled") == 2


def test_without_lock_and_constraint_a_month_is_paid_eight_times(city, at, monkeypatch):
    act = counting(at)
    as_owner(city, "ALTER TABLE network_subsidyentitlement DROP CONSTRAINT subsidy_once_a_month")
    gate = Barrier(DESKS, timeout=races.PATIENCE)

    def due_together(**case) -> bool:
        if case["days"]:
            gate.wait()  # everybody has read who is entitled already
        return True

    monkeypatch.setattr("openpes.network.actions.subsidies.ONE_AT_A_TIME", None)  # a lock on nothing keeps nobody out
    monkeypatch.setattr("openpes.network.actions.subsidies.rules.is_due", due_together)
    assert at_once(act) == Counter(done=DESKS)
    assert entitled() == 2 * DESKS


# One application of an area


def applying(at) -> Callable[[Actor], Any]:
    clerks = {by.id: Actor(id=by.id, scope=TOWN) for by in OFFICERS}
    return lambda by: apply_as_pilot(area=TOWN, title="试点", facts=WORDS, by=clerks[by.id], at=at)


def test_a_town_applies_once_as_a_pilot(city, at):
    assert at_once(applying(at)) == Counter(done=1, refused=DESKS - 1)
    assert told("PilotStepTaken") == 1


def test_without_the_constraint_a_town_applies_many_times(city, at):
    as_owner(city, "DROP INDEX pilot_open_once")
    assert at_once(applying(at)) == Counter(done=DESKS)


# One place of work a day


def posting(at) -> tuple[int, Callable[[Actor], Any]]:
    clerk = a_clerk(at - timedelta(days=60), "nongjianhua", COUNTY).pk
    points = {by.id: a_point(COUNTY, at, name=f"第{by.id}市场").pk for by in OFFICERS}
    return clerk, lambda by: post_staff(account=clerk, point=points[by.id], by=by, at=at)


def places_of_work(clerk: int) -> int:
    with within(CITY):
        return Posting.objects.filter(account=clerk, until_on=None).count()


def test_eight_offices_post_somebody_and_the_last_word_stands_alone(city, at):
    clerk, act = posting(at)
    assert at_once(act) == Counter(done=DESKS)
    assert places_of_work(clerk) == 1 and told("StaffPosted") == DESKS


def test_without_lock_and_constraint_somebody_works_at_eight_points(city, at, monkeypatch):
    clerk, act = posting(at)
    as_owner(city, "ALTER TABLE network_posting DROP CONSTRAINT posting_at_one_point")
    naively(monkeypatch, "staff")
    assert at_once(act) == Counter(done=DESKS)
    assert places_of_work(clerk) == DESKS
