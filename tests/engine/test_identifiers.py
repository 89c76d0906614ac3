"""Identity numbers, credit codes, telephones, names and masks, against the rules of their standards."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from openpes.engine.identifiers import (
    INVENTED_COUNTY,
    IdentifierError,
    compose_credit_code,
    compose_resident_id,
    counties,
    mask_id,
    mask_name,
    mask_phone,
    normalise_id,
    normalise_name,
    normalise_phone,
    parse_credit_code,
    parse_mobile,
    parse_name,
    parse_phone,
    parse_resident_id,
    resident_check_digit,
    resident_ids_valid,
    upgrade_id,
)
from openpes.engine.identifiers.credit import ALPHABET, credit_check_digit, organisation_check_digit

TODAY = date(2026, 11, 2)
# The worked example printed in GB 11643.
STANDARD_EXAMPLE = "11010519491231002X"

births = st.dates(date(1900, 1, 1), TODAY)
real_counties = st.sampled_from(["450102", "450110", "450122", "450127", "450181", "110101", "810000"])
orders = st.integers(0, 999)
ids = st.builds(compose_resident_id, real_counties, births, orders)


def code_of(parse, *arguments):
    with pytest.raises(IdentifierError) as caught:
        parse(*arguments)
    return caught.value.code


def test_the_example_of_the_standard_is_read():
    found = parse_resident_id(STANDARD_EXAMPLE, TODAY)
    assert (found.born_on, found.sex, found.county, found.warnings) == (date(1949, 12, 31), "2", "110105", ())


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("1101051949123100", "length"),
        ("11010519491231002XX", "character"),
        ("1101051949123100211", "length"),
        ("11010519491231OO2X", "character"),
        ("1101051949123X0021", "character"),
        ("١١010519491231002X", "character"),
        ("11010519491331002X", "date"),
        ("11010519490230002X", "date"),
        ("110105189912310021", "date"),
        ("110105202612310021", "future"),
        ("110105194912310021", "check"),
        ("4.50102E+17", "spreadsheet"),
        ("110105194912310000", "spreadsheet"),
        ("110105194912310.0", "spreadsheet"),
    ],
)
def test_every_broken_rule_has_its_own_refusal(text, rule):
    assert code_of(parse_resident_id, text, TODAY) == rule


def test_a_wrong_check_digit_is_refused_with_the_one_that_is_expected():
    with pytest.raises(IdentifierError) as caught:
        parse_resident_id("110105194912310021", TODAY)
    assert caught.value.message.params == {"found": "1", "expected": "X"}
    assert "is 1, but these digits require X" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002x",
        "110105-19491231-002X",
        "\ufeff11010519491231002X\n",
    ],
)
def test_other_ways_of_writing_a_number_mean_the_same_person(text):
    assert parse_resident_id(text, TODAY).number == STANDARD_EXAMPLE


@pytest.mark.parametrize(
    ("county", "born_on"),
    [("450102", date(1965, 1, 1)), ("450110", date(1990, 5, 6)), ("450127", date(1975, 3, 4))],
)
def test_residents_whose_county_code_is_younger_or_older_than_they_are_are_accepted(county, born_on):
    found = parse_resident_id(compose_resident_id(county, born_on, 11), TODAY)
    assert (found.county, found.born_on, found.warnings) == (county, born_on, ())


def test_an_unknown_county_warns_and_does_not_refuse():
    found = parse_resident_id(compose_resident_id("459999", date(1980, 1, 1), 1), TODAY)
    (warning,) = found.warnings
    assert "459999" in str(warning)


@pytest.mark.parametrize(
    ("county", "kind"),
    [
        ("450102", "resident"),
        ("810000", "hk_macao_taiwan"),
        ("820000", "hk_macao_taiwan"),
        ("830000", "hk_macao_taiwan"),
        ("911156", "foreign"),
        (INVENTED_COUNTY, "invented"),
    ],
)
def test_the_first_digits_tell_what_kind_of_holder(county, kind):
    found = parse_resident_id(compose_resident_id(county, date(1980, 1, 1), 2), TODAY)
    assert (found.kind, found.warnings) == (kind, ())


def test_a_number_is_read_as_of_the_day_it_is_handed_in():
    newborn = compose_resident_id("450102", TODAY, 1)
    assert parse_resident_id(newborn, TODAY).born_on == TODAY
    assert code_of(parse_resident_id, newborn, TODAY - timedelta(days=1)) == "future"


@given(ids, st.integers(0, 17), st.sampled_from("0123456789"))
def test_any_single_wrong_digit_is_caught(number, place, digit):
    if number[place] == digit:
        return
    wrong = number[:place] + digit + number[place + 1 :]
    assert code_of(parse_resident_id, wrong, TODAY) in ("check", "date", "future", "spreadsheet")


@given(ids, st.integers(0, 15))
def test_two_swapped_neighbours_are_caught(number, place):
    if number[place] == number[place + 1]:
        return
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert code_of(parse_resident_id, swapped, TODAY) in ("check", "date", "future", "spreadsheet")


@given(real_counties, st.dates(date(1900, 1, 1), date(1999, 12, 31)), orders)
def test_an_old_number_is_upgraded_to_the_number_of_the_same_person(county, born_on, order):
    number = compose_resident_id(county, born_on, order)
    old = number[:6] + number[8:17]
    found = parse_resident_id(old, TODAY)
    assert upgrade_id(old) == found.number == number
    assert found.upgraded
    assert found.born_on == born_on


@given(ids)
def test_the_check_digit_agrees_with_an_independent_one(number):
    assert ric.calc_check_digit(number) == resident_check_digit(number[:17]) == number[17]


@given(st.text(max_size=20))
def test_no_text_breaks_the_reader(text):
    try:
        number = parse_resident_id(text, TODAY).number
    except IdentifierError as refusal:
        assert str(refusal)
    else:
        assert number.isascii()


@given(ids, st.text(" -\u3000\t", max_size=3), st.integers(0, 17))
def test_a_number_is_the_same_with_and_without_what_stands_between_its_digits(number, between, place):
    assert normalise_id(number[:place] + between + number[place:].lower()) == number == normalise_id(number)


@given(st.lists(ids | st.text("0123456789X", max_size=19), min_size=1, max_size=20))
def test_the_column_check_agrees_with_the_check_of_one_number(numbers):
    expected = []
    for number in numbers:
        try:
            expected.append(not parse_resident_id(number, TODAY).upgraded)
        except IdentifierError:
            expected.append(False)
    assert resident_ids_valid(np.array(numbers), TODAY).tolist() == expected


@pytest.mark.parametrize("wrong", ["11010519490229002", "11010519001301002", "11010518991231002", "11010520261103002"])
def test_the_column_check_catches_an_impossible_birth_date_with_a_right_check_digit(wrong):
    number = wrong + resident_check_digit(wrong)
    assert resident_ids_valid(np.array([number, STANDARD_EXAMPLE]), TODAY).tolist() == [False, True]


def test_county_codes_of_all_editions_are_known_by_name():
    known = counties()
    names = {code: known.name(code) for code in ("450122", "450110", "450127", "450181", "450108")}
    assert names == {
        "450122": "武鸣县", "450110": "武鸣区", "450127": "横县", "450181": "横州市", "450108": "良庆区"
    }  # fmt: skip
    assert "459999" not in known
    assert known.name("459999") == ""


organisations = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8)
credit_codes = st.builds(compose_credit_code, st.sampled_from(["91", "92", "12", "52"]), real_counties, organisations)


def test_a_credit_code_tells_registrar_county_and_organisation():
    found = parse_credit_code("９１３５０１００m000100y43")
    assert (found.number, found.registrar, found.county, found.organisation) == (
        "91350100M000100Y43", "91", "350100", "M000100Y4"
    )  # fmt: skip


@given(credit_codes)
def test_a_composed_credit_code_is_valid_by_an_independent_check(number):
    assert parse_credit_code(number).number == number
    assert uscc.is_valid(number)


@given(credit_codes, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_single_wrong_character_of_a_credit_code_is_caught(number, place, character):
    if number[place] == character:
        return
    wrong = number[:place] + character + number[place + 1 :]
    assert code_of(parse_credit_code, wrong) in ("check", "organisation", "character")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "empty"),
        ("91350100M000100Y4", "length"),
        ("91350100M000100Y4I", "character"),
        ("91A50100M000100Y43", "character"),
        ("91350100M000100Y44", "check"),
    ],
)
def test_every_broken_rule_of_a_credit_code_has_its_own_refusal(text, rule):
    assert code_of(parse_credit_code, text) == rule


def test_a_wrong_organisation_code_under_a_right_outer_check_is_caught():
    first_17 = "91350100M000100Y5"
    assert organisation_check_digit("M000100Y") == "4"
    assert code_of(parse_credit_code, first_17 + credit_check_digit(first_17)) == "organisation"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13812345678", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("0086 13812345678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
    ],
)
def test_a_mobile_number_is_read_however_it_is_written(text, number):
    assert normalise_phone(text) == number == parse_mobile(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [("", "empty"), ("1381234567", "length"), ("12812345678", "prefix"), ("138 1234 567a", "character")],
)
def test_every_broken_rule_of_a_mobile_number_has_its_own_refusal(text, rule):
    assert code_of(parse_mobile, text) == rule


@pytest.mark.parametrize("text", ["0771-5531234", "(010) 6512 3456", "13812345678", "400-123-4567", "12333"])
def test_landlines_and_service_lines_are_telephones(text):
    assert parse_phone(text).isdigit()


@pytest.mark.parametrize("text", ["5531234", "07715", "99999999999"])
def test_a_number_that_nobody_can_dial_is_refused(text):
    assert code_of(parse_phone, text) == "form"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张 三", "张三"),
        ("　韦　秀英 ", "韦秀英"),
        ("阿不都•热合曼", "阿不都·热合曼"),
        ("阿不都 ・ 热合曼", "阿不都·热合曼"),
        ("阿不都.热合曼", "阿不都·热合曼"),
        ("John  Smith", "John Smith"),
        ("Jose\u0301 Ruiz", "José Ruiz"),
        ("\u4dae㛃", "\u4dae㛃"),
        ("李𬭎", "李𬭎"),
    ],
)
def test_a_name_is_written_as_the_card_prints_it(text, name):
    assert normalise_name(text) == name == parse_name(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [("", "empty"), ("张", "length"), ("张" * 51, "length"), ("张3", "character"), ("=张三", "character")],
)
def test_every_broken_rule_of_a_name_has_its_own_refusal(text, rule):
    assert code_of(parse_name, text) == rule


def test_masks_show_too_little_to_recognise_a_person():
    assert mask_id("450102199003074518") == "450*************18"
    assert mask_name("韦秀英") == "韦**"
    assert mask_name("阿不都·热合曼") == "阿**·***"
    assert mask_phone("13812345678") == "138****5678"
    assert mask_phone("12333") == "***33"
    assert [mask(text) for mask, text in ((mask_id, ""), (mask_id, "4501"), (mask_name, ""))] == ["", "****", ""]


@given(ids)
def test_the_mask_of_a_number_gives_neither_birth_date_nor_sex(number):
    assert not any(digit.isdigit() for digit in mask_id(number)[6:16])
