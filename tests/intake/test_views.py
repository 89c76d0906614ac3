"""Pages of files that come in: by whom, for which area, and the same request twice."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse

from openpes.audit.models import JournalEntry
from openpes.intake.actions import accept_batch
from openpes.intake.choices import kind_of
from openpes.intake.models import Batch
from openpes.intake.queries import grid_of
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from tests.intake.factories import bring_in, household, ledger, workbook

KEY = "import-request-1"


def upload(content: bytes, name: str = "台账.xlsx") -> BytesIO:
    file = BytesIO(content)
    file.name = name
    return file


def start(client, content: bytes, key: str = KEY):
    form = {"file": upload(content), "idempotency_key": key}
    return client.post(reverse("intake:start", args=["rural_ledger"]), form)


def pages(batch: Batch) -> list[str]:
    return [reverse(f"intake:{name}", args=[batch.pk]) for name in ("batch", "progress", "annotated")]


def acts(batch: Batch) -> list[str]:
    return [reverse(f"intake:{name}", args=[batch.pk]) for name in ("accept", "undo", "drop", "cancel")]


@pytest.fixture
def batch(cast, at) -> Batch:
    return bring_in(ledger(household(公民身份号码="123")), player=cast.township_clerk, at=at)


def test_the_whole_way_through_the_pages(cast, at):
    client = cast.township_clerk.client()
    assert client.get(reverse("intake:list")).status_code == 200
    answer = start(client, ledger(household() + household("H002", "黄有田", 公民身份号码="1")))
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "rows with errors" in page and "Row" in page
    with within(CITY):
        found = Batch.objects.get()
    assert answer["Location"] == reverse("intake:batch", args=[found.pk])
    only_bad = client.get(answer["Location"] + "?show=bad").content.decode()
    assert "Head of household" in only_bad and "黄有田" in only_bad and "覃大山" not in only_bad
    everything = client.get(answer["Location"] + "?show=all").content.decode()
    assert "覃大山" in everything
    form = {"which": "good", "idempotency_key": "accept-request-1"}
    assert client.post(reverse("intake:accept", args=[found.pk]), form).status_code == 302
    with within(CITY):
        assert Person.objects.count() == 3
    marked = client.get(reverse("intake:annotated", args=[found.pk]))
    assert marked["Content-Disposition"].endswith(".xlsx")
    assert grid_of(marked.content).rows[0][-1] == "Errors"
    asked = client.get(reverse("intake:undo", args=[found.pk]))
    assert "Take the whole batch back?" in asked.content.decode()
    with within(CITY):
        assert Batch.objects.get().state == Batch.State.ACCEPTED
    form = {"idempotency_key": "undo-request-1"}
    assert client.post(reverse("intake:undo", args=[found.pk]), form).status_code == 302
    with within(CITY):
        assert Person.objects.count() == 0
        assert JournalEntry.objects.filter(event="intake.MarkedFileTaken").count() == 1


def test_the_template_has_every_column_and_can_be_brought_in_filled(cast):
    answer = cast.township_clerk.client("zh-hans").get(reverse("intake:template", args=["rural_ledger"]))
    titles, *rows = grid_of(answer.content).rows
    assert rows == []
    assert list(titles[:2]) == ["户口簿编号*", "所在村（社区）*"]
    sheet = kind_of("rural_ledger").sheet(area="450103001", on=date(2026, 11, 23))
    assert len(titles) == len(sheet.columns)
    row = household()[0]
    filled = workbook([titles, [row.get(str(title).strip("*")) for title in titles]])
    assert start(cast.township_clerk.client(), filled).status_code == 302
    with within(CITY):
        assert Batch.objects.get().good_count == 1


def test_a_file_that_cannot_be_read_is_answered_at_the_field_and_can_be_tried_again_with_the_same_key(cast, at):
    client = cast.township_clerk.client()
    answer = start(client, b"not a workbook at all")
    assert answer.status_code == 422
    assert "Only workbooks saved as .xlsx are accepted" in answer.content.decode()
    assert start(client, ledger(household())).status_code == 302


def test_the_same_request_twice_brings_one_batch_and_the_same_answer(cast, at):
    client, content = cast.township_clerk.client(), ledger(household())
    first, second = start(client, content), start(client, content)
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert second["Idempotency-Replayed"] == "true"
    with within(CITY):
        assert Batch.objects.count() == 1


def test_the_same_file_with_another_key_is_led_to_the_first_batch(cast, at):
    client, content = cast.township_clerk.client(), ledger(household())
    first, second = start(client, content), start(client, content, "import-request-2")
    assert second.status_code == 422
    assert f'href="{first["Location"]}"' in second.content.decode()


def test_accepting_twice_with_one_key_accepts_once(cast, at):
    client = cast.township_clerk.client()
    found = bring_in(ledger(household()), player=cast.township_clerk, at=at)
    address, form = reverse("intake:accept", args=[found.pk]), {"which": "good", "idempotency_key": KEY}
    assert [client.post(address, form).status_code for _ in range(2)] == [302, 302]
    assert client.post(address, form | {"idempotency_key": "accept-request-2"}).status_code == 422
    with within(CITY):
        assert Person.objects.count() == 3


def test_the_neighbour_finds_nothing_at_any_address(cast, batch):
    client = cast.neighbour_clerk.client()
    assert [client.get(page).status_code for page in pages(batch)] == [404, 404, 404]
    form = {"which": "good", "idempotency_key": KEY}
    assert [client.post(page, form).status_code for page in acts(batch)] == [404] * 4
    assert batch.file_name not in client.get(reverse("intake:list")).content.decode()


def test_a_village_officer_does_not_see_the_towns_batch_and_the_county_does(cast, batch):
    assert cast.village_officer.client().get(pages(batch)[0]).status_code == 404
    assert cast.county_clerk.client().get(pages(batch)[0]).status_code == 200


@pytest.mark.parametrize("player", ["statistician", "auditor", "administrator"])
def test_who_may_not_import_sees_no_page(cast, batch, player):
    client = getattr(cast, player).client()
    addresses = [reverse("intake:list"), reverse("intake:start", args=["rural_ledger"]), *pages(batch)]
    assert [client.get(address).status_code for address in addresses] == [403] * len(addresses)


def test_a_batch_of_a_kind_that_one_may_not_bring_in_does_not_exist(cast, at):
    found = bring_in(ledger(household()), player=cast.village_officer, at=at)
    with within(CITY):
        Batch.objects.filter(pk=found.pk).update(kind="vacancy_list")
    assert cast.village_officer.client().get(reverse("intake:batch", args=[found.pk])).status_code == 404


def test_an_unknown_kind_is_not_found(cast):
    assert cast.township_clerk.client().get("/intake/start/colours/").status_code == 404


def test_no_page_shows_a_whole_identity_number(cast, at):
    rows = household()
    found = bring_in(ledger(rows), player=cast.township_clerk, at=at)
    page = cast.township_clerk.client().get(reverse("intake:batch", args=[found.pk])).content.decode()
    assert all(row["公民身份号码"] not in page for row in rows)


def test_the_preview_of_fifty_rows_asks_a_fixed_number_of_questions(cast, at, django_assert_max_num_queries):
    many = [row for n in range(20) for row in household(f"H{n:03}")]
    found = bring_in(ledger(many), player=cast.township_clerk, at=at)
    client = cast.township_clerk.client()
    client.get(reverse("intake:batch", args=[found.pk]))
    with django_assert_max_num_queries(20):
        client.get(reverse("intake:batch", args=[found.pk]))


def test_the_question_before_taking_back_counts_the_rows_also_of_a_batch_from_before_they_were_counted(cast, at):
    batch = bring_in(ledger(household()), player=cast.township_clerk, at=at)
    accept_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    with within(CITY):
        Batch.objects.filter(pk=batch.pk).update(done_count=0)
    asked = cast.township_clerk.client().get(reverse("intake:undo", args=[batch.pk]))
    assert "What 3 rows became is taken back" in asked.content.decode()
