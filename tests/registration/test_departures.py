"""What ends in the register with a death or a departure, and is as before when that was a mistake."""

from datetime import date, timedelta

import pytest

from openpes.kernel import Refused, within
from openpes.kernel.scope import CITY
from openpes.people.actions import (
    DepartureFacts,
    Paper,
    answer_file,
    move_residence,
    record_departure,
    take_departure_back,
)
from openpes.people.models import FileHandover
from openpes.registration.actions import issue_handbook, register_wish, request_handbook
from openpes.registration.models import HandbookCopy, JobWish, StatusPeriod, Transfer
from openpes.registration.queries import handbook_of
from tests.cast import COUNTY, NEIGHBOUR
from tests.registration.factories import a_wish, employed, unemployed, wishing

DIED_ON = date(2026, 11, 20)
PAPERS = {"died": "medical", "abroad": "exit", "away": "migration"}


def gone(person, *, by, at, kind="died"):
    facts = DepartureFacts(kind=kind, on=DIED_ON, paper=Paper(evidence=PAPERS[kind]), reporter="relative")
    return record_departure(person=person, facts=facts, by=by, at=at)


def rows(kind, person, *names):
    with within(CITY):
        return list(kind.objects.filter(person=person).order_by("id").values_list(*names))


@pytest.fixture
def booklet(clerk, judge, person, period, at):
    copy = request_handbook(person=person, by=clerk.actor, at=at)
    return issue_handbook(copy=copy.pk, by=judge.actor, at=at)


@pytest.mark.parametrize(("kind", "reason"), [("died", "70"), ("abroad", "30"), ("away", "99")])
def test_an_unemployment_and_a_wish_end_with_the_day(clerk, person, period, at, kind, reason):
    wishing(person, by=clerk.actor, at=at)
    gone(person, by=clerk.actor, at=at, kind=kind)
    assert rows(StatusPeriod, person, "until_on", "end_reason") == [(DIED_ON, reason)]
    assert rows(JobWish, person, "until_on") == [(at.date(),)]  # a wish of today never was longer than today


@pytest.mark.parametrize(("kind", "reason"), [("died", "70"), ("away", "99")])
def test_an_employment_ends_with_the_day(clerk, person, at, kind, reason):
    employed(person, by=clerk.actor, at=at, from_on=date(2026, 11, 2))
    gone(person, by=clerk.actor, at=at, kind=kind)
    assert rows(StatusPeriod, person, "until_on", "end_reason") == [(DIED_ON, reason)]


def test_the_handbook_of_the_dead_is_no_longer_valid_and_that_of_who_left_is(clerk, person, booklet, at):
    gone(person, by=clerk.actor, at=at, kind="away")
    assert rows(HandbookCopy, person, "end_reason") == [("",)]
    take_departure_back(person=person, why="误报", by=clerk.actor, at=at)
    gone(person, by=clerk.actor, at=at + timedelta(minutes=1))
    assert rows(HandbookCopy, person, "end_reason") == [("died",)]


def test_a_mistaken_death_restores_registration_wish_and_handbook(clerk, person, period, booklet, at):
    wishing(person, by=clerk.actor, at=at)
    kept = ("id", "number", "from_on", "until_on", "end_reason", "ended_at")
    before = rows(StatusPeriod, person, *kept), rows(JobWish, person, "id", "until_on")
    gone(person, by=clerk.actor, at=at + timedelta(hours=1))
    assert rows(StatusPeriod, person, "end_reason") == [("70",)]
    take_departure_back(person=person, why="本人持身份证到场", by=clerk.actor, at=at + timedelta(days=2))
    assert (rows(StatusPeriod, person, *kept), rows(JobWish, person, "id", "until_on")) == before
    assert rows(HandbookCopy, person, "ended_at", "end_reason") == [(None, "")]
    with within(COUNTY):
        lines = [line.kind for line in handbook_of(scope=COUNTY, person=person).lines]
    assert "unemp_end" in lines and lines[-1] == "reopened"


def test_a_mistaken_death_of_somebody_at_work_restores_the_employment(clerk, person, at):
    employed(person, by=clerk.actor, at=at, from_on=date(2026, 11, 2))
    before = rows(StatusPeriod, person, "id", "from_on", "until_on", "end_reason")
    gone(person, by=clerk.actor, at=at)
    take_departure_back(person=person, why="误报", by=clerk.actor, at=at + timedelta(days=1))
    assert rows(StatusPeriod, person, "id", "from_on", "until_on", "end_reason") == before


def test_what_had_ended_before_the_report_stays_ended(clerk, person, period, at):
    from openpes.registration.actions import end_status

    end_status(period=period.pk, reason="99", on=date(2026, 11, 21), by=clerk.actor, at=at)
    gone(person, by=clerk.actor, at=at + timedelta(hours=1))
    take_departure_back(person=person, why="误报", by=clerk.actor, at=at + timedelta(days=1))
    assert rows(StatusPeriod, person, "until_on", "end_reason") == [(date(2026, 11, 21), "99")]


@pytest.mark.parametrize("kind", ["died", "away"])
def test_nothing_new_is_registered_for_who_is_gone(clerk, person, at, kind):
    gone(person, by=clerk.actor, at=at, kind=kind)
    told = {"by": clerk.actor, "at": at}
    for act in (
        lambda: unemployed(person, **told),
        lambda: employed(person, **told),
        lambda: register_wish(person=person, facts=a_wish(), **told),
        lambda: request_handbook(person=person, **told),
    ):
        with pytest.raises(Refused, match="nothing new is registered"):
            act()
    assert rows(StatusPeriod, person, "id") == rows(JobWish, person, "id") == []


def test_an_accepted_file_takes_the_open_matters_along_and_a_returned_one_brings_them_back(
    clerk, cast, person, period, at
):
    other = cast.neighbour_clerk.actor
    for accepts, answer, area in ((False, "returned", "450103"), (True, "accepted", "450105")):
        move_residence(person=person, area="450105001001", address="", on=at.date(), by=clerk.actor, at=at)
        with within(NEIGHBOUR):
            handover = FileHandover.objects.waiting().get(person=person)
        answer_file(handover=handover.pk, accepts=accepts, note="查无此人", by=other, at=at)
        assert rows(Transfer, person, "answer")[-1] == (answer,)
        assert rows(StatusPeriod, person, "area")[0][0].startswith(area)
