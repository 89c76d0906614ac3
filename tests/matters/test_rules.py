"""First-asked responsibility as the rules say it: clocks, who may hand on, how a list is spread."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from openpes.matters import rules

MONDAY = date(2026, 11, 23)
FREE = {"is_open": True, "own": True, "waits": False, "to_self": False, "may_take": True}
ANSWER = {"answered": False, "addressed": True, "gives": False, "accepts": True, "note": ""}
CLOSE = {"is_open": True, "own": True, "waits": False, "answer": "已告知"}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def told(reasons) -> list[str]:
    return [str(reason) for reason in reasons]


def test_an_answer_is_due_in_five_working_days_and_a_hand_over_in_one():
    assert rules.due_on(MONDAY) == date(2026, 11, 30)
    assert rules.answer_due_on(date(2026, 11, 27)) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"is_open": False}, "is ended"), ({"own": False}, "Somebody else answers"), ({"waits": True}, "waits"),
        ({"to_self": True}, "somebody else"), ({"may_take": False}, "does not work for the area"),
    ],
)  # fmt: skip
def test_what_speaks_against_a_hand_over(changed, sentence):
    assert told(rules.why_not_propose(**FREE)) == []
    assert sentence in " ".join(told(rules.why_not_propose(**FREE | changed)))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"answered": True}, "answered already"), ({"addressed": False}, "somebody else"),
        ({"gives": True}, "cannot accept it for the other"), ({"accepts": False}, "why it is declined"),
    ],
)  # fmt: skip
def test_what_speaks_against_an_answer(changed, sentence):
    assert told(rules.why_not_answer(**ANSWER)) == []
    assert sentence in " ".join(told(rules.why_not_answer(**ANSWER | changed)))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"is_open": False}, "is ended"), ({"own": False}, "Somebody else"), ({"waits": True}, "hand-over"),
        ({"answer": "  "}, "what the person was told"),
    ],
)  # fmt: skip
def test_what_speaks_against_an_end(changed, sentence):
    assert told(rules.why_not_close(**CLOSE)) == []
    assert sentence in " ".join(told(rules.why_not_close(**CLOSE | changed)))


def test_every_reason_is_told_at_once():
    asked = {"officer": 3, "receivers": (3,), "strangers": (3,), "listed": 1}
    assert len(told(rules.why_not_spread(**asked | {"listed": 0}))) == 3
    assert len(told(rules.why_not_spread(**asked))) == 2
    assert len(told(rules.why_not_spread(officer=3, receivers=(), strangers=(), listed=2))) == 1


def test_each_matter_goes_to_who_has_the_fewest_and_ties_to_the_lower_number():
    assert rules.spread([10, 11, 12, 13], {7: 2, 5: 0}) == {10: 5, 11: 5, 12: 5, 13: 7}


@given(st.integers(0, 60), st.dictionaries(st.integers(1, 9), st.integers(0, 20), min_size=1))
def test_a_spread_leaves_nobody_more_than_one_ahead_of_the_others_unless_they_were_before(count, loads):
    given_to = list(rules.spread(range(count), loads).values())
    after = {officer: load + given_to.count(officer) for officer, load in loads.items()}
    assert len(given_to) == count
    assert all(after[a] <= min(after.values()) + 1 for a in loads if given_to.count(a))
