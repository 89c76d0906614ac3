"""Side ways of an acceptance: given up before it is handed in, returned with a reason, not mended in time."""

from datetime import date
from uuid import uuid4

import pytest

from openpes.audit.models import JournalEntry
from openpes.kernel import Actor, Refused, within
from openpes.network import queries
from openpes.network.actions import (
    assess_acceptance,
    begin_acceptance,
    drop_acceptance,
    return_acceptance,
    sign_acceptance,
)
from openpes.network.models import Acceptance, AcceptanceItem
from tests.cast import NEIGHBOUR, TOWN
from tests.network.factories import a_point
from tests.network.test_acceptance import APPLICANT, FIRST, SECOND, SIX, assessed, concluded, full, listed, submitted
from tests.network.test_staff import certified
from tests.network.test_views import text_of

LAST_DAY, TOO_LATE = date(2027, 2, 21), date(2027, 2, 22)


def sent(**fields) -> dict:
    return {"idempotency_key": str(uuid4())} | fields


def test_what_was_begun_by_mistake_is_given_up_and_can_begin_again(db, at):
    point = a_point(TOWN, at).pk
    begun = begin_acceptance(point=point, checklist=SIX, by=APPLICANT, at=at).pk
    assert drop_acceptance(acceptance=begun, by=APPLICANT, at=at) == point
    with within("4501"):
        assert not Acceptance.objects.exists() and not AcceptanceItem.objects.exists()
        assert JournalEntry.objects.get(event="network.AcceptanceDropped").payload["acceptance"] == begun
    assert begin_acceptance(point=point, checklist=SIX, by=APPLICANT, at=at).pk


def test_what_was_handed_in_is_not_given_up_and_the_neighbours_is_not_ones_own(db, at):
    row = submitted(at)
    with pytest.raises(Refused, match="not at this step"):
        drop_acceptance(acceptance=row.pk, by=APPLICANT, at=at)
    with pytest.raises(Acceptance.DoesNotExist):
        drop_acceptance(acceptance=row.pk, by=Actor(id=1, scope=NEIGHBOUR), at=at)


def test_points_are_returned_with_a_reason_that_stands_until_they_are_given_anew(db, at):
    row = assessed(at)
    with pytest.raises(Refused, match="Write why you do not agree"):
        return_acceptance(acceptance=row.pk, reason=" ", by=SECOND, at=at)
    assert return_acceptance(acceptance=row.pk, reason="公章未见", by=SECOND, at=at).returned_for == "公章未见"
    again = assess_acceptance(acceptance=row.pk, points=full(), remarks={}, by=FIRST, at=at)
    assert again.returned_for == ""
    assert sign_acceptance(acceptance=row.pk, seen=again.first_hash, by=SECOND, at=at).returned_for == ""


def test_a_point_that_failed_is_late_from_the_day_after_its_mending(db, at):
    concluded(at, staff=11)
    with within("4501"):
        for on, standing in ((at.date(), "failed"), (LAST_DAY, "failed"), (TOO_LATE, "unmended")):
            total = queries.acceptance_board(scope="4501", inside="4501", checklist=listed(), on=on)[0]
            assert (total.counts, total.share) == ({standing: 1}, 0.0)
            found = queries.standing_points(scope="4501", inside="4501", checklist=listed(), on=on)
            assert [point.standing for point in found] == [standing]


def test_the_pages_give_up_and_tell_why_points_were_returned(cast, at):
    point, town = a_point(TOWN, at, name="第二市场").pk, cast.township_clerk
    begun = begin_acceptance(point=point, checklist=SIX, by=town.actor, at=at).pk
    assert "give it up" in text_of(town.client().get(f"/network/acceptance/{begun}"))
    gone = town.client().post(f"/network/acceptance/{begun}/drop", sent())
    assert (gone.status_code, gone.url) == (302, f"/network/points/{point}")
    assert town.client().post(f"/network/acceptance/{begun}/drop", sent()).status_code == 404
    row = assessed(at)
    certified(cast.city_clerk, at, cast.administrator.actor)
    client = cast.city_clerk.client()
    empty = client.post(f"/network/acceptance/{row.pk}/return", sent(reason=""))
    assert empty.status_code == 422 and "Write why you do not agree" in text_of(empty)
    assert client.post(f"/network/acceptance/{row.pk}/return", sent(reason="公章未见")).status_code == 302
    assert "The points were returned: 公章未见" in text_of(client.get(f"/network/acceptance/{row.pk}"))
    assert "Not mended in time" in text_of(client.get(f"/network/acceptance?checklist={SIX}"))
