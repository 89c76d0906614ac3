"""Matters: who answers at each moment, hand-overs by name and to an office, lists, ends; and what stands behind it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from openpes.audit.models import JournalEntry
from openpes.kernel import Refused, within
from openpes.matters.actions import (
    Receiver,
    accept_list,
    answer_hand_over,
    close_matter,
    hand_list_over,
    note_matter,
    propose_hand_over,
    take_hand_over_back,
)
from openpes.matters.models import HandOver, Matter, Responsibility
from openpes.matters.queries import (
    in_words,
    matter_file,
    matters_of_person,
    matters_of_the_gone,
    offers_to,
    open_matters,
    own_matters,
    spread_of,
)
from openpes.network.actions import post_staff
from tests.cast import COUNTY, NEIGHBOUR, TOWN, self_service
from tests.network.factories import a_point
from tests.people.factories import a_person

END = {"outcome": "settled", "answer": "已补办证件", "told": "phone"}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def person(cast, at):
    return a_person(by=cast.county_clerk.actor, at=at)


@pytest.fixture
def matter(person, cast, at):
    return ask(person, cast.county_clerk.actor, at)


def ask(person, by, at, asked="手册丢失怎么补办") -> Matter:
    return note_matter(person=person.pk, subject="registration", asked=asked, by=by, at=at)


def answering(matter) -> list[int]:
    with within("4501"):
        found = Responsibility.objects.present().filter(matter=matter)
        return list(found.order_by("pk").values_list("officer", flat=True))


def offer(matter, giver, taker, at) -> HandOver:
    to = Receiver(officer=taker.account.pk)
    return propose_hand_over(matter=matter.pk, to=to, reason="属业务股办理", by=giver.actor, at=at)


def test_who_is_asked_first_answers_until_a_colleague_has_accepted(matter, cast, at):
    clerk, colleague = cast.county_clerk, cast.township_clerk
    assert answering(matter) == [clerk.account.pk]
    offered = offer(matter, clerk, colleague, at)
    assert answering(matter) == [clerk.account.pk]
    answer_hand_over(hand_over=offered.pk, accepts=True, by=colleague.actor, at=at + timedelta(hours=2))
    assert answering(matter) == [colleague.account.pk]
    with within(COUNTY):
        file = matter_file(scope=COUNTY, pk=matter.pk, on=at.date())
    assert [one.officer_id for one in file.answered] == [clerk.account.pk, colleague.account.pk]
    assert file.answered[0].until_at == file.answered[1].from_at


def test_a_declined_hand_over_leaves_everything_as_it_was_with_the_reason(matter, cast, at):
    offered = offer(matter, cast.county_clerk, cast.township_clerk, at)
    with pytest.raises(Refused, match="why it is declined"):
        answer_hand_over(hand_over=offered.pk, accepts=False, by=cast.township_clerk.actor, at=at)
    told = answer_hand_over(hand_over=offered.pk, accepts=False, note="不属本所", by=cast.township_clerk.actor, at=at)
    assert (told.answer, told.note) == ("declined", "不属本所")
    assert answering(matter) == [cast.county_clerk.account.pk]
    offer(matter, cast.county_clerk, cast.city_clerk, at)


def test_only_who_answers_may_offer_and_only_once_at_a_time(matter, cast, at):
    with pytest.raises(Refused, match="Somebody else answers"):
        offer(matter, cast.city_clerk, cast.township_clerk, at)
    offered = offer(matter, cast.county_clerk, cast.township_clerk, at)
    with pytest.raises(Refused, match="waits for its answer already"):
        offer(matter, cast.county_clerk, cast.city_clerk, at)
    take_hand_over_back(hand_over=offered.pk, by=cast.county_clerk.actor, at=at)
    with pytest.raises(Refused, match="answered already"):
        answer_hand_over(hand_over=offered.pk, accepts=True, by=cast.township_clerk.actor, at=at)


def test_a_colleague_of_another_area_cannot_take_it(matter, cast, at):
    with pytest.raises(Refused, match="does not work for the area"):
        offer(matter, cast.county_clerk, cast.neighbour_clerk, at)
    with pytest.raises(Refused, match="does not work for the area"):
        offer(matter, cast.county_clerk, cast.auditor, at)
    with pytest.raises(Matter.DoesNotExist):
        close_matter(matter=matter.pk, **END, by=cast.neighbour_clerk.actor, at=at)


def test_nobody_accepts_for_the_one_to_whom_they_hand_it(matter, cast, at):
    giver, taker = cast.county_clerk, cast.township_clerk
    offered = offer(matter, giver, taker, at)
    on_behalf = replace(giver.actor, behalf=taker.account.pk)
    with pytest.raises(Refused, match="cannot accept it for the other"):
        answer_hand_over(hand_over=offered.pk, accepts=True, by=on_behalf, at=at)
    with pytest.raises(Refused, match="offered to somebody else"):
        answer_hand_over(hand_over=offered.pk, accepts=True, by=cast.city_clerk.actor, at=at)
    stand_in = replace(cast.city_clerk.actor, behalf=taker.account.pk)
    answer_hand_over(hand_over=offered.pk, accepts=True, by=stand_in, at=at)
    assert answering(matter) == [taker.account.pk]


def test_an_office_is_offered_a_matter_and_somebody_posted_there_takes_it_by_name(matter, cast, at):
    office = a_point(TOWN, at)
    offered = propose_hand_over(
        matter=matter.pk, to=Receiver(point=office.pk), reason="由街道办理", by=cast.county_clerk.actor, at=at
    )
    with pytest.raises(Refused, match="somebody else"):
        answer_hand_over(hand_over=offered.pk, accepts=True, by=cast.township_clerk.actor, at=at)
    post_staff(account=cast.township_clerk.account.pk, point=office.pk, by=cast.city_clerk.actor, at=at)
    with within(TOWN):
        assert [row.hand_over.pk for row in offers_to(actor=cast.township_clerk.actor, on=at.date())] == [offered.pk]
    answer_hand_over(hand_over=offered.pk, accepts=True, by=cast.township_clerk.actor, at=at)
    assert answering(matter) == [cast.township_clerk.account.pk]


def test_a_matter_ends_with_an_outcome_that_the_person_was_told(matter, person, cast, at):
    offered = offer(matter, cast.county_clerk, cast.township_clerk, at)
    with pytest.raises(Refused, match="hand-over of this matter waits"):
        close_matter(matter=matter.pk, **END, by=cast.county_clerk.actor, at=at)
    take_hand_over_back(hand_over=offered.pk, by=cast.county_clerk.actor, at=at)
    with pytest.raises(Refused, match="what the person was told"):
        close_matter(matter=matter.pk, **END | {"answer": " "}, by=cast.county_clerk.actor, at=at)
    close_matter(matter=matter.pk, **END, by=cast.county_clerk.actor, at=at)
    assert answering(matter) == []
    with pytest.raises(Refused, match="is ended"):
        close_matter(matter=matter.pk, **END, by=cast.county_clerk.actor, at=at)
    seeker = self_service(username="asker", person=person.pk, at=at)
    with seeker.actor.standing():
        (row,) = own_matters(actor=seeker.actor, on=at.date())
    assert (row.matter.outcome, row.matter.answer) == ("settled", "已补办证件")


def test_the_person_sees_who_answers_and_nobody_else_sees_the_matter(matter, person, cast, at):
    seeker = self_service(username="asker", person=person.pk, at=at)
    other = self_service(username="other", person=a_person(by=cast.county_clerk.actor, at=at, name="韦国强").pk, at=at)
    with seeker.actor.standing():
        (row,) = own_matters(actor=seeker.actor, on=at.date())
        assert row.officer == "county clerk"
    with other.actor.standing():
        assert own_matters(actor=other.actor, on=at.date()) == [] and not Matter.objects.exists()
    with within(NEIGHBOUR):
        assert not Matter.objects.exists() and not HandOver.objects.exists()


def test_the_journal_tells_the_way_of_a_matter_without_the_words_of_the_person(matter, cast, at):
    offered = offer(matter, cast.county_clerk, cast.township_clerk, at)
    answer_hand_over(hand_over=offered.pk, accepts=True, by=cast.township_clerk.actor, at=at)
    close_matter(matter=matter.pk, **END, by=cast.township_clerk.actor, at=at)
    with within("4501"):
        lines = JournalEntry.objects.filter(person=matter.person_id, payload__matter=matter.pk).order_by("id")
        assert [line.event.rsplit(".", 1)[-1] for line in lines] == [
            "MatterAsked", "MatterOffered", "MatterHandedOver", "MatterClosed",
        ]  # fmt: skip
        assert "手册丢失" not in str([line.payload for line in lines])


def test_neither_hand_of_a_proposal_accepts_it_for_the_receiver(matter, cast, at):
    """A leader's stand-in offers the list of B to C: neither the stand-in nor the leader accepts on behalf of C."""
    giver, taker, leader, stand_in = cast.county_clerk, cast.township_clerk, cast.city_clerk, cast.administrator
    for_leader = replace(leader.actor, id=stand_in.account.pk, behalf=leader.account.pk)
    told = {"officer": giver.account.pk, "receivers": (taker.account.pk,), "reason": "休假"}
    (made,) = hand_list_over(**told, by=for_leader, at=at)
    assert made.proposed_hands == {stand_in.account.pk, leader.account.pk}
    for account in (leader.account, stand_in.account, giver.account):
        for_taker = replace(taker.actor, id=account.pk, behalf=taker.account.pk)
        with pytest.raises(Refused, match="cannot accept it for the other"):
            answer_hand_over(hand_over=made.pk, accepts=True, by=for_taker, at=at)
    assert answer_hand_over(hand_over=made.pk, accepts=True, by=taker.actor, at=at).answered_by == taker.account.pk


