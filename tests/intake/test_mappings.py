"""Tables with other headings: asked for once, saved by the office in versions, recognised, kept with the batch."""

from collections import Counter
from io import BytesIO

import pytest
from django.db.utils import ProgrammingError
from django.urls import reverse

from openpes.intake.actions import accept_batch, drop_batch, match_again, match_columns, purge_content
from openpes.intake.models import Batch, BatchRow, TableMapping
from openpes.intake.queries import mappings, outline_in
from openpes.kernel import Refused, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from tests.intake.factories import OWN_HEADINGS, VILLAGE_NAME, bring_in, household, id_number, ledger, own_ledger
from tests.owner import as_owner
from tests.races import at_once, or_refused

COLUMNS = {
    "booklet_no": "户号码", "area": "村", "head": "户主名", "name": "家庭成员", "id_number": "证件", "relation": "关系",
    "education": "文化",
}  # fmt: skip


def codes() -> dict[str, dict[str, str]]:
    """The words of the table with the codes that the sheet gives them."""
    from openpes.codes.queries import code_items
    from openpes.people.choices import Relation

    return {"education": {"读过书": code_items("education_2006")[-1].code}, "relation": {"当家的": str(Relation.HEAD)}}


@pytest.fixture
def waiting(cast, at) -> Batch:
    return bring_in(own_ledger(), player=cast.township_clerk, at=at)


def match(batch: Batch, cast, at, **changes) -> Batch:
    told = {"name": "村里的台账", "columns": COLUMNS, "words": codes(), "seen": 0} | changes
    return match_columns(batch=batch.pk, by=cast.township_clerk.actor, at=at, **told)


def test_a_table_with_other_headings_waits_with_its_outline_sealed(waiting):
    with within(CITY):
        stored = Batch.objects.get(pk=waiting.pk)
        assert (stored.state, stored.row_count) == ("matching", 0)
        assert "覃大山".encode() not in bytes(stored.outline)
        assert not BatchRow.objects.exists()
        assert outline_in(stored).headings == tuple(OWN_HEADINGS)


def test_matched_columns_and_words_read_the_table_and_are_kept_with_the_batch(waiting, cast, at):
    done = match(waiting, cast, at)
    assert (done.state, done.row_count, done.good_count) == ("checked", 2, 2)
    accept_batch(batch=done.pk, by=cast.township_clerk.actor, at=at)
    with within(CITY):
        stored = Batch.objects.get(pk=done.pk)
        assert (stored.mapping.name, stored.mapping.version, bytes(stored.outline)) == ("村里的台账", 1, b"")
        assert Person.objects.count() == 2


def test_the_next_file_with_these_headings_is_read_without_asking_by_the_own_office_only(waiting, cast, at):
    match(waiting, cast, at)
    again = bring_in(own_ledger(booklet="H2"), player=cast.township_clerk, at=at)
    assert (again.state, again.good_count, again.mapping.name) == ("checked", 2, "村里的台账")
    other = bring_in(own_ledger(booklet="H3"), player=cast.county_clerk, at=at)
    assert (other.state, other.mapping) == ("matching", None)


def test_a_changed_mapping_is_a_new_version_and_the_first_batch_keeps_its_own(waiting, cast, at):
    match(waiting, cast, at)
    second = bring_in(own_ledger(booklet="H2"), player=cast.township_clerk, at=at)
    match_again(batch=second.pk, by=cast.township_clerk.actor, at=at)
    with within(CITY):
        assert not BatchRow.objects.filter(batch=second).exists()
        seen = mappings(scope=second.area, kind=second.kind)[0].pk
    done = match(second, cast, at, words={"relation": codes()["relation"]}, seen=seen)
    assert (done.mapping.version, done.good_count, done.bad_count) == (2, 0, 2)
    with within(CITY):
        assert Batch.objects.get(pk=waiting.pk).mapping.version == 1
        assert [saved.version for saved in mappings(scope=done.area, kind=done.kind)] == [2]


def test_nobody_changes_a_saved_version(waiting, cast, at):
    match(waiting, cast, at)
    with pytest.raises(ProgrammingError, match="permission denied"), within(CITY):
        TableMapping.objects.update(name="anders")


