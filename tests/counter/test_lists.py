"""Saved views as chips over lists, and receipts that anybody can check."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from openpes.audit.models import JournalEntry
from openpes.counter.actions import drop_view, issue_receipt, save_view
from openpes.counter.models import Receipt, ReceiptProof, SavedView
from openpes.counter.queries import checked_receipt, view_chips
from openpes.counter.rules.views import plain_query
from openpes.kernel import Refused, within
from openpes.people.actions import open_file
from tests.cast import COUNTY
from tests.people.factories import a_person
from tests.registration.factories import unemployed

PAGE = "people:list"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def keep(by, at, name="女性", query="sex=2", is_shared=False) -> SavedView:
    return save_view(page=PAGE, query=query, name=name, is_shared=is_shared, by=by, at=at)


def names(player, query="") -> list[str]:
    with player.actor.standing():
        return [chip.view.name for chip in view_chips(actor=player.actor, page=PAGE, query=query)]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("?sex=2&page=3&area=", "sex=2"), ("b=1&a=2", "a=2&b=1"), ("", ""), ("?page=2", ""), ("a=1&a=2", "a=1&a=2")],
)
def test_what_is_kept_of_an_address(typed, kept):
    assert plain_query(typed) == kept


def test_a_view_is_ones_own_unless_it_is_shared_with_the_same_office(cast, at):
    keep(cast.county_clerk.actor, at)
    keep(cast.county_clerk.actor, at, name="全县共用", is_shared=True)
    assert names(cast.county_clerk) == ["全县共用", "女性"]
    assert names(cast.neighbour_clerk) == names(cast.township_clerk) == names(cast.city_clerk) == []
    with within(COUNTY):
        (own, _shared) = sorted(SavedView.objects.all(), key=lambda view: view.is_shared)
    with pytest.raises(SavedView.DoesNotExist):
        drop_view(view=own.pk, by=cast.city_clerk.actor, at=at)
    drop_view(view=own.pk, by=cast.county_clerk.actor, at=at)
    assert names(cast.county_clerk) == ["全县共用"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": " "}, "a name"), ({"query": "page=2"}, "not narrowed"), ({}, "under this name already"),
        ({"query": "q=" + "x" * 500, "name": "长"}, "too long"),
    ],
)  # fmt: skip
def test_what_speaks_against_a_view(cast, at, changed, sentence):
    keep(cast.county_clerk.actor, at)
    with pytest.raises(Refused, match=sentence):
        keep(cast.county_clerk.actor, at, **changed)


def test_a_view_stands_as_a_chip_over_its_list_and_is_marked_when_it_is_shown(cast):
    client = cast.county_clerk.client()
    narrowed = reverse(PAGE) + "?sex=2"
    assert "Keep this view" in client.get(narrowed).content.decode()
    assert "Keep this view" not in client.get(reverse(PAGE)).content.decode()
    sent = {"page": PAGE, "query": "sex=2", "name": "女性", "idempotency_key": str(uuid4())}
    assert client.post(reverse("counter:view_save"), sent)["Location"] == narrowed
    shown = client.get(narrowed).content.decode()
    assert 'aria-current="true">女性' in shown and "Keep this view" not in shown
    assert "女性" not in client.get(reverse("registration:unemployed_list")).content.decode()
    with within(COUNTY):
        pk = SavedView.objects.get().pk
    gone = client.post(reverse("counter:view_drop", args=[pk]), {"idempotency_key": str(uuid4())})
    assert gone["Location"] == reverse(PAGE)
    assert cast.neighbour_clerk.client().post(
        reverse("counter:view_drop", args=[pk]), {"idempotency_key": str(uuid4())}
    ).status_code == 404  # fmt: skip


@pytest.mark.parametrize("name", ["nothing:there", "https://example.org", "counter:person"])
def test_a_view_of_no_list_is_refused(cast, name):
    sent = {"page": name, "query": "a=1", "name": "x", "idempotency_key": str(uuid4())}
    assert cast.county_clerk.client().post(reverse("counter:view_save"), sent).status_code == 404


# Receipts


@pytest.fixture
def person(cast, at):
    return a_person(by=cast.county_clerk.actor, at=at)


def test_a_receipt_lists_what_one_did_today_and_no_reading(person, cast, at):
    by = cast.county_clerk.actor
    open_file(person=person.pk, purpose="柜台服务", by=by, at=at)
    period = unemployed(person.pk, by=by, at=at)
    made = issue_receipt(person=person.pk, by=by, at=at)
    kinds = [act["event"].rsplit(".", 1)[-1] for act in made.acts]
    assert kinds == ["PersonRegistered", "UnemploymentRegistered"]
    assert made.acts[1]["number"] == period.number and made.number.startswith("HZ20261123-")
    again = issue_receipt(person=person.pk, by=by, at=at)
    assert again.acts == made.acts and again.number != made.number


def test_who_did_nothing_today_makes_no_receipt(person, cast, at):
    with pytest.raises(Refused, match="Nothing was done"):
        issue_receipt(person=person.pk, by=cast.township_clerk.actor, at=at)


def test_anybody_checks_a_receipt_by_its_code_and_learns_no_name(person, cast, at):
    client = cast.county_clerk.client()
    made = client.post(reverse("counter:receipt_new", args=[person.pk]), {"idempotency_key": str(uuid4())})
    page = client.get(made["Location"]).content.decode()
    with within(COUNTY):
        receipt = Receipt.objects.get()
    assert person.name in page and receipt.number in page
    visitor = Client()
    visitor.cookies["django_language"] = "en"
    typed = f"{receipt.token[:4].lower()}-{receipt.token[4:8]} {receipt.token[8:]}"
    seen = visitor.get(reverse("counter:receipt_check"), {"code": typed}, follow=True).content.decode()
    assert receipt.number in seen and "A person was registered" in seen
    assert person.name not in seen and person.id_mask not in seen
    wrong = visitor.get(reverse("counter:receipt_scan", args=["ABCDEFGHJKMN"]))
    assert wrong.status_code == 404 and "No receipt has this code." in wrong.content.decode()
    assert cast.neighbour_clerk.client().get(made["Location"]).status_code == 404


def test_the_public_reads_proofs_and_not_receipts_and_nobody_changes_either(person, cast, at):
    made = issue_receipt(person=person.pk, by=cast.county_clerk.actor, at=at)
    with within(role="openpes_public"):
        assert checked_receipt(token=made.token).number == made.number
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Receipt.objects.count()
    for rows in (Receipt.objects, ReceiptProof.objects):
        with within(COUNTY), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows.update(number="x")
    with within("4501"):
        assert JournalEntry.objects.filter(event__endswith="ReceiptIssued", person=person.pk).count() == 1
