"""The rural ledger comes in: every way in which real ledgers are wrong, and every row accounted for."""

from datetime import date

import pytest
from django.utils import translation
from django.utils.translation import override

from openpes.audit.models import JournalEntry
from openpes.engine.identifiers import compose_resident_id, resident_check_digit
from openpes.intake.actions import accept_batch, undo_batch
from openpes.intake.models import Batch, BatchRow
from openpes.kernel import Refused, within
from openpes.kernel.scope import CITY
from openpes.people.actions import register_person
from openpes.people.models import Household, HouseholdMember, LedgerEntry, Person, Residence
from tests.intake.factories import bring_in, household, id_number, ledger, member
from tests.people.factories import facts, ledger_told

TABLES = (Person, Residence, Household, HouseholdMember, LedgerEntry)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def counts() -> list[int]:
    with within(CITY):
        return [table.objects.count() for table in TABLES]


def rows_of(batch: Batch) -> list[BatchRow]:
    with within(CITY):
        return list(BatchRow.objects.filter(batch=batch).order_by("row_no"))


def errors_of(batch: Batch) -> dict[int, list[tuple[str, str]]]:
    return {
        row.row_no: [(error["column"], error["text"] % error["params"]) for error in row.errors]
        for row in rows_of(batch)
        if row.errors
    }


def test_a_household_becomes_persons_a_household_and_what_the_ledger_says(cast, at):
    batch = bring_in(ledger(household()), player=cast.township_clerk, at=at)
    assert (batch.state, batch.row_count, batch.good_count) == ("checked", 3, 3)
    assert counts() == [0, 0, 0, 0, 0]
    accept_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    assert counts() == [3, 3, 1, 3, 3]
    with within(CITY):
        formed = Household.objects.get()
        told = (formed.booklet_no, formed.kind, str(formed.farmland_mu), formed.land_taken)
        assert told == ("H001", "5", "3.50", False)
        members = HouseholdMember.objects.filter(household=formed).order_by("-is_head", "relation")
        assert [(row.person.name, row.relation) for row in members.select_related("person")] == [
            ("覃大山", "0"), ("韦小兰", "1"), ("覃小宝", "2")
        ]  # fmt: skip
        entry = LedgerEntry.objects.get(person__name="覃小宝")
        told = (entry.status, entry.industry, entry.work_area, entry.work_way, entry.income_fen, entry.intention)
        assert told == ("1", "C", "3", "1", 3_600_000, "2")
        assert (entry.training_wish, entry.surveyed_on) == ("电工", date(2026, 11, 23))
        head = Person.objects.get(name="覃大山")
        assert (head.education, head.hukou, head.phone_mask[-4:]) == ("70", "20", "0000")


def test_the_ledger_is_told_in_the_words_of_the_reader_and_only_inside_the_area(cast, at):
    batch = bring_in(ledger(household()), player=cast.township_clerk, at=at)
    accept_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    with within(CITY):
        person = Person.objects.get(name="覃小宝").pk
        with override("en"):
            (told,) = ledger_told(scope=CITY, person=person)
        assert told.surveyed_on == date(2026, 11, 23)
        assert ("Income of the year", "36,000 yuan") in told.rows
        assert ("Training wish", "电工") in told.rows
        with override("zh-hans"):
            (said,) = ledger_told(scope=CITY, person=person)
        assert ("年收入", "36,000 元") in said.rows
        assert ledger_told(scope="450105", person=person) == []
    page = cast.township_clerk.client().get(f"/counter/person/{person}/").content.decode()
    assert "In the rural ledger" in page
    assert "Surveyed on 23 Nov 2026" in page


@pytest.mark.parametrize(
    ("typed", "column", "words"),
    [
        ("4.5E+17", "id_number", "Excel has turned the number into 4.5E+17"),
        (450199198503090000.0, "id_number", "lost the digits after the fifteenth"),
        ("", "id_number", "must be filled in"),
        ("45019919850309012", "id_number", "17 characters"),
        ("450199198513090120", "id_number", "1985-13-09"),
    ],
)
def test_an_identity_number_that_cannot_be_one_is_named_at_its_cell(cast, at, typed, column, words):
    rows = household()
    rows[1]["公民身份号码"] = typed
    batch = bring_in(ledger(rows), player=cast.township_clerk, at=at)
    ((found_column, text),) = errors_of(batch)[3]
    assert found_column == column
    assert words in text
    assert batch.good_count == 2


