"""The desk: find, a person's page, candidates, and the wall to the neighbour."""

import pytest
from django.urls import reverse

from openpes.appointments.actions import cancel_appointment
from openpes.audit.models import JournalEntry
from openpes.kernel import within
from openpes.referrals.actions import refer
from openpes.registration.actions import request_handbook
from tests.appointments.factories import a_market, booked, tomorrow
from tests.matching.test_queries import clerk, market, seeker  # noqa: F401


@pytest.fixture
def client(cast):
    return cast.county_clerk.client()


def test_the_find_box_finds_by_number_tail_name_and_initials(seeker, client):  # noqa: F811
    for text in (seeker.id_number().reveal(), seeker.id_number().reveal()[-4:], "覃小梅", "qxm", "13800000000"):
        page = client.post(reverse("counter:find"), {"q": text}, headers={"HX-Request": "true"})
        assert page.status_code == 200
        assert reverse("counter:person", args=[seeker.pk]) in page.content.decode(), text


def test_the_neighbour_finds_nobody(seeker, cast):  # noqa: F811
    page = cast.neighbour_clerk.client().post(reverse("counter:find"), {"q": "覃小梅"}, headers={"HX-Request": "true"})
    assert "覃小梅" not in page.content.decode()


def test_the_page_of_a_person_shows_jobs_with_reasons(seeker, market, client):  # noqa: F811
    text = client.get(reverse("counter:person", args=[seeker.pk])).content.decode()
    assert "食品包装工" in text
    assert "Exactly the wished occupation" in text
    assert seeker.id_number().reveal() not in text


def test_a_job_to_which_the_person_is_introduced_is_not_offered_again(seeker, market, client, clerk, at):  # noqa: F811
    wanted, page = market["食品包装工"], reverse("counter:person", args=[seeker.pk])
    act = f"{reverse('referrals:new')}?person={seeker.pk}&amp;vacancy={wanted.pk}"
    assert act in client.get(page).content.decode()
    refer(person=seeker.pk, vacancy=wanted.pk, by=clerk, at=at)
    text = client.get(page).content.decode()
    assert act not in text and 'badge-wait">Introduced</span>' in text


def test_distant_work_stands_folded_below_what_was_wished(seeker, market, client):  # noqa: F811
    text = client.get(reverse("counter:person", args=[seeker.pk])).content.decode()
    near, _fold, far = text.partition("More distant jobs")
    assert "食品包装工" in near and "包装班长" in near and "货车司机" not in near
    assert "货车司机" in far and "Distant work" in far and "食品包装工" not in far


def test_the_page_of_a_person_tells_what_is_ahead(seeker, client, clerk, at):  # noqa: F811
    page = reverse("counter:person", args=[seeker.pk])
    assert "What is ahead" not in client.get(page).content.decode()
    place = a_market(at)
    gone = booked(seeker.pk, place, tomorrow(at), by=clerk, at=at)
    cancel_appointment(appointment=gone.pk, by=clerk, at=at)
    coming = booked(seeker.pk, place, tomorrow(at, 9, 30), by=clerk, at=at)
    request_handbook(person=seeker.pk, by=clerk, at=at)
    text = client.get(page).content.decode()
    _before, _title, ahead = text.partition("What is ahead")
    assert coming.number in ahead and gone.number not in text
    assert "Handbook to be issued" in ahead and "applied for on" in ahead


def test_opening_a_file_is_in_the_journal(seeker, client, cast):  # noqa: F811
    client.get(reverse("counter:person", args=[seeker.pk]))
    with within("4501"):
        line = JournalEntry.objects.filter(event__endswith="Opened", person=seeker.pk).latest("id")
    assert line.by == cast.county_clerk.account.pk


def test_a_person_elsewhere_does_not_exist(seeker, cast):  # noqa: F811
    assert cast.neighbour_clerk.client().get(reverse("counter:person", args=[seeker.pk])).status_code == 404


def test_a_vacancy_elsewhere_has_no_candidates_page(market, cast):  # noqa: F811
    address = reverse("counter:candidates", args=[market["食品包装工"].pk])
    assert cast.county_clerk.client().get(address).status_code == 200
    assert cast.neighbour_clerk.client().get(address).status_code == 404


def test_the_start_page_tells_what_waits(client):
    page = client.get(reverse("counter:home"))
    assert page.status_code == 200
    assert "Nothing waits for this office." in page.content.decode()


def test_the_desk_is_not_for_the_auditor(cast):
    assert cast.auditor.client().get(reverse("counter:home")).status_code == 403
