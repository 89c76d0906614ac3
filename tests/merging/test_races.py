"""Officers and clerks at the same moment: one merge of a pair, no row left behind, and what is without the locks."""

from collections import Counter
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import IntegrityError, connection

from openpes.kernel import Refused, within
from openpes.kernel.scope import CITY
from openpes.people.actions import merging
from openpes.people.actions.carrying import carry_out
from openpes.people.choices import MergeState
from openpes.people.models import Merge, MergedPerson, Person
from openpes.people.queries.merging import merge_plan
from openpes.registration.models import StatusPeriod
from tests.cast import assemble
from tests.merging.factories import WHY, twins
from tests.people.factories import a_person
from tests.races import at_once
from tests.registration.factories import unemployed

pytestmark = pytest.mark.city
THREADS = 8
PATIENCE = 20


@pytest.fixture
def cast(city, at):
    return assemble(at)


@pytest.fixture
def officer(cast):
    return cast.county_clerk.actor


def told(act) -> Counter:
    """What each of eight threads got: won, the refusal's first words, or that the file is gone."""

    def tried(number: int) -> str:
        try:
            act(number)
        except Refused as refused:
            return str(refused)[:40]
        except Person.DoesNotExist:
            return "gone"
        return "won"

    return Counter(at_once(tried, range(THREADS)))


def proposed(stays, goes, by, at) -> Merge:
    return merging.propose_merge(stays=stays.pk, goes=goes.pk, kept={}, why=WHY, by=by, at=at)


def test_eight_officers_propose_one_pair_and_one_is_first(officer, at):
    stays, goes = twins(at, officer)
    got = told(lambda n: proposed(*((stays, goes) if n % 2 else (goes, stays)), officer, at))
    assert got["won"] == 1 and sum(got.values()) == THREADS and len(got) == 2
    with within(CITY):
        assert Merge.objects.count() == 1


def test_eight_officers_confirm_one_merge_and_it_is_done_once(cast, officer, at):
    stays, goes = twins(at, officer)
    merge = proposed(stays, goes, officer, at)
    second = cast.city_clerk.actor
    got = told(lambda _n: merging.confirm_merge(merge=merge.pk, seen=merge.content_hash, by=second, at=at))
    assert got["won"] == 1 and got.total() == THREADS
    with within(CITY):
        assert MergedPerson.objects.count() == 1


def test_a_file_goes_into_one_and_takes_in_another_one_after_the_other(officer, at):
    """A into B while B goes into C: one proposal waits, the other is refused, whichever was first."""
    first, second = twins(at, officer)
    third = a_person(by=officer, at=at, name="覃晓梅")
    pairs = [(second, first), (third, second)]
    got = told(lambda n: proposed(*pairs[n % 2], officer, at))
    assert got["won"] == 1
    with within(CITY):
        assert Merge.objects.filter(state=MergeState.PROPOSED).count() == 1


def test_whoever_acts_on_the_merged_file_meanwhile_waits_and_nothing_is_left_behind(cast, officer, at):
    stays, goes = twins(at, officer)
    merge = proposed(stays, goes, officer, at)
    second = cast.city_clerk.actor

    def act(number: int) -> None:
        if number == 0:
            merging.confirm_merge(merge=merge.pk, seen=merge.content_hash, by=second, at=at)
        else:
            unemployed(goes.pk, by=officer, at=at)

    got = told(act)
    with within(CITY):
        holders = set(StatusPeriod.objects.order_by("pk").values_list("person_id", flat=True))
        merged = MergedPerson.objects.exists()
    assert holders <= ({stays.pk} if merged else {goes.pk})
    assert got.total() == THREADS and got["won"] == 1, "either the merge was first, or the file was changed before"


def test_a_merge_that_locks_no_file_leaves_a_row_behind_that_the_database_refuses(cast, officer, at):
    """The naive variant: a row comes in between the look and the move; without the foreign key it would be lost."""
    stays, goes = twins(at, officer)
    merge = proposed(stays, goes, officer, at)
    looked, written = Barrier(2), Barrier(2)

    def naive(_number: int) -> str:
        with within(CITY):
            plan = merge_plan(scope=CITY, stays=stays.pk, goes=goes.pk, kept={}, on=at.date(), besides=merge.pk)
            looked.wait(PATIENCE)
            written.wait(PATIENCE)
            try:
                carry_out(merge, plan, at)
            except Refused as refused:
                return str(refused)
        return "won"

    def act(number: int) -> str:
        try:
            if number == 0:
                return naive(number)
            looked.wait(PATIENCE)
            unemployed(goes.pk, by=officer, at=at)
            written.wait(PATIENCE)
        except (BrokenBarrierError, IntegrityError) as error:
            return type(error).__name__
        return "registered"

    got = at_once(act, range(2))
    assert got[1] == "registered" and "would break the rule" in got[0], got


def test_two_proposals_that_lock_no_file_both_wait(officer, at):
    """The naive variant of proposing: both look, nobody waits, and a file goes two ways at once."""
    first, second = twins(at, officer)
    third = a_person(by=officer, at=at, name="覃晓梅")
    looked = Barrier(2)

    def naive(pair) -> str:
        stays, goes = pair
        with within(CITY):
            plan = merge_plan(scope=CITY, stays=stays.pk, goes=goes.pk, kept={}, on=at.date())
            looked.wait(PATIENCE)
            if plan.reasons:
                return "refused"
            Merge.objects.create(
                area=officer.scope, stays=stays.pk, goes=goes.pk, why=WHY, content_hash="", proposed_at=at,
                proposed_by=1, proposed_hands=[1],
            )  # fmt: skip
        return "won"

    assert at_once(naive, [(second, first), (third, second)]) == ["won", "won"]
    with within(CITY), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_merge a JOIN people_merge b ON a.stays = b.goes")
        assert cursor.fetchone()[0] == 1
