"""Roles, grants and long work on their pages, and requests that are sent twice."""

import time
from threading import Barrier
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.utils.translation import override

from openpes.access.actions import open_account
from openpes.access.models import Account, Grant
from openpes.access.permissions import public, roles, signed_in
from openpes.kernel import Actor, long_work, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.models import AnsweredRequest, LongWork
from tests.access.factories import a_clerk, some_work
from tests.cast import COUNTY, NEIGHBOUR, STAFF, TOWN
from tests.races import at_once
from tests.reading import text_of


def test_the_roles_page_shows_every_role_with_every_right_it_has(cast):
    response = cast.administrator.client().get("/access/roles")
    text = text_of(response)
    for role in roles():
        with override("en"):
            assert str(role.name) in text
        assert all(permission.code in text for permission in role.permissions)
    shown = {permission.code: held for permission, held in response.context["rows"]}
    ordered = [role.code for role in roles()]
    assert dict(zip(ordered, shown["access.grant_roles"], strict=True)) == {
        code: code == "administrator" for code in ordered
    }


@pytest.mark.parametrize("page", ["/access/staff", "/access/staff/grant", "/access/staff/open"])
def test_only_the_administrator_opens_the_roles_of_staff(cast, page, client):
    assert client.get(page).url == f"/sign-in/login/?next={page}"
    answers = {name: getattr(cast, name).client().get(page).status_code for name in STAFF}
    assert answers == {name: 200 if name == "administrator" else 403 for name in STAFF}


def test_the_administrator_grants_and_ends_a_role(cast, at):
    account, client = a_clerk(at), cast.administrator.client()
    form = {"account": "weijianhua", "role": "township_clerk", "scope": TOWN, "idempotency_key": str(uuid4())}
    assert client.post("/access/staff/grant", form).url == f"/access/staff/{account.pk}"
    held = Grant.objects.get(account=account, role="township_clerk")
    page = text_of(client.get("/access/staff?q=weijianhua"))
    assert "Township clerk · 青秀区新竹街道 waits to be confirmed" in page
    assert client.post(f"/access/staff/grants/{held.pk}/end", {"idempotency_key": str(uuid4())}).status_code == 302
    assert not Grant.objects.open_on(at.date()).filter(pk=held.pk).exists()
    again = client.post(f"/access/staff/grants/{held.pk}/end", {"idempotency_key": str(uuid4())})
    assert again.status_code == 422
    assert "ended already" in text_of(again)


def test_every_mistake_of_the_form_is_named_at_its_field(cast, at):
    a_clerk(at)
    form = {"account": "nobody", "role": "emperor", "scope": "", "idempotency_key": str(uuid4())}
    response = cast.administrator.client().post("/access/staff/grant", form)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"account", "role", "scope"}
    refused = form | {"account": "weijianhua", "role": "county_clerk", "scope": COUNTY}
    assert "already holds this role" in text_of(cast.administrator.client().post("/access/staff/grant", refused))


