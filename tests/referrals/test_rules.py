"""Introductions, answers and hires as tables."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openpes.engine.parameters import ParameterError
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.referrals.choices import Side, State
from openpes.referrals.rules import (
    CalendarEntry,
    HireFacts,
    Introduction,
    calendar_file,
    exemption,
    last_day_of_letter,
    letter_state,
    patience_on,
    referral_cap,
    reminders_due,
    state_of,
    who_may,
    why_not_answer,
    why_not_apply,
    why_not_hire,
    why_not_refer,
)
from openpes.vacancies.choices import State as VacancyState

ON = date(2026, 11, 23)
GOOD = Introduction(state=VacancyState.OPEN, openings=2, filled=0, counting=0, same_waits=False, seeks_work=True)


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({}, []),
        ({"counting": 5}, []),
        ({"counting": 6}, ["vacancy"]),
        ({"counting": 3, "openings": 1}, ["vacancy"]),
        ({"state": VacancyState.EXPIRED}, ["vacancy"]),
        ({"filled": 2}, ["vacancy"]),
        ({"seeks_work": False}, ["person"]),
        ({"same_waits": True}, ["vacancy"]),
        ({"hired_here": True}, ["vacancy"]),
        (
            {"state": VacancyState.CLOSED, "counting": 6, "seeks_work": False, "same_waits": True},
            ["vacancy", "vacancy", "person", "vacancy"],
        ),
    ],
)  # fmt: skip
def test_every_reason_against_an_introduction_is_named_at_once(changes, refused):
    assert [reason.field for reason in why_not_refer(replace(GOOD, **changes), on=ON)] == refused
    told = why_not_apply(replace(GOOD, **changes), on=ON)
    assert [reason.field for reason in told] == refused, "who applies alone meets the same reasons"
    assert not any("person" in str(reason.text).split() or "record" in str(reason.next_step) for reason in told)


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


@pytest.mark.parametrize(
    ("origin", "stage", "answer", "state"),
    [
        ("introduction", "made", "", "introduced"),
        ("application", "made", "", "applied"),
        ("application", "seen", "", "seen"),
        ("introduction", "offered", "", "offered"),
        ("application", "held", "not_suitable", "rejected"),
        ("introduction", "made", "no_show", "rejected"),
        ("introduction", "made", "declined", "withdrawn"),
        ("application", "invited", "elsewhere", "elsewhere"),
        ("application", "made", "no_answer", "no_answer"),
    ],
)
def test_one_state_follows_from_origin_stage_and_answer(origin, stage, answer, state):
    assert state_of(origin=origin, stage=stage, answer=answer) == state


def test_every_open_state_can_end_and_no_end_is_left_except_a_late_answer():
    ends = {State.HIRED, State.REJECTED, State.WITHDRAWN, State.ELSEWHERE, State.NO_ANSWER}
    for was in State:
        may = {now for now in State if who_may(was, now)}
        if was in ends:
            assert may == ({State.REJECTED, State.HIRED} if was == State.NO_ANSWER else set())
        else:
            assert ends <= may


def test_an_employer_never_withdraws_for_a_person_nor_hires_alone():
    for was in State:
        assert Side.EMPLOYER not in who_may(was, State.HIRED) | who_may(was, State.WITHDRAWN)
        assert Side.PERSON not in who_may(was, State.REJECTED) | who_may(was, State.OFFERED)


@given(text=st.text(max_size=400))
def test_no_text_breaks_a_calendar_file(text):
    at = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
    entry = CalendarEntry(
        uid="a@b", sequence=1, begins=at, ends=at + timedelta(minutes=30), made_at=at, title=text, place=text,
        text=text,
    )  # fmt: skip
    lines = calendar_file(entry).decode().split("\r\n")
    assert lines[-1] == "" and all(len(line.encode()) <= 75 for line in lines)
    names = [line.split(":")[0] for line in lines[:-1] if not line.startswith(" ")]
    assert names == [
        "BEGIN", "VERSION", "PRODID", "METHOD", "BEGIN", "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY",
        "LOCATION", "DESCRIPTION", "STATUS", "END", "END",
    ]  # fmt: skip
    unfolded = calendar_file(entry).decode().replace("\r\n ", "")
    assert unfolded.count("\r\n") == len(names)


@pytest.mark.parametrize(
    ("grounds", "service", "ground"),
    [
        ((), "placement", "all"),
        (("unemployed",), "placement", "unemployed"),
        (("unemployed", "hardship"), "placement", "hardship"),
        ((), "training", None),
        (("rural",), "training", "rural"),
        (("unemployed",), "assistance", None),
    ],
)
def test_who_pays_nothing_for_what_and_as_whom(grounds, service, ground):
    found = exemption(service=service, grounds=grounds, on=ON)
    assert (found.ground if found else None) == ground
    assert found is None or "就业促进法" in found.source


def test_before_the_law_nothing_is_said_to_be_free():
    with pytest.raises(ParameterError):
        exemption(service="placement", grounds=(), on=date(2007, 12, 31))


@pytest.mark.parametrize(
    ("since", "told", "due"),
    [((2026, 11, 20), 0, True), ((2026, 11, 21), 0, False), ((2026, 11, 16), 1, True), ((2026, 11, 1), 2, False)],
)
def test_when_an_employer_is_reminded(since, told, due):
    at = datetime(2026, 11, 23, 8, 35, tzinfo=BUSINESS_ZONE)
    begun = datetime(*since, 17, 0, tzinfo=BUSINESS_ZONE)
    assert reminders_due(since=begun, told=told, at=at, patience=patience_on(ON)) is due