def test_a_list_is_spread_over_colleagues_who_each_accept_theirs(person, cast, at):
    clerk = cast.county_clerk
    for _one in range(5):
        ask(person, clerk.actor, at)
    takers = (cast.township_clerk.account.pk, cast.city_clerk.account.pk)
    told = {"officer": clerk.account.pk, "receivers": takers}
    with within(COUNTY):
        plan = spread_of(scope=COUNTY, **told, on=at.date())
    assert sorted(plan.counts.values()) == [2, 3]
    made = hand_list_over(**told, reason="调离", by=clerk.actor, at=at)
    assert {row.matter_id: row.to_officer_id for row in made} == plan.takers
    for player in (cast.township_clerk, cast.city_clerk):
        assert accept_list(list_no=made[0].list_no, by=player.actor, at=at) == plan.counts[player.account.pk]
    with within(COUNTY):
        assert open_matters(scope=COUNTY, officer=clerk.account.pk).count() == 0
        assert open_matters(scope=COUNTY).count() == 5


def test_a_list_goes_to_nobody_who_cannot_see_it(matter, cast, at):
    officer = cast.county_clerk.account.pk
    for receivers in ((), (officer,), (cast.neighbour_clerk.account.pk,)):
        with pytest.raises(Refused):
            hand_list_over(officer=officer, receivers=receivers, reason="休假", by=cast.city_clerk.actor, at=at)
    with within("4501"):
        assert not HandOver.objects.exists()


