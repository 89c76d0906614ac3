"""Introductions, answers and hires as tables."""

from dataclasses import replace
from datetime import date

import pytest

from openpes.referrals.rules import (
    HireFacts,
    Introduction,
    last_day_of_letter,
    letter_state,
    referral_cap,
    why_not_answer,
    why_not_hire,
    why_not_refer,
)
from openpes.vacancies.choices import State

ON = date(2026, 11, 23)
GOOD = Introduction(state=State.OPEN, openings=2, filled=0, counting=0, same_waits=False, seeks_work=True)


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({}, []),
        ({"counting": 5}, []),
        ({"counting": 6}, ["vacancy"]),
        ({"counting": 3, "openings": 1}, ["vacancy"]),
        ({"state": State.EXPIRED}, ["vacancy"]),
        ({"filled": 2}, ["vacancy"]),
        ({"seeks_work": False}, ["person"]),
        ({"same_waits": True}, ["vacancy"]),
        ({"hired_here": True}, ["vacancy"]),
        (
            {"state": State.CLOSED, "counting": 6, "seeks_work": False, "same_waits": True},
            ["vacancy", "vacancy", "person", "vacancy"],
        ),
    ],
)  # fmt: skip
def test_every_reason_against_an_introduction_is_named_at_once(changes, refused):
    assert [reason.field for reason in why_not_refer(replace(GOOD, **changes), on=ON)] == refused


def test_the_cap_and_the_letters_validity_are_dated_parameters():
    assert referral_cap(2, on=ON) == 6
    assert last_day_of_letter(ON) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("answered", "until", "state"),
    [
        (False, ON, "valid"),
        (False, date(2026, 11, 22), "expired"),
        (True, date(2026, 11, 30), "answered"),
        (True, date(2026, 11, 22), "answered"),
    ],
)
def test_what_a_letter_is_on_a_day(answered, until, state):
    assert letter_state(answered=answered, valid_until_on=until, on=ON) == state


@pytest.mark.parametrize(
    ("answer", "now", "by_employer", "stopped"),
    [
        ("not_suitable", "", True, False),
        ("no_show", "", True, False),
        ("place_taken", "", True, False),
        ("declined", "", True, True),
        ("withdrawn", "", True, True),
        ("declined", "", False, False),
        ("withdrawn", "", False, False),
        ("hired", "", False, True),
        ("hired", "", True, True),
        ("sold", "", False, True),
        ("not_suitable", "declined", False, True),
    ],
)
def test_which_answers_can_be_given_by_whom(answer, now, by_employer, stopped):
    assert bool(why_not_answer(answer=answer, now=now, by_employer=by_employer)) is stopped


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        (HireFacts(begins_on=ON, pay_fen=300_000), []),
        (HireFacts(begins_on=ON, pay_fen=0), ["pay_fen"]),
        (HireFacts(begins_on=ON, pay_fen=1, contract_until_on=ON), ["contract_until_on"]),
        (HireFacts(begins_on=date(2025, 11, 22), pay_fen=1), ["begins_on"]),
        (
            HireFacts(begins_on=date(2025, 1, 1), pay_fen=0, contract_until_on=date(2024, 1, 1)),
            ["pay_fen", "contract_until_on", "begins_on"],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_contract(facts, fields):
    assert [reason.field for reason in why_not_hire(facts, on=ON)] == fields
