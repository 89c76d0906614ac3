"""The search for the highest load finds what is carried, from little to much."""

import pytest

from bench.highest import LEAST, MOST, highest


@pytest.mark.parametrize("carried", [LEAST, 0.02, 0.3, 0.5, 0.97, 1.0, 1.4, 7.0])
def test_what_is_carried_is_found_to_a_sixteenth(carried: float) -> None:
    found = highest(lambda share: share <= carried)
    assert found <= carried < found * (1 + 1 / 16) + 1e-9


def test_where_nothing_holds_nothing_is_found() -> None:
    assert highest(lambda share: False) == 0


def test_where_everything_holds_the_search_ends() -> None:
    assert highest(lambda share: True) >= MOST
