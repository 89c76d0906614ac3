"""Evidence that two files are of one person: numbers one slip apart, weights, strangers and relatives."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openpes.engine.identifiers import INVENTED_COUNTY, compose_resident_id
from openpes.engine.likeness import Face, Weights, is_near, levels_of, near_numbers, score_of
from openpes.engine.parameters import parameters

ON = date(2026, 11, 23)
WEIGHTS = Weights.from_values(parameters().value("likeness_weights", ON))
NUMBER = compose_resident_id(INVENTED_COUNTY, date(1985, 2, 3), 156)
BASE = Face(
    name="覃小梅", sound="qin xiao mei", born_on=date(1985, 2, 3), sex="2", area="450103001005", number=NUMBER,
    phone=b"1",
)  # fmt: skip


def face(**changes) -> Face:
    return Face(**(BASE.__dict__ | changes))


def order(number: int) -> str:
    return compose_resident_id(INVENTED_COUNTY, date(1985, 2, 3), number)


def score(other: Face, persons: int = 7_000_000, **more: int) -> int:
    return score_of(levels_of(BASE, other), WEIGHTS, persons=persons, **more)


digits = st.text("0123456789", min_size=17, max_size=17)


@given(digits, st.integers(0, 16), st.sampled_from("0123456789"))
def test_a_number_with_one_wrong_character_is_among_the_near_ones(body, at, digit):
    from openpes.engine.identifiers import resident_check_digit

    good = body + resident_check_digit(body)
    slip = body[:at] + digit + body[at + 1 :]
    typed = slip + good[17]
    assert good in set(near_numbers(typed)) | {typed}
    for number in near_numbers(good):
        assert number[17] == resident_check_digit(number[:17])
        assert is_near(good, number) and is_near(number, good)


def test_a_wrong_check_character_and_two_swapped_ones_are_slips_too():
    wrong = NUMBER[:17] + ("0" if NUMBER[17] != "0" else "1")
    assert NUMBER in set(near_numbers(wrong))
    swapped = NUMBER[:9] + NUMBER[10] + NUMBER[9] + NUMBER[11:]
    assert NUMBER in set(near_numbers(swapped))
    assert len(set(near_numbers(NUMBER))) == 17 * 9 + sum(NUMBER[n] != NUMBER[n + 1] for n in range(16))
    assert list(near_numbers("4501")) == list(near_numbers("45010119850203A563")) == []


def test_an_old_card_means_the_number_of_the_new_one():
    old = NUMBER[:6] + NUMBER[8:17]
    slip = old[:5] + str((int(old[5]) + 1) % 10) + old[6:]
    assert NUMBER in set(near_numbers(slip))


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"number": order(157)}, True),
        ({"number": order(157), "name": "秦晓梅"}, True),
        ({"number": order(157), "area": "450105001001", "phone": b""}, True),
        ({"number": order(790)}, True),
        ({"number": order(790), "phone": b"", "area": "450105001001"}, False),
        ({"number": order(157), "name": "覃小兰", "sound": "qin xiao lan"}, False),
        ({"number": order(790), "name": "黄大力", "sound": "huan da li", "born_on": date(1971, 1, 1)}, False),
    ],
)
def test_one_person_written_otherwise_is_shown_and_strangers_and_twins_are_not(changes, shown):
    told = {"sound": "qin xiao mei"} | changes
    assert (score(face(**told)) >= WEIGHTS.likely) is shown


def test_a_rare_name_says_more_than_a_frequent_one_and_a_small_town_more_than_a_city():
    other = face(number=order(790), phone=b"", area="450103002001")
    assert score(other, name_share=1_000) > score(other, name_share=500_000)
    assert score(other, persons=3_000) > score(other, persons=7_000_000)


def test_days_differ_by_a_digit_or_by_day_and_month_changed():
    def who(day: date) -> str:
        return levels_of(face(number=""), face(number="", born_on=day))[0]

    assert who(date(1985, 2, 3)) == "same_birth"
    assert [who(day) for day in (date(1986, 2, 3), date(1985, 3, 2), date(1958, 2, 3))] == ["near_birth"] * 3
    assert who(date(1986, 3, 3)) == "other_person"


def test_weights_without_a_level_or_beyond_a_billion_are_refused():
    values = dict(parameters().value("likeness_weights", ON))
    with pytest.raises(ValueError, match="same_name"):
        Weights.from_values({name: value for name, value in values.items() if name != "same_name"})
    with pytest.raises(ValueError, match="same_phone"):
        Weights.from_values(values | {"same_phone": [1, 2, 2_000_000_000]})
