"""The blacklist: two pairs of hands, the effect, an appeal answered by a third, the end that comes by itself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from openpes.employers.actions import (
    Blame,
    answer_blacklist_appeal,
    appeal_blacklisting,
    decide_blacklisting,
    propose_blacklisting,
    tell_blacklist_changes,
)
from openpes.employers.events import BlacklistEnded, EmployerBlacklisted
from openpes.employers.models import BlacklistEntry
from openpes.employers.queries import blacklist_work, blacklisted, why_not_serve
from openpes.kernel import Actor, Refused, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from tests.cast import COUNTY, NEIGHBOUR
from tests.employers.factories import make_employer
from tests.races import outcomes

FIRST, SECOND, THIRD = (Actor(id=number, scope=COUNTY) for number in (1, 2, 3))
STAND_IN = Actor(id=8, scope=COUNTY, behalf=1)


def blame(at, **changes) -> Blame:
    stated = {
        "ground": "fees", "words": "收取押金 300 元，有收据。", "begins_on": day_of(at),
        "ends_on": day_of(at) + timedelta(days=90),
    }  # fmt: skip
    return Blame(**stated | changes)


def entered(at, **changes) -> BlacklistEntry:
    firm = make_employer(FIRST, at)
    entry = propose_blacklisting(employer=firm.pk, blame=blame(at, **changes), by=FIRST, at=at)
    return decide_blacklisting(entry=entry.pk, enters=True, by=SECOND, at=at)


def test_a_proposal_alone_changes_nothing_and_one_officer_does_not_do_both(db, at):
    firm = make_employer(FIRST, at)
    entry = propose_blacklisting(employer=firm.pk, blame=blame(at), by=FIRST, at=at)
    assert "art. 9" in entry.clause
    assert why_not_serve(employer=firm.pk, on=day_of(at)) == []
    with within(COUNTY):
        assert list(blacklist_work(scope=COUNTY)) == [entry]
    for same in (FIRST, STAND_IN):
        with pytest.raises(Refused, match="does not decide on it"):
            decide_blacklisting(entry=entry.pk, enters=True, by=same, at=at)
    with pytest.raises(BlacklistEntry.DoesNotExist):
        decide_blacklisting(entry=entry.pk, enters=True, by=Actor(id=5, scope=NEIGHBOUR), at=at)


def test_the_database_itself_wants_two_people_and_a_third_for_the_appeal(db, at):
    entry = entered(at)
    with within(CITY), pytest.raises(IntegrityError, match="blacklist_by_two"), transaction.atomic():
        BlacklistEntry.objects.filter(pk=entry.pk).update(decided_hands=[1])
    third = {"appeal": "x", "appealed_at": at, "appeal_outcome": "lifted", "answered_at": at, "answered_by": 2}
    with within(CITY), pytest.raises(IntegrityError, match="blacklist_appeal_by_a_third"), transaction.atomic():
        BlacklistEntry.objects.filter(pk=entry.pk).update(**third, answered_hands=[2])


def test_an_entry_holds_for_the_whole_city_and_ends_by_itself(db, at, told):
    heard = told(BlacklistEnded)
    entry = entered(at)
    on = day_of(at)
    with within(NEIGHBOUR):
        reasons = why_not_serve(employer=entry.employer_id, on=on)
        assert [reason.clause for reason in reasons] == [entry.clause]
        assert blacklisted(employers=[entry.employer_id], on=entry.ends_on - timedelta(days=1)) == {entry.employer_id}
        assert blacklisted(employers=[entry.employer_id], on=entry.ends_on) == set()
    assert tell_blacklist_changes(by=PLATFORM, at=at + timedelta(days=89)) == 0
    assert tell_blacklist_changes(by=PLATFORM, at=at + timedelta(days=90)) == 1
    assert tell_blacklist_changes(by=PLATFORM, at=at + timedelta(days=91)) == 0
    assert [event.employer for event in heard] == [entry.employer_id]


def test_an_entry_that_begins_later_is_told_on_its_day(db, at, told):
    heard = told(EmployerBlacklisted)
    begins = day_of(at) + timedelta(days=10)
    entry = entered(at, begins_on=begins)
    assert why_not_serve(employer=entry.employer_id, on=day_of(at)) == []
    assert tell_blacklist_changes(by=PLATFORM, at=at + timedelta(days=10)) == 1
    assert [event.begins_on for event in heard] == [begins, begins]


def test_an_appeal_is_answered_by_somebody_with_no_hand_in_it(db, at):
    entry = entered(at)
    me = Actor(id=9, employer=entry.employer_id)
    appeal_blacklisting(entry=entry.pk, words="收据不是我司开具。", by=me, at=at)
    with pytest.raises(Refused, match="appealed already"):
        appeal_blacklisting(entry=entry.pk, words="再申诉", by=me, at=at)
    for involved in (FIRST, SECOND, STAND_IN):
        with pytest.raises(Refused, match="neither proposed nor decided"):
            answer_blacklist_appeal(entry=entry.pk, lifts=True, words="查实", by=involved, at=at)
    answer_blacklist_appeal(entry=entry.pk, lifts=True, words="查实，撤销。", by=THIRD, at=at)
    assert why_not_serve(employer=entry.employer_id, on=day_of(at)) == []
    with pytest.raises(Refused, match="No appeal waits"):
        answer_blacklist_appeal(entry=entry.pk, lifts=False, words="x", by=THIRD, at=at)


def test_what_is_wrong_with_a_proposal_is_told_all_at_once(db, at):
    firm, on = make_employer(FIRST, at), day_of(at)
    wrong = blame(at, words=" ", begins_on=on - timedelta(days=1), ends_on=on + timedelta(days=4000))
    with pytest.raises(Refused) as refused:
        propose_blacklisting(employer=firm.pk, blame=wrong, by=FIRST, at=at)
    assert [reason.field for reason in refused.value.reasons] == ["words", "begins_on", "ends_on"]


@pytest.mark.city
def test_of_eight_proposals_at_once_one_is_written(city, at):
    firm = make_employer(FIRST, at)
    acts = outcomes(
        lambda number: propose_blacklisting(
            employer=firm.pk, blame=blame(at), by=Actor(id=number, scope=COUNTY), at=at
        ),
        range(1, 9),
    )
    assert acts == {"done": 1, "refused": 7}
