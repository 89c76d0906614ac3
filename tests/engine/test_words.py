"""How Chinese names are found by typing: words, pinyin, initials, and names of both languages in one line."""

import re
from itertools import combinations

import pytest

from openpes.engine.words import plain_text, search_line, sounds, title_terms, wanted_terms


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


@pytest.mark.parametrize(
    "title", ["驻4S店贷款文员（包吃住）", "C++工程师", "水处理工A岗", "经理+提成2名", "ＷＥＢ前端", "电工"]
)
def test_every_piece_of_a_title_that_cuts_no_latin_word_is_among_its_terms(title):
    plain, known = plain_text(title), title_terms(title)
    for begin, end in combinations(range(len(plain) + 1), 2):
        inside = [plain[at - 1 : at + 1] for at in (begin, end) if 0 < at < len(plain)]
        if not any(re.fullmatch(r"[0-9a-z+#.]{2}", pair) for pair in inside):
            assert wanted_terms(plain[begin:end]) <= known, plain[begin:end]
