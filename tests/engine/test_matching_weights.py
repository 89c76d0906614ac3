"""The weights refuse values that would make scores meaningless."""

from dataclasses import asdict, replace

import pytest

from openpes.engine.matching import Weights
from tests.engine.matching_reference import WEIGHTS


def test_plain_values_of_a_parameter_file_give_the_weights_back() -> None:
    values = {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(WEIGHTS).items()}
    assert Weights.from_values(values) == WEIGHTS


def test_missing_and_unknown_values_are_named() -> None:
    values = asdict(WEIGHTS)
    del values["pay"]
    with pytest.raises(ValueError, match="missing or unknown: pay, salary"):
        Weights.from_values({**values, "salary": 1500})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"occupation": 3001}, "add up to 10000, not 10001"),
        ({"occupation": -1, "place": 5001}, "not be negative"),
        (
            {"occupation_shared": (0, 5000, 2500, 7500, 10000)},
            "occupation_shared must be 5 shares rising to 10000",
        ),
        ({"place_shared": (0, 4000, 6000, 10000)}, "place_shared must be 5 shares"),
        ({"place_shared": (0, 4000, 6000, 8500, 9999)}, "rising to 10000"),
        ({"education_surplus": (7000, 10000, 10000, 10000)}, "falling from 10000"),
        ({"pay_at_top": 10001}, "pay_at_top must be a share"),
        ({"pay_tolerance": 10000}, "below the whole floor"),
        ({"experience_slack_years": -1}, "must not be negative"),
    ],
)
def test_weights_out_of_range_are_refused_by_name(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        replace(WEIGHTS, **change)