def test_a_wrong_check_digit_is_refused_with_the_expected_one_and_without_the_number(cast, at):
    first_17 = id_number()[:17]
    right = resident_check_digit(first_17)
    wrong = "1" if right != "1" else "2"
    batch = bring_in(ledger(household(公民身份号码=first_17 + wrong)), player=cast.township_clerk, at=at)
    ((column, text),) = errors_of(batch)[2]
    assert column == "id_number"
    assert f"{right}" in text and first_17 not in text
    stored = " ".join(str(row.errors) + str(row.notes) for row in rows_of(batch))
    assert first_17 not in stored


def test_the_head_with_an_error_holds_the_household_back(cast, at):
    rows = household(公民身份号码="123") + household("H002", "黄有田")
    batch = bring_in(ledger(rows), player=cast.township_clerk, at=at)
    assert {row: [column for column, _ in errors] for row, errors in errors_of(batch).items()} == {
        2: ["id_number"], 3: ["head"], 4: ["head"]
    }  # fmt: skip
    assert "row 2" in errors_of(batch)[3][0][1]
    accept_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    assert counts() == [3, 3, 1, 3, 3]


def test_a_full_width_and_a_15_digit_number_are_the_same_person(cast, at):
    number = compose_resident_id("450199", date(1971, 2, 3), 5)
    wide = number.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)} | {ord("X"): "Ｘ"})
    old = number[:6] + number[8:17]
    batch = bring_in(ledger(household(公民身份号码=wide)), player=cast.township_clerk, at=at)
    accept_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    again = household("H001")
    again[0]["公民身份号码"] = old
    second = bring_in(ledger(again[:1]), player=cast.township_clerk, at=at)
    assert second.good_count == 1
    accept_batch(batch=second.pk, by=cast.township_clerk.actor, at=at)
    with within(CITY):
        assert [p.id_number().reveal() for p in Person.objects.filter(name="覃大山")] == [number]


def test_the_same_person_twice_in_one_file_is_named_with_the_first_row(cast, at):
    rows = household()
    rows[2]["公民身份号码"] = rows[1]["公民身份号码"]
    batch = bring_in(ledger(rows), player=cast.township_clerk, at=at)
    assert errors_of(batch) == {4: [("id_number", "The same value already stands in row 3.")]}


@pytest.mark.parametrize("village", ["不存在村", "450105001001", "999999999999"])
def test_a_village_that_is_not_of_the_area_is_refused_by_name(cast, at, village):
    batch = bring_in(ledger([household(**{"所在村（社区）": village})[0]]), player=cast.township_clerk, at=at)
    ((column, text),) = errors_of(batch)[2]
    assert column == "area"
    assert village in text or "*" in text


USUAL_WAYS = ["新竹社区居委会", "新竹社区", "新竹街道新竹社区居委会", " 新竹 社区 ", "450103001005"]


@pytest.mark.parametrize("village", USUAL_WAYS)
def test_a_village_may_be_written_in_every_usual_way(cast, at, village):
    batch = bring_in(ledger([household(**{"所在村（社区）": village})[0]]), player=cast.county_clerk, at=at)
    assert errors_of(batch) == {}


def test_a_person_of_another_area_is_refused_and_nothing_is_said_about_them(cast, at):
    number = id_number()
    register_person(
        facts=facts(id_number=number, name="蒙不该见", area="450105001001"), by=cast.neighbour_clerk.actor, at=at
    )
    batch = bring_in(ledger(household(公民身份号码=number)), player=cast.township_clerk, at=at)
    ((column, text),) = errors_of(batch)[2]
    assert column == "id_number"
    assert "another office" in text
    assert "蒙" not in text and "450105" not in text and number not in text


def test_a_known_person_is_recognised_and_differences_are_notes_not_changes(cast, at):
    number = id_number()
    known = register_person(
        facts=facts(id_number=number, name="覃大山", area="450103001005", education="61", hukou="20"),
        by=cast.township_clerk.actor,
        at=at,
    )
    batch = bring_in(ledger(household(公民身份号码=number)), player=cast.township_clerk, at=at)
    assert [note["column"] for note in rows_of(batch)[0].notes] == ["id_number", "education"]
    accept_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    with within(CITY):
        assert Person.objects.get(pk=known.pk).education == "61"
        assert Person.objects.count() == 3
    undo_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    with within(CITY):
        assert [p.pk for p in Person.objects.all()] == [known.pk]


