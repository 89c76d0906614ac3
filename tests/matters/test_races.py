"""A hand-over accepted by several at once is accepted by one; the naive way gives a matter two who answer."""

from threading import Barrier

import pytest
from django.db import IntegrityError, OperationalError

from openpes.access.actions import grant_role, open_account
from openpes.kernel import Actor, within
from openpes.kernel.action import PLATFORM
from openpes.matters.actions import Receiver, answer_hand_over, close_matter, note_matter, propose_hand_over
from openpes.matters.models import HandOver, Responsibility
from openpes.network.actions import post_staff
from tests.cast import COUNTY
from tests.network.factories import a_point
from tests.people.factories import a_person
from tests.races import at_once, or_refused

pytestmark = pytest.mark.city
OFFICERS = 8


@pytest.fixture
def offered(city, at):
    """A matter that is offered to an office, and the eight officers who work there."""
    office = a_point(COUNTY, at)
    giver, *takers = [_officer(number, at) for number in range(OFFICERS + 1)]
    for taker in takers:
        post_staff(account=taker.id, point=office.pk, by=Actor(id=0, scope=COUNTY), at=at)
    person = a_person(by=giver, at=at)
    matter = note_matter(person=person.pk, subject="other", asked="问路", by=giver, at=at)
    made = propose_hand_over(matter=matter.pk, to=Receiver(point=office.pk), reason="业务", by=giver, at=at)
    return matter, made, giver, takers


def _officer(number: int, at) -> Actor:
    account = open_account(username=f"officer_{number}", name=f"officer {number}", password=None, by=PLATFORM, at=at)
    grant_role(account=account.pk, role="county_clerk", scope=COUNTY, by=PLATFORM, at=at)
    return Actor(id=account.pk, scope=COUNTY)


def test_of_eight_who_accept_at_once_one_answers(offered, at):
    matter, made, _giver, takers = offered
    accept = or_refused(lambda by: answer_hand_over(hand_over=made.pk, accepts=True, by=by, at=at).answered_by)
    answers = at_once(accept, takers)
    assert answers.count("refused") == OFFICERS - 1
    with within(COUNTY):
        now = Responsibility.objects.present().filter(matter=matter).values_list("officer", flat=True)
        assert [*now] == [answer for answer in answers if answer != "refused"]


def test_accepting_and_ending_at_once_never_leaves_both_or_neither(offered, at):
    matter, made, giver, takers = offered

    def act(by: Actor) -> str:
        if by == giver:
            close_matter(matter=matter.pk, outcome="settled", answer="好", told="phone", by=by, at=at)
            return "closed"
        answer_hand_over(hand_over=made.pk, accepts=True, by=by, at=at)
        return "accepted"

    assert at_once(or_refused(act), [giver, *takers]).count("accepted") == 1


def test_looking_first_and_writing_then_lets_several_accept(offered, at):
    """The planted mistake: everybody reads that nobody has accepted yet, then everybody writes their name."""
    _matter, made, _giver, takers = offered
    between = Barrier(OFFICERS)

    def accept(by: Actor) -> int:
        with within(COUNTY):
            assert HandOver.objects.get(pk=made.pk).answer == ""
            between.wait(20)
            done = {"answer": "accepted", "answered_at": at, "answered_by": by.id}
            return HandOver.objects.filter(pk=made.pk).update(**done)

    assert sum(at_once(accept, takers)) == OFFICERS


def test_the_naive_way_is_stopped_by_the_database_where_two_would_answer(offered, at):
    matter, _made, _giver, takers = offered
    between = Barrier(OFFICERS)

    def begin(by: Actor) -> str:
        row = {"area": matter.area, "person_id": matter.person_id, "matter": matter, "from_at": at}
        between.wait(20)
        try:
            with within(COUNTY):
                Responsibility.objects.filter(matter=matter, until_at=None).update(until_at=at)
                Responsibility.objects.create(officer_id=by.id, **row)
        except (IntegrityError, OperationalError):  # a deadlock, when two check each other's row
            return "refused"
        return "answers"

    answers = at_once(begin, takers)
    with within(COUNTY):
        assert Responsibility.objects.present().filter(matter=matter).count() == 1
    assert "answers" in answers
