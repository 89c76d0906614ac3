"""Eligibility and periods as tables that read like the policy."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openpes.kernel.clock import BUSINESS_ZONE
from openpes.registration import rules
from openpes.registration.choices import Status, Verdict
from openpes.registration.rules import Circumstances, EmploymentFacts, Spell, UnemploymentFacts, WishFacts

TODAY = date(2026, 11, 23)
MAN = Circumstances(
    on=TODAY, born_on=date(1986, 9, 21), sex="1", hukou="11", resident_from_on=date(2010, 1, 1),
    reason="20", former_employer="某厂", proofs=frozenset({"2"}), willing=True,
)  # fmt: skip
WORKED = Spell(Status.EMPLOYED, date(2020, 1, 1), date(2026, 10, 31), "4501032020-1")


def everything(_set_name, _code):
    return True


def states(case: Circumstances) -> dict[str, str]:
    return {result.code: str(result.state) for result in rules.unemployment_rules(case)}


CASES = [
    # what differs from a local man who lost his job        rule         verdict
    ({}, "age", "ok"),
    ({"born_on": date(2010, 11, 24)}, "age", "no"),  # 15, sixteen tomorrow
    ({"born_on": date(2010, 11, 23)}, "age", "ok"),  # sixteen today
    ({"born_on": date(1966, 8, 1)}, "age", "ok"),  # a man of 60: his retirement age is 60 years and 5 months
    ({"born_on": date(1966, 6, 1)}, "age", "no"),  # 60 years and 5 months today and more
    ({"born_on": date(1964, 11, 1)}, "age", "no"),  # a man past 60
    ({"born_on": date(1971, 12, 1), "sex": "2"}, "age", "ok"),  # a woman of 54
    ({"born_on": date(1970, 1, 1), "sex": "2"}, "age", "no"),  # a woman of 56: 55 years and 1 month
    ({"spells": ()}, "idle", "ok"),
    ({"spells": (WORKED,)}, "idle", "ok"),
    ({"spells": (replace(WORKED, until_on=None),)}, "idle", "no"),
    ({"spells": (Spell(Status.UNEMPLOYED, date(2026, 10, 1), None, "1"),)}, "idle", "no"),
    ({"hukou": ""}, "residence", "missing"),
    ({"hukou": "12"}, "residence", "ok"),  # from elsewhere, here for years
    ({"hukou": "12", "resident_from_on": date(2026, 8, 1)}, "residence", "missing"),
    ({"hukou": "22", "resident_from_on": date(2026, 8, 1), "proofs": frozenset({"4"})}, "residence", "ok"),
    ({"hukou": "22", "resident_from_on": date(2026, 8, 1), "spells": (WORKED,)}, "residence", "ok"),
    ({"willing": None}, "willing", "missing"),
    ({"willing": False}, "willing", "no"),
    ({"reason": ""}, "proof", "missing"),
    ({"reason": "20", "proofs": frozenset()}, "proof", "missing"),
    ({"reason": "20", "former_employer": ""}, "proof", "missing"),
    ({"reason": "10", "proofs": frozenset({"3"})}, "proof", "ok"),
    ({"reason": "90", "proofs": frozenset()}, "proof", "ok"),
]


@pytest.mark.parametrize(("told", "rule", "verdict"), CASES)
def test_a_rule_of_eligibility(told, rule, verdict):
    assert states(replace(MAN, **told))[rule] == verdict


@pytest.mark.parametrize("reason", ["70", "10"])
def test_who_died_or_draws_a_pension_is_not_registered_again(reason):
    ended = Spell(Status.UNEMPLOYED, date(2025, 1, 1), date(2025, 3, 1), "1", reason)
    assert states(replace(MAN, spells=(ended,)))["ended"] == "no"


def test_every_result_names_its_clause_and_every_open_point_the_next_step():
    for told, _rule, _verdict in CASES:
        for result in rules.unemployment_rules(replace(MAN, **told)):
            assert result.clause and result.sentence
            assert result.state == Verdict.OK or result.next_step, result


def test_only_what_is_not_met_stops_a_registration():
    bare = replace(MAN, hukou="", reason="", willing=None, proofs=frozenset())
    assert rules.faults(rules.unemployment_rules(bare)) == []
    child = replace(bare, born_on=date(2015, 1, 1))
    assert len(rules.faults(rules.unemployment_rules(child))) == 1


def why_not_since(from_on: date, *spells: Spell):
    return rules.why_not_unemployed_since(
        UnemploymentFacts(from_on=from_on, reason="20"),
        spells=spells, today=TODAY, born_on=date(1990, 1, 1), known=everything,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("from_on", "words"),
    [
        (TODAY, None),
        (TODAY + timedelta(days=1), "lies in the future"),
        (date(2005, 12, 31), "before working age"),
        (date(2026, 10, 30), "periods cannot overlap"),
        (date(2026, 10, 31), None),  # the day on which the employment no longer counted
    ],
)
def test_the_first_day_without_work(from_on, words):
    reasons = why_not_since(from_on, WORKED)
    assert {r.field for r in reasons} == ({"from_on"} if words else set())
    assert not words or words in reasons[0].text


def why_not_employ(from_on: date, *spells: Spell, **told):
    return rules.why_not_employ(
        EmploymentFacts(from_on=from_on, category=told.pop("category", "022"), **told),
        spells=spells, today=TODAY, born_on=date(1990, 1, 1), known=everything,
    )  # fmt: skip


OPEN = Spell(Status.UNEMPLOYED, date(2026, 11, 2), None, "7")


@pytest.mark.parametrize(
    ("from_on", "spells", "words"),
    [
        (TODAY, (OPEN,), None),
        (OPEN.from_on, (OPEN,), None),  # a hire that begins on the same day
        (date(2026, 11, 1), (OPEN,), "before the unemployment"),
        (TODAY, (replace(WORKED, until_on=None),), "registered as employed since"),
        (date(2026, 10, 1), (WORKED,), "periods cannot overlap"),
        (TODAY + timedelta(days=31), (), None),
        (TODAY + timedelta(days=32), (), "days ahead"),
        (date(2005, 12, 31), (), "nobody younger"),
    ],
)
def test_the_first_day_of_work(from_on, spells, words):
    reasons = why_not_employ(from_on, *spells)
    assert bool(reasons) == bool(words)
    assert not words or words in reasons[0].text


def test_work_for_a_unit_names_the_unit():
    assert why_not_employ(TODAY, category="010")[0].field == "workplace"
    assert why_not_employ(TODAY, category="010", workplace="某厂") == []
    assert why_not_employ(TODAY, category="010", employer=4) == []


days = st.dates(date(2015, 1, 1), date(2026, 11, 23))


@st.composite
def histories(draw):
    """Periods of one person that follow one another, some of them empty, the last one perhaps open."""
    marks = sorted(draw(st.lists(days, min_size=2, max_size=8)))
    statuses = draw(st.lists(st.sampled_from(Status), min_size=len(marks), max_size=len(marks)))
    spells = [Spell(s, a, b) for s, a, b in zip(statuses, marks, marks[1:], strict=False)]
    if draw(st.booleans()):
        spells[-1] = replace(spells[-1], until_on=None)
    return tuple(spells)


def overlap(a: Spell, from_on: date) -> bool:
    """Whether `[from_on, ∞)` shares a day with a period, counted day by day at the end."""
    last = date.max if a.until_on is None else a.until_on - timedelta(days=1)
    return last >= max(a.from_on, from_on)


@given(histories(), days)
def test_an_unemployment_is_allowed_exactly_when_no_period_shares_a_day_with_it(spells, from_on):
    case = replace(MAN, born_on=date(1990, 1, 1), spells=spells)
    blocked = bool(why_not_since(from_on, *spells)) or states(replace(case, on=TODAY))["idle"] == "no"
    assert blocked == any(overlap(spell, from_on) for spell in spells)


@given(histories(), days)
def test_an_employment_is_allowed_exactly_when_ending_the_open_unemployment_makes_room_for_it(spells, from_on):
    after = [
        replace(s, until_on=from_on)
        if s.until_on is None and s.status == Status.UNEMPLOYED and s.from_on <= from_on
        else s
        for s in spells
    ]
    assert bool(why_not_employ(from_on, *spells)) == any(overlap(spell, from_on) for spell in after)


@given(histories(), days, days)
def test_an_end_never_makes_a_period_that_ends_before_it_begins(spells, on, today):
    for spell in spells:
        if not rules.why_not_end(spell, reason="99", on=on, today=today, known=True):
            assert spell.from_on <= on <= today and spell.until_on is None


MADE = datetime(2026, 11, 23, 9, 30, tzinfo=BUSINESS_ZONE)


@pytest.mark.parametrize(
    ("minutes", "own", "is_last", "is_open", "reasons"),
    [(5, True, True, True, 0), (5.1, True, True, True, 1), (0, False, True, True, 1), (9, False, False, True, 3),
     (1, True, True, False, 1)],
)  # fmt: skip
def test_taking_back(minutes, own, is_last, is_open, reasons):
    found = rules.why_not_withdraw(
        registered_at=MADE, at=MADE + timedelta(minutes=minutes),
        own=own, is_last=is_last, is_open=is_open, on=TODAY,
    )  # fmt: skip
    assert len(found) == reasons


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({}, None),
        ({"occupations": ("1", "2", "3", "4")}, "occupation_1"),
        ({"occupations": ("1", "1")}, "occupation_2"),
        ({"places": ("450103", "999999")}, "place_2"),
        ({"only_these_places": True}, "only_these_places"),
        ({"experience_years": 60}, "experience_years"),
    ],
)
def test_a_job_wish(told, field):
    reasons = rules.why_not_wish(
        WishFacts(category="3", **told), born_on=date(1990, 1, 1), on=TODAY, known=everything
    )
    assert [reason.field for reason in reasons] == ([field] if field else [])
