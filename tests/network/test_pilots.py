"""Pilot applications through the procedure of 1999."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from openpes.kernel import Actor, Refused, within
from openpes.network.actions import StepFacts, apply_as_pilot, take_pilot_step
from openpes.network.actions import publish_acceptance as publish_result
from openpes.network.choices import PilotState
from openpes.network.models import PilotApplication, PilotStep
from openpes.network.rules import APPLICANT, TRANSITIONS, steps_open
from tests.cast import COUNTY, NEIGHBOUR, TOWN
from tests.network.test_acceptance import SECOND, concluded
from tests.reading import text_of

TOWN_HALL, COUNTY_OFFICE = Actor(id=701, scope=TOWN), Actor(id=702, scope=COUNTY)
CITY, CITY_TOO = Actor(id=703, scope="4501"), Actor(id=704, scope="4501")
WORDS = StepFacts("试点方案", "南劳社〔2026〕1号")


def applied(at, area=TOWN, by=TOWN_HALL) -> PilotApplication:
    return apply_as_pilot(area=area, title="重点乡镇劳动力市场试点", facts=WORDS, by=by, at=at)


def step(row, name, by, at, facts=WORDS) -> PilotApplication:
    return take_pilot_step(application=row.pk, step=name, facts=facts, by=by, at=at)


def approved(at) -> PilotApplication:
    return step(step(applied(at), "review", COUNTY_OFFICE, at), "approve", CITY, at)


def test_a_township_applies_the_county_reviews_the_city_approves_and_accepts(db, at):
    row = approved(at)
    publish_result(acceptance=concluded(at).pk, by=SECOND, at=at)
    row = step(row, "accept", CITY, at)
    assert row.state == PilotState.ACCEPTED
    with within("4501"):
        steps = list(PilotStep.objects.values_list("step", "from_state", "to_state", "taken_by"))
    assert steps == [
        ("apply", "", "applied", 701), ("review", "applied", "reviewed", 702), ("approve", "reviewed", "approved", 703),
        ("accept", "approved", "accepted", 703),
    ]  # fmt: skip


def test_nothing_is_accepted_without_a_published_acceptance_of_its_points(db, at):
    row = approved(at)
    concluded(at)
    with pytest.raises(Refused, match="published acceptance"):
        step(row, "accept", CITY, at)


@pytest.mark.parametrize(
    ("name", "by", "sentence"),
    [
        ("review", TOWN_HALL, "level above reviews"),
        ("approve", CITY, "not at this step"),
        ("jump", CITY, "not at this step"),
        ("review", Actor(id=705, scope=COUNTY, behalf=701), "different people"),
    ],
)
def test_a_step_out_of_turn_or_by_the_wrong_office_is_refused(db, at, name, by, sentence):
    with pytest.raises(Refused, match=sentence):
        step(applied(at), name, by, at)


def test_no_hand_of_an_earlier_part_takes_a_later_one(db, at):
    """What was done on behalf of a colleague was done by both, and whoever applied once stays an applicant."""
    row = applied(at, by=Actor(id=711, scope=TOWN, behalf=712))
    for by in (Actor(id=711, scope=COUNTY), Actor(id=712, scope=COUNTY), Actor(id=713, scope=COUNTY, behalf=712)):
        with pytest.raises(Refused, match="different people"):
            step(row, "review", by, at)
    row = step(step(row, "send_back", COUNTY_OFFICE, at), "apply_again", Actor(id=714, scope=TOWN), at)
    with pytest.raises(Refused, match="different people"):
        step(row, "review", Actor(id=712, scope=COUNTY), at)
    row = step(row, "review", Actor(id=715, scope=COUNTY, behalf=716), at)
    for by in (Actor(id=716, scope="4501"), Actor(id=717, scope="4501", behalf=715), Actor(id=711, scope="4501")):
        with pytest.raises(Refused, match="different people"):
            step(row, "approve", by, at)
    assert step(row, "approve", CITY, at).applied_hands == {711, 712, 714}


def test_a_decision_has_a_document_and_every_step_its_words(db, at):
    row = step(applied(at), "review", COUNTY_OFFICE, at)
    with pytest.raises(Refused) as refused:
        step(row, "approve", CITY, at, StepFacts(" "))
    assert {reason.field for reason in refused.value.reasons} == {"evidence", "document_no"}
    with pytest.raises(Refused, match="The city decides"):
        step(row, "approve", Actor(id=706, scope=COUNTY), at)


def test_a_returned_application_comes_back_and_a_withdrawn_one_is_over(db, at):
    row = step(applied(at), "send_back", COUNTY_OFFICE, at)
    assert row.state == PilotState.RETURNED
    row = step(row, "apply_again", TOWN_HALL, at)
    assert step(row, "withdraw", TOWN_HALL, at).state == PilotState.WITHDRAWN
    assert applied(at).pk != row.pk


def test_one_application_of_an_area_is_open_and_none_of_the_neighbour_is_seen(db, at):
    row = applied(at)
    with pytest.raises(Refused, match="under way"):
        applied(at)
    with pytest.raises(Refused):
        applied(at, area=NEIGHBOUR)
    with pytest.raises(PilotApplication.DoesNotExist):
        step(row, "review", Actor(id=1, scope=NEIGHBOUR), at)


def test_the_city_applies_for_itself_and_other_hands_record_the_answers_from_above(db, at):
    row = applied(at, area="4501", by=CITY)
    with pytest.raises(Refused, match="different people"):
        step(row, "review", CITY, at)
    row = step(row, "review", CITY_TOO, at)
    with pytest.raises(Refused, match="different people"):
        step(row, "approve", CITY_TOO, at)
    assert step(row, "approve", Actor(id=707, scope="4501"), at).state == PilotState.APPROVED


def test_the_table_refuses_one_person_for_two_parts_and_steps_that_change(db, at):
    """The planted mistakes: what careless code would write."""
    row = approved(at)
    with within("4501"):
        for part in ("reviewed", "approved", "accepted"):
            with pytest.raises(IntegrityError, match=f"pilot_{part}_by_another"), transaction.atomic():
                PilotApplication.objects.filter(pk=row.pk).update(**{f"{part}_hands": [708, TOWN_HALL.id]})
        with pytest.raises(IntegrityError, match="pilot_approved_by_another"), transaction.atomic():
            PilotApplication.objects.filter(pk=row.pk).update(approved_hands=[COUNTY_OFFICE.id])
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            PilotStep.objects.update(evidence="x")


def test_every_state_but_the_last_ones_leads_somewhere_and_every_step_from_somewhere():
    targets = {one.target for one in TRANSITIONS.values()}
    sources = {source for one in TRANSITIONS.values() for source in one.sources} - {""}
    assert sources <= targets == set(PilotState)
    assert targets - sources == {PilotState.ACCEPTED, PilotState.REJECTED, PilotState.WITHDRAWN}
    others = [one for one in TRANSITIONS.values() if one.who != APPLICANT and not one.part]
    assert {one.target for one in others} == {PilotState.RETURNED, PilotState.REJECTED}


def test_the_steps_that_are_shown_are_those_that_may_be_taken():
    assert steps_open("applied", TOWN, TOWN) == ["withdraw"]
    assert steps_open("applied", TOWN, COUNTY) == ["review", "send_back"]
    assert steps_open("reviewed", TOWN, "4501") == ["approve", "reject"]
    assert steps_open("reviewed", TOWN, NEIGHBOUR) == []


def test_the_pages_lead_from_application_to_review(cast, at):
    def sent(**fields) -> dict:
        return {"idempotency_key": str(uuid4())} | fields

    clerk, above = cast.township_clerk.client(), cast.county_clerk.client()
    assert clerk.post("/network/pilots/apply", sent(area=TOWN, title="", evidence="")).status_code == 422
    page = clerk.post("/network/pilots/apply", sent(area=TOWN, title="市场试点", evidence="方案")).url
    assert "Review with approval" in text_of(above.get(page))
    assert "Review with approval" not in text_of(clerk.get(page))
    wrong = above.post(f"{page}/step", sent(step="review", evidence=""))
    assert wrong.status_code == 422 and "needs its evidence" in text_of(wrong)
    assert above.post(f"{page}/step", sent(step="review", evidence="同意推荐")).status_code == 302
    assert "同意推荐" in text_of(clerk.get(page))
    assert "市场试点" in text_of(above.get("/network/pilots?state=reviewed"))
    assert cast.neighbour_clerk.client().get(page).status_code == 404
    assert cast.statistician.client().get("/network/pilots/apply").status_code == 403
