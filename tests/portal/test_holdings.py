"""Everything that is held about a person: complete in the schema, complete in its rows, and nothing of others."""

import json
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from openpes.engine.sheets import read_rows
from openpes.kernel import within
from openpes.people.actions import (
    Answer,
    EducationFacts,
    GroupFacts,
    HouseholdFacts,
    answer_correction,
    appeal_correction,
    ask_correction,
    enter_group,
    form_household,
    move_residence,
    open_file,
    record_education,
)
from openpes.portal.queries.holdings import CATALOGUE, as_json, as_workbook, city_schema, own_holdings, unlisted
from openpes.referrals.actions import refer
from tests.cast import VILLAGE, self_service
from tests.people.factories import a_person
from tests.portal.factories import CLERK
from tests.registration.factories import unemployed, wishing
from tests.vacancies.factories import make_open

NUMBER = "112221201206009876"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def clerk(cast):
    return cast.county_clerk.actor


def lived(clerk, at, name: str, number: str):
    """A person with rows in many rooms, and the account of their own."""
    person = a_person(by=clerk, at=at, name=name, area=VILLAGE, address=f"{name}路 1 号", phone=f"1380000{number[-4:]}")
    household = HouseholdFacts(area=VILLAGE, booklet_no=f"H{number[-5:]}")
    form_household(facts=household, head=person.pk, from_on=at.date(), by=clerk, at=at)
    unemployed(person.pk, by=clerk, at=at)
    wishing(person.pk, by=clerk, at=at, occupations=("6-31-05-00",))
    refer(person=person.pk, vacancy=make_open(CLERK, at, title=f"{name}包装工").pk, score=9000, by=clerk, at=at)
    facts = EducationFacts(
        level="30", school=f"{name}学院", graduated_on=date(2012, 6, 30), proof="diploma", number=number
    )
    record_education(person=person.pk, facts=facts, by=clerk, at=at)
    enter_group(
        person=person.pk,
        facts=GroupFacts(
            group=60, evidence="disability", evidence_on=at.date(), from_on=at.date(), evidence_no=f"B{number}"
        ),
        by=clerk,
        at=at,
    )
    player = self_service(username=f"seeker-{person.pk}", person=person.pk, at=at)
    asked = ask_correction(
        person=person.pk,
        fact="phone",
        wanted=f"1391111{number[-4:]}",
        evidence=f"{name}的话费单",
        by=player.actor,
        at=at,
    )
    answer_correction(request=asked.pk, answer=Answer(answer="refused", note="不是本人号码"), by=clerk, at=at)
    appeal_correction(request=asked.pk, grounds=f"{name}不服", by=player.actor, at=at)
    open_file(person=person.pk, purpose="counter service", by=clerk, at=at)
    return person, player


@pytest.fixture
def me(clerk, at):
    return lived(clerk, at, "覃小梅", NUMBER)


def held_by(player):
    with player.actor.standing():
        return own_holdings(actor=player.actor)


def test_every_table_of_the_city_is_shown_or_left_out_with_a_reason(db):
    assert unlisted(city_schema()) == []


@pytest.mark.parametrize(
    ("planted", "columns", "words"),
    [
        ("people_diary", ("id", "person_id", "text"), "people_diary is neither shown"),
        ("counter_ticket", ("id", "person_id"), "counter_ticket is left out as holding nothing"),
        ("people_residence", ("id", "person_id", "landlord"), "people_residence.landlord has no words"),
    ],
)
def test_a_table_or_column_that_nobody_thought_of_is_found(db, planted, columns, words):
    faults = unlisted(city_schema() | {planted: columns})
    assert [fault for fault in faults if words in fault], faults


def test_the_database_lets_a_person_read_the_own_rows_of_every_table_that_is_shown(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        guarded = {table for (table,) in cursor.fetchall()}
        cursor.execute("SELECT tablename FROM pg_policies WHERE 'openpes_self' = ANY(roles) OR 'public' = ANY(roles)")
        own = {table for (table,) in cursor.fetchall()}
    assert [kept.table for kept in CATALOGUE if kept.table in guarded - own and not kept.beyond] == []


def test_a_listed_table_that_is_gone_is_found(db):
    schema = city_schema()
    schema.pop("people_residence")
    assert unlisted(schema) == ["people_residence is listed and does not exist."]


def test_codes_of_the_register_and_of_the_household_are_told_in_words(me):
    _person, player = me
    told = {
        (table.kept.table, cell.column): cell.words
        for table in held_by(player).tables
        for row in table.rows
        for cell in row.cells
    }
    assert told["people_householdmember", "relation"] == "Head"
    assert told["registration_statusperiod", "reason"] == "Employment relationship with an enterprise ended"
    assert "Proof that employment ended" in told["registration_statusperiod", "proofs"]


def test_every_row_about_me_is_in_the_copy(me, at):
    person, player = me
    document = json.loads(as_json(held_by(player), at=at))
    copied = {table["table"]: len(table["rows"]) for section in document["sections"] for table in section["tables"]}
    with within("4501"), connection.cursor() as cursor:
        for table, columns in city_schema().items():
            column = next((name for name in ("person_id", "person") if name in columns), None)
            if column and table in copied and table != "access_account":
                cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}" = %s', [person.pk])
                assert copied[table] == cursor.fetchone()[0], table
    filled = {table for table, rows in copied.items() if rows}
    assert filled >= {
        "people_person", "people_personevent", "people_residence", "people_household", "people_householdmember",
        "people_educationrecord", "people_groupmembership", "people_correctionrequest", "people_correctionappeal",
        "registration_statusperiod", "registration_jobwish", "registration_decision", "referrals_referral",
        "access_account", "audit_journalentry",
    }  # fmt: skip


