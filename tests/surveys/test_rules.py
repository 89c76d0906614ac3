"""The rules of surveys, read like the policy."""

from datetime import date, timedelta

import pytest

from openpes.engine.questionnaires import (
    drawn,
    questionnaire_version,
    questionnaires,
    questionnaires_on,
    sample_size,
)
from openpes.people.subscriptions.ledger_sheet import ledger_sheet
from openpes.surveys import rules

AGES = rules.Ages(16, 60, 55)
ON = date(2026, 11, 1)


def test_questions_and_identification_are_exactly_the_columns_of_the_ledger():
    columns = [column.key for column in ledger_sheet(area="4501", on=ON).columns]
    for asked in questionnaires():
        keys = [question.key for question in asked.questions]
        assert sorted([*keys, *asked.identifies]) == sorted(columns), asked.version


def test_a_column_that_no_question_asks_would_be_seen():
    asked = questionnaires_on(ON)[0]
    columns = {column.key for column in ledger_sheet(area="4501", on=ON).columns} | {"planted"}
    assert columns - {question.key for question in asked.questions} - set(asked.identifies) == {"planted"}


def test_a_campaign_keeps_the_version_of_its_first_day():
    assert [one.version for one in questionnaires_on(date(2025, 12, 31))] == [1]
    assert [one.version for one in questionnaires_on(date(2026, 1, 1))] == [2]
    assert questionnaire_version("rural_labour", 1).version == 1
    with pytest.raises(KeyError):
        questionnaire_version("rural_labour", 9)


@pytest.mark.parametrize(
    ("born_on", "sex", "asked"),
    [
        (date(2010, 11, 1), "1", True), (date(2010, 11, 2), "1", False), (date(1966, 11, 2), "1", True),
        (date(1966, 11, 1), "1", False), (date(1971, 11, 2), "2", True), (date(1971, 11, 1), "2", False),
    ],
)  # fmt: skip
def test_men_of_16_to_60_and_women_of_16_to_55_are_asked_about_work(born_on, sex, asked):
    assert rules.is_asked_about_work(born_on=born_on, sex=sex, on=ON, ages=AGES) is asked


def test_the_same_seed_draws_the_same_households_and_another_seed_others():
    pool = range(1, 201)
    assert drawn(pool, seed="a", size=20) == drawn(reversed(pool), seed="a", size=20)
    assert drawn(pool, seed="a", size=20) != drawn(pool, seed="b", size=20)
    assert len(set(drawn(pool, seed="a", size=20))) == 20
    assert drawn(pool, seed="a", size=0) == () and drawn([5, 5], seed="a", size=9) == (5,)


def test_every_household_is_drawn_about_equally_often():
    hits = [0] * 50
    for seed in range(2000):
        for pk in drawn(range(50), seed=str(seed), size=5):
            hits[pk] += 1
    assert sum(hits) == 10_000 and min(hits) > 140 and max(hits) < 260  # 200 each, five standard deviations


@pytest.mark.parametrize(("known", "size"), [(0, 0), (1, 1), (2, 2), (10, 2), (21, 3), (300, 30), (301, 31)])
def test_a_tenth_is_asked_again_and_never_fewer_than_two(known, size):
    assert sample_size(known, per_cent=10, least=2) == size


def test_empty_answers_keep_what_a_file_holds_and_clear_what_a_ledger_says():
    before = {"name": "覃大山", "education": "61", "status": "1", "industry": "C"}
    assert rules.changed_keys({"name": "", "education": None}, before) == []
    assert rules.changed_keys({"status": "4", "industry": None}, before) == ["industry", "status"]
    assert rules.changed_keys({"status": "1", "industry": "C"}, before) == []


CHECKED = frozenset({"name", "status", "farmland_mu"})


@pytest.mark.parametrize(
    ("first", "second", "compared", "different"),
    [
        ({1: {"name": "甲", "status": "1"}}, {1: {"name": "甲", "status": "1"}}, 2, []),
        ({1: {"name": "甲", "status": "1"}}, {1: {"name": "甲", "status": "4"}}, 2, [(1, "status")]),
        ({1: {"name": "甲", "status": None}}, {1: {"name": "甲", "status": "4"}}, 2, [(1, "status")]),
        ({1: {"name": "甲", "status": ""}}, {1: {"name": "甲", "status": None}}, 1, []),
        ({1: {"name": "甲"}, 2: {"name": "乙"}}, {1: {"name": "甲"}}, 2, [(2, "name")]),
        ({1: {"name": "甲"}}, {1: {"name": "甲"}, 3: {"name": "丙"}}, 2, [(3, "name")]),
        ({0: {"farmland_mu": "3.5"}}, {0: {"farmland_mu": "2"}}, 1, [(0, "farmland_mu")]),
        ({1: {"phone": "1"}}, {1: {"phone": "2"}}, 0, []),
    ],
)
def test_what_both_were_asked_is_compared(first, second, compared, different):
    counted, found = rules.differences(first, second, checked=CHECKED)
    assert (counted, [(one.person, one.key) for one in found]) == (compared, different)


@pytest.mark.parametrize(
    ("met", "left"), [([True, None], 1), ([True, False], 0), ([False, False], 2), ([None, None], 2), ([True], 0)]
)
def test_a_result_needs_a_visit_to_each_and_somebody_who_answered(met, left):
    assert rules.still_to_ask(met) == left


@pytest.mark.parametrize(
    ("compared", "different", "over"), [(20, 1, False), (20, 2, True), (0, 0, False), (19, 1, True)]
)
def test_more_than_five_per_cent_is_too_much(compared, different, over):
    assert rules.is_over(compared=compared, different=different, error_per_cent=5) is over


@pytest.mark.parametrize(
    ("known", "done", "gone", "late"),
    [(100, 0, 0, False), (100, 0, 6, False), (100, 0, 7, True), (100, 30, 15, False), (100, 29, 15, True),
     (100, 100, 30, False), (0, 0, 30, False), (100, 79, 99, True)],
)  # fmt: skip
def test_a_village_is_late_when_it_lies_twenty_points_behind_the_days(known, done, gone, late):
    first = date(2026, 11, 1)
    told = {"from_on": first, "until_on": first + timedelta(days=30), "today": first + timedelta(days=gone)}
    assert rules.is_late(known=known, done=done, **told, points=20) is late


def test_a_running_survey_with_open_checks_does_not_close_even_after_its_end():
    ending = rules.Ending(state="running", until_on=ON, waiting=5, unmet=0, checks=1, again=1)
    texts = [str(reason) for reason in rules.why_not_close(ending, today=date(2027, 1, 1))]
    assert len(texts) == 2 and "spot-check is still open" in texts[0] and "sent back" in texts[1]
    whole = rules.Ending(state="running", until_on=ON, waiting=5, unmet=0, checks=0, again=0)
    assert not list(rules.why_not_close(whole, today=ON))
    assert list(rules.why_not_close(whole, today=ON - timedelta(days=1)))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"from_above": False}, "an office above it"), ({"left": 1}, "not been asked again"),
        ({"surveyed": True}, "surveyed this village yourself"), ({"first": True}, "another person"),
        ({"state": "passed"}, "stands already"),
    ],
)  # fmt: skip
def test_who_may_not_mark_a_result(told, words):
    usual = {"state": "drawn", "from_above": True, "left": 0, "surveyed": False, "first": False}
    assert not list(rules.why_not_mark(**usual))
    assert any(words in str(reason) for reason in rules.why_not_mark(**(usual | told)))
