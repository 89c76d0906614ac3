"""Of the public tables nobody computes a number below the bound."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openpes.engine.indicators import KEYS, TABLES, Counted, Sides, official_tables
from openpes.engine.indicators.publishing import shielded_tables

LEAST = 5
NUMBERS = st.one_of(st.integers(0, 6), st.integers(0, 400))


def a_register(draw):
    """Counts of a register whose tables all add up to the same totals."""
    demand = {key: draw(NUMBERS) for key in KEYS[3]}
    places = sum(demand.values())
    wishes = {key: draw(NUMBERS) for key in KEYS[8]}
    seekers = sum(wishes.values())
    return Sides(
        {
            3: counted(demand),
            4: counted({"1": 0, "9": places}),
            5: counted({"4-03-02": places}),
            11: counted({"0": places}),
        },
        {
            5: counted({"4-03-02": seekers // 2, "": seekers - seekers // 2}),
            8: counted(wishes),
            9: counted({"1": seekers // 3, "2": seekers - seekers // 3}),
            10: counted({"1": seekers}),
            11: counted({"2": seekers // 2, "3": seekers - seekers // 2}),
            12: counted({"9": seekers}),
        },
    )


def counted(numbers):
    return {key: Counted(new=number) for key, number in numbers.items()}


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_number_below_the_bound_stands_in_a_public_table(data):
    whole = official_tables(a_register(data.draw), allotted=data.draw(st.booleans()))
    public = shielded_tables(whole, least=LEAST)
    for number, rows in public.grouped.items():
        for row, before in zip(rows, whole.grouped[number], strict=True):
            for side in TABLES[number].sides:
                shown, was = getattr(row, side), getattr(before, side)
                assert shown is None or (shown == was and shown >= LEAST)
                assert (shown is None) <= (getattr(row, f"{side}_pct") is None)
            if row.ratio is not None:
                assert None not in (row.demand, row.seekers)


@given(st.lists(NUMBERS, min_size=10, max_size=10))
@settings(max_examples=80, deadline=None)
def test_what_is_hidden_of_table_8_could_be_more_than_the_bound(numbers):
    """For every hidden row there is another filling of the hidden ones, with the same sums, that makes it large."""
    wishes = dict(zip(KEYS[8], numbers, strict=True))
    seekers = sum(numbers)
    sides = Sides(
        {3: {}, 4: {}, 5: counted({"4-03-02": 50}), 11: counted({"0": 50})},
        {5: counted({"": seekers}), 8: counted(wishes), 9: {}, 10: {}, 11: {}, 12: {}},
    )
    rows = shielded_tables(official_tables(sides, allotted=False), least=LEAST).grouped[8]
    real = {row.row: row.seekers for row in official_tables(sides, allotted=False).grouped[8]}
    if seekers < LEAST:
        assert all(row.seekers is None for row in rows)
        return
    outer = [row for row in rows[:-1] if row.row != "应届高校毕业生"]
    hidden = [real[row.row] for row in outer if row.seekers is None]
    assert not hidden or sum(hidden) >= LEAST


def test_a_hidden_ratio_does_not_give_away_what_was_allotted():
    sides = Sides(
        {3: {}, 4: {}, 5: counted({"4-03-02": 90, "6-31-05": 60}), 11: {}},
        {5: counted({"4-03-02": 40, "6-31-05": 30, "": 3}), 8: {}, 9: {}, 10: {}, 11: {}, 12: {}},
    )
    rows = shielded_tables(official_tables(sides, allotted=True), least=LEAST).grouped[5]
    assert all(row.ratio is None for row in rows)
    assert [row.demand for row in rows if row.demand] != []


@pytest.mark.parametrize(("one", "other"), list(product((0, 3, 5, 40), repeat=2)))
def test_a_total_of_the_report_is_the_same_in_every_public_table(one, other):
    whole = one + other
    sides = Sides(
        {
            3: counted({"1": one, "3": other}),
            4: counted({"1": whole}),
            5: counted({"4-03-02": whole}),
            11: counted({"0": whole}),
        },
        {5: {}, 8: {}, 9: {}, 10: {}, 11: {}, 12: {}},
    )
    public = shielded_tables(official_tables(sides, allotted=True), least=LEAST)
    totals = {public.grouped[number][-1].demand for number in (2, 3, 4, 5, 9, 10, 11, 12)} | {public.overall[-1].demand}
    assert totals == {whole if whole >= LEAST else None}
