"""The occupation tree of 2022."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openpes.engine.files import rows
from openpes.engine.matching.tree import OCCUPATION_LEVELS, occupation_code, shared_levels
from openpes.engine.occupations import UnknownOccupation, encode, nearness, occupations, report_class

codes = st.sampled_from([occupation.code for occupation in occupations().all()])
leaves = st.sampled_from([occupation.code for occupation in occupations().all(4)])


def test_the_classification_has_its_official_size():
    sizes = [len(occupations().all(level)) for level in (1, 2, 3, 4)]
    # 1,639 occupations of 2022 and the two of July 2024 that the demo titles need.
    assert sizes == [8, 79, 450, 1641]


@given(codes)
def test_every_class_has_its_ancestors_up_to_a_major_class(code):
    tree = occupations()
    levels = [above.level for above in tree.ancestors(code)]
    assert levels == list(range(1, tree[code].level))
    assert all(code.startswith(above.code) for above in tree.ancestors(code))
    assert tree[code] in tree.children(tree[code].parent)


@pytest.mark.parametrize(
    ("a", "b", "shared"),
    [
        ("4-10-01-05", "4-10-01-05", 4),
        ("4-10-01-05", "4-10-01-06", 3),
        ("4-10-01-05", "4-10-02-01", 2),
        ("4-10-01-05", "4-01-02-01", 1),
        ("4-10-01-05", "6-10-01-05", 0),
        ("4-10-01", "4-10-01-05", 3),
        ("4-10", "4-10", 2),
    ],
)
def test_nearness_counts_shared_levels(a, b, shared):
    assert nearness(a, b) == nearness(b, a) == shared


@given(leaves, leaves)
def test_nearness_of_two_occupations_is_the_same_in_words_and_in_arrays(a, b):
    assert encode(a) == occupation_code(a)
    assert (nearness(a, b) == 4) == (encode(a) == encode(b)) == (a == b)
    if a != b:
        assert nearness(a, b) == int(shared_levels(encode(a), encode(b), OCCUPATION_LEVELS))


@given(leaves)
def test_the_number_of_an_occupation_leads_back_to_it(code):
    assert occupations().decode(encode(code)) == code
    assert occupations().normalise(code.replace("-", "")) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("4-10-00-00", "4-10"), ("1-01-00-00", "1-01-00"), ("1-00-00-00", "1"), (" 4100105 ", "4-10-01-05")],
)
def test_a_wider_class_may_be_filled_up_with_zeros(text, code):
    assert occupations().normalise(text) == code


@pytest.mark.parametrize("text", ["", "9", "4-10-01-77", "养老护理员", "41"])
def test_a_code_that_is_not_in_the_classification_is_refused(text):
    with pytest.raises(UnknownOccupation, match="no occupation"):
        occupations().normalise(text)
    with pytest.raises(UnknownOccupation):
        occupations().decode(9_999_999)


@pytest.mark.parametrize(
    ("code", "row"), [("1-01-00-01", "1"), ("6-31-05-01", "6"), ("7-01", "9"), ("8-00-00-00", "9")]
)
def test_the_report_has_seven_classes(code, row):
    assert report_class(code) == row


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("养老护理员", "4-10-01-05"),
        ("4-10-01-05", "4-10-01-05"),
        ("4100105", "4-10-01-05"),
        ("电工", "6-31-01-03"),
        ("焊工", "6-18-02-04"),
        ("党工团干事", "1-04-01-01"),
    ],
)
def test_search_finds_by_name_code_and_other_name(text, first):
    assert first in [hit.code for hit in occupations().search(text, limit=3)]


@given(st.text(max_size=6), st.integers(0, 5))
def test_search_never_gives_more_than_asked(text, limit):
    assert len(occupations().search(text, limit)) <= limit


def test_every_title_of_an_advertisement_has_a_class_of_the_classification():
    titles = rows("job_titles.csv")
    assert len(titles) == 4000
    assert [row for row in titles if row["occupation"] not in occupations()] == []


def test_every_skill_is_typical_of_a_known_class_or_of_none():
    skills = rows("skills.csv")
    assert len({row["code"] for row in skills}) == len(skills)
    assert [row["code"] for row in skills if row["occupation"] and row["occupation"] not in occupations()] == []
    assert all(row["name"] and row["name_en"] and row["group"] for row in skills)
