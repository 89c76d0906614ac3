"""An unsafe request takes effect once, shown on the page where persons are registered."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from openpes.kernel import Refused, idempotency, within
from openpes.kernel.idempotency import answer_once
from openpes.kernel.models import AnsweredRequest
from openpes.people.models import Person
from tests.cast import VILLAGE, Cast, assemble
from tests.people.factories import id_number

KEY = "5f1c8a52-6f10-4b6e-9d0c-2f3b6f0f7a01"
THREADS = 8


def told(number: str, key: str = KEY, **changes: str) -> dict[str, str]:
    """What is typed about a new person."""
    typed = {"id_number": number, "name": "覃小梅", "area": VILLAGE, "address": "民族大道 1 号", "education": "61"}
    return typed | changes | ({"idempotency_key": key} if key else {})


def register(client: Client, typed: dict[str, str], **headers: str) -> HttpResponse:
    return client.post(reverse("people:new"), typed, headers=headers)


def persons() -> int:
    with within("4501"):
        return Person.objects.count()


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.county_clerk.client()


def test_a_repeated_request_gets_the_same_answer_and_changes_nothing(client):
    typed = told(id_number())
    first, second = register(client, typed), register(client, typed)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert persons() == 1
    assert "Idempotency-Replayed" not in first and second["Idempotency-Replayed"] == "true"


def test_the_key_may_come_in_the_header(client):
    typed = told(id_number(), key="")
    answers = [register(client, typed, **{"Idempotency-Key": KEY}) for _try in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert persons() == 1


def test_other_content_under_a_used_key_is_refused_in_words(client):
    register(client, told(id_number()))
    answer = register(client, told(id_number(), name="韦小兰"))
    assert answer.status_code == 422
    assert "already used for a request with other content" in answer.content.decode()
    assert persons() == 1


def test_another_address_under_a_used_key_is_refused(client):
    typed = told(id_number())
    register(client, typed)
    assert client.post(reverse("people:new") + "?from=desk", typed).status_code == 422


def test_the_same_key_of_another_account_is_another_key(client, cast):
    register(client, told(id_number()))
    another = told(id_number(), name="黄大力", phone="13700000007")
    assert register(cast.township_clerk.client(), another).status_code == 302
    assert persons() == 2


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "with a blank in it", "with-a-\0-in-it", "钥匙钥匙钥匙钥匙"])
def test_without_a_usable_key_nothing_happens(client, key):
    answer = register(client, told(id_number(), key=key))
    assert answer.status_code == 422
    assert "carries no idempotency key" in answer.content.decode()
    assert persons() == 0


def test_a_failed_answer_leaves_the_key_free(client):
    wrong = register(client, told("450103199005170000"))
    assert wrong.status_code == 422 and not AnsweredRequest.objects.exists()
    assert register(client, told(id_number())).status_code == 302
    assert persons() == 1


def test_an_answer_that_breaks_leaves_nothing_behind(rf: RequestFactory, at, db):
    def broken() -> HttpResponse:
        AnsweredRequest.objects.create(account_id=9, key="written-by-the-view", content_hash=b"", answered_at=at)
        raise ZeroDivisionError

    request = rf.post("/", {"idempotency_key": KEY})
    with pytest.raises(ZeroDivisionError), within("4501"):
        answer_once(request, account_id=1, at=at, view=broken)
    assert not AnsweredRequest.objects.exists()


def test_an_answer_of_400_or_more_undoes_what_the_view_wrote(rf: RequestFactory, at, db):
    def refusing() -> HttpResponse:
        AnsweredRequest.objects.create(account_id=9, key="written-by-the-view", content_hash=b"", answered_at=at)
        return HttpResponse(status=409)

    with within("4501"):
        answer_once(rf.post("/", {"idempotency_key": KEY}), account_id=1, at=at, view=refusing)
    assert not AnsweredRequest.objects.exists()


def an_upload(rf: RequestFactory, content: bytes, name: str = "台账.xlsx") -> Any:
    return rf.post("/", {"idempotency_key": KEY, "file": SimpleUploadedFile(name, content)})


def a_record(rf: RequestFactory, content: str) -> Any:
    return rf.post("/", content, content_type="application/json", headers={"Idempotency-Key": KEY})


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (partial(an_upload, content=b"one"), partial(an_upload, content=b"two")),
        (partial(an_upload, content=b"one"), partial(an_upload, content=b"one", name="b.xlsx")),
        (partial(a_record, content='{"n": 1}'), partial(a_record, content='{"n": 2}')),
    ],
)
def test_files_and_other_bodies_are_content_too(rf: RequestFactory, at, db, first, other):
    view = partial(HttpResponse, b"\x00\xff", content_type="application/pdf")
    with within("4501"):
        answer_once(first(rf), account_id=1, at=at, view=view)
        again = answer_once(first(rf), account_id=1, at=at, view=lambda: pytest.fail("The view ran twice."))
        assert again.content == b"\x00\xff" and again["Content-Type"] == "application/pdf"
        with pytest.raises(Refused, match=r"other content|内容不同"):
            answer_once(other(rf), account_id=1, at=at, view=view)


def at_once(clients: list[Client], typed: dict[str, str]) -> list[HttpResponse]:
    """The same request from every client at the same moment."""
    gate = Barrier(len(clients), timeout=20)

    def send(client: Client) -> HttpResponse:
        gate.wait()
        try:
            return register(client, typed)
        finally:
            connections.close_all()

    contexts = [copy_context() for _client in clients]
    with ThreadPoolExecutor(len(clients)) as pool:
        return list(pool.map(lambda context, client: context.run(send, client), contexts, clients))


@pytest.mark.city
def test_the_same_key_from_eight_threads_at_once_takes_effect_once(city, at):
    clerk = assemble(at).county_clerk
    answers = at_once([clerk.client() for _n in range(THREADS)], told(id_number()))
    assert persons() == 1
    assert Counter(answer.status_code for answer in answers) == {302: THREADS}
    assert len({answer["Location"] for answer in answers}) == 1
    assert sum("Idempotency-Replayed" in answer for answer in answers) == THREADS - 1


@pytest.mark.city
def test_without_the_key_seven_of_eight_would_be_told_something_else(city, at, monkeypatch):
    """The planted mistake: the key is not looked up, so the repeats run the view again."""
    clerk = assemble(at).county_clerk
    monkeypatch.setattr("openpes.access.permissions.answer_once", lambda *_args, view, **_options: view())
    assert idempotency.answer_once is answer_once
    answers = at_once([clerk.client() for _n in range(THREADS)], told(id_number()))
    assert Counter(answer.status_code for answer in answers) == {302: 1, 422: THREADS - 1}
