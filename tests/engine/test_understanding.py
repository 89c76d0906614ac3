"""The search box understands what people type: a table of readings, and what holds for any text at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openpes.engine.understanding import LONGEST_QUERY, Kind, Reading, Sign, completions, plain_query, read_query
from openpes.engine.understanding.automaton import Automaton
from openpes.engine.understanding.corrections import corrections
from openpes.engine.understanding.lexicon import lexicon

TYPED = st.lists(
    st.one_of(
        st.sampled_from(
            ["南宁", "电工", "包吃住", "5000以上", "-", "+", "~", '"', "不要", "4-6千", "附近5公里", "dg", "会展", "，"]
        ),
        st.text(max_size=12),
    ),
    max_size=30,
).map(" ".join)


def said(text: str) -> list[tuple[str, str]]:
    reading = read_query(text)
    return [(concept.sign.value + concept.kind.value, reading.written(concept)) for concept in reading.concepts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("南宁 电工 包吃住 5000以上", [("place", "南宁"), ("occ", "电工"), ("benefit", "包吃住"), ("pay", "5000以上")]),
        ("会计 不要销售", [("occ", "会计"), ("!occ", "销售")]),
        ("会计 -销售", [("occ", "会计"), ("!occ", "销售")]),
        ("不要销售、保险公司 文员", [("!occ", "销售"), ("!industry", "保险公司"), ("occ", "文员")]),
        ("双休优先 文员", [("~benefit", "双休"), ("occ", "文员")]),
        ('"五险一金"', [("phrase", '"五险一金"')]),
        ("男装导购", [("word", "男装"), ("occ", "导购")]),
        ("宾阳米粉店", [("employer", "宾阳米粉店")]),
        ("宾阳 米粉店", [("place", "宾阳"), ("industry", "米粉店")]),
        ("南宁市第一职业学校", [("employer", "南宁市第一职业学校")]),
        ("青秀区幼儿园", [("place", "青秀区"), ("industry", "幼儿园")]),
        ("江南大道", [("word", "江南大道")]),
        ("江南", [("place", "江南")]),
        ("江西 厨师", [("province", "江西"), ("occ", "厨师")]),
        ("江西镇 厨师", [("place", "江西镇"), ("occ", "厨师")]),
        ("会展 文员", [("word", "会展"), ("occ", "文员")]),
        ("2026年", []),
        ("13800000000", [("word", "13800000000")]),
    ],
)
def test_a_query_is_read_as_a_reader_would(text, expected):
    assert [pair for pair in said(text) if pair != ("word", "2026")] == expected


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("5000以上", 5000, 0, "month"),
        ("4-6千", 4000, 6000, "month"),
        ("4-6k", 4000, 6000, "month"),
        ("8k", 8000, 0, "month"),
        ("1.2万", 12_000, 0, "month"),
        ("一万二", 12_000, 0, "month"),
        ("3千5", 3500, 0, "month"),
        ("四五千", 4000, 5000, "month"),
        ("六千到八千", 6000, 8000, "month"),
        ("５０００元", 5000, 0, "month"),
        ("不超过4000", 0, 4000, "month"),
        ("5000左右", 4500, 5500, "month"),
        ("年薪12万", 10_000, 0, "month"),
        ("200一天", 200, 0, "day"),
        ("18元/小时", 18, 0, "hour"),
    ],
)
def test_pay_has_bounds_and_a_period(text, low, high, unit):
    (pay,) = read_query(text).of(Kind.PAY)
    assert (pay.low, pay.high, pay.unit) == (low, high, unit)


@pytest.mark.parametrize(
    "text", ["8小时", "13薪", "招10人", "45岁", "3年经验", "c1", "2026届", "4s店", "世界500强", "24小时"]
)
def test_other_numbers_are_no_pay(text):
    assert not read_query(text).of(Kind.PAY)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("diangong", "电工"), ("dian gong", "电工"), ("dg", "电工"), ("店工", "电工"), ("服务圆", "服务员"),
     ("包吃往", "包吃住"), ("仓库管里员", "仓库管理员"), ("fuwuyuam", "服务员"), ("双修", "双休")],
)  # fmt: skip
def test_pinyin_and_one_wrong_character_are_corrected_and_told(text, meant):
    (concept,) = read_query(text).concepts
    assert concept.said == meant
    assert concept.certainty < 95


@pytest.mark.parametrize("text", ["富士康", "经历", "公园", "印刷机厂", "学问", "马云"])
def test_words_that_only_look_like_a_word_of_work_stay_what_they_are(text):
    assert all(not concept.said for concept in read_query(text).concepts)


def test_two_meanings_at_the_same_distance_are_not_corrected():
    words = {word.text: word for word in lexicon()}
    assert "保洁员" in words and "保安员" in words
    assert corrections().of_characters("保员员") is None


def test_the_other_place_of_a_query_decides_between_towns_of_one_name():
    both = read_query("城厢镇").of(Kind.PLACE)[0].codes
    assert both == ("450110100", "450123100")
    assert read_query("隆安 城厢镇").of(Kind.PLACE)[1].codes == ("450123100",)


def test_more_marks_weigh_more():
    concepts = read_query("~双休 ~~包住 +电工").concepts
    assert [(c.sign, c.weight) for c in concepts] == [(Sign.NICE, 1), (Sign.NICE, 2), (Sign.MUST, 1)]


def test_traditional_and_full_width_letters_are_read_at_their_place():
    reading = read_query("　電工　５０００以上")
    assert [reading.written(concept) for concept in reading.concepts] == ["電工", "５０００以上"]


@given(TYPED)
def test_any_text_is_answered_with_concepts_inside_it(text):
    assert_sound(read_query(text))


def assert_sound(reading: Reading) -> None:
    """Every concept has its own words in the text, in their order, and a certainty."""
    end = 0
    for concept in reading.concepts:
        assert end <= concept.start < concept.end <= len(reading.text)
        assert 0 < concept.certainty <= 100 and 1 <= concept.weight <= 3
        end = concept.end


def test_a_concept_outside_the_text_would_be_noticed():
    reading = read_query("电工")
    moved = Reading(reading.text, (reading.concepts[0]._replace(end=9),))
    with pytest.raises(AssertionError):
        assert_sound(moved)


@given(st.text(max_size=300))
def test_the_plain_form_is_as_long_as_the_text(text):
    assert len(plain_query(text)) == len(text)


@pytest.mark.parametrize("text", ["电" * 5000, "a " * 1500, "1-2-" * 900, "😀" * 2500, '"' * 2000, "<b>alert(1)</b>",
                                  "五" * 2000, "会" * 2000, "\x00\ud800", "=1+1"])  # fmt: skip
def test_long_and_hostile_texts_are_read_quickly_and_cut(text):
    reading = read_query(text)
    assert len(reading.text) <= LONGEST_QUERY
    assert_sound(reading)


@given(st.lists(st.text("abc", min_size=1, max_size=4), max_size=8), st.text("abc", max_size=20))
def test_the_automaton_finds_every_word_at_every_place(words, text):
    numbered = [(word, number) for number, word in enumerate(dict.fromkeys(words))]
    found = set(Automaton(numbered).words_in(text))
    assert found == {
        (at, at + len(word), number)
        for word, number in numbered
        for at in range(len(text))
        if text.startswith(word, at)
    }


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("电", "电工"), ("diang", "电工"), ("dg", "电工"), ("青", "青秀区"), ("bcz", "包吃住"), ("qxq", "青秀区")],
)
def test_what_is_typed_is_finished_by_characters_pinyin_or_initials(typed, offered):
    assert offered in [one.text for one in completions(typed)]


def test_a_condition_is_offered_in_one_word_only():
    found = [one.codes for one in completions("包", limit=30) if one.kind == Kind.BENEFIT]
    assert found and len(found) == len(set(found))
