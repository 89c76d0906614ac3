"""What the demo city shows besides its bulk: something real on each page, in each state, played once."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from openpes.appointments.models import Appointment, Recall
from openpes.appointments.queries import free_days
from openpes.counter.actions import call_next, move_ticket, take_ticket, welcome
from openpes.counter.models import Ticket
from openpes.demo import actions
from openpes.demo.actions import Queue, build_city, furnish_points, open_demo_accounts, staff, whole
from openpes.demo.rules.accounts import COUNTY
from openpes.demo.rules.furniture import days_of
from openpes.employers.models import BlacklistEntry
from openpes.kernel import Refused, clock, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.matters.models import HandOver, Matter
from openpes.network.actions import lay_out_service_points
from openpes.network.models import ServicePoint
from openpes.people.models import (
    CorrectionAppeal,
    CorrectionRequest,
    Departure,
    FileHandover,
    FormerName,
    FormerNumber,
    GroupMembership,
    HouseholdMember,
    HukouPeriod,
    LikelyPair,
    Merge,
    NumberChange,
)
from openpes.registration.models import CertificateObjection, CertificateUse, PreferenceCertificate
from openpes.reporting.models import Lead, Report
from openpes.surveys.models import Campaign, SpotCheck
from openpes.vacancies.models import AdvertReport, Hold, NearCopy
from tests.demo.factories import SEED, owner_of

QUEUE = Queue(take_ticket, welcome, call_next, move_ticket)
MONDAY = datetime(2026, 11, 23, 10, 30, tzinfo=clock.BUSINESS_ZONE)
SUNDAY = datetime(2026, 11, 22, 17, 5, tzinfo=clock.BUSINESS_ZONE)
NIGHT = datetime(2026, 11, 22, 0, 20, tzinfo=clock.BUSINESS_ZONE)
PLAYS = ("play_lives", "play_homes", "play_corrections", "play_matters", "play_quality", "play_hall", "play_survey")
# Every case of a page with the states that it shows, and how many there are at least of each.
CASES: tuple[tuple[Any, str, dict[str, int]], ...] = (
    (FormerName, "kind", {"changed": 6, "corrected": 3}),
    (FormerNumber, "kind", {"upgraded": 6, "corrected": 2}),
    (NumberChange, "answer", {"": 5, "confirmed": 2, "declined": 2}),
    (Departure, "kind", {"died": 2, "abroad": 4, "away": 4}),
    (FileHandover, "answer", {"": 6, "accepted": 4, "returned": 4}),
    (HouseholdMember, "end_reason", {"split": 6, "head": 8, "left": 4, "departed": 4, "died": 2}),
    (CorrectionRequest, "answer", {"": 6, "accepted": 2, "refused": 3}),
    (GroupMembership, "outcome", {"": 3, "recognised": 3, "refused": 3}),
    (LikelyPair, "state", {"waiting": 5, "apart": 2, "merged": 1}),
    (Merge, "state", {"proposed": 3, "done": 1}),
    (Matter, "outcome", {"": 24, "settled": 2, "explained": 2, "refused": 1}),
    (HandOver, "answer", {"": 6, "accepted": 1, "declined": 1}),
    (Appointment, "state", {"booked": 20, "arrived": 3, "missed": 1, "cancelled": 2, "offered": 1}),
    (Ticket, "state", {"waiting": 8, "done": 4, "held": 1}),
    (PreferenceCertificate, "outcome", {"": 8, "issued": 6, "refused": 1}),
    (SpotCheck, "state", {"drawn": 1, "passed": 1, "failed": 1}),
    (Campaign, "state", {"running": 1, "planned": 1}),
    (Hold, "ground", {"new_employer": 3, "scam": 1, "reported": 1}),
    (AdvertReport, "finding", {"": 4, "unfounded": 1}),
    (NearCopy, "state", {"found": 1}),
    (Lead, "outcome", {"": 3, "won": 1, "known": 1}),
    (Report, "way", {"online": 1, "counter": 1, "phone": 1}),
    (BlacklistEntry, "outcome", {"": 1, "entered": 1}),
)


def built(city: dict, people: int = 3000, at: datetime = MONDAY) -> None:
    whole.build_demo_city(people=people, seed=1, owner=owner_of(city), queue=QUEUE, by=PLATFORM, at=at)


def staffed(people: int, at: datetime) -> None:
    """A small city by the actions, with its staff at its points."""
    lay_out_service_points(by=PLATFORM, at=at)
    open_demo_accounts(by=PLATFORM, at=at)
    build_city(people=people, seed=SEED, by=PLATFORM, at=at)


def shown() -> dict[str, Counter]:
    with within(CITY):
        rows = {kind.__name__: kind.objects.order_by().values_list(field, flat=True) for kind, field, _states in CASES}
        return {name: Counter(found) for name, found in rows.items()}


@pytest.mark.city
def test_each_page_has_something_in_each_state_and_it_is_played_once(city):
    built(city)
    found = shown()
    few = {
        (name, state): found[name][state]
        for (kind, _field, states) in CASES
        for name in [kind.__name__]
        for state, least in states.items()
        if found[name][state] < least
    }
    assert few == {}
    for play in (*PLAYS, "play_reporting"):
        assert getattr(actions, play)(by=PLATFORM, at=MONDAY) == 0, play
    assert shown() == found
    with within(CITY):
        on = MONDAY.date()
        late = Matter.objects.filter(outcome="", due_on__lt=on).count()
        assert 5 <= late < Matter.objects.filter(outcome="").count() - 5
        assert CorrectionAppeal.objects.exists() and CorrectionRequest.objects.filter(answer="", due_on__lt=on).exists()
        assert Recall.objects.filter(closed_at=None).count() >= 4
        assert Departure.objects.exclude(taken_back_at=None).exists() and HukouPeriod.objects.count() >= 10
        certificates = PreferenceCertificate.objects
        assert certificates.exclude(revoked_on=None).exists() and CertificateObjection.objects.unanswered().exists()
        assert CertificateUse.objects.exists() and certificates.filter(check_due_on__lt=on).exists()
        assert certificates.filter(outcome="", reviewed_at=None, review_due_on__lt=on).exists()
        market = ServicePoint.objects.filter(area=COUNTY).order_by("pk").first()
        free = free_days(point=market.pk, purpose="registration", at=MONDAY)
        assert sum(len(day.times) for day in free[:3]) >= 6
        waited = [row.first_called_at - row.ready_at for row in Ticket.objects.exclude(first_called_at=None)]
        assert waited and max(waited) < timedelta(hours=2) and min(waited) >= timedelta(0)
        assert Appointment.objects.values("point").distinct().count() >= 2


@pytest.mark.parametrize("at", [SUNDAY, NIGHT], ids=["a Sunday", "after midnight"])
def test_the_hall_is_no_empty_place_whenever_the_city_is_started(db, at):
    staffed(people=90, at=at)
    furnish_points(seed=1, by=PLATFORM, at=at)
    assert actions.play_hall(queue=QUEUE, by=PLATFORM, at=at) > 8
    with within(CITY):
        begins = at.replace(hour=0, minute=0)
        assert Appointment.objects.filter(starts_at__gte=begins, starts_at__lt=begins.replace(hour=23)).exists()
        assert set(Ticket.objects.values_list("taken_on", flat=True)) == {at.date()}
        assert not Ticket.objects.filter(taken_at__gt=at).exists()
        assert Ticket.objects.filter(state="waiting").count() >= 8


def test_a_tiny_city_has_whatever_cases_it_has_room_for(db):
    staffed(people=12, at=MONDAY)
    for play in (*PLAYS, "play_reporting"):
        getattr(actions, play)(by=PLATFORM, at=MONDAY)
    with within(CITY):
        assert Campaign.objects.count() == 2


def test_without_the_demo_staff_nothing_is_played(db):
    assert [getattr(actions, play)(by=PLATFORM, at=MONDAY) for play in PLAYS] == [0] * len(PLAYS)


def test_what_the_rules_refuse_is_left_out_and_anything_else_is_heard(db):
    def refuse() -> None:
        raise Refused("no")

    def break_down() -> None:
        raise KeyError("a mistake of the demonstration")

    assert staff.tried(refuse) is False and staff.tried(lambda: None) is None
    assert staff.count_done([False, None, object()]) == 2
    with pytest.raises(KeyError):
        staff.tried(break_down)


@pytest.mark.parametrize(("level", "days"), [(2, 7), (3, 7), (4, 5), (5, 5)])
def test_markets_are_open_on_weekends(level, days):
    assert len(days_of(level)) == days
