"""Tables whose headings differ: what is guessed, what is not, and reading them through a mapping."""

from datetime import date

import pytest

from openpes.engine.identifiers import INVENTED_COUNTY, compose_resident_id, parse_resident_id
from openpes.engine.sheets import (
    Choice,
    Column,
    ColumnMapping,
    Grid,
    HeadingsMissing,
    Sheet,
    check,
    choice,
    headings_in,
    identifier,
    mapped_sheet,
    money_fen,
    outline_of,
    proposals,
    signature_of,
    text,
    unread_words,
)
from openpes.engine.sheets.mapping import IGNORED, Why, likeness

ON = date(2026, 11, 23)
SEXES = (Choice("1", "男", "Male"), Choice("2", "女", "Female"))


def _sheet() -> Sheet:
    number = identifier(lambda typed: parse_resident_id(typed, ON).number)
    sexes = choice([(one.code, (one.label_zh, one.label_en)) for one in SEXES])
    return Sheet(
        name="people",
        title_zh="人员",
        title_en="People",
        columns=(
            Column(key="name", title_zh="姓名", title_en="Name", parse=text(40), required=True),
            Column(key="id_number", title_zh="公民身份号码", title_en="Identity number", parse=number, required=True),
            Column(key="sex", title_zh="性别", title_en="Sex", parse=sexes, choices=SEXES),
            Column(key="pay", title_zh="月收入", title_en="Monthly income", parse=money_fen()),
        ),
        unique=("id_number",),
    )


def _number(order: int) -> str:
    return compose_resident_id(INVENTED_COUNTY, date(1985, 3, 9), order)


def _grid(*rows: list) -> Grid:
    return Grid("Sheet1", [["某某公司员工表", None, None, None, None], *rows])


STAFF = _grid(
    ["员工", "证件", "男/女", "月收入（元）", "备注"],
    ["覃大山", _number(1), "男性", "3,500", "新来"],
    ["韦小兰", _number(2), "女性", "4200", None],
    [None, None, None, None, None],
    ["黄有田", _number(3), "未说明", 3900, "调动"],
)
MAPPING = ColumnMapping(
    {"name": "员工", "id_number": "证件", "sex": "男/女", "pay": "月收入（元）"},
    {"sex": {"男性": "1", "女性": "2", "未说明": IGNORED}},
)


def test_the_headings_are_found_below_a_title_and_named_the_same_in_any_order():
    assert headings_in(STAFF) == (1, ("员工", "证件", "男/女", "月收入(元)", "备注"))
    assert signature_of(["B", " a*", "", "错误说明"]) == signature_of(["A", "b"])
    assert signature_of(["A", "B"]) != signature_of(["A", "C"])


def test_an_outline_keeps_words_of_short_lists_and_no_numbers_of_persons():
    outline = outline_of(STAFF)
    assert outline.heading_row == 1 and len(outline.rows) == 3
    assert outline.words[2] == (("女性", 1), ("未说明", 1), ("男性", 1))
    assert outline.words[1] == ()


def test_columns_are_guessed_by_heading_and_by_what_stands_below():
    found = proposals(_sheet(), outline_of(STAFF))
    assert {place: (one.key, one.why) for place, one in found.items()} == {
        1: ("id_number", Why.CONTENT),
        3: ("pay", Why.LIKENESS),
    }


def test_an_equal_heading_wins_over_whatever_stands_below():
    grid = _grid(["公民身份号码", "编号"], ["1", _number(1)], ["2", _number(2)])
    found = proposals(_sheet(), outline_of(grid))
    assert (found[0].key, found[0].why) == ("id_number", Why.NAME)
    assert 1 not in found  # a column is meant by one heading only


def test_a_heading_that_is_alike_is_not_believed_when_nothing_below_can_be_read():
    grid = _grid(["员工身份证号码公民身份号码", "姓名"], ["不详", "覃大山"], ["没有", "韦小兰"])
    assert {one.key for one in proposals(_sheet(), outline_of(grid)).values()} == {"name"}


@pytest.mark.parametrize(
    ("name", "other", "least", "most"),
    [("姓 名*", "姓名", 1, 1), ("员工姓名", "姓名", 0.6, 0.99), ("工资", "月收入", 0, 0.1), ("", "姓名", 0, 0)],
)
def test_likeness_of_headings(name, other, least, most):
    assert least <= likeness(name, other) <= most


def test_a_table_is_read_through_its_mapping_with_its_own_words():
    checked = check(mapped_sheet(_sheet(), MAPPING), STAFF)
    assert checked.errors == []
    assert [(row.number, row.values["name"], row.values["sex"], row.values["pay"]) for row in checked.good] == [
        (3, "覃大山", "1", 350_000),
        (4, "韦小兰", "2", 420_000),
        (6, "黄有田", None, 390_000),
    ]
    assert checked.unknown == ("备注",)


def test_without_its_words_the_same_table_has_errors_and_without_its_columns_it_is_refused():
    plain = ColumnMapping(MAPPING.columns)
    assert [error.column for error in check(mapped_sheet(_sheet(), plain), STAFF).errors] == ["sex"] * 3
    short = ColumnMapping({"name": "员工"})
    with pytest.raises(HeadingsMissing, match="公民身份号码"):
        check(mapped_sheet(_sheet(), short), STAFF)
    with pytest.raises(HeadingsMissing):
        check(_sheet(), STAFF)


def test_unmapped_columns_are_not_read_even_under_their_own_name():
    grid = _grid(["员工", "证件", "性别"], ["覃大山", _number(1), "男"])
    mapping = ColumnMapping({"name": "员工", "id_number": "证件"})
    assert check(mapped_sheet(_sheet(), mapping), grid).good[0].values["sex"] is None


def test_words_that_a_list_has_are_not_asked_for():
    sex = _sheet().column("sex")
    assert unread_words(sex, [("男", 5), ("男性", 2), ("1", 1)]) == [("男性", 2)]


def test_of_two_equal_headings_one_is_read_and_the_other_left():
    """A mapping knows a place by its heading: two columns under one heading would be one column twice."""
    grid = Grid("", [["姓名", "姓名*", "性别"], ["韦小兰", "女", "男"], ["覃大山", "男", "女"]])
    found = proposals(_sheet(), outline_of(grid))
    assert sorted(one.key for one in found.values()) == ["name", "sex"]
