"""Copies are exactly those that a comparison of all pairs gives."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openpes.engine.adverts.copies import NONE, SHORTEST, bare, copies_among, likeness, shingles

LINE = "负责客户仓库早班包装质检面点叉车电工月休四天五险一金夜班补贴宿舍食堂检查搬运"
WORDS = [LINE[at : at + 2] for at in range(0, len(LINE), 2)]


def plain_copies(texts: list[str], blocks: list[int], least: float) -> list[int]:
    """Each text against every earlier one that is no copy."""
    sets = [shingles(text) if len(bare(text)) >= SHORTEST else frozenset() for text in texts]
    leaders: list[int] = []
    for here, own in enumerate(sets):
        alike = (
            other
            for other in range(here)
            if leaders[other] == NONE and blocks[other] == blocks[here] and own and likeness(own, sets[other]) >= least
        )
        leaders.append(next(alike, NONE))
    return leaders


def some_texts(seed: int, count: int) -> tuple[list[str], list[int]]:
    rng = random.Random(seed)
    made: list[str] = []
    for _n in range(count):
        if made and rng.random() < 0.5:
            words = list(rng.choice(made))
            for _edit in range(rng.randrange(6)):
                words[rng.randrange(len(words))] = rng.choice("甲乙丙丁，。 12")
            made.append("".join(words))
        else:
            made.append("，".join(rng.choice(WORDS) for _w in range(rng.randrange(1, 40))))
    return made, [rng.randrange(3) for _n in range(count)]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("least", [0.6, 0.85, 1.0])
def test_the_join_gives_what_all_pairs_give(seed, least):
    texts, blocks = some_texts(seed, 150)
    leaders, alike = copies_among(texts, blocks, least=least)
    assert leaders.tolist() == plain_copies(texts, blocks, least)
    for here, leader in enumerate(leaders.tolist()):
        if leader != NONE:
            assert alike[here] == pytest.approx(likeness(shingles(texts[here]), shingles(texts[leader])))
    assert least == 1.0 or (leaders != NONE).any()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="电工焊工abc 12，", max_size=60), max_size=25), st.sampled_from([0.55, 0.8, 0.95]))
def test_any_texts_at_all(texts, least):
    blocks = [len(text) % 2 for text in texts]
    assert copies_among(texts, blocks, least=least)[0].tolist() == plain_copies(texts, blocks, least)


def test_signs_width_and_case_do_not_make_two_of_one_and_blocks_keep_apart():
    text = "招聘ABC软件测试工程师，负责接口测试，编写用例和报告"
    texts = [text, text.replace("，", " !! ").replace("ABC", "ａｂｃ"), text]
    assert copies_among(texts, [1, 1, 2], least=0.9)[0].tolist() == [NONE, 0, NONE]


def test_short_texts_say_too_little_and_nothing_is_a_copy_of_a_copy():
    assert copies_among(["普工，包装", "普工，包装"], [0, 0], least=0.8)[0].tolist() == [NONE, NONE]
    base = "".join(chr(0x4E00 + n) for n in range(100))
    chain = [base, base[6:] + "甲乙丙丁戊己", base[12:] + "甲乙丙丁戊己子丑寅卯辰巳"]
    assert copies_among(chain, [0, 0, 0], least=0.85)[0].tolist() == [NONE, 0, NONE]


def test_a_join_without_the_length_of_the_prefix_would_miss_some():
    """The planted mistake: looking up the single rarest shingle only."""
    texts, blocks = some_texts(3, 150)
    sets = [shingles(text) for text in texts]
    often: dict[str, int] = {}
    for own in sets:
        for one in own:
            often[one] = often.get(one, 0) + 1
    rarest = [min(own, key=lambda one: (often[one], one), default="") for own in sets]
    exact = plain_copies(texts, blocks, 0.6)
    missed = [here for here, leader in enumerate(exact) if leader != NONE and rarest[here] != rarest[leader]]
    assert missed and np.array_equal(copies_among(texts, blocks, least=0.6)[0], exact)
