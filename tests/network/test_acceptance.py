"""Acceptance: evidence for every item, two assessors from above, one result, and a board that adds up."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from openpes.engine.checklists import checklist_on
from openpes.kernel import Actor, Refused, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.days import spoken_day
from openpes.network import queries
from openpes.network.actions import (
    StaffCertificateFacts,
    assess_acceptance,
    begin_acceptance,
    publish_acceptance,
    record_certificate,
    return_acceptance,
    sign_acceptance,
    submit_acceptance,
)
from openpes.network.choices import AcceptanceState
from openpes.network.models import Acceptance, AcceptanceItem
from tests.cast import COUNTY, NEIGHBOUR, TOWN, VILLAGE
from tests.network.factories import a_point
from tests.races import at_once, or_refused
from tests.reading import text_of

SIX, FOUR = "six_in_place", "village_four"
APPLICANT = Actor(id=501, scope=TOWN)
FIRST, SECOND = Actor(id=502, scope=COUNTY), Actor(id=503, scope="4501")


def listed(code: str = SIX):
    return checklist_on(code, date(2026, 11, 23))


def evidence(code: str = SIX) -> dict[str, str]:
    return {item.code: f"{item.code} 佐证材料" for item in listed(code).items}


def full(code: str = SIX, **changes: int) -> dict[str, int | None]:
    return {item.code: item.points for item in listed(code).items} | changes


def submitted(at, area: str = TOWN, code: str = SIX, by: Actor = APPLICANT) -> Acceptance:
    begun = begin_acceptance(point=a_point(area, at).pk, checklist=code, by=by, at=at)
    return submit_acceptance(acceptance=begun.pk, evidence=evidence(code), by=by, at=at)


def assessed(at, **changes: int) -> Acceptance:
    row = submitted(at)
    return assess_acceptance(acceptance=row.pk, points=full(**changes), remarks={}, by=FIRST, at=at)


def concluded(at, **changes: int) -> Acceptance:
    row = assessed(at, **changes)
    return sign_acceptance(acceptance=row.pk, seen=row.first_hash, by=SECOND, at=at)


def test_two_assessors_conclude_it_and_the_day_of_the_re_check_follows(db, at):
    row = concluded(at)
    assert (row.state, row.score, row.recheck_on) == (AcceptanceState.PASSED, 100, date(2028, 11, 23))
    assert row.first_hash == row.second_hash != ""
    failed_item = next(item for item in listed().items if item.code == "staff")
    assert failed_item.least > 0


def test_one_item_below_its_least_fails_the_whole_and_is_mended_within_ninety_days(db, at):
    row = concluded(at, staff=11)
    assert (row.state, row.score, row.recheck_on) == (AcceptanceState.FAILED, 91, date(2027, 2, 21))


def test_evidence_is_wanted_for_every_item_and_points_within_their_bounds(db, at):
    begun = begin_acceptance(point=a_point(TOWN, at).pk, checklist=SIX, by=APPLICANT, at=at)
    with pytest.raises(Refused) as refused:
        submit_acceptance(acceptance=begun.pk, evidence=evidence() | {"staff": " ", "funds": ""}, by=APPLICANT, at=at)
    assert {reason.field for reason in refused.value.reasons} == {"evidence_staff", "evidence_funds"}
    submit_acceptance(acceptance=begun.pk, evidence=evidence(), by=APPLICANT, at=at)
    wrong = full(staff=99) | {"funds": None}
    with pytest.raises(Refused) as refused:
        assess_acceptance(acceptance=begun.pk, points=wrong, remarks={}, by=FIRST, at=at)
    assert {reason.field for reason in refused.value.reasons} == {"points_staff", "points_funds"}


def test_nobody_assesses_their_own_application_or_from_beside(db, at):
    row = submitted(at)
    for by, sentence in (
        (APPLICANT, "Nobody assesses what they applied for"),
        (Actor(id=504, scope=TOWN), "assessed by the level above"),
    ):
        with pytest.raises(Refused, match=sentence):
            assess_acceptance(acceptance=row.pk, points=full(), remarks={}, by=by, at=at)
    with pytest.raises(Acceptance.DoesNotExist):
        assess_acceptance(acceptance=row.pk, points=full(), remarks={}, by=Actor(id=505, scope=NEIGHBOUR), at=at)


def test_the_same_person_signs_only_once_also_on_behalf_of_a_colleague(db, at):
    row = assessed(at)
    for by in (FIRST, Actor(id=506, scope="4501", behalf=FIRST.id), Actor(id=507, scope=COUNTY, behalf=APPLICANT.id)):
        with pytest.raises(Refused, match=r"Two different assessors|applied for"):
            sign_acceptance(acceptance=row.pk, seen=row.first_hash, by=by, at=at)


def test_neither_hand_of_the_first_signature_is_the_second_and_neither_of_the_application_any(db, at):
    """A signs on behalf of B: then A, B, A for C and C for B have all signed already."""
    for_b = Actor(id=508, scope=COUNTY, behalf=509)
    row = submitted(at, by=Actor(id=510, scope=TOWN, behalf=511))
    for applicant in (Actor(id=511, scope=COUNTY), Actor(id=512, scope=COUNTY, behalf=510)):
        with pytest.raises(Refused, match="applied for"):
            assess_acceptance(acceptance=row.pk, points=full(), remarks={}, by=applicant, at=at)
    row = assess_acceptance(acceptance=row.pk, points=full(), remarks={}, by=for_b, at=at)
    again = [Actor(id=508, scope="4501"), Actor(id=509, scope="4501"), Actor(id=511, scope="4501")]
    again += [Actor(id=508, scope="4501", behalf=513), Actor(id=513, scope="4501", behalf=509)]
    for by in again:
        with pytest.raises(Refused, match=r"Two different assessors|applied for"):
            sign_acceptance(acceptance=row.pk, seen=row.first_hash, by=by, at=at)
        with pytest.raises(Refused, match=r"Two different assessors|applied for"):
            return_acceptance(acceptance=row.pk, reason="现场不符", by=by, at=at)
    assert sign_acceptance(acceptance=row.pk, seen=row.first_hash, by=SECOND, at=at).second_hands == {SECOND.id}


def test_a_signature_under_other_contents_is_refused(db, at):
    row = assessed(at)
    with pytest.raises(Refused, match="not what the first assessor signed"):
        sign_acceptance(acceptance=row.pk, seen="0" * 64, by=SECOND, at=at)


def test_points_changed_behind_the_first_signature_are_not_signed_but_sent_back(db, at):
    row = assessed(at)
    with within("4501"):
        AcceptanceItem.objects.filter(acceptance=row).update(remark="事后改写")
    with pytest.raises(Refused, match="have changed since the first assessor signed"):
        sign_acceptance(acceptance=row.pk, seen=row.first_hash, by=SECOND, at=at)
    back = return_acceptance(acceptance=row.pk, reason="内容有变", by=SECOND, at=at)
    assert back.state == AcceptanceState.SUBMITTED


def test_a_second_assessor_who_does_not_agree_sends_it_back(db, at):
    row = assessed(at)
    back = return_acceptance(acceptance=row.pk, reason="现场不符", by=SECOND, at=at)
    assert (back.state, back.score, back.first_assessor) == (AcceptanceState.SUBMITTED, None, None)
    again = assess_acceptance(acceptance=row.pk, points=full(), remarks={"staff": "已核实"}, by=SECOND, at=at)
    assert sign_acceptance(acceptance=row.pk, seen=again.first_hash, by=FIRST, at=at).state == AcceptanceState.PASSED


def test_the_table_refuses_one_person_twice_the_applicant_and_one_signature(db, at):
    """The planted mistakes: what careless code would write."""
    row = concluded(at)
    wrong = {
        "acceptance_two_assessors": {"second_hands": [FIRST.id, 514]},
        "acceptance_not_by_applicant": {"first_hands": [514, APPLICANT.id]},
        "acceptance_signed_twice": {"second_hash": "other"},
        "acceptance_published_when_done": {"state": "submitted", "published_on": at.date()},
        "acceptance_score": {"score": 101},
    }
    with within("4501"):
        for constraint, change in wrong.items():
            with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
                Acceptance.objects.filter(pk=row.pk).update(**change)
        for change in ({"second_hands": [514, APPLICANT.id]}, {"second_hands": None}, {"first_hands": None}):
            with pytest.raises(IntegrityError, match="acceptance_"), transaction.atomic():
                Acceptance.objects.filter(pk=row.pk).update(**change)


def test_a_list_that_does_not_fit_and_a_second_open_one_are_refused(db, at):
    row = submitted(at)
    for code, sentence in ((FOUR, "does not fit"), ("seven_in_place", "does not fit"), (SIX, "under way")):
        with pytest.raises(Refused, match=sentence):
            begin_acceptance(point=row.point_id, checklist=code, by=APPLICANT, at=at)


def test_a_passed_point_begins_anew_when_its_re_check_is_due(db, at):
    row = concluded(at)
    with pytest.raises(Refused, match="re-check is due on"):
        begin_acceptance(point=row.point_id, checklist=SIX, by=APPLICANT, at=at)
    assert begin_acceptance(point=row.point_id, checklist=SIX, by=APPLICANT, at=at.replace(year=2028)).pk != row.pk


@pytest.mark.city
def test_two_second_assessors_at_once_conclude_it_once(city, at):
    row = assessed(at)

    def sign(number: int) -> str:
        sign_acceptance(acceptance=row.pk, seen=row.first_hash, by=Actor(id=600 + number, scope="4501"), at=at)
        return "signed"

    assert sorted(at_once(or_refused(sign), range(4))) == ["refused"] * 3 + ["signed"]


def test_the_board_adds_up_and_its_figures_are_its_lists(db, at):
    concluded(at)
    a_point(COUNTY, at)
    a_point(NEIGHBOUR, at)
    told = {"scope": "4501", "checklist": listed()}
    with within("4501"):
        total, *below = queries.acceptance_board(inside="4501", on=at.date(), **told)
        assert (total.counts, total.points) == ({"passed": 1, "none": 2}, 3)
        assert {row.area.path: row.counts for row in below if row.points} == {
            COUNTY: {"passed": 1, "none": 1}, NEIGHBOUR: {"none": 1},
        }  # fmt: skip
        later = queries.acceptance_board(inside="4501", on=date(2028, 11, 23), **told)[0]
        assert later.counts == {"due": 1, "none": 2}
        passed = queries.standing_points(inside="4501", on=at.date(), **told).filter(standing="passed")
        assert [point.area for point in passed] == [TOWN]
    with within(NEIGHBOUR):
        there = queries.standing_points(scope="4501", inside="4501", checklist=listed(), on=at.date())
        assert [point.area for point in there] == [NEIGHBOUR]


def visitor() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def test_only_a_published_result_is_public(db, at):
    row = concluded(at)
    office = f"/network/office/{row.point_id}"
    assert "Results of acceptance" not in text_of(visitor().get(office))
    publish_acceptance(acceptance=row.pk, by=SECOND, at=at)
    assert "Six things in place: Passed, 100/100" in text_of(visitor().get(office))
    with pytest.raises(Refused, match="published already"):
        publish_acceptance(acceptance=row.pk, by=SECOND, at=at)


def sent(**fields) -> dict:
    return {"idempotency_key": str(uuid4())} | fields


def certify(player, number, cast, at) -> None:
    facts = StaffCertificateFacts(
        kind="assessor", number=number, examined_on=date(2026, 1, 5), score=90, from_on=date(2026, 2, 1)
    )
    record_certificate(account=player.account.pk, facts=facts, by=cast.administrator.actor, at=at)


def test_an_assessor_without_a_certificate_reads_which_one_and_since_when(cast, at):
    row = submitted(at, by=cast.township_clerk.actor)
    answer = cast.county_clerk.client().post(f"/network/acceptance/{row.pk}/assess", sent())
    assert answer.status_code == 403
    text = text_of(answer)
    since = spoken_day(date(2007, 1, 1))
    assert f"needs the certificate “Certificate of an acceptance assessor” since {since}" in text
    assert "trained assessors" in text
    plain = cast.statistician.client().post(f"/network/acceptance/{row.pk}/assess", sent())
    assert plain.status_code == 403 and "certificate" not in text_of(plain).lower()


def test_the_whole_way_through_the_pages(cast, at):
    point = a_point(TOWN, at)
    clerk = cast.township_clerk.client()
    begun = clerk.post(f"/network/points/{point.pk}/acceptance", sent(checklist=SIX))
    page = begun.url
    words = {f"evidence_{code}": text for code, text in evidence().items()}
    assert clerk.post(f"{page}/submit", sent(**words | {"evidence_staff": ""})).status_code == 422
    assert clerk.post(f"{page}/submit", sent(**words)).status_code == 302
    for player, number in ((cast.county_clerk, "1"), (cast.city_clerk, "2")):
        certify(player, number, cast, at)
    first, second = cast.county_clerk.client(), cast.city_clerk.client()
    points = {f"points_{code}": str(value) for code, value in full().items()}
    assert first.post(f"{page}/assess", sent(**points)).status_code == 302
    assert "Signed by one assessor" in text_of(first.get(page))
    with within("4501"):
        seen = Acceptance.objects.get().first_hash
    assert first.post(f"{page}/sign", sent(seen=seen)).status_code == 422
    assert second.post(f"{page}/sign", sent(seen=seen)).status_code == 302
    assert second.post(f"{page}/publish", sent()).status_code == 302
    shown = text_of(clerk.get(page))
    assert "county clerk" in shown and spoken_day(date(2028, 11, 23)) in shown
    board = second.get("/network/acceptance?checklist=six_in_place")
    assert f"area={COUNTY}&amp;checklist=six_in_place&amp;standing=passed" in board.content.decode()
    found = second.get(f"/network/acceptance/list?area={COUNTY}&checklist=six_in_place&standing=passed")
    assert [one.pk for one in found.context["page"]] == [point.pk]
    assert cast.neighbour_clerk.client().get(page).status_code == 404
    assert cast.neighbour_clerk.client().get(f"/network/acceptance?area={COUNTY}").status_code == 404


def test_a_village_is_held_against_its_own_list(db, at):
    row = submitted(at, VILLAGE, FOUR, by=PLATFORM)
    assert (row.checklist, row.version) == (FOUR, 1)
