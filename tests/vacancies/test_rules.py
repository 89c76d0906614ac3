"""Completeness, publication, states and places as tables."""

from datetime import date
from types import SimpleNamespace

import pytest

from openpes.vacancies.choices import State
from openpes.vacancies.rules import (
    EmployerBasics,
    first_free_place,
    publication_checks,
    state_on,
    was_open_for,
    why_not_draft,
    why_not_fill,
    why_not_publish,
)
from tests.vacancies.factories import facts_of_vacancy

ON = date(2026, 11, 23)
LAST = date(2026, 12, 23)
KNOWN = EmployerBasics(name="南宁邕江食品有限公司", credit_code="91", address="民族大道1号", has_contact=True)
UNREACHABLE = EmployerBasics(name="南宁邕江食品有限公司", credit_code="91", address="", has_contact=False)
CODES = {
    "occupation": {"6-31-05-00"},
    "education_min": {"61"},
    "skills_required": {"welder"},
    "skills_wanted": {"welder"},
}


def fields(closes_on=LAST, employer=KNOWN, **changes):
    reasons = why_not_publish(facts_of_vacancy(**changes), employer, closes_on=closes_on, on=ON)
    return [reason.field for reason in reasons]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({}, []),
        ({"employer": UNREACHABLE}, ["employer"]),
        ({"occupation": ""}, ["occupation"]),
        ({"conditions": ""}, ["conditions"]),
        ({"conditions": "", "education_min": "61"}, []),
        ({"description": "  "}, ["description"]),
        ({"area": ""}, ["area"]),
        ({"area": "4501"}, ["area"]),
        ({"pay_min_fen": None}, ["pay_min_fen"]),
        ({"pay_min_fen": 198_900}, ["pay_min_fen"]),
        ({"pay_min_fen": 199_000}, []),
        ({"pay_min_fen": 198_900, "term": "part_time"}, []),
        ({"pay_min_fen": 169_000, "area": "450123"}, []),
        ({"pay_min_fen": 168_900, "area": "450123"}, ["pay_min_fen"]),
        ({"closes_on": None}, ["closes_on"]),
        ({"closes_on": date(2026, 11, 22)}, ["closes_on"]),
        ({"closes_on": date(2026, 11, 23)}, []),
        ({"closes_on": date(2027, 2, 21)}, []),
        ({"closes_on": date(2027, 2, 22)}, ["closes_on"]),
        ({"title": "女导购"}, ["title"]),
        ({"title": "男装导购"}, []),
        ({"conditions": "汉族优先"}, ["conditions"]),
        ({"description": "仅限男性，夜班巡逻"}, ["description"]),
        ({"conditions": "28岁以下"}, []),
        (
            {"occupation": "", "area": "", "pay_min_fen": None, "conditions": ""},
            ["occupation", "conditions", "area", "pay_min_fen"],
        ),
    ],
)  # fmt: skip
def test_every_reason_against_publishing_is_named_at_once(changes, refused):
    assert fields(**changes) == refused


def test_every_reason_carries_its_clause_and_what_to_do_next():
    facts = facts_of_vacancy(
        title="限男性", occupation="", area="", pay_min_fen=None, conditions="", description=""
    )
    reasons = why_not_publish(facts, UNREACHABLE, closes_on=None, on=ON)
    assert len(reasons) == 8
    assert all(str(reason.text) and str(reason.clause) and str(reason.next_step) for reason in reasons)


def test_the_minimum_wage_is_that_of_the_day():
    facts = facts_of_vacancy(pay_min_fen=181_000)
    assert why_not_publish(facts, KNOWN, closes_on=date(2023, 10, 31), on=date(2023, 10, 31)) == []
    after = why_not_publish(facts, KNOWN, closes_on=date(2023, 11, 1), on=date(2023, 11, 1))
    assert [reason.field for reason in after] == ["pay_min_fen"]
    assert "桂政发〔2023〕24号" in str(after[0].clause)


def test_an_age_limit_is_shown_and_does_not_stop():
    checks = publication_checks(facts_of_vacancy(conditions="28岁以下"), KNOWN, closes_on=LAST, on=ON)
    hints = [check for check in checks if check.code == "hint_age"]
    assert [(hint.state, hint.stops, hint.field) for hint in hints] == [("plain", False, "conditions")]


