"""Nobody can tell a small number from a public table, by whatever sums."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openpes.engine.indicators import shielded_line, shielded_table


def test_a_small_number_takes_another_with_it_in_its_row_and_in_its_column():
    made = shielded_table([[3, 20, 30], [40, 9, 60], [70, 80, 90]], least=5)
    # 3 can be computed from its row and its column, so the cheapest rectangle around it is hidden: 20, 40 and 9.
    assert made.cells == ((None, None, 30), (None, None, 60), (70, 80, 90))
    assert (made.row_totals, made.column_totals, made.total) == ((53, 109, 240), (113, 109, 180), 402)


def test_a_table_without_small_numbers_is_shown_whole():
    made = shielded_table([[5, 6], [7, 8]], least=5)
    assert made.cells == ((5, 6), (7, 8))
    assert (made.row_totals, made.column_totals, made.total) == ((11, 15), (12, 14), 26)


def test_two_small_parts_whose_sum_tells_that_both_are_small_take_a_third():
    assert shielded_line([1, 2, 50, 60], least=5).values == (None, None, None, 60)
    assert shielded_line([3, 4, 50, 60], least=5).values == (None, None, 50, 60)


def test_a_single_small_part_hides_the_smallest_part_that_is_large_enough():
    made = shielded_line([2, 30, 7, 8], least=5)
    assert (made.values, made.total) == ((None, 30, None, 8), 47)


def test_nothing_counts_as_small_and_so_does_a_small_total():
    assert shielded_line([0, 10, 20], least=5).values == (None, None, 20)
    assert shielded_line([1, 2], least=5) == shielded_line([0, 0], least=5)
    assert shielded_line([1, 2], least=5).total is None


def test_negative_counts_and_ragged_tables_are_no_tables():
    with pytest.raises(ValueError, match="negative"):
        shielded_line([1, -1], least=5)
    with pytest.raises(ValueError, match="equally long"):
        shielded_table([[1, 2], [3]], least=5)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=2, max_size=2))
def test_whoever_tries_all_tables_that_fit_finds_for_each_small_number_one_where_it_is_not_small(cells):
    least = 3
    made = shielded_table(cells, least=least)
    fitting = _tables_that_fit(made, most=5 + least)
    for r, c in product(range(2), range(3)):
        if cells[r][c] < least:
            assert made.cells[r][c] is None
            assert fitting[:, r, c].max() >= least


def _tables_that_fit(made, most):
    """Every table of two rows and three columns that the public numbers allow."""
    choices = [[cell] if cell is not None else range(most + 1) for row in made.cells for cell in row]
    tables = np.stack(np.meshgrid(*choices, indexing="ij"), axis=-1).reshape(-1, 2, 3)
    for told, found_in in (
        (made.row_totals, lambda t: t.sum(axis=2)),
        (made.column_totals, lambda t: t.sum(axis=1)),
        ((made.total,), lambda t: t.sum(axis=(1, 2))[:, None]),
    ):
        found = found_in(tables)
        fits = [found[:, n] == number for n, number in enumerate(told) if number is not None]
        tables = tables[np.logical_and.reduce(fits)] if fits else tables
    return tables
