"""What counts in a quarter, the rates, and the ten largest gaps."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from openpes.engine.calendars import Period, quarter_of
from openpes.engine.indicators import (
    Counted,
    Fact,
    counted,
    half_up,
    largest_gaps,
    percentage,
    registered_unemployment_rate,
)

QUARTER = quarter_of(2026, 3)


def on(month: int, day: int) -> date:
    return date(2026, month, day)


COUNTS = [
    ("registered in the quarter", Fact(on(7, 1)), Counted(0, 1)),
    ("registered on its last day", Fact(on(9, 30)), Counted(0, 1)),
    ("registered on the day after", Fact(on(10, 1)), Counted()),
    ("registered and ended in the quarter", Fact(on(7, 5), on(7, 6)), Counted(0, 1)),
    ("registered before and still valid", Fact(on(6, 30)), Counted(1, 0)),
    ("registered before, ended within", Fact(on(6, 30), on(7, 2)), Counted(1, 0)),
    ("registered before, last valid on the day before", Fact(on(5, 1), on(7, 1)), Counted()),
    (
        "ten openings, three filled before",
        Fact(on(6, 1), None, 10, (on(6, 5), on(6, 9), on(6, 30))),
        Counted(7, 0),
    ),
    ("a fill on the first day comes too late", Fact(on(6, 1), None, 10, (on(7, 1),)), Counted(10, 0)),
    ("all filled before", Fact(on(6, 1), None, 1, (on(6, 5),)), Counted()),
    ("new openings count whole though filled", Fact(on(7, 1), None, 4, (on(7, 2), on(7, 3))), Counted(0, 4)),
]


@pytest.mark.parametrize(("case", "fact", "expected"), COUNTS)
def test_a_fact_counts_as_carried_over_or_new(case: str, fact: Fact, expected: Counted) -> None:
    assert counted([fact], QUARTER) == expected, case


def test_a_period_is_the_sum_of_its_facts() -> None:
    total = counted([fact for _, fact, _ in COUNTS], QUARTER)
    assert (total.carried, total.new, total.total) == (19, 7, 26)


def test_what_is_left_of_one_quarter_is_carried_into_the_next() -> None:
    fact = Fact(on(7, 1), None, 5, (on(8, 1), on(9, 30)))
    assert counted([fact], QUARTER) == Counted(0, 5)
    assert counted([fact], quarter_of(2026, 4)) == Counted(3, 0)


def test_quarters_are_half_open_and_the_fourth_ends_with_the_year() -> None:
    assert quarter_of(2026, 4) == Period(on(10, 1), date(2027, 1, 1))
    with pytest.raises(ValueError, match="quarters 1 to 4, not 5"):
        quarter_of(2026, 5)
    with pytest.raises(ValueError, match="must end after it begins"):
        Period(on(7, 1), on(7, 1))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"openings": 0}, "at least 1"),
        ({"ended_on": on(6, 30)}, "before it was registered"),
        ({"filled_on": (on(7, 2), on(7, 3))}, "2 fills of 1 openings"),
    ],
)
def test_facts_that_cannot_be_are_refused(wrong: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Fact(**{"registered_on": on(7, 1), **wrong})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "printed"),
    [(Fraction(1, 200), "0.01"), (Fraction(49, 10000), "0.00"), (Fraction(2, 3), "0.67"), (7, "7.00"),
     (Fraction(1005, 1000), "1.01"), (Fraction(10**30 + 1, 3), "333333333333333333333333333333.67")],
)  # fmt: skip
def test_halves_are_rounded_up_exactly(value: Fraction | int, printed: str) -> None:
    assert str(half_up(value)) == printed


def test_the_registered_unemployment_rate_counts_the_unemployed_in_its_base() -> None:
    assert registered_unemployment_rate(400, 9600) == Decimal("4.00")
    assert registered_unemployment_rate(0, 0) is None
    with pytest.raises(ValueError, match="must not be negative"):
        registered_unemployment_rate(-1, 5)


def test_a_percentage_of_nothing_is_absent() -> None:
    assert percentage(0, 0) is None
    assert str(percentage(1, 3)) == "33.33"


def test_the_largest_gaps_come_first_and_ties_by_code() -> None:
    counts = {
        "6-31-01": (100, 20),
        "4-07-05": (90, 10),
        "2-02-10": (5, 5),
        "4-01-02": (1, 40),
        "3-01-02": (0, 7),
    }
    shortage = largest_gaps(counts, "shortage")
    assert [(gap.code, gap.gap, str(gap.ratio)) for gap in shortage] == [
        ("4-07-05", 80, "9.00"),
        ("6-31-01", 80, "5.00"),
    ]
    assert [gap.code for gap in largest_gaps(counts, "surplus", most=1)] == ["4-01-02"]
    assert largest_gaps({"1-01-00": (3, 0)}, "shortage")[0].ratio is None
