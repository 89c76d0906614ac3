"""Which facts a figure adds up to: kinds, how often each counts, and on which days it happened."""

from dataclasses import dataclass
from datetime import date

from openpes.engine.calendars import DAY, Period
from openpes.statistics.choices import FactKind, Side

EVER = date(1, 1, 1)
UNEMPLOYED = (FactKind.UNEMPLOYMENT_BEGUN, FactKind.UNEMPLOYMENT_ENDED, FactKind.UNEMPLOYMENT_PASSING)
EMPLOYED = (FactKind.EMPLOYMENT_BEGUN, FactKind.EMPLOYMENT_ENDED, FactKind.EMPLOYMENT_PASSING)
# What begins in a period is the number of its facts.
FLOWS = {
    "unemployed_in": FactKind.UNEMPLOYMENT_BEGUN, "employed_in": FactKind.EMPLOYMENT_BEGUN,
    "places_offered": FactKind.PLACES_OFFERED, "seekers_new": FactKind.WISH_BEGUN,
    "introductions": FactKind.INTRODUCTION, "hires": FactKind.HIRE,
}  # fmt: skip
OUT = {"unemployed_out": UNEMPLOYED, "employed_out": EMPLOYED}
STOCKS = {"unemployed": (UNEMPLOYED,), "employed": (EMPLOYED,)}
RATES = {"unemployment_rate": ((UNEMPLOYED,), (UNEMPLOYED, EMPLOYED))}
# What was valid in a period, by class of occupation: what was carried over to its start, and all that begins in it.
VALID = {
    f"valid_{Side.DEMAND}": (FactKind.PLACES_OFFERED, (FactKind.PLACES_FILLED, FactKind.PLACES_ENDED)),
    f"valid_{Side.SEEKERS}": (FactKind.WISH_BEGUN, (FactKind.WISH_ENDED,)),
}
TOLD_BY_FACTS = (*FLOWS, *OUT, *STOCKS, *RATES, *VALID)
OF_ONE_DAY = (*STOCKS, *RATES)


@dataclass(frozen=True)
class Term:
    """The facts of a kind that happened on days `[from_on, until_on)` count so often; `over` in the denominator."""

    kind: FactKind
    from_on: date
    until_on: date
    times: int = 1
    over: bool = False


def terms(figure: str, days: Period) -> tuple[Term, ...]:
    """What a figure adds up to; a stock is that of the last day. Nothing when no facts tell it."""
    first, until = days.from_on, days.until_on
    assert until is not None
    if figure in FLOWS:
        return (Term(FLOWS[figure], first, until),)
    if figure in OUT:
        return _out(OUT[figure], first, until)
    if figure in VALID:
        begun, others = VALID[figure]
        return (Term(begun, EVER, until), *(Term(kind, EVER, first) for kind in others))
    above, over = RATES.get(figure, (STOCKS.get(figure, ()), ()))
    return (
        *(term for kinds in above for term in _in_force(kinds, until - DAY)),
        *(term for kinds in over for term in _in_force(kinds, until - DAY, over=True)),
    )


def _in_force(kinds: tuple[FactKind, FactKind, FactKind], on: date, *, over: bool = False) -> tuple[Term, ...]:
    """What is in force on a day: an end stands on the last day that held, so that of the day itself holds still."""
    begun, ended, passing = kinds
    return (
        Term(begun, EVER, on + DAY, over=over),
        Term(ended, EVER, on, over=over),
        Term(passing, on, on + DAY, -1, over=over),
    )


def _out(kinds: tuple[FactKind, FactKind, FactKind], first: date, until: date) -> tuple[Term, ...]:
    """What is over from a day of the period on: its last day is the one before, unless it began on that very day."""
    _begun, ended, passing = kinds
    return (
        Term(ended, first - DAY, until - DAY, -1),
        Term(passing, first - DAY, first, -1),
        Term(passing, until - DAY, until),
    )
