"""Officers and offices at the same moment: one answer wins, no answer slips past the end; and the naive variants."""

from collections import Counter
from datetime import timedelta
from threading import Barrier

import pytest

from openpes.audit.models import JournalEntry
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.surveys.actions import assign_villages, close_campaign, draw_check, record_visit, start_campaign
from openpes.surveys.models import (
    Assignment,
    Campaign,
    CheckedHousehold,
    SpotCheck,
    SurveyAnswer,
    SurveyHousehold,
    SurveyVillage,
)
from openpes.surveys.models.answers import sealed
from tests.cast import assemble
from tests.owner import as_owner
from tests.races import PATIENCE, at_once, or_refused
from tests.surveys.factories import UNTIL_ON, a_home, a_visit, listed, planned, running, village_of, visited

THREADS = 8
pytestmark = pytest.mark.city


@pytest.fixture
def row(city, at):
    """A household of a running campaign."""
    with within("4501"):
        home = a_home(PLATFORM, at)
        return listed(running(PLATFORM, at), home)


def answers() -> int:
    with within("4501"):
        return SurveyAnswer.objects.count()


def without(city, table: str, constraint: str) -> None:
    """The planted mistake: the owner takes a constraint away."""
    as_owner(city, f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")


def test_two_officers_send_the_same_household_at_once_and_one_visit_is_recorded(row, at):
    with within("4501"):
        visit = a_visit(PLATFORM, at, row)

    def send(_number: int) -> str:
        record_visit(household=row.pk, visit=visit, by=PLATFORM, at=at)
        return "recorded"

    assert Counter(at_once(or_refused(send), range(THREADS))) == {"recorded": 1, "refused": THREADS - 1}
    assert answers() == 1


def naive_answer(row: SurveyHousehold, gate: Barrier, at) -> str:
    """What recording would be without a lock: look whether somebody answered, then write."""
    with within("4501"):
        seen = SurveyHousehold.objects.get(pk=row.pk)
        gate.wait()
        if seen.answer_id:
            return "refused"
        SurveyAnswer.objects.create(
            area=row.area, household=row, follows=0, round=1, outcome="met", way="phone", told_sealed=sealed({}),
            surveyed_on=at.date(), surveyed_by=1, recorded_by=1, recorded_at=at,
        )  # fmt: skip
        return "recorded"


def test_without_lock_and_constraint_a_household_answers_many_times(city, row, at):
    without(city, "surveys_surveyanswer", "one_answer_follows_another")
    gate = Barrier(THREADS, timeout=PATIENCE)
    got = at_once(lambda _n: naive_answer(row, gate, at), range(THREADS))
    assert Counter(got) == {"recorded": THREADS} and answers() == THREADS


def test_the_lock_alone_is_enough(city, row, at):
    without(city, "surveys_surveyanswer", "one_answer_follows_another")
    with within("4501"):
        visit = a_visit(PLATFORM, at, row)
    send = or_refused(lambda _n: bool(record_visit(household=row.pk, visit=visit, by=PLATFORM, at=at)))
    assert Counter(at_once(send, range(THREADS))) == {True: 1, "refused": THREADS - 1}


def test_an_answer_that_comes_in_while_the_campaign_closes_is_counted_or_refused(city, at):
    after = at + (UNTIL_ON - at.date())
    with within("4501"):
        homes = [a_home(PLATFORM, at, f"H{number}") for number in range(THREADS - 1)]
        campaign = running(PLATFORM, at)
        rows = [listed(campaign, home) for home in homes]
        visits = [a_visit(PLATFORM, at, row) for row in rows]

    def act(number: int) -> str:
        if number == THREADS - 1:
            close_campaign(campaign=campaign.pk, by=PLATFORM, at=after)
            return "closed"
        record_visit(household=rows[number].pk, visit=visits[number], by=PLATFORM, at=after)
        return "recorded"

    got = Counter(at_once(or_refused(act), range(THREADS)))
    with within("4501"):
        closed = JournalEntry.objects.get(event="surveys.CampaignClosed").payload
        assert SurveyAnswer.objects.count() == got["recorded"] == closed["done"]
    assert got["closed"] == 1 and got["recorded"] + got["refused"] == THREADS - 1


def test_without_the_lock_of_the_village_answers_slip_past_the_end(city, row, at):
    """The naive close counts, and only then closes: an answer of the meantime is in no figure."""
    before, after = Barrier(2, timeout=PATIENCE), Barrier(2, timeout=PATIENCE)
    with within("4501"):
        visit = a_visit(PLATFORM, at, row)
        campaign = Campaign.objects.get()

    def naive_close() -> int:
        with within("4501"):
            counted = SurveyHousehold.objects.done().count()
            before.wait()
            after.wait()
            SurveyVillage.objects.filter(campaign=campaign).update(closed_at=at)
        return counted

    def answer() -> int:
        before.wait()
        record_visit(household=row.pk, visit=visit, by=PLATFORM, at=at)
        after.wait()
        return 0

    counted = sum(at_once(lambda act: act(), [naive_close, answer]))
    with within("4501"):
        assert SurveyHousehold.objects.done().count() == 1 and counted == 0


def test_a_village_has_one_officer_however_many_give_it_out(city, row, at):
    cast = assemble(at)
    accounts = [cast.village_officer, cast.township_clerk, cast.county_clerk, cast.city_clerk] * 2
    act = or_refused(
        lambda n: assign_villages(officers={row.village_id: accounts[n].account.pk}, by=PLATFORM, at=at)
    )
    got = at_once(act, range(THREADS))
    with within("4501"):
        assert Assignment.objects.in_hand().filter(village=row.village_id).count() == 1
        assert Assignment.objects.count() == sum(one for one in got if one != "refused")


def test_one_spot_check_is_drawn(city, row, at):
    with within("4501"):
        visited(PLATFORM, at, row)
    act = or_refused(lambda n: draw_check(village=row.village_id, seed=str(n), by=PLATFORM, at=at).pk)
    got = at_once(act, range(THREADS))
    assert got.count("refused") == THREADS - 1
    with within("4501"):
        assert SpotCheck.objects.count() == CheckedHousehold.objects.count() == 1


def test_one_of_two_campaigns_starts_in_the_same_villages(city, at):
    with within("4501"):
        plans = [planned(PLATFORM, at, area="450103001").pk for _n in range(2)]
    act = or_refused(lambda pk: start_campaign(campaign=pk, by=PLATFORM, at=at + timedelta(minutes=1)).state)
    assert Counter(at_once(act, plans)) == {"running": 1, "refused": 1}
    with within("4501"):
        assert SurveyVillage.objects.filter(closed_at=None).values("area").distinct().count() == (
            SurveyVillage.objects.count()
        )
        assert village_of(Campaign.objects.get(state="running")).area == "450103001005"