def test_the_copy_is_complete_and_says_where_things_come_from(me, at):
    person, player = me
    text = as_json(held_by(player), at=at).decode()
    with within("4501"):
        full = person.id_number().reveal()
    for fact in (full, "13800009876", "覃小梅路 1 号", "覃小梅学院", NUMBER, f"B{NUMBER}", "13911119876",
                 "覃小梅的话费单", "覃小梅不服", f"H{NUMBER[-5:]}", "Registered unemployed", "Junior college",
                 "Told or shown at the counter", "county clerk", "counter service"):  # fmt: skip
        assert fact in text, fact
    document = json.loads(text)
    (home,) = next(
        table for section in document["sections"] for table in section["tables"] if table["table"] == "people_residence"
    )["rows"]
    assert home["values"]["from_on"] == at.date().isoformat() and home["since"] == "23 Nov 2026"
    assert {entry["table"] for entry in document["left_out"]} >= {"intake_batchrow", "kernel_outboxrow"}


def test_the_hands_of_an_act_are_named_in_the_copy_and_not_told_twice_on_the_page(me):
    _person, player = me
    table = next(table for table in held_by(player).tables if table.kept.table == "people_groupmembership")
    cells = {cell.column: cell for cell in table.rows[0].cells}
    assert cells["entered_hands"].words == cells["entered_by"].words == "county clerk"
    assert not cells["entered_hands"].on_page and cells["entered_by"].on_page


def test_the_workbook_has_a_page_for_every_table_with_rows(me, tmp_path):
    _person, player = me
    holdings = held_by(player)
    file = tmp_path / "mine.xlsx"
    file.write_bytes(as_workbook(holdings))
    with ZipFile(BytesIO(file.read_bytes())) as parts:
        pages = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(pages) == len([table for table in holdings.tables if table.rows]) + 2
    first = read_rows(file)
    assert "Identity number" in first.rows[0] and first.rows[1][first.rows[0].index("Name")] == "覃小梅"


def test_nothing_of_another_is_in_the_copy(me, clerk, at):
    _person, player = me
    lived(clerk, at, "黄大山", "112221201206005432")
    text = as_json(held_by(player), at=at).decode()
    assert "黄大山" not in text and "5432" not in text


def test_no_secret_and_no_key_of_search_is_in_the_copy(me, at):
    person, player = me
    text = as_json(held_by(player), at=at).decode()
    with within("4501"):
        person.refresh_from_db()
    assert bytes(person.id_number_index).hex() not in text and '"password":' not in text
    assert {"id_number_index", "number_index", "password", "initials"}.isdisjoint(
        column for table in held_by(player).tables for column in table.columns
    )


def test_what_moved_to_another_office_stays_in_the_copy(me, clerk, at):
    person, player = me
    move_residence(person=person.pk, area="450105001001", address="新家", on=at.date(), by=clerk, at=at)
    text = as_json(held_by(player), at=at).decode()
    assert "新家" in text and "覃小梅学院" in text and "覃小梅的话费单" in text


def test_the_page_shows_the_groups_and_the_copy_is_journalled(me, at):
    _person, player = me
    client = player.client()
    page = client.get(reverse("portal:holdings")).content.decode()
    for words in ("Who I am", "Where I lived", "Junior college", "覃小梅学院", "Who read my file", "Journal"):
        assert words in page, words
    assert NUMBER not in page and "13800009876" not in page and "****" in page  # in full only in the file
    answer = client.post(reverse("portal:own_copy"), {"form": "json"})
    assert answer["Content-Disposition"] == 'attachment; filename="my-file-2026-11-23.json"'
    assert "no-store" in answer["Cache-Control"] and json.loads(answer.content)["format"] == "openpes-own-data/1"
    assert client.post(reverse("portal:own_copy"), {"form": "xlsx"}).content[:2] == b"PK"
    assert client.post(reverse("portal:own_copy"), {"form": "pdf"}).status_code == 404
    taken = next(table for table in held_by(player).tables if table.kept.table == "audit_journalentry")
    assert "people.OwnCopyTaken" in [cell.value for row in taken.rows for cell in row.cells]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_answeredrequest WHERE account_id = %s", [player.actor.id])
        assert cursor.fetchone() == (0,)  # the file is not kept beside the answered requests


def test_staff_and_visitors_do_not_open_the_page(me, cast, client):
    assert cast.county_clerk.client().get(reverse("portal:holdings")).status_code == 403
    assert client.get(reverse("portal:holdings")).status_code == 302


def test_the_catalogue_names_each_table_once():
    assert len({kept.table for kept in CATALOGUE}) == len(CATALOGUE)


def test_moments_in_a_list_are_told_and_kept_like_single_ones(at):
    from openpes.portal.queries.holdings.reading import _plain, _spoken

    assert _plain([at, [at.date()]]) == [at.isoformat(timespec="seconds"), [at.date().isoformat()]]
    with translation.override("en"):
        assert _spoken([at]) == _spoken(at) and _spoken(["a", 1]) == "a, 1"
