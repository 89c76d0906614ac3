"""Whoever acts on a file that is merged away at the same moment waits; without the lock the act names nobody."""

from collections import Counter
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError

from openpes.appointments.models import Appointment
from openpes.counter.actions import issue_receipt
from openpes.counter.models import Receipt
from openpes.kernel import Refused, within
from openpes.kernel.scope import CITY
from openpes.matters.actions import Receiver, answer_hand_over, note_matter, propose_hand_over
from openpes.matters.models import Matter
from openpes.people.actions import LedgerFacts, merging, record_ledger
from openpes.people.models import LedgerEntry, Merge, MergedPerson, Person
from tests.appointments.factories import PURPOSE, a_market, booked, tomorrow
from tests.cast import assemble
from tests.merging.factories import WHY, twins
from tests.races import at_once

pytestmark = pytest.mark.city
THREADS = 8
PATIENCE = 20


@pytest.fixture
def cast(city, at):
    return assemble(at)


@pytest.fixture
def waiting(cast, at) -> Merge:
    """A proposed merge of two files, which a second officer may confirm."""
    stays, goes = twins(at, cast.county_clerk.actor)
    return merging.propose_merge(
        stays=stays.pk, goes=goes.pk, kept={}, why=WHY, by=cast.county_clerk.actor, at=at
    )  # fmt: skip


def confirm(merge: Merge, cast, at) -> None:
    merging.confirm_merge(merge=merge.pk, seen=merge.content_hash, by=cast.city_clerk.actor, at=at)


def acts_of(kind: str, cast, at):
    """The act on a person, for the number of a thread."""
    by, market = cast.county_clerk.actor, a_market(at)
    begin = tomorrow(at, 8, 30)
    if kind == "matter":
        return lambda person, n: note_matter(person=person, subject="other", asked=f"问路 {n}", by=by, at=at)
    if kind == "appointment":
        return lambda person, n: booked(person, market, begin + timedelta(minutes=20 * n), by=by, at=at)
    if kind == "receipt":
        return lambda person, _n: issue_receipt(person=person, by=by, at=at)
    return lambda person, n: record_ledger(
        person=person, household=None, facts=LedgerFacts(income_fen=n), by=by, at=at
    )


ROWS = {"matter": Matter, "appointment": Appointment, "receipt": Receipt, "ledger": LedgerEntry}


@pytest.mark.parametrize("kind", [*ROWS])
def test_nothing_is_written_about_a_file_that_is_merged_away_meanwhile(waiting, cast, at, kind):
    act = acts_of(kind, cast, at)
    if kind == "receipt":  # which tells of the matter that was noted today
        note_matter(person=waiting.goes, subject="other", asked="问路", by=cast.county_clerk.actor, at=at)

    def tried(number: int) -> str:
        try:
            confirm(waiting, cast, at) if number == 0 else act(waiting.goes, number)
        except Refused:
            return "refused"
        except Person.DoesNotExist:
            return "gone"
        return "done"

    got = Counter(at_once(tried, range(THREADS)))
    assert got.total() == THREADS and set(got) <= {"done", "refused", "gone"}
    with within(CITY):
        holders = set(ROWS[kind].objects.order_by("pk").values_list("person_id", flat=True))
        merged = MergedPerson.objects.exists()
    assert holders <= ({waiting.stays} if merged else {waiting.goes})


def naive_row(kind: str, cast, at) -> dict[str, Any]:
    if kind == "matter":
        return {"subject": "other", "asked": "问路", "asked_at": at, "due_on": at.date()}
    if kind == "appointment":
        market = a_market(at)
        return {
            "point": market, "purpose": PURPOSE, "window": 1, "state": "booked", "made_by": 1, "made_at": at,
            "starts_at": tomorrow(at), "ends_at": tomorrow(at, 9, 30),
        }  # fmt: skip
    if kind == "receipt":
        return {"number": "S1", "acts": [], "made_at": at, "made_by": 1, "token": "x", "officer": "x", "office": "x"}
    return {"surveyed_on": at.date(), "recorded_at": at}


@pytest.mark.parametrize("kind", [*ROWS])
def test_who_locks_no_file_writes_of_one_that_is_gone_and_only_the_database_stops_it(waiting, cast, at, kind):
    """The planted mistake: the file is read, merged away by a colleague, and then written of."""
    row = naive_row(kind, cast, at)
    looked, merged = Barrier(2), Barrier(2)

    def naive() -> str:
        try:
            with within(CITY):
                person = Person.objects.visible_to(CITY).get(pk=waiting.goes)
                looked.wait(PATIENCE)
                merged.wait(PATIENCE)
                ROWS[kind].objects.create(area=person.area, person=person, **row)
        except IntegrityError:
            return "broken"
        return "written"

    def act(number: int) -> str:
        if number == 0:
            return naive()
        looked.wait(PATIENCE)
        confirm(waiting, cast, at)
        merged.wait(PATIENCE)
        return "merged"

    assert at_once(act, range(2)) == ["broken", "merged"]


def test_a_hand_over_and_a_merge_at_once_never_wait_for_each_other(waiting, cast, at):
    """Each has a row that the other wants: whoever locks the matter before the person meets a deadlock here."""
    giver, taker = cast.county_clerk, cast.township_clerk
    matter = note_matter(person=waiting.goes, subject="other", asked="问路", by=giver.actor, at=at)
    again = merging.propose_merge
    merging.decline_merge(merge=waiting.pk, reason="重新核对", by=giver.actor, at=at)
    merge = again(stays=waiting.stays, goes=waiting.goes, kept={}, why=WHY, by=giver.actor, at=at)

    def act(number: int) -> str:
        try:
            if number == 0:
                confirm(merge, cast, at)
            else:
                to = Receiver(officer=taker.account.pk)
                made = propose_hand_over(matter=matter.pk, to=to, reason="业务", by=giver.actor, at=at)
                answer_hand_over(hand_over=made.pk, accepts=False, note="不归我管", by=taker.actor, at=at)
        except Refused:
            return "refused"
        return "done"

    assert set(at_once(act, range(THREADS))) <= {"done", "refused"}
