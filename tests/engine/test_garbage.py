"""The collector of garbage rests while many objects are made, and is as before afterwards."""

import gc

import pytest

from openpes.engine.garbage import collector_resting


def test_the_collector_rests_inside_and_works_again_afterwards_even_after_a_mistake() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="x"), collector_resting():
        assert not gc.isenabled()
        with collector_resting():
            assert not gc.isenabled()
        assert not gc.isenabled()
        raise ValueError("x")
    assert gc.isenabled()