def test_work_shows_its_count_and_the_time_left_and_polls_while_it_runs(cast, at):
    from datetime import timedelta

    work = some_work(cast.county_clerk.account, at - timedelta(minutes=10), total=2000)
    long_work.progress(work, done=500, at=at)
    client = cast.county_clerk.client()
    page = client.get(f"/access/work/{work}")
    assert "500 of 2,000" in text_of(page)
    assert "about 30 min left" in text_of(page)
    assert f'hx-get="/access/work/{work}"' in page.content.decode()
    part = client.get(f"/access/work/{work}", headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    long_work.finish(work, at=at, result_url="/access/account")
    done = client.get(f"/access/work/{work}", headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in done
    assert 'href="/access/account"' in done
    assert "Import of a ledger" in text_of(client.get("/access/work"))


def test_work_is_cancelled_by_its_owner_and_stops_at_the_next_step(cast, at):
    work = some_work(cast.county_clerk.account, at)
    assert not long_work.progress(work, done=1, at=at)
    client = cast.county_clerk.client()
    response = client.post(f"/access/work/{work}/cancel", {"idempotency_key": str(uuid4())})
    assert response.url == f"/access/work/{work}"
    assert "It stops at the next step" in text_of(client.get(response.url))
    assert long_work.progress(work, done=2, at=at)
    long_work.finish(work, at=at, state=LongWork.State.CANCELLED)
    assert "Cancelled" in text_of(client.get(response.url))


@pytest.mark.parametrize("way", ["", "/cancel"])
def test_the_work_of_others_does_not_exist(cast, at, way):
    work = some_work(cast.county_clerk.account, at)
    for stranger in (cast.neighbour_clerk, cast.administrator):
        client, url = stranger.client(), f"/access/work/{work}{way}"
        answer = client.post(url, {"idempotency_key": str(uuid4())}) if way else client.get(url)
        assert answer.status_code == 404
        assert str(work) not in client.get("/access/work").content.decode()
    assert not LongWork.objects.get(pk=work).cancel_asked


def test_a_finished_work_stays_finished(cast, at):
    work = some_work(cast.county_clerk.account, at)
    long_work.finish(work, at=at, result_url="/first")
    long_work.finish(work, at=at, state=LongWork.State.FAILED, message="late")
    assert not long_work.progress(work, done=7, at=at)
    found = LongWork.objects.get(pk=work)
    assert (found.state, found.result_url, found.done) == ("done", "/first", 0)
    assert not long_work.ask_cancel(work, account=found.account_id, at=at)


@pytest.fixture
def form(cast, at):
    a_clerk(at)
    return {"account": "weijianhua", "role": "township_clerk", "scope": TOWN, "idempotency_key": str(uuid4())}


def granted() -> int:
    return Grant.objects.filter(role="township_clerk", account__username="weijianhua").count()


def test_a_repeated_request_gives_the_same_answer_and_happens_once(cast, form):
    client = cast.administrator.client()
    first, second = (client.post("/access/staff/grant", form) for _time in range(2))
    assert (second.status_code, second["Location"], second.content) == (302, first["Location"], first.content)
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"
    assert granted() == 1


def test_the_same_key_with_other_content_is_an_error(cast, form):
    client = cast.administrator.client()
    client.post("/access/staff/grant", form)
    response = client.post("/access/staff/grant", form | {"scope": NEIGHBOUR})
    assert response.status_code == 422
    assert "already used for a request with other content" in text_of(response)
    assert granted() == 1


@pytest.mark.parametrize("key", ["", "short", "x" * 65])
def test_a_request_without_a_usable_key_changes_nothing(cast, form, key):
    response = cast.administrator.client().post("/access/staff/grant", form | {"idempotency_key": key})
    assert response.status_code == 422
    assert "carries no idempotency key" in text_of(response)
    assert granted() == 0


def test_a_refused_request_leaves_its_key_free_for_the_mended_one(cast, form):
    client = cast.administrator.client()
    before = AnsweredRequest.objects.count()
    assert client.post("/access/staff/grant", form | {"scope": "450199"}).status_code == 422
    assert AnsweredRequest.objects.count() == before
    assert client.post("/access/staff/grant", form).status_code == 302
    assert granted() == 1


def test_two_people_may_use_the_same_key(cast, form, at):
    from openpes.access.actions import grant_role
    from openpes.kernel.action import PLATFORM

    grant_role(account=cast.auditor.account.pk, role="administrator", scope="4501", by=PLATFORM, at=at)
    Grant.objects.filter(account=cast.auditor.account, role="auditor").delete()
    assert cast.administrator.client().post("/access/staff/grant", form).status_code == 302
    other = cast.auditor.client().post("/access/staff/grant", form | {"scope": "450103002"})
    assert other.status_code == 302
    assert granted() == 2


def test_a_key_in_the_header_counts_like_one_in_the_form(cast, form):
    key = form.pop("idempotency_key")
    client = cast.administrator.client()
    for _time in range(2):
        assert client.post("/access/staff/grant", form, headers={"Idempotency-Key": key}).status_code == 302
    assert granted() == 1


def test_a_visitors_question_that_takes_too_long_is_given_up_with_a_sentence(db, rf, at):
    @public
    def slow(request):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(30)")

    request = rf.get("/jobs")
    request.htmx, request.user, request.resolver_match = False, AnonymousUser(), None
    began = time.monotonic()
    answer = slow(request)
    assert time.monotonic() - began < 15
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "would have taken too long" in text_of(answer)
    with within("4501"):
        assert connection.is_usable()


@pytest.mark.city
def test_of_two_acts_that_wait_for_each_other_one_is_told_to_send_again_and_nothing_of_it_is_kept(city, rf, at):
    accounts = [open_account(username=f"officer_{n}", name="x", password=None, by=PLATFORM, at=at) for n in (1, 2)]
    meet = Barrier(2, timeout=20)

    @signed_in
    def crossing(request):
        for account in request.order:
            Account.objects.filter(pk=account.pk).update(name=f"by {request.number}")
            if account == request.order[0]:
                meet.wait()
        return HttpResponse("done")

    def send(number: int):
        request = rf.get("/")
        request.htmx, request.resolver_match, request.user = False, None, accounts[number]
        request.actor, request.rights, request.grant = Actor(id=accounts[number].pk), frozenset(), None
        request.at, request.on = at, at.date()
        request.number, request.order = number, accounts[:: 1 if number else -1]
        return crossing(request)

    answers = at_once(send, [0, 1])
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    lost = next(number for number, answer in enumerate(answers) if answer.status_code == 409)
    assert "send it once more" in text_of(answers[lost])
    assert set(Account.objects.values_list("name", flat=True)) == {f"by {1 - lost}"}
