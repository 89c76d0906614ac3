"""The coder of job titles: what it learns, what it answers, and the words that decided."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openpes.engine.coding import Coder, Model, code_titles, reasons_of, training
from openpes.engine.coding.coder import shipped_coder
from openpes.engine.coding.judging import chances
from openpes.engine.coding.kernels import nearness_of
from openpes.engine.coding.telling import vocabulary_of
from openpes.engine.coding.terms import LONGEST, plain_title, spoken_words, terms, work_of
from openpes.engine.occupations import occupations

SMALL = (
    ("电工", "6-31-01-03"), ("维修电工", "6-31-01-03"), ("高级电工", "6-31-01-03"), ("物业电工", "6-31-01-03"),
    ("收银员", "4-01-02-04"), ("超市收银员", "4-01-02-04"), ("前台收银", "4-01-02-04"), ("收银", "4-01-02-04"),
    ("会计", "2-06-03-01"), ("主办会计", "2-06-03-01"), ("会计助理", "2-06-03-01"), ("成本会计", "2-06-03-01"),
)  # fmt: skip


@pytest.fixture(scope="module")
def small_model() -> Model:
    return training.train(training.Lesson(tuple(t for t, _ in SMALL), tuple(c for _, c in SMALL), len(SMALL)))


def test_common_titles_get_the_occupation_that_everybody_expects():
    expected = {
        "叉车司机": "起重装卸机械操作工", "家政服务员": "家政服务员", "保安": "保安员", "收银员": "收银员",
        "汽车维修工": "汽车维修工", "中医医师": "中医医师", "高薪急聘电焊工 包吃住": "焊工",
        "南宁诚招会计（双休）": "会计专业人员",
    }  # fmt: skip
    tree = occupations()
    found = code_titles(list(expected), k=1).codes[:, 0].tolist()
    assert [tree[code].name for code in found] == list(expected.values())


def test_every_answer_is_a_class_of_the_tree_and_chances_fall_and_stay_below_one():
    coded = code_titles(["高薪诚聘销售经理 五险一金", "java开发工程师（南宁）", "早教老师"], k=20)
    assert all(code in occupations() for code in coded.codes.ravel().tolist())
    assert (np.diff(coded.scores, axis=1) <= 0).all()
    assert (coded.scores.sum(1) <= 1).all() and (coded.scores >= 0).all()
    assert all(len(set(row)) == 20 for row in coded.codes.tolist())


def test_a_title_without_a_known_word_gets_the_most_usual_codes_and_says_so():
    coded = code_titles(["😀😀", "", "???", "会计"])
    assert coded.known.tolist() == [False, False, False, True]
    assert coded.codes[0].tolist() == coded.codes[1].tolist() == coded.codes[2].tolist()
    assert coded.scores[0, 0] < 0.1


def test_many_titles_are_coded_as_each_alone():
    fields, roles = ("汽车", "餐饮", "软件", "酒店", "建筑"), ("销售", "经理", "学徒")
    titles = [f"{word}{role}" for word in fields for role in roles] * 80
    many, alone = code_titles(titles), [code_titles([title]) for title in titles[:15]]
    assert many.codes[:15].tolist() == [one.codes[0].tolist() for one in alone]
    assert many.codes[-15:].tolist() == many.codes[:15].tolist()


def test_no_titles_get_no_codes():
    assert code_titles([]).codes.shape == (0, 5)


def test_the_text_decides_where_the_title_leaves_it_open():
    alone = code_titles(["主管"]).codes[0].tolist()
    beside = code_titles(["主管"], ["负责餐厅服务员排班，餐饮服务，传菜"]).codes[0].tolist()
    assert alone != beside and "4-03-02-05" in beside


def test_the_words_that_decided_are_words_of_the_title_and_what_they_add_is_the_score(small_model):
    coder = Coder(small_model)
    for title in ("超市会计", "物业收银员", "高级维修电工招聘", "南宁招聘会计（双休）"):
        coded = coder.code([title], k=3)
        for code in coded.codes[0].tolist():
            reasons = coder.reasons(title, code, most=99)
            assert {reason.words for reason in reasons} <= set(spoken_words(title))
            asked = training.rows_for(small_model, coder.learning, [title])
            judged = training.judge(small_model, coder.learning, asked)
            place = judged.best[0].tolist().index(small_model.codes.tolist().index(code))
            every = coder.shares(title, code)
            assert sum(every.values()) == pytest.approx(judged.marks[0, place, 0], abs=1e-6)
    assert coder.reasons("超市会计", "2-06-03-01")[0].words == "会计"
    assert coder.reasons("超市会计", "no such code") == []


def test_a_word_that_names_the_work_decides_in_the_shipped_coder():
    assert reasons_of("无锡-叉车司机", "6-30-05-01")[0].words in ("叉车", "叉车司机")


def test_offers_firms_and_signs_are_no_part_of_the_work():
    assert plain_title("【急招】叉车司机 8000元+五险一金！！") == "叉车司机"
    assert work_of("方安招聘氩弧焊工") == "氩弧焊工"
    assert "H司机" in terms("叉车司机") and "^叉" in terms("叉车司机") and "机$" in terms("叉车司机")


@given(st.text(max_size=400))
def test_any_text_has_terms_and_can_be_coded(text):
    coded = code_titles([text], [text])
    assert coded.codes.shape == (1, 5)
    assert all(reason.words for reason in reasons_of(text, str(coded.codes[0, 0])))


def test_of_a_field_of_200_kilobytes_only_the_beginning_is_read():
    long = ["电工" * 100_000, "<script>" * 30_000]
    assert all(len(plain_title(title)) <= LONGEST for title in long)
    whole, begun = code_titles(long), code_titles([title[:LONGEST] for title in long])
    assert whole.codes.tolist() == begun.codes.tolist() and whole.scores.tolist() == begun.scores.tolist()


def test_asking_for_no_code_or_for_other_texts_is_refused():
    with pytest.raises(ValueError, match="Between 1 and 20"):
        code_titles(["电工"], k=0)
    with pytest.raises(ValueError, match="2 titles and 1 texts"):
        code_titles(["电工", "会计"], ["text"])


def test_the_same_titles_give_the_same_bytes(small_model):
    again = training.train(training.Lesson(tuple(t for t, _ in SMALL), tuple(c for _, c in SMALL), len(SMALL)))
    assert again.to_bytes() == small_model.to_bytes()
    read = Model.from_bytes(small_model.to_bytes())
    answers = [Coder(model).code(["电工主管"], k=3) for model in (read, small_model)]
    assert answers[0].codes.tolist() == answers[1].codes.tolist()


def test_the_shipped_file_says_what_the_ridge_gives_for_the_titles_in_it():
    """What all rows say of a row, with its own ridge, makes up its code again: the file holds nothing else."""
    model, said, settings = shipped_coder().model, shipped_coder().model.said(), training.Settings()
    near, postings = np.zeros(len(model.row_codes)), model.postings()
    apart = []
    for row in range(0, len(near), 97):
        begin, end = model.row_starts[row], model.row_starts[row + 1]
        nearness_of(postings, model.row_terms[begin:end], model.row_values[begin:end], near)
        loud = near**settings.power
        loud[row] += settings.ridge / (1.0 if row < model.advertised[0] else settings.names)
        found = np.bincount(said.codes, np.repeat(loud, np.diff(said.starts)) * said.values, len(model.codes))
        found += loud @ said.rows @ said.wide
        assert found.argmax() == model.row_codes[row]
        apart.append(abs(found.max() - 1))
    assert np.mean(apart) < 0.1  # the small coefficients are kept by their common directions only
    assert model.advertised[0] >= 3_990 and len(model.to_bytes()) < 5_000_000


def test_the_last_step_prefers_what_was_right():
    marks = np.zeros((200, 3, 10))
    marks[:, 0, 0], marks[:, 2, 9] = 1.0, 1.0
    right = np.zeros((200, 3), bool)
    right[:150, 0], right[150:180, 1], right[180:, 2] = True, True, True
    found = chances(marks, training.weights_of(marks, right))
    assert found[0] == pytest.approx([0.75, 0.15, 0.1], abs=0.02)


def test_a_term_of_one_code_counts_more_than_one_of_all():
    titles = [f"{word}{role}" for word in "甲乙丙丁" for role in ("焊", "账")] * 5
    codes = np.array([0 if "焊" in title else 1 for title in titles])
    words, weights = vocabulary_of(titles, codes, training.Weighing())
    weight = dict(zip(words, weights.tolist(), strict=True))
    assert weight["焊"] > weight["甲"]