def test_undo_leaves_the_tables_as_before_and_the_journal_keeps_both(cast, at):
    before = counts()
    batch = bring_in(ledger(household() + household("H002", "黄有田")), player=cast.township_clerk, at=at)
    accept_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    assert counts() == [6, 6, 2, 6, 6]
    undo_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    assert counts() == before
    with within(CITY):
        told = set(JournalEntry.objects.values_list("event", flat=True))
    assert {"intake.BatchAccepted", "intake.BatchUndone"} <= told
    assert {"people.PersonRegistered", "people.LedgerRowWithdrawn"} <= told


def test_undo_is_refused_with_the_rows_that_others_depend_on_and_takes_nothing_back(cast, at):
    batch = bring_in(ledger(household()), player=cast.township_clerk, at=at)
    accept_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    with within(CITY):
        wife = Person.objects.get(name="韦小兰")
        LedgerEntry.objects.create(area=wife.area, person=wife, surveyed_on=date(2026, 11, 24), recorded_at=at)
    before = counts()
    with pytest.raises(Refused) as refused:
        undo_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    assert [str(reason)[:5] for reason in refused.value.reasons] == ["Row 3"]
    assert counts() == before


def test_undo_is_refused_when_a_file_was_changed_since(cast, at):
    from openpes.people.actions import PersonChanges, change_person

    batch = bring_in(ledger(household()), player=cast.township_clerk, at=at)
    accept_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)
    with within(CITY):
        son = Person.objects.get(name="覃小宝")
    changes = PersonChanges(phone="13900000000")
    change_person(person=son.pk, version=1, changes=changes, by=cast.township_clerk.actor, at=at)
    with pytest.raises(Refused, match="changed since"):
        undo_batch(batch=batch.pk, by=cast.township_clerk.actor, at=at)


def test_the_same_rows_again_change_nothing(cast, at):
    rows = household()
    first = bring_in(ledger(rows), player=cast.township_clerk, at=at)
    accept_batch(batch=first.pk, by=cast.township_clerk.actor, at=at)
    before = counts()
    rows[0]["备注"] = "another file with the same rows"
    second = bring_in(ledger(rows), player=cast.township_clerk, at=at)
    accept_batch(batch=second.pk, by=cast.township_clerk.actor, at=at)
    assert counts() == before
    undo_batch(batch=second.pk, by=cast.township_clerk.actor, at=at)
    assert counts() == before


def test_a_member_joins_a_household_that_is_formed_already(cast, at):
    first = bring_in(ledger(household()), player=cast.township_clerk, at=at)
    accept_batch(batch=first.pk, by=cast.township_clerk.actor, at=at)
    later = bring_in(ledger([member("H001", "覃大山", "覃小妹", "女")]), player=cast.township_clerk, at=at)
    assert later.good_count == 1
    accept_batch(batch=later.pk, by=cast.township_clerk.actor, at=at)
    assert counts()[3] == 4
    with pytest.raises(Refused, match="Row 2"):  # the daughter stands on the household of the first file
        undo_batch(batch=first.pk, by=cast.township_clerk.actor, at=at)
    stranger = bring_in(ledger([member("H009", "陆无户", "陆小小", "女")]), player=cast.township_clerk, at=at)
    assert "No row of this file is the head" in errors_of(stranger)[2][0][1]


def test_two_heads_and_a_head_under_another_name_are_errors(cast, at):
    rows = household()
    rows[1]["与户主关系"], rows[1]["姓名"] = "户主", "覃大山"
    rows[2]["户主姓名"] = "覃别人"
    other = household("H002", "黄有田")
    other[0]["户主姓名"] = "黄无田"
    found = errors_of(bring_in(ledger(rows + other), player=cast.township_clerk, at=at))
    assert "already the head" in found[3][0][1]
    assert "another name" in found[5][0][1]
    assert set(found) == {3, 5, 6, 7}


def test_values_of_persons_are_nowhere_in_the_clear(cast, at):
    number = id_number()
    batch = bring_in(ledger(household(公民身份号码=number)), player=cast.township_clerk, at=at)
    with within(CITY):
        kept = Batch.objects.get(pk=batch.pk)
    assert number.encode() not in bytes(kept.content)
    assert all("覃大山".encode() not in bytes(row.sealed_values) for row in rows_of(batch))


def test_a_village_officer_brings_in_the_own_village_only(cast, at):
    rows = household(**{"所在村（社区）": "思贤社区"})
    batch = bring_in(ledger(rows), player=cast.village_officer, at=at)
    assert "not a place of your area" in errors_of(batch)[2][0][1]
    batch = bring_in(ledger(household()), player=cast.village_officer, at=at)
    assert batch.good_count == 3