def dated(published=None, closes=None, ended=None, reason="", held=None):
    return SimpleNamespace(
        published_on=published, closes_on=closes, ended_on=ended, end_reason=reason, held_on=held
    )


D = {n: date(2026, 11, n) for n in range(1, 31)}


@pytest.mark.parametrize(
    ("vacancy", "day", "state"),
    [
        (dated(), D[5], State.DRAFT),
        (dated(D[5], D[10]), D[4], State.DRAFT),
        (dated(D[5], D[10]), D[5], State.OPEN),
        (dated(D[5], D[10]), D[10], State.OPEN),
        (dated(D[5], D[10]), D[11], State.EXPIRED),
        (dated(D[5], D[10], D[7], "filled"), D[6], State.OPEN),
        (dated(D[5], D[10], D[7], "filled"), D[7], State.FILLED),
        (dated(D[5], D[10], D[7], "closed"), D[20], State.CLOSED),
        (dated(D[5], D[10], D[11], "expired"), D[10], State.OPEN),
        (dated(D[5], D[10], D[11], "expired"), D[11], State.EXPIRED),
        (dated(D[5], D[10], held=D[7]), D[6], State.OPEN),
        (dated(D[5], D[10], held=D[7]), D[7], State.HELD),
        (dated(D[5], D[10], held=D[7]), D[11], State.EXPIRED),
        (dated(D[5], D[10], D[9], "closed", held=D[7]), D[9], State.CLOSED),
    ],
)
def test_the_state_follows_from_the_dates(vacancy, day, state):
    assert state_on(vacancy, day) == state


@pytest.mark.parametrize(
    ("day", "was"), [(None, False), (D[4], False), (D[5], True), (D[7], True), (D[8], False)]
)
def test_who_was_introduced_while_it_was_open_is_known(day, was):
    assert was_open_for(dated(D[5], D[10], D[7], "closed"), day) is was


@pytest.mark.parametrize(
    ("openings", "taken", "place"), [(2, set(), 1), (2, {1}, 2), (3, {1, 3}, 2), (2, {1, 2}, None)]
)
def test_the_first_free_place(openings, taken, place):
    assert first_free_place(openings, taken) == place


@pytest.mark.parametrize(
    ("state", "filled", "introduced", "stopped"),
    [
        (State.OPEN, 0, False, False),
        (State.OPEN, 2, False, True),
        (State.FILLED, 2, True, True),
        (State.EXPIRED, 1, False, True),
        (State.EXPIRED, 1, True, False),
        (State.CLOSED, 1, True, False),
        (State.DRAFT, 0, True, True),
    ],
)
def test_why_a_place_cannot_be_filled(state, filled, introduced, stopped):
    found = why_not_fill(state=state, openings=2, filled=filled, introduced_while_open=introduced)
    assert bool(found) is stopped


@pytest.mark.parametrize(
    ("changes", "scope", "refused"),
    [
        ({}, "450103", []),
        ({}, None, []),
        ({}, "450105", ["area"]),
        ({"title": " "}, "450103", ["title"]),
        ({"openings": 0}, "450103", ["openings"]),
        ({"pay_min_fen": 500_000}, "450103", ["pay_max_fen"]),
        ({"occupation": "9-99"}, "450103", ["occupation"]),
        ({"education_min": "00"}, "450103", ["education_min"]),
        ({"skills_required": ("flying",)}, "450103", ["skills_required"]),
        ({"benefits": ("gold",)}, "450103", ["benefits"]),
        ({"term": "forever"}, "450103", ["term"]),
    ],
)
def test_what_even_a_draft_must_have(changes, scope, refused):
    found = why_not_draft(facts_of_vacancy(**changes), scope=scope, area_known=True, codes=CODES)
    assert [reason.field for reason in found] == refused


def test_a_draft_without_a_place_of_work_is_refused():
    found = why_not_draft(facts_of_vacancy(area=""), scope="450103", area_known=False, codes=CODES)
    assert [reason.field for reason in found] == ["area"]
