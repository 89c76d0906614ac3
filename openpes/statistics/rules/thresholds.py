"""Whether a threshold makes sense, which periods it looks at, and whether a figure has crossed it or is back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from itertools import pairwise

from django.utils.translation import gettext as _

from openpes.engine.calendars import DAY, Period, add_months, quarter
from openpes.engine.indicators.declared import Indicator
from openpes.kernel.refusal import Reason
from openpes.statistics.choices import Rhythm, Sense
from openpes.statistics.rules.targets import too_long

WHOLE, NOTHING = Decimal(100), Decimal(0)
MOST_RUNS = 12


class Verdict(Enum):
    """What a series says about a threshold: crossed, back inside, or neither (on the way, or nothing to say)."""

    CROSSED = "crossed"
    BACK = "back"
    NEITHER = "neither"


@dataclass(frozen=True)
class Bounds:
    """What a threshold holds a figure against."""

    sense: str
    bound: Decimal
    margin: Decimal
    rhythm: str
    runs: int


def why_not_watch(*, indicator: Indicator, title: str, room: str, bounds: Bounds) -> Iterator[Reason]:
    """Every reason why a threshold makes no sense; `room` will supply the indicator where nobody measures it yet."""
    if not indicator.measured_by:
        yield Reason(
            _("“%(title)s” is not yet measured, so nobody could see it cross: “%(room)s” will supply the rows.")
            % {"title": title, "room": room},
            field="indicator", next_step=_("Choose an indicator that is measured."),
        )  # fmt: skip
    if bounds.sense not in Sense.values or bounds.rhythm not in Rhythm.values:
        yield Reason(_("A figure is watched above, below or changing, by day, month or quarter."), field="sense")
        return
    if not 1 <= bounds.runs <= MOST_RUNS:
        yield Reason(
            _("It is watched for 1 to %(most)s periods running, not for %(runs)s.")
            % {"most": MOST_RUNS, "runs": bounds.runs},
            field="runs",
        )  # fmt: skip
    if bounds.rhythm == Rhythm.DAY and indicator.spans == "period":
        yield Reason(
            _("“%(title)s” counts what happens in a period, so it has no value of a day.") % {"title": title},
            field="rhythm", next_step=_("Choose the month or the quarter."),
        )  # fmt: skip
    yield from _why_not_bound(indicator, bounds)
    yield from _why_never_back(indicator, bounds)


def _why_not_bound(indicator: Indicator, bounds: Bounds) -> Iterator[Reason]:
    bound, share = bounds.bound, indicator.kind == "percent"
    if bound < 0:
        yield Reason(_("No figure falls below 0; the bound is at least 0."), field="bound")
    elif share and bound > WHOLE:
        yield Reason(
            _("A share lies between 0 and 100; %(bound)s is no share.") % {"bound": bound}, field="bound"
        )  # fmt: skip
    elif share and bound == WHOLE and bounds.sense != Sense.BELOW:
        yield Reason(_("A share is never above 100, so this would never be told."), field="bound")
    elif bound == 0 and bounds.sense == Sense.BELOW:
        yield Reason(_("No figure is below 0, so this would never be told."), field="bound")
    elif bound == 0 and bounds.sense == Sense.CHANGE:
        yield Reason(
            _("A change by more than 0 is told with every single registration."), field="bound",
            next_step=_("Name by how much it has to change."),
        )  # fmt: skip
    if indicator.kind == "count" and (bound % 1 or bounds.margin % 1):
        yield Reason(_("This indicator counts whole things, so bound and margin are whole numbers."), field="bound")


def _why_never_back(indicator: Indicator, bounds: Bounds) -> Iterator[Reason]:
    if bounds.margin < 0:
        yield Reason(_("The margin is 0 or more."), field="margin")
    elif bounds.sense != Sense.BELOW and bounds.margin > bounds.bound:
        yield Reason(
            _("With this margin the figure would be back below 0 only, which is never."), field="margin",
            next_step=_("Choose a margin that is smaller than the bound."),
        )  # fmt: skip
    elif bounds.sense == Sense.BELOW and indicator.kind == "percent" and bounds.bound + bounds.margin > WHOLE:
        yield Reason(
            _("With this margin the figure would be back above 100 only, which is never."), field="margin",
            next_step=_("Choose a smaller margin."),
        )  # fmt: skip


def periods_before(rhythm: str, on: date, count: int) -> list[Period]:
    """The last `count` full periods before a day, the oldest first; of days the day itself is the last."""
    found: list[Period] = []
    if rhythm == Rhythm.DAY:
        return [Period(on - timedelta(days=n), on - timedelta(days=n) + DAY) for n in reversed(range(count))]
    running = running_period(rhythm, on)
    while len(found) < count:
        running = running_period(rhythm, running.from_on - DAY)
        found.insert(0, running)
    return found


def running_period(rhythm: str, on: date) -> Period:
    """The month or quarter in which a day lies."""
    if rhythm == Rhythm.QUARTER:
        return quarter(on)
    first = on.replace(day=1)
    return Period(first, add_months(first, 1))


def may_cross_early(indicator: Indicator, bounds: Bounds) -> bool:
    """Whether a running period can have crossed before it is over: a count that only grows, watched above a bound."""
    return indicator.accumulates and bounds.sense == Sense.ABOVE and bounds.rhythm != Rhythm.DAY


def measures(values: Sequence[Decimal | None], sense: str) -> list[Decimal | None]:
    """What is held against the bound: the values, or by how much each differs from the one before."""
    if sense != Sense.CHANGE:
        return list(values)
    return [None if a is None or b is None else abs(b - a) for a, b in pairwise(values)]


def judged(values: Sequence[Decimal | None], bounds: Bounds) -> Verdict:
    """What a series of values, the newest last, says; a period without a value ends a run and says nothing."""
    held = measures(values, bounds.sense)
    last = held[-bounds.runs :]
    if len(last) == bounds.runs and all(one is not None and _beyond(one, bounds) for one in last):
        return Verdict.CROSSED
    newest = held[-1] if held else None
    return Verdict.BACK if newest is not None and _back(newest, bounds) else Verdict.NEITHER


def _beyond(value: Decimal, bounds: Bounds) -> bool:
    return value < bounds.bound if bounds.sense == Sense.BELOW else value > bounds.bound


def _back(value: Decimal, bounds: Bounds) -> bool:
    if bounds.sense == Sense.BELOW:
        return value >= bounds.bound + bounds.margin
    return value <= bounds.bound - bounds.margin


def why_not_acknowledge(*, open_now: bool, words: str) -> Iterator[Reason]:
    """An open alert is acknowledged with words."""
    if not open_now:
        yield Reason(_("This alert is over; there is nothing to acknowledge."))
    if not words.strip():
        yield Reason(_("Say what is known or what will be done."), field="words")
    yield from too_long(words, "words")
