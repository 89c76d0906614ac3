"""Files on their way: received once, checked, accepted or not, dropped, forgotten."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from openpes.intake.actions import (
    SameFile,
    accept_batch,
    drop_batch,
    purge_content,
    receive_file,
    take_marked_file,
    undo_batch,
)
from openpes.intake.models import Batch, BatchRow
from openpes.intake.queries import content_of, grid_of
from openpes.kernel import Refused, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from tests.intake.factories import bring_in, household, ledger, workbook


def far_cell() -> bytes:
    """A workbook of a few KB with one cell in the last row and column that Excel has."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        "</sheetData></worksheet>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def csv_of_wps() -> bytes:
    return "户口簿编号,所在村（社区）,户主姓名,姓名\r\nH001,新竹社区,覃大山,覃大山\r\n".encode("gb18030")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"hello, I am a letter\n" * 20, "headings are missing"),
        (b"\x00\x01\x02 nothing known", "not an Excel file"),
        (b"%PDF-1.7 ...", "PDF"),
        (csv_of_wps(), "公民身份号码"),
        (ledger(household())[:2000], "damaged"),
        (far_cell(), "XFD1048576"),
        (workbook([["户口簿编号", "姓名"], ["H1", "覃大山"]]), "公民身份号码"),
        (workbook([["什么", "都不", "对"], ["1", "2", "3"]]), "headings are missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words_and_leaves_nothing(cast, at, content, words):
    with pytest.raises(Refused) as refused:
        bring_in(content, player=cast.township_clerk, at=at)
    assert words in str(refused.value)
    assert refused.value.reasons[0].field == "file"
    with within(CITY):
        assert Batch.objects.count() == 0


def test_a_far_cell_is_a_small_file(cast, at):
    assert len(far_cell()) < 5 * 1024


def test_a_file_larger_than_allowed_is_refused_before_it_is_opened(cast, at):
    with pytest.raises(Refused, match="21 MB"):
        bring_in(b"PK\x03\x04" + bytes(20 * 1024 * 1024), player=cast.township_clerk, at=at)


def test_an_area_outside_the_clerks_is_refused(cast, at):
    with pytest.raises(Refused, match="does not belong to your office"):
        receive_file(
            kind="rural_ledger", name="a.xlsx", content=ledger(household()), area="450105",
            by=cast.township_clerk.actor, at=at,
        )  # fmt: skip


def test_the_same_file_twice_is_refused_with_the_first_batch_unless_it_was_undone(cast, at):
    content = ledger(household())
    first = bring_in(content, player=cast.township_clerk, at=at)
    with pytest.raises(SameFile) as refused:
        bring_in(content, player=cast.township_clerk, at=at, name="copy.xlsx")
    assert refused.value.batch.pk == first.pk
    accept_batch(batch=first.pk, by=cast.township_clerk.actor, at=at)
    with pytest.raises(SameFile):
        bring_in(content, player=cast.township_clerk, at=at)
    undo_batch(batch=first.pk, by=cast.township_clerk.actor, at=at)
    assert bring_in(content, player=cast.township_clerk, at=at).state == "checked"


def test_the_database_itself_keeps_the_same_file_from_coming_twice(cast, at):
    batch = bring_in(ledger(household()), player=cast.township_clerk, at=at)
    with within(CITY), pytest.raises(IntegrityError, match="same_file_once"), transaction.atomic():
        kept = Batch.objects.get(pk=batch.pk)
        Batch.objects.create(
            area=kept.area, kind=kept.kind, file_name="x", file_hash=kept.file_hash, content=b"", account_id=1,
            received_at=at,
        )  # fmt: skip


def test_an_accepted_batch_is_not_accepted_again(cast, at):
    batch = bring_in(ledger(household()), player=cast.township_clerk, at=at)
    accept_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    with pytest.raises(Refused, match="accepted already"):
        accept_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    with within(CITY):
        assert Person.objects.count() == 3


def test_all_or_none_accepts_nothing_of_a_file_with_an_error(cast, at):
    rows = household() + household("H002", "黄有田", 公民身份号码="1")
    batch = bring_in(ledger(rows), player=cast.township_clerk, at=at)
    with pytest.raises(Refused, match="3 rows have errors"):
        accept_batch(batch=batch.pk, all_or_none=True, by=cast.township_clerk.actor, at=at)
    with within(CITY):
        assert Person.objects.count() == 0
    done = accept_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    assert (done.good_count, done.bad_count) == (3, 3)


def test_a_row_that_is_refused_at_acceptance_becomes_an_error_and_holds_its_followers(cast, at):
    batch = bring_in(ledger(household()), player=cast.township_clerk, at=at)
    other = bring_in(ledger(household("H001", "陆另一")), player=cast.township_clerk, at=at)
    accept_batch(batch=other.pk, by=cast.township_clerk.actor, at=at)
    done = accept_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    assert (done.state, done.good_count, done.bad_count) == ("accepted", 0, 3)
    with within(CITY):
        rows = list(BatchRow.objects.filter(batch=batch))
        assert [row.errors[0]["column"] for row in rows] == ["booklet_no", "head", "head"]
        assert all(row.became == [] for row in rows)
        assert Person.objects.count() == 3


def test_all_or_none_leaves_nothing_when_a_row_is_refused_at_acceptance(cast, at):
    rows = household("H005", "甘好人") + household("H001", "覃大山")
    batch = bring_in(ledger(rows), player=cast.township_clerk, at=at)
    other = bring_in(ledger(household("H001", "陆另一")), player=cast.township_clerk, at=at)
    accept_batch(batch=other.pk, by=cast.township_clerk.actor, at=at)
    kept = accept_batch(batch=batch.pk, all_or_none=True, by=cast.township_clerk.actor, at=at)
    assert (kept.state, kept.good_count, kept.bad_count) == ("checked", 3, 3)
    with within(CITY):
        assert Person.objects.count() == 3
        assert all(row.became == [] for row in BatchRow.objects.filter(batch=batch))
        assert Batch.objects.get(pk=batch.pk).good_count == 3


def test_dropping_forgets_everything_at_once(cast, at):
    batch = bring_in(ledger(household()), player=cast.township_clerk, at=at)
    drop_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    with within(CITY):
        kept = Batch.objects.get(pk=batch.pk)
        assert (kept.state, bytes(kept.content)) == ("dropped", b"")
        assert not BatchRow.objects.filter(batch=batch).exists()
    with pytest.raises(Refused, match="cannot be accepted"):
        accept_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)


