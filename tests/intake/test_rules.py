"""What is kept of errors, cells and groups; and no row is lost whatever dirt a file holds."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openpes.engine.sheets import check, plain_text
from openpes.intake.choices import Grouping, Incoming, Remark
from openpes.intake.queries import grid_of
from openpes.intake.rules import Groups, cell_from, cell_kept, kept, without_numbers
from openpes.people.subscriptions.ledger_sheet import ledger_sheet
from tests.intake.factories import household, id_number, workbook

MOMENT = datetime.fromisoformat("2026-01-02T03:04:00")  # cells of a workbook know no time zone


@pytest.mark.parametrize("cell", [None, "覃", 3, 4.5, True, date(1988, 7, 1), MOMENT, time(5, 6)])
def test_a_cell_survives_its_keeping(cell):
    assert cell_from(cell_kept(cell)) == cell
    assert type(cell_from(cell_kept(cell))) is type(cell)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("450199198503090128", "****************28"),
        ("４５０１９９１９８５０３０９０１２Ｘ", "****************２Ｘ"),
        ("call 13800000000 now", "call *********00 now"),
        ("4.50199198503091E+17", "4.************91E+17"),
        ("row 12 of 2026-11-23, 12345678", "row 12 of 2026-11-23, 12345678"),
    ],
)
def test_long_numbers_do_not_stay_in_words(text, left):
    assert without_numbers(text) == left


@given(st.text(max_size=30), st.integers(0, 10**17 - 1), st.text(max_size=30))
def test_no_kept_error_holds_an_identity_number(before, digits, after):
    number = f"4{digits:017d}"
    remark = kept(Remark("id_number", "“%(value)s” is wrong.", {"value": f"{before}{number}{after}", "n": int(number)}))
    assert number not in str(remark)


FAMILY = Grouping(
    key=lambda values: values["h"], leads=lambda values: values["lead"], known=lambda keys, area: set(),
    column="h", held="row %(row)s", second="twice %(row)s", leaderless="none",
)  # fmt: skip


def family(*rows: tuple[int, str, bool]) -> Groups:
    groups = Groups(FAMILY)
    for number, key, lead in rows:
        groups.add(Incoming(number, {"h": key, "lead": lead}))
    return groups


def test_the_head_may_stand_below_the_members():
    groups = family((2, "a", False), (3, "a", True), (4, "", False))
    assert groups.leader_of() == {2: 3}
    assert list(groups.faults(set(), set())) == []
    assert [(row, fault.params) for row, fault in groups.faults({3}, set())] == [(2, {"row": 3})]


def test_a_group_without_a_head_is_an_error_unless_it_is_known():
    groups = family((2, "a", False), (3, "b", False))
    assert [row for row, _ in groups.faults(set(), {"b"})] == [2]


def test_a_second_head_is_an_error():
    groups = family((2, "a", True), (3, "a", True))
    assert [(row, fault.text, fault.params) for row, fault in groups.faults(set(), set())] == [
        (3, "twice %(row)s", {"row": 2})
    ]


DIRT = st.one_of(
    st.none(),
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12),
    st.integers(-(10**9), 10**17),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(date(1901, 1, 1), date(2099, 1, 1)).map(str),
    st.sampled_from(["4.5E+17", "户主", "新竹社区", "=1+1", "　", "覃大山", "450199", "2026.11.1"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(DIRT, min_size=20, max_size=20), min_size=1, max_size=6))
def test_every_row_of_a_dirty_ledger_is_either_good_or_has_an_error(db, rows):
    sheet = ledger_sheet(area="450103001", on=date(2026, 11, 23))
    titles = [column.title_zh for column in sheet.columns][:20]
    clean = household()[0] | {"公民身份号码": id_number()}
    body = [[clean.get(title) for title in titles], *([*row][: len(titles)] for row in rows)]
    checked = check(sheet, grid_of(workbook([titles, *body])))
    good, bad = {row.number for row in checked.good}, set(checked.bad_rows)
    assert not good & bad
    assert len(good) + len(bad) == checked.rows
    seen = {2 + n for n, row in enumerate(body) if any(plain_text(cell) for cell in row)}
    assert good | bad == seen


def test_a_checker_that_forgets_a_row_is_caught(db):
    sheet = ledger_sheet(area="450103001", on=date(2026, 11, 23))
    titles = [column.title_zh for column in sheet.columns]
    rows = [[row.get(title) for title in titles] for row in household(公民身份号码="1")]
    checked = check(sheet, grid_of(workbook([titles, *rows])))
    forgetful = replace(checked, errors=[])
    assert len(forgetful.good) + len(forgetful.bad_rows) != forgetful.rows
