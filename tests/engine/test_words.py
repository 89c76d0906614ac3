"""How Chinese names are found by typing: words, pinyin, initials, and names of both languages in one line."""

import pytest

from openpes.engine.words import search_line, sounds


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("叉车证", "chachezheng", "ccz"),
        ("小型汽车驾驶证C1", "xiaoxingqichejiashizhengc1", "xxqcjszc1"),
        ("数控 机床", "shukongjichuang", "skjc"),
        ("", "", ""),
    ],
)
def test_a_name_sounds_as_it_is_typed(name, pinyin, initials):
    assert sounds(name) == (pinyin, initials)


def test_a_thing_is_found_by_both_names_by_pinyin_and_by_initials():
    line = search_line("低压电工证", "Low-voltage electrician certificate")
    for part in ("低压电工证", "electrician", "diyadiangongzheng", "dydgz"):
        assert part in line


def test_an_english_name_has_no_sound_of_its_own_and_nothing_stands_twice():
    assert search_line("OFFICE") == "office"
    assert search_line("办公", "办公") == "办公 bangong bg"