def test_the_same_mapping_again_is_no_new_version(waiting, cast, at):
    match(waiting, cast, at)
    second = bring_in(own_ledger(booklet="H2"), player=cast.township_clerk, at=at)
    match_again(batch=second.pk, by=cast.township_clerk.actor, at=at)
    assert match(second, cast, at).mapping.version == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"columns": COLUMNS | {"id_number": "关系"}}, "two columns"),
        ({"columns": {"name": "家庭成员"}}, "Identity number"),
        ({"columns": COLUMNS | {"education": "关系"}}, "two columns"),
        ({"columns": COLUMNS | {"education": "没有的"}}, "no heading"),
        ({"name": "  "}, "no name"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_in_words(waiting, cast, at, changes, words):
    with pytest.raises(Refused, match=words):
        match(waiting, cast, at, **changes)
    with within(CITY):
        assert Batch.objects.get(pk=waiting.pk).state == "matching"
        assert not TableMapping.objects.exists()


def test_a_name_that_a_colleague_saved_meanwhile_is_not_overwritten_unseen(waiting, cast, at):
    match(waiting, cast, at)
    second = bring_in(own_ledger(last="说明"), player=cast.township_clerk, at=at)
    with pytest.raises(Refused, match="meanwhile"):
        match(second, cast, at, seen=0)


def test_an_accepted_file_is_not_matched_again_and_a_waiting_one_can_be_dropped(waiting, cast, at):
    done = match(waiting, cast, at)
    accept_batch(batch=done.pk, by=cast.township_clerk.actor, at=at)
    with pytest.raises(Refused, match="before it is accepted"):
        match_again(batch=done.pk, by=cast.township_clerk.actor, at=at)
    with pytest.raises(Refused, match="wait for nobody"):
        match(done, cast, at)
    other = bring_in(own_ledger(last="说明"), player=cast.township_clerk, at=at)
    drop_batch(batch=other.pk, by=cast.township_clerk.actor, at=at)
    with within(CITY):
        assert bytes(Batch.objects.get(pk=other.pk).outline) == b""


def test_the_outline_is_forgotten_with_the_content(waiting, at):
    from datetime import timedelta

    purge_content(by=PLATFORM, at=at + timedelta(days=4000))
    with within(CITY):
        assert bytes(Batch.objects.get(pk=waiting.pk).outline) == b""


def page(batch: Batch) -> str:
    return reverse("intake:columns", args=[batch.pk])


def send(client, batch: Batch, key: str, **typed):
    form = {"idempotency_key": key, "seen": 0, "name": "村里的台账"}
    places = {f"column_{OWN_HEADINGS.index(name)}": column for column, name in COLUMNS.items()}
    return client.post(page(batch), form | places | typed)


def word_fields() -> dict[str, str]:
    from openpes.intake.forms import word_field

    return {word_field(key, word): code for key, of in codes().items() for word, code in of.items()}


def test_the_page_guesses_shows_first_rows_without_numbers_and_asks_for_unknown_words(waiting, cast):
    client = cast.township_clerk.client()
    text = client.get(page(waiting)).content.decode()
    assert "by what stands below" in text and "its heading is alike" in text
    with within(CITY):
        number = str(outline_in(Batch.objects.get(pk=waiting.pk)).rows[0][4])
    assert number not in text and number[:14] not in text
    looked = send(client, waiting, "look-request-1", act="look")
    text = looked.content.decode()
    assert looked.status_code == 200
    assert "读过书" in text and "当家的" in text and "not among the choices" in text
    looked = send(client, waiting, "look-request-2", act="look", **word_fields())
    assert "not among the choices" not in looked.content.decode()
    with within(CITY):
        assert not TableMapping.objects.exists()


def test_saving_on_the_page_reads_the_table_and_a_mistake_is_said_there(waiting, cast):
    client = cast.township_clerk.client()
    wrong = send(client, waiting, "save-request-1", act="save", column_7="name")
    assert wrong.status_code == 422 and "chosen for two headings" in wrong.content.decode()
    wrong = send(client, waiting, "save-request-2", act="save", name="")
    assert wrong.status_code == 422 and "has no name" in wrong.content.decode()
    saved = send(client, waiting, "save-request-3", act="save", **word_fields())
    assert saved.status_code == 302
    text = client.get(saved["Location"]).content.decode()
    assert "村里的台账" in text and "version 1" in text and "Match the columns anew" in text
    again = client.post(reverse("intake:columns_again", args=[waiting.pk]), {"idempotency_key": "again-request"})
    assert again["Location"] == page(waiting)


def test_a_file_is_matched_by_its_own_office_only(waiting, cast):
    assert cast.neighbour_clerk.client().get(page(waiting)).status_code == 404
    assert cast.statistician.client().get(page(waiting)).status_code == 403


def test_an_upload_leads_to_the_columns_also_of_a_text_table(cast):
    lines = "\r\n".join([",".join(OWN_HEADINGS), f"H1,{VILLAGE_NAME},覃大山,覃大山,{id_number()},户主,,"])
    file = BytesIO(lines.encode("gb18030"))
    file.name = "台账.csv"
    form = {"file": file, "idempotency_key": "upload-request"}
    answer = cast.township_clerk.client().post(reverse("intake:start", args=["rural_ledger"]), form)
    with within(CITY):
        assert answer["Location"] == page(Batch.objects.get())


def test_a_saved_mapping_goes_before_the_own_names_of_the_kind(cast, at):
    """A table with all needed headings and others can be matched too, and is recognised from then on."""
    rows = household(自家的学历="读过书")
    first = bring_in(ledger(rows), player=cast.township_clerk, at=at)
    assert first.state == "checked"
    match_again(batch=first.pk, by=cast.township_clerk.actor, at=at)
    with within(CITY):
        outline = outline_in(Batch.objects.get(pk=first.pk))
    own = dict(zip(("booklet_no", "area", "head", "name", "id_number", "relation"), outline.headings, strict=False))
    told = {"columns": own | {"education": "自家的学历"}, "words": {"education": codes()["education"]}}
    assert match(first, cast, at, **told).good_count == 3
    second = bring_in(ledger(household("H9", 自家的学历="读过书")), player=cast.township_clerk, at=at)
    assert second.mapping is not None and second.good_count == 3


def waiting_batches(at, count: int) -> list[Batch]:
    from openpes.intake.actions import receive_file

    told = {"kind": "rural_ledger", "name": "台账.xlsx", "area": "450103001", "by": PLATFORM, "at": at}
    return [receive_file(content=own_ledger(booklet=f"R{n}"), **told) for n in range(count)]


def save_all(batches: list[Batch], at) -> Counter:
    """Everybody saves another meaning of the words under the same name at once."""

    def save(number: int) -> str:
        words = {"relation": {"当家的": f"0{number}"}}
        match_columns(
            batch=batches[number].pk, name="同名", columns=COLUMNS, words=words, seen=0, by=PLATFORM, at=at
        )
        return "won"

    return Counter(at_once(or_refused(save), range(len(batches))))


def versions() -> list[int]:
    with within(CITY):
        return sorted(TableMapping.objects.values_list("version", flat=True))


@pytest.mark.city
def test_two_who_save_the_same_name_at_once_make_one_version(city, at):
    assert save_all(waiting_batches(at, 8), at) == Counter({"won": 1, "refused": 7})
    assert versions() == [1]


@pytest.mark.city
def test_without_the_constraint_many_would_be_the_first_version(city, at, monkeypatch):
    """The planted mistake: nobody guards the versions of a name, and all have looked before anybody writes."""
    from threading import Barrier

    batches, gate = waiting_batches(at, 8), Barrier(8, timeout=20)
    as_owner(city, "ALTER TABLE intake_tablemapping DROP CONSTRAINT one_version_of_a_mapping")
    save = TableMapping.save

    def save_together(self, **options):
        gate.wait()
        return save(self, **options)

    monkeypatch.setattr(TableMapping, "save", save_together)
    assert save_all(batches, at) == Counter({"won": 8})
    assert versions() == [1] * 8


def accept_all(batch: Batch, at) -> Counter:
    def accept(_number: int) -> str:
        accept_batch(batch=batch.pk, by=PLATFORM, at=at)
        return "won"

    return Counter(at_once(or_refused(accept), range(8)))


def people() -> int:
    with within(CITY):
        return Person.objects.count()


@pytest.mark.city
def test_eight_who_accept_the_same_batch_at_once_bring_it_in_once(city, at):
    from openpes.intake.actions import receive_file

    batch = receive_file(
        kind="rural_ledger", name="台账.xlsx", content=ledger(household()), area="450103001", by=PLATFORM, at=at
    )
    assert accept_all(batch, at) == Counter({"won": 1, "refused": 7})
    assert people() == 3
    with within(CITY):
        assert all(len(row.became) for row in BatchRow.objects.filter(batch=batch))


@pytest.mark.city
def test_without_the_lock_several_would_accept_the_same_batch(city, at, monkeypatch):
    """The planted mistake: the batch is read without its lock, and all have seen it open before anybody takes a row."""
    from threading import Barrier

    from openpes.intake.actions import accept, receive_file

    batch = receive_file(
        kind="rural_ledger", name="台账.xlsx", content=ledger(household()), area="450103001", by=PLATFORM, at=at
    )
    gate, take = Barrier(8, timeout=20), accept._take

    def take_together(batch, *arguments):
        if not batch.followers_reached:
            gate.wait()
        return take(batch, *arguments)

    monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", lambda self, **_options: self)
    monkeypatch.setattr(accept, "_take", take_together)
    got = accept_all(batch, at)
    assert got["won"] > 1  # several told their clerk that the file was theirs