def test_an_accepted_batch_is_not_dropped_and_an_open_one_not_undone(cast, at):
    batch = bring_in(ledger(household()), player=cast.township_clerk, at=at)
    with pytest.raises(Refused, match="Only an accepted file"):
        undo_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    accept_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    with pytest.raises(Refused, match="not accepted yet"):
        drop_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)


def test_content_is_forgotten_after_the_dated_number_of_days_and_undo_still_works(cast, at):
    old = bring_in(ledger(household()), player=cast.township_clerk, at=at - timedelta(days=61))
    young = bring_in(ledger(household("H002", "黄有田")), player=cast.township_clerk, at=at - timedelta(days=59))
    accept_batch(batch=old.pk, by=cast.township_clerk.actor, at=at)
    assert purge_content(by=PLATFORM, at=at) == 1
    with within(CITY):
        assert bytes(Batch.objects.get(pk=old.pk).content) == b""
        assert {bytes(row.sealed_values) for row in BatchRow.objects.filter(batch=old)} == {b""}
        assert content_of(Batch.objects.get(pk=young.pk))[:2] == b"PK"
    with pytest.raises(Refused, match="given back"):
        take_marked_file(batch=old.pk, by=cast.township_clerk.actor, at=at)
    undo_batch(batch=old.pk, by=cast.township_clerk.actor, at=at)
    with within(CITY):
        assert Person.objects.count() == 0


def test_the_file_comes_back_with_its_errors_in_a_column_of_their_own(cast, at):
    rows = household(公民身份号码="123") + household("H002", "=HYPERLINK(1)")
    batch = bring_in(ledger(rows), player=cast.township_clerk, at=at)
    grid = grid_of(take_marked_file(batch=batch.pk, by=cast.township_clerk.actor, at=at))
    head, *body = grid.rows
    assert head[-1] == "错误说明" or head[-1] == "Errors"
    assert [bool(row[-1]) for row in body][:3] == [True, True, True]
    assert len(body) == len(rows)


def test_the_marked_file_can_be_mended_and_brought_in_again(cast, at):
    rows = household(公民身份号码="123")
    batch = bring_in(ledger(rows), player=cast.township_clerk, at=at)
    grid = grid_of(take_marked_file(batch=batch.pk, by=cast.township_clerk.actor, at=at))
    mended = [list(row) for row in grid.rows]
    mended[1][mended[0].index("公民身份号码")] = household()[0]["公民身份号码"]
    second = bring_in(workbook(mended), player=cast.township_clerk, at=at)
    assert (second.good_count, second.bad_count) == (3, 0)