def test_the_matters_of_who_has_left_are_found_and_handed_on_by_the_office(matter, cast, at):
    gone = cast.county_clerk.account
    with within("4501"):
        assert not matters_of_the_gone(scope=COUNTY, on=at.date()).exists()
        gone.is_active = False
        gone.save()
        assert [row.pk for row in matters_of_the_gone(scope=COUNTY, on=at.date())] == [matter.pk]
    taker = cast.township_clerk
    made = hand_list_over(
        officer=gone.pk, receivers=(taker.account.pk,), reason="离职", by=cast.city_clerk.actor, at=at
    )
    assert answering(matter) == [gone.pk]
    accept_list(list_no=made[0].list_no, by=taker.actor, at=at)
    assert answering(matter) == [taker.account.pk]


def test_lists_take_few_statements(person, cast, at, django_assert_max_num_queries):
    for _one in range(4):
        ask(person, cast.county_clerk.actor, at)
    with within(COUNTY), django_assert_max_num_queries(5):
        rows = in_words(open_matters(scope=COUNTY), on=at.date())
    assert len(rows) == 4 and rows[0].officer == "county clerk"
    with within(COUNTY):
        assert len(matters_of_person(scope=COUNTY, person=person.pk, on=at.date())) == 4


# What stands behind the rules


def test_the_database_refuses_an_open_matter_without_an_officer(matter, cast):
    with pytest.raises(IntegrityError, match="is answered for by 0"), within(COUNTY):
        Responsibility.objects.filter(matter=matter).delete()
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_refuses_an_ended_matter_with_an_officer(matter, at):
    with pytest.raises(IntegrityError, match="is answered for by 1"), within(COUNTY):
        Matter.objects.filter(pk=matter.pk).update(
            closed_at=at, closed_by=1, outcome="settled", answer="好", told="phone"
        )
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("until", [None, timedelta(days=1)])
def test_the_database_refuses_two_officers_at_one_moment(matter, cast, at, until):
    row = {"area": matter.area, "person_id": matter.person_id, "matter": matter, "from_at": at}
    ends = until and at + until
    with pytest.raises(IntegrityError), within(COUNTY), transaction.atomic():
        Responsibility.objects.create(officer=cast.city_clerk.account, until_at=ends, **row)


def test_the_database_refuses_an_acceptance_by_the_giver_and_a_second_offer(matter, cast, at):
    offered = offer(matter, cast.county_clerk, cast.township_clerk, at)
    with pytest.raises(IntegrityError, match="hand_over_accepted_by_another"), within(COUNTY), transaction.atomic():
        done = {"answer": "accepted", "answered_at": at, "answered_by": cast.county_clerk.account.pk}
        HandOver.objects.filter(pk=offered.pk).update(**done)
    with pytest.raises(IntegrityError, match="one_waiting_hand_over"), within(COUNTY), transaction.atomic():
        offered.pk = None
        offered.save(force_insert=True)
