"""The dirty tables: what the truth says is wrong is what the check of their sheets finds."""

import pytest

from openpes.demo.actions import write_ledgers
from openpes.demo.queries import ledger_files
from openpes.demo.rules.accounts import COUNTY, VILLAGE
from openpes.demo.rules.ledgers import rural_ledger, vacancy_list
from openpes.demo.rules.numbers import VILLAGE_LEDGER_ORDERS
from openpes.engine.sheets import check, read_rows
from openpes.kernel import clock, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from tests.demo.factories import ON, city_of

COUNT = 600


def sheet_of(kind, at, area=COUNTY):
    """The sheet with which the room that takes the table checks it."""
    from openpes.people.subscriptions.ledger_sheet import ledger_sheet
    from openpes.vacancies.subscriptions import list_sheet

    make = {"rural_ledger": ledger_sheet, "vacancy_list": list_sheet}[kind]
    return make(area=area, on=clock.day_of(at))


def test_the_importer_finds_exactly_what_is_wrong(db, at, tmp_path):
    for ledger in write_ledgers(folder=tmp_path, seed=3, count=COUNT, by=PLATFORM, at=at):
        with within(CITY):
            found = check(sheet_of(ledger.kind, at, ledger.area), read_rows(ledger.path))
        assert found.unknown == ()
        truth = {(fault.row, fault.column) for fault in ledger.faults if fault.wrong}
        assert {(error.row, error.column) for error in found.errors} == truth
        assert len(found.good) == ledger.rows - len(ledger.wrong_rows)


def test_every_kind_of_dirt_occurs(at, tmp_path):
    kinds = {
        (ledger.kind, ledger.account): {fault.kind for fault in ledger.faults}
        for ledger in write_ledgers(folder=tmp_path, seed=3, count=COUNT, by=PLATFORM, at=at)
    }
    assert kinds["rural_ledger", "county_clerk"] >= {
        "wrong_check", "number_lost_digits", "blank", "unknown_village", "wrong_label", "full_width", "old_number",
        "repeated",
    }  # fmt: skip
    assert kinds["vacancy_list", "county_clerk"] >= {
        "wrong_check",
        "no_such_day",
        "negotiable",
        "unknown_place",
        "full_width",
    }


@pytest.mark.parametrize("make", [rural_ledger, vacancy_list])
def test_the_same_seed_writes_the_same_rows(make):
    one, two, other = (make(count=80, seed=seed, on=ON, county=COUNTY) for seed in (5, 5, 6))
    assert (one.rows, one.faults) == (two.rows, two.faults)
    assert one.rows != other.rows


def test_people_of_ledgers_are_not_people_of_the_city():
    town = set(city_of(4000).people.identity)
    ledger = rural_ledger(count=400, seed=7, on=ON, county=COUNTY)
    assert not town.intersection(row["id_number"] for row in ledger.rows)


def test_the_village_officer_has_a_ledger_of_exactly_that_village(db, at, tmp_path):
    village, county, vacancies = write_ledgers(folder=tmp_path, seed=1, by=PLATFORM, at=at)
    assert [(one.account, one.area) for one in (village, county)] == [
        ("village_officer", VILLAGE),
        ("county_clerk", COUNTY),
    ]
    assert "刘圩村" in village.path.name
    assert [(one.account, one.path.name) for one in (village, county, vacancies)] == ledger_files()
    with within(VILLAGE):
        mine = check(sheet_of("rural_ledger", at, VILLAGE), read_rows(village.path))
        theirs = check(sheet_of("rural_ledger", at, VILLAGE), read_rows(county.path))
    assert len(mine.good) == village.rows - len(village.wrong_rows) > 40
    assert len(theirs.good) < len(mine.good)  # the ledger of the whole county is not for an officer of one village


def test_no_person_stands_in_two_ledgers():
    one = rural_ledger(count=200, seed=1, on=ON, county=COUNTY)
    two = rural_ledger(count=60, seed=1, on=ON, county=VILLAGE, orders=VILLAGE_LEDGER_ORDERS)
    for key in ("id_number", "booklet_no"):
        assert not {row[key] for row in one.rows if row[key]} & {row[key] for row in two.rows if row[key]}
